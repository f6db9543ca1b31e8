"""Whether a film that plays keeps up with its own time, and how fast its sound may go for that."""

import math
import threading
from collections import deque
from collections.abc import Callable, Sequence

_SECONDS_TO_TELL = 2.5
_BEHIND, _KEEPS_UP = 0.75, 0.9
_JUMP_MS = 1_000
_LEAST_MOVED = 1e-3
_SECONDS_TO_STAY, _SECONDS_TO_FOLLOW = 1.5, 3.0
_STAYS_BEHIND, _ALWAYS_BEHIND, _LOST = 0.5, 0.2, 1.0
"""How many seconds the picture is late where its sound begins to wait for it; how many it always is then, so
that libmpv goes on leaving frames out; and where sound begins anew instead."""
_MORE_A_SECOND, _LEAST = 1.0, 0.5
_SLOWEST, _ANOTHER_SPEED = 0.1, 0.05


class Pace:
    """Measures how much of a film goes by in how much time, at the speed that is wanted. `clock` counts
    seconds.

    Where the machine is too slow, libmpv's sound goes on and its picture, whose moments are told here, does
    not. Times at rest and jumps do not count. Any thread may tell what the film does.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._begin()

    def rest(self) -> None:
        """The film is paused, or another one."""
        with self._lock:
            self._begin()

    def _begin(self) -> None:
        self._last: tuple[float, float, int] | None = None
        self._passed = self._shown = 0.0  # seconds of time, and of film at the wanted speed
        self._pictures = 0
        self._samples: deque[tuple[float, float, int]] = deque()
        self.is_behind = False
        self.rate = 1.0
        """How much of the film goes by in its time, of late."""
        self.pictures = math.inf
        """How many there are of a second of film, of late."""

    @property
    def keeps_up(self) -> bool:
        """Whether the film keeps its time, as far as one sees."""
        return self.rate >= _KEEPS_UP

    def turns(self, pictures: int) -> None:
        """The film goes on elsewhere, where there have been so many pictures."""
        with self._lock:
            if self._last:
                self._last = (*self._last[:2], pictures)

    def shows(self, ms: float, speed: float, pictures: int = 0) -> bool:
        """The film, which plays, is at `ms`, and there have been so many `pictures`; return whether it has
        fallen behind for some time."""
        with self._lock:
            return self._shows(ms, speed, pictures)

    def _shows(self, ms: float, speed: float, pictures: int) -> bool:
        now, before = self._clock(), self._last
        self._last = (now, ms, pictures)
        if before is None:
            return self.is_behind
        passed, moved = now - before[0], (ms - before[1]) / speed
        if not 0 <= moved <= passed * 1000 + _JUMP_MS:  # a loop comes round, or somebody goes elsewhere
            return self.is_behind
        self._passed += passed
        self._shown += moved / 1000
        self._pictures += pictures - before[2]
        self._samples.append((self._passed, self._shown, self._pictures))
        while self._passed - self._samples[0][0] > _SECONDS_TO_TELL and len(self._samples) > 2:
            since, shown, seen = self._samples.popleft()
            moved = self._shown - shown
            self.rate = moved / (self._passed - since)
            self.pictures = (self._pictures - seen) / max(moved * speed, _LEAST_MOVED)
            self.is_behind = self.rate < (_KEEPS_UP if self.is_behind else _BEHIND)
        return self.is_behind


class SoundPace:
    """How fast sound may go for its picture to follow, where the machine is too slow for the film. `clock`
    counts seconds.

    A picture that is late for a moment catches up by itself. Where it does not, sound goes as fast as the
    picture has gone of late; a little slower while that is too late, and a little faster while it is not,
    which is how it is seen that the machine can do more by now. What it can do stays known while the film
    rests.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told: deque[tuple[float, float, float]] = deque()  # when, seconds of sound until then, how late
        self.most = math.inf
        """The speed above which the picture does not follow, as far as one sees."""

    def rest(self) -> None:
        """The film is paused, or goes elsewhere. Any thread may say so."""
        self._told = deque()

    def is_lost(self, late: float, wanted: float) -> bool:
        """The film plays at `wanted`, or at `most` where that is less, and its picture is so many seconds
        late: see what `most` is. Return whether sound is to begin anew from the picture."""
        now, told, speed = self._clock(), self._told, min(wanted, self.most)
        heard = told[-1][1] + (now - told[-1][0]) * speed if told else 0.0
        told.append((now, heard, late))
        waits = speed < wanted
        while len(told) > 1 and now - told[1][0] >= (_SECONDS_TO_FOLLOW if waits else _SECONDS_TO_STAY):
            told.popleft()
        since, heard_then, late_then = told[0]
        if now - since < _SECONDS_TO_STAY or not (waits or _stays_behind([late for _, _, late in told])):
            return False
        shown = max(_SLOWEST, (heard - heard_then - late + late_then) / (now - since))
        if late > _LOST:
            self.most = shown
            self.rest()
            return True
        most = shown * max(_LEAST, 1 + _MORE_A_SECOND * (_ALWAYS_BEHIND - late))
        if most >= wanted:
            self.most = math.inf
        elif abs(most - speed) > _ANOTHER_SPEED * speed:
            self.most = most
        return False


def _stays_behind(late: Sequence[float]) -> bool:
    """Whether a picture that has been late like this of late does not catch up by itself."""
    return min(late) > _STAYS_BEHIND and late[-1] == max(late)
