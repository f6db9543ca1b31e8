"""Where somebody begins to speak: sound that lasts, after a pause."""

from collections.abc import Iterator
from itertools import groupby

from vigtui.film.sound.waveform import BUCKET_MS, STEPS_PER_DECIBEL, Loudness

_WINDOW_MS = 100
_BUCKETS = _WINDOW_MS // BUCKET_MS
_PAUSE = 700 // _WINDOW_MS
"""Windows of quiet between two turns; a shorter pause is one within a sentence."""
_SHORTEST = 2
"""Windows of sound; less is a knock."""
_LEAD_MS = 200
"""How long before the first sound a jump comes down, so that the word is heard from its beginning."""
_JUST_NOW_MS = 700
"""A film that plays has gone on a little from the turn it was sent to: going back leaves that turn."""
_ABOVE_NOISE, _BELOW_LOUDEST, _LEAST_BELOW = 8, 25, 6  # decibels


def next_speech(sound: Loudness, here_ms: int, way: int) -> int | None:
    """Return where the next turn begins after `here_ms`; with a `way` below 0, the last one before it. None
    where none is known of."""
    turns = (turn + sound.starts_ms for turn in _turns(sound.decibels))
    if way > 0:
        return next((ms for ms in turns if ms > here_ms + _WINDOW_MS), None)
    return max((ms for ms in turns if ms < here_ms - _JUST_NOW_MS), default=None)


def _turns(decibels: bytes) -> Iterator[int]:
    """Yield where each turn begins, in ms from the start of the sound."""
    windows = [
        sum(decibels[at : at + _BUCKETS]) / _BUCKETS
        for at in range(0, len(decibels) - _BUCKETS + 1, _BUCKETS)
    ]
    least = _least_loud(windows)
    ended, at = -_PAUSE, 0
    for loud, run in groupby(windows, lambda level: level >= least):
        length = len(list(run))
        if loud and length >= _SHORTEST:
            if at - ended >= _PAUSE:
                yield max(0, at * _WINDOW_MS - _LEAD_MS)
            ended = at + length
        at += length


def _least_loud(windows: list[float]) -> float:
    """What is speech in this film: well above its noise, and not far below its loudest."""
    ordered = sorted(windows)
    if not ordered or not ordered[-1]:
        return 1
    noise, loudest = ordered[len(ordered) // 5], ordered[len(ordered) * 99 // 100]
    above = max(noise + _ABOVE_NOISE * STEPS_PER_DECIBEL, loudest - _BELOW_LOUDEST * STEPS_PER_DECIBEL)
    return max(min(above, loudest - _LEAST_BELOW * STEPS_PER_DECIBEL), 1)
