"""Plays a film through libmpv and offers its pictures."""

import atexit
import queue
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vigtui.film.playing.control import Control
from vigtui.film.playing.state import PlayerState, moved
from vigtui.film.source import FilmSource

if TYPE_CHECKING:
    from vigtui.film.playing.renderer import Picture

__all__ = ["FASTEST", "SLOWEST", "Player", "PlayerState"]

SLOWEST, FASTEST = 0.1, 4.0
_STEPS_WAITING = 2


class Player(Control):
    """One film at a time. Every method returns at once and may be called from any thread.

    `on_state` and `on_frame` are called on the player's threads: `on_state` about ten times a second while
    the position moves and at once for the rest, `on_frame` when `take_picture` has something new. Creating a
    player raises `LibraryMissing`. `close` it when done. Players that are given the same `sounds` know of
    each other's which sound track was chosen for a film. With `hardware` this
    machine's own decoder is used where there is one.
    """

    def __init__(
        self, *, muted: bool = False, sounds: dict[Path, int] | None = None, hardware: bool = False
    ) -> None:
        super().__init__(muted=muted, sounds=sounds, hardware=hardware)
        self._last_step = 0
        self._steps: queue.SimpleQueue[int] = queue.SimpleQueue()  # that wait, all one way
        atexit.register(self.close)

    def load(
        self,
        source: FilmSource,
        *,
        start_ms: int = 0,
        loop: tuple[int, int] | None = None,
        once: tuple[int, int] | None = None,
        playing: bool = False,
    ) -> None:
        """Show this film at `start_ms`; with `once`, play no further than to its end. What cannot be played
        becomes `state.trouble`."""
        start_ms, loop = max(0, start_ms - source.starts_ms), moved(loop, -source.starts_ms)
        once = moved(once, -source.starts_ms)
        self._begin_steps()
        kept = self._in_film
        kept = PlayerState(speed=kept.speed, muted=kept.muted, window=kept.window)
        kept = replace(kept, source=source, position_ms=start_ms)
        opening = self._become(replace(kept, playing=playing, loop=loop, once=once))
        self._jobs.put(lambda: self._load(opening, source, start_ms, loop, playing))

    def stop(self) -> None:
        """Close the film."""
        opening = self._become(PlayerState(speed=self._in_film.speed, muted=self._in_film.muted))
        self._jobs.put(lambda: self._stop(opening))

    def play(self) -> None:
        """Play on; from the start of the loop or of the film when it is at its end."""
        self._jobs.put(self._play)

    def pause(self) -> None:
        self._jobs.put(self._pause)

    def toggle(self) -> None:
        self._jobs.put(self._toggle)

    def seek(self, ms: int) -> None:
        """Show the frame at `ms`, exactly. Of seeks that come faster than they are done the last counts."""
        ms = max(0, ms - self._in_film.starts_ms)
        self._begin_steps()
        self._jobs.put(lambda: self._go_to(ms))

    def seek_by(self, ms: int) -> None:
        """Go on or back from where the film is, or from where it is going."""
        self._begin_steps()
        self._jobs.put(lambda: self._seek_by(ms))

    def seek_from(self, choose: Callable[[int], int | None]) -> None:
        """Go where `choose` says, which is given the moment where the film is, or is going; None stays there.
        A loop that does not hold the moment ends. `choose` is called on a thread of the player."""
        self._begin_steps()
        self._jobs.put(lambda: self._seek_from(choose))

    def step(self, frames: int) -> None:
        """Pause, and go on or back by so many frames. Steps asked for faster than they can be shown are
        left out, so that the film stops when the key is released: those that wait are counted anew where
        they turn, or the film goes elsewhere."""
        if frames * self._last_step < 0:
            self._begin_steps()
        self._last_step, steps = frames, self._steps
        if steps.qsize() <= _STEPS_WAITING:
            steps.put(frames)
            self._jobs.put(lambda: self._step(steps.get()))

    def _begin_steps(self) -> None:
        """Count anew how many steps wait."""
        self._steps = queue.SimpleQueue()

    def set_speed(self, speed: float) -> None:
        """Play at `speed` times the normal speed, `SLOWEST` to `FASTEST`."""
        speed = min(FASTEST, max(SLOWEST, speed))
        self._change(speed=speed)
        self._jobs.put(lambda: self._front.time.play_at(speed))

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play from `loop[0]` up to `loop[1]` again and again, or stop doing so."""
        loop = moved(loop, -self._in_film.starts_ms)
        self._change(loop=loop)
        self._jobs.put(lambda: self._front.set_loop(loop))

    def set_muted(self, muted: bool) -> None:
        self._change(muted=muted)
        self._jobs.put(lambda: self._set_muted(muted))

    def hear_next(self) -> None:
        """Hear the next of the film's sound tracks, now and whenever the film is opened again; nothing where
        there is only one."""
        state = self._in_film
        if state.path and len(state.sounds) > 1:
            self._sounds[state.path] = sound = state.sound % len(state.sounds) + 1
            self._change(sound=sound)
            self._jobs.put(lambda: self._change_sound(sound))

    def set_picture_size(self, width: int, height: int) -> None:
        """Set how large pictures are made, in pixels; 0, 0 when nothing shows them."""
        if self._size != (width, height):
            self._size = (width, height)
        self._front.surface.ask(width, height)
        self._jobs.put(self._prepare)

    def take_picture(self) -> "Picture | None":
        """Return the newest picture: uint8, shape (height, width, 3), red, green, blue. None if none."""
        front, state = self._front, self._state  # which need not say where the film is
        if front.opening != self._opening or state.source is None or state.trouble:
            return None
        ahead = self._ahead
        return ahead.picture if ahead else front.surface.picture

    def take_still(self, width: int, height: int, taken: "Callable[[Picture], None]") -> None:
        """Draw the present picture once in another size, and give it to `taken` on a thread of the player.

        Nothing comes while there is no picture. The size of the other pictures stays.
        """
        self._jobs.put(lambda: self._take_still(width, height, taken))

    def open_window(
        self, keys: Collection[str], typed: Callable[[str], object], *, full_screen: bool = False
    ) -> None:
        """Show the film in a window of its own, until it is closed or the film is put away; no pictures come
        meanwhile. It is as large as the screen if `full_screen`. `typed` is called on a thread of the player
        with each of `keys`, as libmpv calls them, that is typed there, and with "" when no window can be
        opened. `state.window` tells whether it is.
        """
        self._typed = typed
        self._jobs.put(lambda: self._open_window(keys, full_screen=full_screen))

    def close_window(self) -> None:
        """Have the pictures again."""
        self._jobs.put(self._close_window)

    def close(self) -> None:
        """Stop for good, in bounded time even when libmpv hangs. Safe to call again."""
        atexit.unregister(self.close)
        self._end()
