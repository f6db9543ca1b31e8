"""What a player does, as it tells others."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_SECONDS_BETWEEN_POSITIONS = 0.1


@dataclass(frozen=True)
class PlayerState:
    """What the player does now. Times are milliseconds from the start of the film.

    `duration_ms` is 0 and `frame_size` (width, height of the upright picture in pixels) is (0, 0) until
    known. `window` says that the film is in a window of its own. `trouble` is a sentence when the film cannot
    be played, else "".
    """

    path: Path | None = None
    position_ms: int = 0
    duration_ms: int = 0
    playing: bool = False
    speed: float = 1.0
    muted: bool = False
    loop: tuple[int, int] | None = None
    trouble: str = ""
    frame_size: tuple[int, int] = (0, 0)
    has_sound: bool = False
    window: bool = False


class Telling:
    """Keeps a state that several threads change, and tells `on_state` what changed, on their threads: the
    position of a film that plays about ten times a second, everything else at once."""

    def __init__(self, state: PlayerState) -> None:
        self.on_state: Callable[[PlayerState], None] | None = None
        self._lock = threading.Lock()
        self._state = state
        self._told = 0.0

    @property
    def state(self) -> PlayerState:
        with self._lock:
            return self._state

    def _become(self, state: PlayerState) -> None:
        with self._lock:
            self._state = state
        self._tell()

    def _change(self, **changes: Any) -> None:
        with self._lock:
            before = self._state
            self._state = after = replace(before, **changes)
            now = time.monotonic()
            only_moved = after.playing and after == replace(before, position_ms=after.position_ms)
            if after == before or (only_moved and now - self._told < _SECONDS_BETWEEN_POSITIONS):
                return
            self._told = now
        self._tell()

    def _tell(self) -> None:
        if callback := self.on_state:
            callback(self.state)
