"""Plays a film through libmpv and hands out its pictures."""

import atexit
import contextlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigtui.video.core import SECONDS_TO_CLOSE, damaged, end_core, libmpv
from vigtui.video.errors import FilmError
from vigtui.video.facts import facts_of
from vigtui.video.media import check_kind
from vigtui.video.options import ONLY_FILMS, sound_output

if TYPE_CHECKING:
    from vigtui.video.surface import Picture

SLOWEST, FASTEST = 0.1, 4.0
_SECONDS_TO_SEEK = 1.0
_SECONDS_BETWEEN_POSITIONS = 0.1
_STEPS_WAITING = 2
_HUNG: list[Any] = []  # cores that did not close; kept, because python-mpv would wait for them when collected


@dataclass(frozen=True)
class PlayerState:
    """What the player does now. Times are milliseconds from the start of the film.

    `duration_ms` is 0 and `frame_size` (width, height of the upright picture in pixels) is (0, 0) until
    known. `trouble` is a sentence when the film cannot be played, else "".
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


class Player:
    """One film at a time. Every method returns at once and may be called from any thread.

    `on_state` and `on_frame` are called on the player's threads: `on_state` about ten times a second while
    the position moves and at once for the rest, `on_frame` when `take_picture` has something new. Creating a
    player raises `LibraryMissing`. `close` it when done.
    """

    def __init__(self, *, muted: bool = False) -> None:
        from vigtui.video.surface import Surface

        mpv = libmpv()
        self._ids = mpv.MpvEventID
        self.on_state: Callable[[PlayerState], None] | None = None
        self.on_frame: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._state = PlayerState(muted=muted)
        self._told = 0.0
        self._stepping = False
        self._loading = threading.Lock()
        self._entry = 0
        self._current = False
        self._jobs: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        # Muted from the start (over SSH), the sound device of this machine is not even opened.
        self._core: Any = mpv.MPV(**ONLY_FILMS, vo="libmpv", aid="no" if muted else "auto", mute=muted)
        with contextlib.suppress(Exception):  # a libmpv built without it chooses by itself
            self._core["ao"] = sound_output()
        self._surface = Surface(mpv, self._core, self._frame_drawn)
        self._core.register_event_callback(self._on_event)
        for name in ("pause", "time-pos", "duration", "video-params"):
            self._core.observe_property(name, self._on_property)
        self._worker = threading.Thread(target=self._work, name="film control", daemon=True)
        self._worker.start()
        atexit.register(self.close)

    @property
    def state(self) -> PlayerState:
        with self._lock:
            return self._state

    def load(
        self, path: Path, *, start_ms: int = 0, loop: tuple[int, int] | None = None, playing: bool = False
    ) -> None:
        """Show the film `path` at `start_ms`. What cannot be played becomes `state.trouble`."""
        with self._lock:
            self._current = False
            kept = self._state
            self._state = PlayerState(
                path, start_ms, playing=playing, speed=kept.speed, muted=kept.muted, loop=loop
            )
        self._surface.forget()
        self._tell()
        self._jobs.put(lambda: self._load(path, start_ms, loop, playing))

    def stop(self) -> None:
        """Put the film away."""
        with self._lock:
            self._current = False
            self._state = PlayerState(speed=self._state.speed, muted=self._state.muted)
        self._surface.forget()
        self._tell()
        self._command("stop")

    def play(self) -> None:
        """Play on; from the start of the loop or of the film when it is at its end."""
        self._jobs.put(self._play)

    def pause(self) -> None:
        self._jobs.put(self._pause)

    def toggle(self) -> None:
        self._jobs.put(lambda: self._play() if self._core.pause else self._pause())

    def seek(self, ms: int) -> None:
        """Show the frame at `ms`, exactly."""
        self._command("seek", ms / 1000, "absolute+exact")

    def seek_by(self, ms: int) -> None:
        self._command("seek", ms / 1000, "relative+exact")

    def step(self, frames: int) -> None:
        """Pause, and go on or back by so many frames. Steps asked for faster than they can be shown are
        left out, so that the film stops when the key is released."""
        if self._jobs.qsize() <= _STEPS_WAITING:
            self._jobs.put(lambda: self._step(frames))

    def set_speed(self, speed: float) -> None:
        """Play at `speed` times the normal speed, `SLOWEST` to `FASTEST`."""
        speed = min(FASTEST, max(SLOWEST, speed))
        self._change(speed=speed)
        self._jobs.put(lambda: self._set_speed(speed))

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play from `loop[0]` up to `loop[1]` again and again, or stop doing so."""
        self._change(loop=loop)
        self._jobs.put(lambda: self._set_loop(loop))

    def set_muted(self, muted: bool) -> None:
        self._change(muted=muted)
        self._jobs.put(lambda: self._set_muted(muted))

    def set_picture_size(self, width: int, height: int) -> None:
        """Say how large pictures shall be, in pixels; 0, 0 when nobody looks."""
        self._surface.ask(width, height)

    def take_picture(self) -> "Picture | None":
        """Return the newest picture: uint8, shape (height, width, 3), red, green, blue. None if none."""
        state = self.state
        return self._surface.picture if state.path and not state.trouble else None

    def take_still(self, width: int, height: int, taken: "Callable[[Picture], None]") -> None:
        """Draw the present picture once in another size, and give it to `taken` on a thread of the player.

        Nothing comes while there is no picture. The size of the other pictures stays.
        """
        self._surface.take_still(width, height, taken)

    def close(self) -> None:
        """Stop for good, in bounded time even when libmpv hangs. Safe to call again."""
        atexit.unregister(self.close)
        self.on_state = self.on_frame = None
        self._jobs.put(None)
        self._worker.join(SECONDS_TO_CLOSE)
        if self._surface.close(SECONDS_TO_CLOSE):
            end_core(self._core)
        else:
            _HUNG.append(self._core)

    # On the control thread: libmpv's calls wait for its core, which may wait for a disk.

    def _work(self) -> None:
        while job := self._jobs.get():
            # A command that comes too early or too late for the film (no file, nothing to seek) does nothing.
            with contextlib.suppress(Exception):
                job()

    def _command(self, *words: object) -> None:
        self._jobs.put(lambda: self._core.command(*words))

    def _pause(self) -> None:
        self._core["pause"] = True

    def _load(self, path: Path, start_ms: int, loop: tuple[int, int] | None, playing: bool) -> None:
        try:
            check_kind(path)
        except FilmError as error:
            self._core.command("stop")
            self._change(trouble=str(error), playing=False)
            return
        self._core["pause"] = not playing
        self._core["start"] = start_ms / 1000
        self._set_loop(loop)
        # Its events are not looked at before we know that they are this film's.
        with self._loading:
            self._current = False
            self._entry = self._core.command("loadfile", str(path.resolve()))["playlist_entry_id"]

    def _play(self) -> None:
        if self._core.eof_reached:
            loop = self.state.loop
            self._core.command("seek", loop[0] / 1000 if loop else 0, "absolute+exact")
        self._stepping = False
        self._core["pause"] = False

    def _step(self, frames: int) -> None:
        self._core["pause"] = True
        self._stepping = True
        for _ in range(abs(frames)):
            self._await_seek()
            self._core.command("frame-step" if frames > 0 else "frame-back-step")

    def _await_seek(self) -> None:
        """libmpv forgets a step back that comes before the last seek is done."""
        deadline = time.monotonic() + _SECONDS_TO_SEEK
        while self._core.seeking and time.monotonic() < deadline:
            time.sleep(0.002)

    def _set_speed(self, speed: float) -> None:
        self._core["speed"] = speed

    def _set_loop(self, loop: tuple[int, int] | None) -> None:
        start, end = (loop[0] / 1000, loop[1] / 1000) if loop else ("no", "no")
        self._core["ab-loop-a"], self._core["ab-loop-b"] = start, end

    def _set_muted(self, muted: bool) -> None:
        self._core["mute"] = muted
        if not muted:
            self._core["aid"] = "auto"

    def _measure(self) -> None:
        if not self._current:
            return
        facts = facts_of(self._core)
        self._surface.turn(facts.rotation)
        size = (facts.width, facts.height)
        # A play or pause asked for while the film opened was told before we looked.
        playing = not self._core.pause and not self._stepping
        self._change(
            frame_size=size, has_sound=facts.has_sound, duration_ms=facts.duration_ms, playing=playing
        )

    def _failed(self, entry: int) -> None:
        path = self.state.path
        if path and entry == self._entry:
            self._change(trouble=str(damaged(path)), playing=False)

    # On libmpv's event thread.

    def _on_event(self, event: Any) -> None:
        kind = event.event_id.value
        if kind == self._ids.START_FILE:
            with self._loading:
                self._current = event.data.playlist_entry_id == self._entry
        elif kind == self._ids.FILE_LOADED:
            self._jobs.put(self._measure)
        elif kind == self._ids.END_FILE and event.data.reason == event.data.ERROR:
            entry = event.data.playlist_entry_id
            self._jobs.put(lambda: self._failed(entry))

    def _on_property(self, name: str, value: Any) -> None:
        if name == "pause":
            self._stepping &= not value
        if value is None or not self._current:
            return
        if name == "pause":
            self._change(playing=not value and not self._stepping)
        elif name == "time-pos":
            self._change(position_ms=max(0, round(value * 1000)))
        elif name == "duration":
            self._change(duration_ms=round(value * 1000))
        else:
            self._jobs.put(self._measure)

    def _frame_drawn(self) -> None:
        if self.on_frame and self.state.path:
            self.on_frame()

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
