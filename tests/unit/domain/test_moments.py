"""Moments are walked one by one, keep their numbers, and become clips that hold what was seen."""

import datetime as dt

import pytest
from msgspec.structs import replace

from vigtui.domain.film.moments import (
    around,
    filming_began,
    in_order,
    lay,
    marked_at,
    marked_by_clock,
    movable,
    number,
    off_the_film,
    step,
    waiting,
    without_clip,
)
from vigtui.domain.records import Moment, Recording
from vigtui.domain.vocabulary import RecordingKind


def moment(at_ms: int, clip: str = "") -> Moment:
    return Moment(id=f"m{at_ms:06}", cycle="c", recording="r", at_ms=at_ms, clip=clip)


EARLY, LATE, LAST = moment(4_000), moment(9_000), moment(20_000)
ALL = [EARLY, LATE, LAST]


def test_moments_are_numbered_as_they_follow_one_another() -> None:
    assert [number(each, ALL) for each in (LAST, EARLY, LATE)] == [3, 1, 2]
    assert in_order([LAST, EARLY, LATE]) == ALL


def test_two_at_the_same_time_have_numbers_of_their_own() -> None:
    """Two people marked the same moment, each on a machine of their own."""
    twin = replace(EARLY, id="m004000b")
    assert {number(each, [twin, EARLY]) for each in (twin, EARLY)} == {1, 2}


def test_a_moment_that_became_a_clip_is_walked_past_and_its_number_stays_taken() -> None:
    made = replace(LATE, clip="clip")
    assert without_clip([LAST, made, EARLY]) == [EARLY, LAST]
    assert number(LAST, [LAST, made, EARLY]) == 3


def test_a_key_that_is_held_down_marks_one_moment() -> None:
    assert marked_at(ALL, 9_900) == LATE
    assert marked_at(ALL, 10_000) is None


@pytest.mark.parametrize(
    ("ms", "at_hand", "by", "found"),
    [
        (0, None, 1, EARLY),
        (0, None, -1, None),
        (3_960, EARLY, 1, LATE),  # the film stands on the frame before the moment
        (4_040, EARLY, -1, None),
        (8_000, EARLY, 1, LATE),  # it has played on
        (8_000, EARLY, -1, EARLY),
        (19_000, LATE, -1, LATE),
        (25_000, LAST, 1, None),
    ],
)
def test_moments_are_walked_one_by_one(
    ms: int, at_hand: Moment | None, by: int, found: Moment | None
) -> None:
    assert step(ALL, ms, at_hand, by) == found


def test_of_two_at_the_same_time_none_is_passed_over() -> None:
    twin = replace(EARLY, id="m004000b")
    both = [EARLY, twin, LATE]
    assert step(both, 4_000, EARLY, 1) == twin
    assert step(both, 4_000, twin, -1) == EARLY


def test_a_clip_has_more_before_the_moment_than_after_it_and_stays_within_the_film() -> None:
    assert around(10_000, 60_000) == (4_000, 14_000)
    assert around(2_000, 5_000) == (0, 5_000)
    assert around(2_000, 0) == (0, 6_000)


# By the clock, before there is a film

START = dt.datetime(2026, 3, 12, 14, 0, tzinfo=dt.UTC)
FILM = Recording(id="film", cycle="c", duration_ms=600_000)
NO_OFFSET = dt.timedelta()


def by_clock(seconds: int, kind: RecordingKind = RecordingKind.INTERACTION, *, recording: str = "") -> Moment:
    at = START + dt.timedelta(seconds=seconds)
    return Moment(id=f"t{seconds:06}", cycle="c", at=at, kind=kind, recording=recording)


def test_what_waits_for_a_film_is_what_was_marked_while_that_was_filmed() -> None:
    first, second, review = by_clock(10), by_clock(70), by_clock(20, RecordingKind.SHARED_REVIEW)
    laid = by_clock(30, recording="film")
    everything = [second, review, laid, EARLY, first]
    assert waiting(everything, RecordingKind.INTERACTION) == [first, second]
    assert waiting(everything, RecordingKind.SHARED_REVIEW) == [review]
    assert movable(everything, FILM) == [first, laid, second]


def test_all_moments_follow_one_shift_and_those_outside_the_film_wait_on() -> None:
    found = lay([by_clock(-5), by_clock(0), by_clock(65), by_clock(600)], FILM, START)
    assert [(each.recording, each.at_ms) for each in found] == [
        ("", 0),
        ("film", 0),
        ("film", 65_000),
        ("", 0),
    ]


def test_laying_again_moves_what_lay_there_and_lets_go_of_what_is_outside() -> None:
    found = lay(lay([by_clock(0), by_clock(65)], FILM, START), FILM, START + dt.timedelta(seconds=60))
    assert [(each.recording, each.at_ms) for each in found] == [("", 0), ("film", 5_000)]


@pytest.mark.parametrize(
    ("created", "offset"),
    [
        (START, NO_OFFSET),
        (START + dt.timedelta(minutes=10), NO_OFFSET),  # a telephone that writes when it ended
        (START + dt.timedelta(hours=2), dt.timedelta(hours=2)),  # a camera that calls the time here UTC
        (START + dt.timedelta(hours=2, minutes=10), dt.timedelta(hours=2)),
    ],
)
def test_when_filming_began_is_told_from_what_cameras_write(
    created: dt.datetime, offset: dt.timedelta
) -> None:
    moments = [by_clock(30), by_clock(590)]
    assert filming_began(created, FILM.duration_ms, moments, offset) == START


def test_a_film_of_another_day_or_without_a_time_tells_nothing() -> None:
    moments = [by_clock(30)]
    assert filming_began(START - dt.timedelta(days=1), FILM.duration_ms, moments, NO_OFFSET) is None
    assert filming_began(None, FILM.duration_ms, moments, NO_OFFSET) is None


def test_without_its_recording_what_was_marked_by_the_clock_waits_again() -> None:
    laid = replace(by_clock(65, recording="film"), at_ms=65_000, clip="clip")
    assert off_the_film([laid, EARLY]) == [by_clock(65)]


def test_a_key_that_is_held_down_marks_one_moment_by_the_clock() -> None:
    assert marked_by_clock([by_clock(10)], START + dt.timedelta(seconds=10.9)) == by_clock(10)
    assert marked_by_clock([by_clock(10)], START + dt.timedelta(seconds=11)) is None
