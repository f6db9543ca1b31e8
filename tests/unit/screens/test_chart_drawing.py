"""The chart of a question: it shows what was given, by whom and when, and nothing that nobody said."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.records import Cycle, Rating
from vigtui.queries.ratings import all_series
from vigtui.ui.screens.chart.drawing import GUTTER, Chart, Drawing, RaterLine, draw, letters
from vigtui.values.scale import whole_scale

DAYS = (dt.date(2025, 2, 4), dt.date(2025, 2, 18), dt.date(2025, 3, 11), dt.date(2025, 4, 8))
HERON: dict[str, tuple[int | None, ...]] = {"Dana": (3, 5, 6, 8), "social worker": (2, None, 4, 6)}


def chart_of(given_values: dict[str, tuple[int | None, ...]], lowest: int = 0) -> Chart:
    ratings = [
        Rating(id=f"{rater}{place}", question="q", rater=rater, date=day, value=value)
        for rater, values in given_values.items()
        for place, (day, value) in enumerate(zip(DAYS, values, strict=False))
    ]
    series = all_series(ratings)
    lines = map(RaterLine, letters(each.rater for each in series), [each.rater for each in series], series)
    cycles = (Cycle(family="f", number=1, filmed=DAYS[0], reviewed=DAYS[1]),)
    return Chart(tuple(lines), cycles, DAYS[-1], lowest)


def drawn(chart: Chart, room: int = 14, width: int = 80, cursor: str = "") -> Drawing:
    scale = whole_scale(DAYS[0], DAYS[-1], width - GUTTER - 1)
    return draw(chart, scale, room, cursor)


def row_of(drawing: Drawing, label: str) -> int:
    rows = [row[:GUTTER].strip() for row in drawing.canvas.text().splitlines()]
    return rows.index(label)


def test_every_value_stands_at_its_number_and_each_rater_has_a_line() -> None:
    drawing = drawn(chart_of(HERON), cursor="Dana1")
    assert drawing.canvas.text() == "\n".join(
        [
            "        10",
            "         9",
            "         8                                               ╭─────────────────D",
            "         7                                               │",
            "         6                         ╭────────────D────────╯        ╭────────S",
            "         5         ╭───────[D]─────╯                              │",
            "         4         │                            S─────────────────╯",
            "         3    D────╯",
            "         2    S",
            "         1",
            "         0",
            " not rated                  S",
            "  reviewed                  ◆1",
            "           Feb                        Mar                           Apr   today",
        ]
    )


def test_asked_and_not_rated_has_no_value_and_no_line_passes_it() -> None:
    """Nothing between two ratings says what nobody said: not 0, and nothing between 2 and 4."""
    drawing = drawn(chart_of({"social worker": (2, None, 4)}))
    rows = drawing.canvas.text().splitlines()
    mark = drawing.marks["social worker1"]
    assert mark.row == row_of(drawing, "not rated")
    assert rows[mark.row][mark.column] == "S"
    assert not {"─", "╭", "╯"} & set("".join(rows))


def test_two_raters_who_agree_are_both_seen() -> None:
    drawing = drawn(chart_of({"Dana": (3, 6), "Nan": (3, 6)}))
    rows = drawing.canvas.text().splitlines()
    for label in ("3", "6"):
        assert {"D", "N"} <= set(rows[row_of(drawing, label)])


def test_an_older_zero_is_drawn_where_it_was_given() -> None:
    drawing = drawn(chart_of({"Dana": (0, 4)}, lowest=1))
    assert drawing.marks["Dana0"].row == row_of(drawing, "0")
    assert "0" not in {
        row[:GUTTER].strip() for row in drawn(chart_of({"D": (1, 4)}, 1)).canvas.text().split("\n")
    }


def test_everybody_has_a_letter_of_their_own() -> None:
    assert letters(["Dana", "social worker", "Dan", "D", "日本", "Ärzte"]) == ["D", "S", "A", "1", "2", "Ä"]


values = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=4).map(tuple)


@given(
    st.dictionaries(st.sampled_from(["Dana", "Nan", "Kit", "Gran"]), values, min_size=1),
    st.integers(1, 40),
    st.integers(40, 140),
)
def test_each_letter_is_on_the_canvas_at_any_size_and_none_covers_another(
    given_values: dict[str, tuple[int | None, ...]], room: int, width: int
) -> None:
    chart = chart_of(given_values)
    drawing = drawn(chart, room, width)
    rows = drawing.canvas.text().splitlines()
    taken: set[tuple[int, int]] = set()
    for line in chart.lines:
        for rating in line.series.ratings:
            mark = drawing.marks[rating.id]
            assert rows[mark.row][mark.column : mark.end] == mark.words
            assert mark.words.startswith(line.letter)
            cells = {(column, mark.row) for column in range(mark.column, mark.end)}
            assert not cells & taken
            taken |= cells


def test_where_values_share_a_row_each_rating_has_its_number() -> None:
    """Else 3 and 5 look alike in a small window."""
    words = {mark.words for mark in drawn(chart_of(HERON), room=6, width=60).marks.values()}
    assert words == {"D3", "D5", "D6", "D8", "S2", "S", "S4", "S6"}
