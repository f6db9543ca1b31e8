"""The timeline in cells: what happened when must be read off the drawing, at every width and zoom."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vigtui.domain.records import Cycle, HelpingQuestion, Rating, Session, StatusSpan, TrajectEntry
from vigtui.domain.vocabulary import SessionState, StatusKind, TrajectKind
from vigtui.queries.timeline import Event, Timeline, build_timeline
from vigtui.ui.widgets.timeline.drawing import GUTTER, Drawing, draw, draw_months, heights, stacked
from vigtui.values.scale import Scale, spread, whole_scale

TODAY = dt.date(2025, 4, 12)
ROUNDS = (dt.date(2025, 2, 4), dt.date(2025, 2, 18), dt.date(2025, 3, 11), dt.date(2025, 4, 8))


def heron() -> Timeline:
    days = [(dt.date(2025, 2, 11), dt.date(2025, 2, 18)), (dt.date(2025, 3, 3), dt.date(2025, 3, 11))]
    values = {"Dana": (3, 5, 6, 8), "social worker": (2, None, 4, 6)}
    return build_timeline(
        today=TODAY,
        spans=[
            StatusSpan(
                id="cp", family="f", kind=StatusKind.CP, start=dt.date(2024, 9, 10), end=dt.date(2025, 1, 20)
            ),
            StatusSpan(id="cin", family="f", kind=StatusKind.CIN, start=dt.date(2025, 1, 21)),
        ],
        cycles=[
            Cycle(id=f"c{number}", family="f", number=number, filmed=filmed, reviewed=reviewed)
            for number, (filmed, reviewed) in enumerate(days, start=1)
        ],
        sessions=[Session(id="s1", supervisor="r", date=dt.date(2025, 2, 25), state=SessionState.HELD)],
        questions=[HelpingQuestion(id="q", family="f", owner="Dana", words="Why?")],
        ratings=[
            Rating(id=f"r{rater[0]}{place}", question="q", rater=rater, date=day, value=value)
            for rater, given_values in values.items()
            for place, (day, value) in enumerate(zip(ROUNDS, given_values, strict=True))
        ],
        traject=[
            TrajectEntry(
                id="t", family="f", heading="Daily Life", kind=TrajectKind.NOW, words="x", date=ROUNDS[0]
            )
        ],
        numbers={"s1": 1},
    )


def event_of(timeline: Timeline, record: str, lane: str = "") -> Event:
    return next(each for each in timeline.events if each.record == record and lane in ("", each.lane))


def drawn(timeline: Timeline, width: int, room: int, cursor: Event | None = None) -> Drawing:
    return draw(timeline, whole_scale(timeline.start, timeline.end, width - GUTTER - 1), room, TODAY, cursor)


def test_a_complete_family_reads_as_in_a_plan_on_paper() -> None:
    timeline = heron()
    drawing = drawn(timeline, 80, 10, event_of(timeline, "c2", "review"))
    assert f"{drawing.months.text()}\n{drawing.lanes.text()}" == "\n".join(
        (
            "              Sep    Oct      Nov      Dec      2025     Feb     Mar      today",
            " status        ├────────────── CP plan ──────────────┤├────── CIN plan ───────▸",
            " film                                                      ●1    ●2          ┊",
            " review                                                      ◆1   [◆2]       ┊",
            " supervision                                                   ▣1            ┊",
            " 1 Dana                                                                ╭───8 ┊",
            "                                                           ╭─5─────6───╯     ┊",
            "                                                         3─╯                 ┊",
            "   s.w.                                                       ╭╌╌╌╌4───────6 ┊",
            "                                                         2╌╌╌·╯              ┊",
            " traject                                                 ▪                   ┊",
        )
    )


def test_where_there_is_no_room_ratings_take_one_row_and_not_rated_is_a_gap() -> None:
    """Asked and not rated must never look like a value."""
    lines = drawn(heron(), 80, 7).lanes.text().splitlines()
    assert len(lines) == 7
    assert lines[4].split("Dana")[1].strip(" ┊") == "3▃  5▅    6▅      8▇"
    assert lines[5].split("s.w.")[1].strip(" ┊") == "2▂  ·     4▄      6▅"


def test_zero_is_drawn_and_is_not_the_same_as_not_rated() -> None:
    question = HelpingQuestion(id="q", family="f", owner="Dana", words="Why?")
    ratings = [
        Rating(question="q", rater="Dana", date=day, value=value)
        for day, value in zip(ROUNDS, (0, None, 0, 10), strict=True)
    ]
    timeline = build_timeline(today=TODAY, questions=[question], ratings=ratings)
    text = drawn(timeline, 80, 4).lanes.text()
    assert text.count("0") == 3
    assert text.count("·") == 1


@pytest.mark.parametrize("room", [1, 7, 9, 40])
def test_lanes_use_the_room_there_is_from_the_top(room: int) -> None:
    rows = heights(heron(), room)
    dana, worker = (rows[f"rating:q:{rater}"] for rater in ("Dana", "social worker"))
    assert (dana, worker) == {1: (1, 1), 7: (1, 1), 9: (3, 1), 40: (3, 2)}[room]


def test_statuses_that_overlap_stand_below_each_other() -> None:
    """A family can be on a CP plan and in proceedings: neither may hide the other."""
    spans = [
        StatusSpan(
            id="cp", family="f", kind=StatusKind.CP, start=dt.date(2025, 1, 1), end=dt.date(2025, 3, 1)
        ),
        StatusSpan(id="pr", family="f", kind=StatusKind.PROCEEDINGS, start=dt.date(2025, 2, 1)),
    ]
    timeline = build_timeline(today=TODAY, spans=spans)
    lines = drawn(timeline, 80, 10).lanes.text().splitlines()
    assert "CP plan" in lines[0]
    assert "proceedings" in lines[1]
    assert [len(row) for row in stacked(timeline.in_lane("status"))] == [1, 1]


def test_an_event_is_found_where_it_is_drawn() -> None:
    """A click selects what is under the mouse."""
    timeline = heron()
    drawing = drawn(timeline, 80, 10)
    assert set(drawing.places) == set(timeline.events)
    for event, place in drawing.places.items():
        assert drawing.at(place.row, place.start) is not None
        if event.symbol:
            assert drawing.at(place.row, place.start) == event
    assert drawing.at(2, 20) is None


def test_only_what_is_in_view_is_drawn_and_lines_lead_out_of_it() -> None:
    timeline = heron()
    scale = Scale(dt.date(2025, 2, 20), dt.date(2025, 3, 20), 60)
    drawing = draw(timeline, scale, 12, TODAY, None)
    lines = drawing.lanes.text().splitlines()
    assert event_of(timeline, "c1", "film") not in drawing.places
    assert event_of(timeline, "c2", "film") in drawing.places
    assert lines[5].startswith(" " * GUTTER + "─")
    assert lines[5].endswith("─")
    assert "22" in drawing.months.text()
    assert "Feb" in drawing.months.text()


def test_a_long_or_wide_name_of_a_rater_stays_before_the_lane() -> None:
    question = HelpingQuestion(id="q", family="f", owner="x", words="Why?")
    rating = Rating(question="q", rater="児童相談所のひとびと[/b]", date=TODAY, value=3)
    timeline = build_timeline(today=TODAY, questions=[question], ratings=[rating])
    first = "".join(text for text, _ in drawn(timeline, 80, 9).lanes.runs(4))
    assert "…" in first
    assert cell_len(first) == 80


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 3)), max_size=25).map(sorted),
    st.integers(5, 60),
)
def test_labels_never_cover_each_other_while_there_is_room(marks: list[tuple[int, int]], room: int) -> None:
    """Two filmings in one week both stay to be seen."""
    columns, widths = [column for column, _ in marks], [width for _, width in marks]
    starts = spread(columns, widths, room)
    assert all(start >= 0 for start in starts)
    if sum(widths) <= room:
        ends = [start + width for start, width in zip(starts, widths, strict=True)]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        assert all(end <= room for end in ends)


@given(st.integers(2, 200), st.integers(1, 60), st.integers(0, 40))
def test_every_size_can_be_drawn(columns: int, room: int, days: int) -> None:
    timeline = heron()
    scale = Scale(TODAY - dt.timedelta(days=days * 10 + 14), TODAY - dt.timedelta(days=days), columns)
    drawing = draw(timeline, scale, room, TODAY, timeline.events[0])
    for row in range(drawing.lanes.height):
        assert cell_len("".join(text for text, _ in drawing.lanes.runs(row))) == GUTTER + columns + 1


def test_a_day_of_a_month_whose_name_has_no_room_names_it() -> None:
    """ "today" stood in the place of December, and the day after it was an 8 of no month."""
    today = dt.date(2026, 11, 30)
    months = draw_months(whole_scale(today, today, 60), today, GUTTER).text()
    assert months.split() == ["Nov", "today", "8", "Dec"]
