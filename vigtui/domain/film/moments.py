"""Moments that somebody marked by a key: their order and numbers, the clips that they become, and how those
that were marked by the clock are laid onto the film."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from vigtui.domain.records import Moment, Recording
from vigtui.domain.vocabulary import RecordingKind

BEFORE_MS, AFTER_MS = 6_000, 4_000
"""What a clip has before and after its moment: a key is pressed once something was seen."""

_SAME_MS = 1_000
_PASSED_MS = 1_500


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    """Return a recording's moments as they follow one another."""
    return sorted(moments, key=lambda moment: (moment.at_ms, moment.id))


def waiting(moments: Iterable[Moment], kind: RecordingKind) -> list[Moment]:
    """Return those that were marked by the clock while this was filmed, and are on no recording yet, as they
    follow one another."""
    return _by_the_clock(each for each in moments if not each.recording and each.kind is kind)


def movable(moments: Iterable[Moment], recording: Recording) -> list[Moment]:
    """Return those of a cycle's moments that can be laid onto this recording of it, or lie there already by
    the clock, and are no clip yet."""
    moments = list(moments)
    here = [each for each in moments if each.recording == recording.id and not each.clip]
    return _by_the_clock([*here, *waiting(moments, recording.kind)])


def _by_the_clock(moments: Iterable[Moment]) -> list[Moment]:
    known = [(each.at, each.id, each) for each in moments if each.at is not None]
    return [moment for _, _, moment in sorted(known, key=lambda each: each[:2])]


def filming_began(
    created: dt.datetime | None, duration_ms: int, moments: Sequence[Moment], offset: dt.timedelta
) -> dt.datetime | None:
    """Return when the filming began, told from when the film says it was made; None when that fits none of
    the moments.

    Some cameras write when they began, some when they ended; and some write the time here, which is `offset`
    ahead of UTC, as though it were UTC. What fits most moments is taken.
    """
    if created is None:
        return None
    length = dt.timedelta(milliseconds=duration_ms)
    guesses = (created, created - length, created - offset, created - offset - length)
    best = max(guesses, key=lambda began: len(_within(moments, began, duration_ms)))
    return best if _within(moments, best, duration_ms) else None


def lay(moments: Iterable[Moment], recording: Recording, began: dt.datetime) -> list[Moment]:
    """Return the moments where they are when the recording began then. Those outside it are on none."""
    moments = list(moments)
    within = _within(moments, began, recording.duration_ms)
    return [
        replace(each, recording=recording.id if each.id in within else "", at_ms=within.get(each.id, 0))
        for each in moments
    ]


def off_the_film(moments: Iterable[Moment]) -> list[Moment]:
    """Return those that were marked by the clock as they are without their recording: they wait again."""
    return [replace(each, recording="", at_ms=0, clip="") for each in moments if each.at is not None]


def _within(moments: Iterable[Moment], began: dt.datetime, duration_ms: int) -> dict[str, int]:
    """Return where in a film each of the moments is that is in it. A duration of 0 is not known yet."""
    found = {each.id: (each.at - began) // dt.timedelta(milliseconds=1) for each in moments if each.at}
    return {each: ms for each, ms in found.items() if ms >= 0 and (ms < duration_ms or not duration_ms)}


def number(moment: Moment, moments: Iterable[Moment]) -> int:
    """Return the place of a moment among all of its recording, from 1."""
    return sum((each.at_ms, each.id) < (moment.at_ms, moment.id) for each in moments) + 1


def without_clip(moments: Iterable[Moment]) -> list[Moment]:
    """Return those that are still to be looked at, as they follow one another."""
    return in_order(moment for moment in moments if not moment.clip)


def marked_at(moments: Iterable[Moment], ms: int) -> Moment | None:
    """Return the moment that is marked there already: the same key, held down or pressed twice."""
    return next((moment for moment in moments if abs(moment.at_ms - ms) < _SAME_MS), None)


def marked_by_clock(moments: Iterable[Moment], at: dt.datetime) -> Moment | None:
    """Return the moment that is marked by the clock at that time already, as `marked_at` does in a film."""
    near = dt.timedelta(milliseconds=_SAME_MS)
    return next((moment for moment in moments if moment.at and abs(moment.at - at) < near), None)


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
