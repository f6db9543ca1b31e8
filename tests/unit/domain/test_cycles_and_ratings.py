"""Cycles and ratings: a cycle counted too early, or a rating made up, would report what did not happen."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vigtui.domain.cycles import counts, current, kept_by_guider, next_number, progress, with_step_of
from vigtui.domain.records import Cycle, Family, HelpingQuestion, Rating, Recording
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.ratings import all_series, leading_series, live_questions, sparkline

DAY = dt.date(2026, 3, 1)
VALUES = st.lists(st.none() | st.integers(0, 10), max_size=12)


def cycle(number: int, *, filmed: bool = False, reviewed: bool = False) -> Cycle:
    return Cycle(
        family="f", number=number, filmed=DAY if filmed else None, reviewed=DAY if reviewed else None
    )


@given(st.booleans(), st.booleans())
def test_a_cycle_counts_only_when_filmed_and_reviewed(filmed: bool, reviewed: bool) -> None:
    assert counts(cycle(1, filmed=filmed, reviewed=reviewed)) is (filmed and reviewed)


def test_a_recording_shows_which_step_has_happened_and_moves_no_day_that_is_known() -> None:
    later = DAY + dt.timedelta(days=9)
    film = Recording(cycle="c", filmed=later)
    review = Recording(cycle="c", filmed=later, kind=RecordingKind.SHARED_REVIEW)
    begun, filmed = cycle(1), cycle(1, filmed=True)
    assert (with_step_of(begun, film).filmed, with_step_of(filmed, film).filmed) == (later, DAY)
    assert (with_step_of(filmed, review).filmed, with_step_of(filmed, review).reviewed) == (DAY, later)


def test_progress_shows_done_half_done_and_to_come() -> None:
    cycles = [cycle(2, filmed=True), cycle(1, filmed=True, reviewed=True)]
    assert progress(cycles, 3) == "● ◐ ○"
    assert progress(cycles) == "● ◐"
    assert progress([], 3) == "○ ○ ○"
    assert next_number(cycles) == 3
    assert next_number([]) == 1
    found = current(cycles)
    assert found is not None
    assert found.number == 2


def ratings(values: list[int | None], rater: str = "dana") -> list[Rating]:
    return [
        Rating(question="q", rater=rater, date=DAY + dt.timedelta(days=day), value=value)
        for day, value in enumerate(values)
    ]


@given(VALUES, VALUES)
def test_raters_are_never_mixed_and_no_value_is_made_up(
    dana: list[int | None], sam: list[int | None]
) -> None:
    series = all_series([*ratings(sam, "sam"), *ratings(dana)])
    for rater, values in (("dana", dana), ("sam", sam)):
        own = [each for each in series if each.rater == rater]
        assert [value for each in own for value in each.values] == values
        given_values = [value for value in values if value is not None]
        for each in own:
            assert (each.first, each.last) == (
                (given_values[0], given_values[-1]) if given_values else (None, None)
            )


@given(VALUES)
def test_asked_and_not_rated_is_a_gap_and_never_the_lowest_bar(values: list[int | None]) -> None:
    bars = sparkline(values)
    assert len(bars) == len(values)
    assert all((bar == " ") is (value is None) for bar, value in zip(bars, values, strict=True))


def test_bars_are_on_the_scale_of_0_to_10_for_everybody() -> None:
    assert sparkline([0, 3, 5, None, 8, 10]) == "▁▃▅ ▇█"
    assert sparkline([0, 1, 5, None, 10], lowest=1) == "▁▁▄ █"
    (series,) = all_series(ratings([3, 5, 8]))
    assert series.words() == "3 → 8"
    assert [all_series(ratings(each))[0].words() for each in ([4], [None], [4, None])] == [
        "4",
        "not rated",
        "4",
    ]


def test_the_owner_of_a_question_stands_for_it_where_only_one_series_fits() -> None:
    question = HelpingQuestion(id="q", family="f", owner="dana", words="Why?")
    series = all_series([*ratings([1, 2, 3], "sam"), *ratings([5])])
    leading = leading_series(question, series)
    assert leading is not None
    assert leading.rater == "dana"
    assert leading_series(question, all_series(ratings([None]))) is None


def test_a_superseded_question_is_no_longer_asked() -> None:
    old = HelpingQuestion(family="f", owner="dana", words="Old?", superseded_by="new")
    ended = HelpingQuestion(family="f", owner="dana", words="Done?", ended=DAY)
    new = HelpingQuestion(id="new", family="f", owner="dana", words="New?")
    assert live_questions([old, ended, new]) == [new]


def test_what_was_filmed_stays_with_the_guider_it_had() -> None:
    """It counts towards that guider's programme, whoever works with the family afterwards."""
    before = Family(id="heron", code="F-1", guider="ellis")
    after = Family(id="heron", code="F-1", guider="noor")
    cycles = [
        Cycle(id="done", family="heron", number=1, filmed=DAY, reviewed=DAY),
        Cycle(id="stood in", family="heron", number=2, filmed=DAY, guider="sol"),
        Cycle(id="to come", family="heron", number=3),
    ]
    assert [(each.id, each.guider) for each in kept_by_guider(cycles, before, after)] == [("done", "ellis")]
    assert kept_by_guider(cycles, before, before) == []
    assert kept_by_guider(cycles, Family(code="F-1"), after) == []
