"""Moments are walked one by one, keep their numbers, and become clips that hold what was seen."""

import pytest
from msgspec.structs import replace

from vigtui.domain.moments import around, in_order, marked_at, number, step, without_clip
from vigtui.domain.records import Moment


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
