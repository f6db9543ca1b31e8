"""What a player does, as it tells others."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from vigtui.film.source import FilmSource

_SECONDS_BETWEEN_POSITIONS = 0.1


class PlayerState(Struct, frozen=True):
    """What the player does now. Times are milliseconds from the start of the recording, of which the film,
    its `source`, may be a piece.

    Of `once` nothing is played beyond its end, and from there the film plays on from its start.
    `duration_ms` is 0 and `frame_size` (width, height of the upright picture in pixels) is (0, 0) until
    known. `window` says that the film is in a window of its own. `trouble` is a sentence when the film cannot
    be played, else ""; `remark` one about a film that is played and not as it should be. `last_ms` is the
    moment of the last frame, 0 until known; `ended` says that nothing comes behind what is shown. `sounds`
    are what the film's sound tracks are called, "" where nobody says; `sound` is the one that is heard,
    counted from 1. `is_behind` says that the machine is too slow for the film, which has fallen behind its
    time.
    """

    source: FilmSource | None = None
    position_ms: int = 0
    duration_ms: int = 0
    playing: bool = False
    speed: float = 1.0
    muted: bool = False
    loop: tuple[int, int] | None = None
    once: tuple[int, int] | None = None
    trouble: str = ""
    frame_size: tuple[int, int] = (0, 0)
    window: bool = False
    remark: str = ""
    last_ms: int = 0
    ended: bool = False
    sounds: tuple[str, ...] = ()
    sound: int = 0
    is_behind: bool = False

    @property
    def has_sound(self) -> bool:
        """Whether there is a sound track."""
        return bool(self.sounds)

    @property
    def sound_words(self) -> str:
        """Which sound is heard, as a sentence; "" while there is no film."""
        if not self.duration_ms:
            return ""
        if not self.sounds:
            return "There is no sound in this film."
        if len(self.sounds) == 1:
            return "There is only one sound track in this film."
        name = self.sounds[self.sound - 1] if 0 < self.sound <= len(self.sounds) else ""
        called = f": {name}" if name else ""
        off = " Sound is off." if self.muted else ""
        return f"Sound track {self.sound} of {len(self.sounds)}{called}.{off}"

    @property
    def behind_words(self) -> str:
        """What it means that the film has fallen behind, as a sentence; "" while it keeps up."""
        if not self.is_behind:
            return ""
        together = ", picture and sound together" if self.has_sound and not self.muted else ""
        return f"This machine is too slow for this film: it plays more slowly{together}."

    @property
    def path(self) -> Path | None:
        """The place of the film that is played."""
        return self.source.path if self.source else None

    @property
    def at_end(self) -> bool:
        """Whether the film shows its last frame."""
        return self.last_ms <= self.position_ms if self.last_ms else self.ended

    @property
    def starts_ms(self) -> int:
        """The moment of the recording that the first frame shows."""
        return self.source.starts_ms if self.source else 0

    def length_at(self, ms: int) -> int:
        """How long the film is, which has come to this moment; 0 while that is not known. Before its end has
        been looked for, it is at least as long as that."""
        return self.duration_ms and max(self.duration_ms, ms)

    def in_recording(self) -> "PlayerState":
        """Return a state whose times count from the start of the film with those of the recording."""
        if not self.starts_ms:
            return self
        return replace(
            self,
            position_ms=self.position_ms + self.starts_ms,
            duration_ms=self.duration_ms and self.duration_ms + self.starts_ms,
            loop=moved(self.loop, self.starts_ms),
            once=moved(self.once, self.starts_ms),
            last_ms=self.last_ms and self.last_ms + self.starts_ms,
        )


def moved(loop: tuple[int, int] | None, ms: int) -> tuple[int, int] | None:
    """Return a part of a film in times that count from `ms` earlier on; nothing lies before the start."""
    return loop and (max(0, loop[0] + ms), max(0, loop[1] + ms))


class Telling:
    """Keeps a state that several threads change, and tells `on_state` what changed, on their threads: the
    position of a film that plays about ten times a second, everything else at once.

    Openings of films are counted: what is still reported of an earlier one is not of the film that is wanted.
    """

    def __init__(self, state: PlayerState) -> None:
        self.on_state: Callable[[PlayerState], None] | None = None
        self._lock = threading.Lock()
        self._state = state
        self._moved_to: int | None = None  # where the film has gone since the state said where it is
        self._opening = 0
        self._told = 0.0

    @property
    def state(self) -> PlayerState:
        return self._in_film.in_recording()

    @property
    def _in_film(self) -> PlayerState:
        """The state with times from the start of the film, which is all that libmpv knows."""
        with self._lock:
            return self._moved()

    def _moved(self) -> PlayerState:
        """The state with where the film has gone. Holding the lock."""
        ms, self._moved_to = self._moved_to, None
        if ms is not None:
            self._state = replace(self._state, position_ms=ms, duration_ms=self._state.length_at(ms))
        return self._state

    def _noted(self, opening: int, ms: int) -> bool:
        """Note that the film of an opening, which plays, has come to this moment, where that is not to be
        told yet; return whether it is done with that."""
        with self._lock:
            if not self._state.playing or time.monotonic() - self._told >= _SECONDS_BETWEEN_POSITIONS:
                return False
            if opening == self._opening:
                self._moved_to = ms
            return True

    def _become(self, state: PlayerState) -> int:
        """Another film is wanted, or none; return which opening this is."""
        with self._lock:
            self._state, self._moved_to = state, None
            self._opening += 1
            opening = self._opening
        self._tell()
        return opening

    def _change(self, opening: int | None = None, **changes: Any) -> None:
        """Change the state as somebody wishes; or as the film of an opening has it, if it is still wanted."""
        with self._lock:
            if opening not in (None, self._opening):
                return
            before = self._moved()
            changes = {name: value for name, value in changes.items() if getattr(before, name) != value}
            if not changes:
                return
            after = replace(before, **changes)
            if "position_ms" in changes:
                after = replace(after, duration_ms=after.length_at(after.position_ms))
            # A picture that was on its way when the film was paused may still say so.
            after = replace(after, is_behind=after.is_behind and after.playing)
            self._state = after
            now = time.monotonic()
            only_moved = after.playing and changes.keys() == {"position_ms"}
            if only_moved and now - self._told < _SECONDS_BETWEEN_POSITIONS:
                return
            self._told = now
        self._tell()

    def _tell(self) -> None:
        if callback := self.on_state:
            callback(self.state)
