"""Whether a film that plays keeps up with its own time."""

import math
import threading
from collections import deque
from collections.abc import Callable

_SECONDS_TO_TELL = 2.5
_BEHIND, _KEEPS_UP = 0.75, 0.9
_JUMP_MS = 1_000
_LEAST_MOVED = 1e-3


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
