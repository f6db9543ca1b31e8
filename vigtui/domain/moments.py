"""Moments that somebody marked by a key: their order and numbers, and the clips that they become."""

from collections.abc import Iterable, Sequence

from vigtui.domain.records import Moment

BEFORE_MS, AFTER_MS = 6_000, 4_000
"""What a clip has before and after its moment: a key is pressed once something was seen."""

_SAME_MS = 1_000
_PASSED_MS = 1_500


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    """Return a recording's moments as they follow one another."""
    return sorted(moments, key=lambda moment: (moment.at_ms, moment.id))


def number(moment: Moment, moments: Iterable[Moment]) -> int:
    """Return the place of a moment among all of its recording, from 1."""
    return sum((each.at_ms, each.id) < (moment.at_ms, moment.id) for each in moments) + 1


def without_clip(moments: Iterable[Moment]) -> list[Moment]:
    """Return those that are still to be looked at, as they follow one another."""
    return in_order(moment for moment in moments if not moment.clip)


def marked_at(moments: Iterable[Moment], ms: int) -> Moment | None:
    """Return the moment that is marked there already: the same key, held down or pressed twice."""
    return next((moment for moment in moments if abs(moment.at_ms - ms) < _SAME_MS), None)


def step(moments: Sequence[Moment], ms: int, at_hand: Moment | None, by: int) -> Moment | None:
    """Return the next moment after `ms`, or, where `by` is negative, the one before; None when there is none.

    `at_hand` is the one that was gone to last. While the film is still near it, it is left for the next: a
    film stands on a frame, a little before or after.
    """
    if at_hand is not None and abs(at_hand.at_ms - ms) <= _PASSED_MS:
        here = (at_hand.at_ms, at_hand.id)
        before = [each for each in moments if (each.at_ms, each.id) < here]
        after = [each for each in moments if (each.at_ms, each.id) > here]
    else:
        before = [each for each in moments if each.at_ms < ms]
        after = [each for each in moments if each.at_ms > ms]
    return next(iter(after), None) if by > 0 else next(reversed(before), None)


def around(ms: int, duration_ms: int) -> tuple[int, int]:
    """Return the in-point and the out-point of a clip around a moment. A duration of 0 is not known yet."""
    out_ms = ms + AFTER_MS
    return max(0, ms - BEFORE_MS), min(out_ms, duration_ms) if duration_ms else out_ms
