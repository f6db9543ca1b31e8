"""Which seek goes to libmpv next, when keys come faster than it can follow."""

import threading
from collections.abc import Callable

_SLOW = 0.15
_PATIENCE, _LONGEST = 2.0, 30.0
"""After so many seconds another seek is sent though the one before has not arrived; and the same one: with
that libmpv begins anew, and on an eighth of a core an exact one in 1080p takes five."""


class Seeks:
    """Seeks one at a time: of those asked for meanwhile only the latest counts.

    While they come faster than they are done and an exact one is slow, the keyframe near the latest is shown
    on the way; the last one is always exact. `clock` counts seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._target: float | None = None
        self._flying: tuple[float, bool] | None = None
        self._left_at = 0.0
        self._exact_takes = 0.0
        self._hurried = False

    @property
    def target(self) -> float | None:
        """Where the film is going, in ms; None when it is there."""
        return self._target

    @property
    def flying(self) -> bool:
        """Whether libmpv is on its way."""
        return self._flying is not None and self._clock() - self._left_at < _PATIENCE

    def ask(self, ms: float) -> None:
        """Want to be at `ms`, where a deck seeks to."""
        self._target = ms
        self._hurried = self.flying

    def next(self) -> tuple[float, bool] | None:
        """The seek to send now, and whether it is exact; None when there is none, or libmpv is busy."""
        with self._lock:
            if self._target is None or self.flying:
                return None
            if self._flying == (self._target, True) and self._clock() - self._left_at < _LONGEST:
                return None
            self._flying = (self._target, not (self._hurried and self._exact_takes > _SLOW))
            self._left_at = self._clock()
            self._hurried = False
            return self._flying

    def done(self) -> None:
        """libmpv has arrived."""
        with self._lock:
            if self._flying is None:
                return
            ms, exact = self._flying
            self._flying = None
            if exact:
                self._exact_takes = self._clock() - self._left_at
                if ms == self._target:
                    self._target = None

    def failed(self, ms: float) -> None:
        """There was no film yet to go to `ms` in: try the same once there is."""
        with self._lock:
            self._flying = None
            if self._target is None:  # The film's own start was taken for the arrival.
                self._target = ms

    def forget(self) -> None:
        """Want nothing more. What is on its way still arrives."""
        self._target = None
