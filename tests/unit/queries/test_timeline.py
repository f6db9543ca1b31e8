"""The timeline: an event that is lost or misplaced tells a family's story wrongly."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.records import Cycle, HelpingQuestion, Rating, Session, StatusSpan, TrajectEntry
from vigtui.domain.vocabulary import SessionState, StatusKind, TrajectKind
from vigtui.queries.timeline import (
    Timeline,
    build_timeline,
    newest,
    rating_lane,
    step_in_lane,
    step_lane,
)
from vigtui.values.scale import whole_scale

TODAY = dt.date(2026, 11, 22)
DAYS = st.integers(-300, 60).map(lambda days: TODAY + dt.timedelta(days=days))
QUESTIONS = [
    HelpingQuestion(id=each, family="f", owner="dana", words=f"What is {each}?")
    for each in ("q1", "q2", "q3")
]


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def heron() -> Timeline:
    return build_timeline(
        today=TODAY,
        spans=[
            StatusSpan(family="f", kind=StatusKind.CP, start=day(2, 1), end=day(6, 1)),
            StatusSpan(family="f", kind=StatusKind.CIN, start=day(6, 2)),
        ],
        cycles=[
            Cycle(family="f", number=1, filmed=day(3, 1), reviewed=day(3, 10)),
            Cycle(family="f", number=2, filmed=day(4, 1)),
            Cycle(family="f", number=3, planned=day(12, 1)),
        ],
        sessions=[
            Session(id="s", supervisor="ros", date=day(3, 20), state=SessionState.AGREED),
            Session(supervisor="ros", date=day(12, 3)),
        ],
        questions=QUESTIONS,
        ratings=[
            Rating(question="q1", rater="dana", date=day(3, 1), value=3),
            Rating(question="q1", rater="sam", date=day(3, 1)),
            Rating(question="q1", rater="dana", date=day(4, 1), value=5),
            Rating(question="q2", rater="dana", date=day(4, 1), value=0),
        ],
        traject=[
            TrajectEntry(family="f", heading="Daily Life", kind=TrajectKind.NOW, words="w", date=day(4, 2))
        ],
        names={"dana": "Dana", "sam": "social worker"},
        numbers={"s": 7},
    )


def test_each_rater_of_each_question_has_a_lane_of_their_own() -> None:
    labels = [lane.label for lane in heron().lanes]
    assert labels == [
        "status",
        "film",
        "review",
        "supervision",
        "1 Dana",
        "1 social worker",
        "2 Dana",
        "traject",
    ]


def test_symbols_tell_what_happened() -> None:
    timeline = heron()
    assert [event.symbol for event in timeline.in_lane("film")] == ["●", "●", "○"]
    assert [event.symbol for event in timeline.in_lane("review")] == ["◆"]
    assert [event.symbol for event in timeline.in_lane("supervision")] == ["▣", "○"]
    assert timeline.in_lane("supervision")[0].label == "7"
    assert [event.label for event in timeline.in_lane("status")] == ["CP plan", "CIN plan"]


def test_asked_and_not_rated_is_neither_nought_nor_missing() -> None:
    timeline = heron()
    (asked,) = timeline.in_lane(rating_lane("q1", "sam"))
    (nought,) = timeline.in_lane(rating_lane("q2", "dana"))
    assert (asked.value, asked.label) == (None, "·")
    assert (nought.value, nought.label) == (0, "0")


def test_the_walk_begins_at_the_newest_work_and_reaches_the_nearest_event_of_each_lane() -> None:
    timeline = heron()
    film = newest(timeline, TODAY)
    assert film is not None
    assert (film.lane, film.date) == ("film", day(4, 1))
    assert step_lane(timeline, film, 1).date == day(3, 10)
    assert step_lane(timeline, film, -1).label == "CP plan"
    assert step_in_lane(timeline, film, 1).date == day(12, 1)
    assert step_in_lane(timeline, film, 9).date == day(12, 1)
    assert step_in_lane(timeline, film, -9).date == day(3, 1)


def test_an_empty_family_has_a_timeline_without_events() -> None:
    timeline = build_timeline(today=TODAY)
    assert timeline.events == ()
    assert newest(timeline, TODAY) is None
    assert timeline.start == timeline.end == TODAY


def test_a_rating_of_an_unknown_question_does_not_break_the_timeline() -> None:
    stray = Rating(question="gone", rater="dana", date=TODAY, value=1)
    assert build_timeline(today=TODAY, ratings=[stray]).events == ()


@given(
    st.lists(
        st.builds(Cycle, family=st.just("f"), number=st.just(1), filmed=DAYS, reviewed=DAYS), max_size=5
    ),
    st.lists(
        st.builds(
            Rating,
            question=st.sampled_from(["q1", "q2"]),
            rater=st.sampled_from(["dana", "sam"]),
            date=DAYS,
            value=st.none() | st.integers(0, 10),
        ),
        max_size=8,
    ),
    st.lists(st.builds(StatusSpan, family=st.just("f"), start=DAYS, end=st.none()), max_size=3),
)
def test_every_event_is_in_range_in_order_and_can_be_walked_to(
    cycles: list[Cycle], ratings: list[Rating], spans: list[StatusSpan]
) -> None:
    timeline = build_timeline(today=TODAY, spans=spans, cycles=cycles, questions=QUESTIONS, ratings=ratings)
    assert len(timeline.events) == 2 * len(cycles) + len(ratings) + len(spans)
    assert [event.date for event in timeline.events] == sorted(event.date for event in timeline.events)
    for event in timeline.events:
        assert timeline.start <= event.date <= timeline.end
    if timeline.events:
        for event in timeline.events:
            assert step_in_lane(timeline, event, 0) == event
        event = timeline.events[-1]
        lanes = {event.lane for event in timeline.events}
        top = event
        while (higher := step_lane(timeline, top, -1)) != top:
            top = higher
        reached = {top.lane}
        while (lower := step_lane(timeline, top, 1)) != top:
            reached.add((top := lower).lane)
        assert reached == lanes


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_day_at_the_end_of_all_calendars_can_be_drawn_and_walked_to(day: dt.date) -> None:
    """A slip of the hand, or a hostile file, would end the program where a family is opened."""
    span = StatusSpan(family="f", kind=StatusKind.CIN, start=day, end=day)
    timeline = build_timeline(today=TODAY, spans=[span], cycles=[Cycle(family="f", number=1, filmed=day)])
    scale = whole_scale(timeline.start, timeline.end, 80)
    for event in timeline.events:
        near = scale.zoomed(1000, event.date)
        assert near.shows(event.date)
        assert near.moved(-30).moved(60).ticks()
