"""The time axis under a film: who speaks when, where the film is, the clip's range, other clips and marks."""

import contextlib
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rich.text import Text
from textual import events, on
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.video.errors import FilmError
from vigtui.widgets.axis_drawing import Stretch, draw_axis, draw_levels, lay_out

BUCKET_MS = 100
"""Milliseconds of sound behind one level."""

_one_film_at_a_time = threading.Lock()


@lru_cache(maxsize=16)
def _levels(path: Path, buckets: int) -> tuple[float, ...]:
    """How loud the film is in each of so many equal parts; empty where that cannot be told. Blocking."""
    from vigtui.video.waveform import envelope

    with contextlib.suppress(FilmError, OSError):
        return tuple(envelope(path, buckets))
    return ()


class TimeAxis(Widget):
    """Two lines. `stretch` lies on the axis, `position` (ms) says where the film is; `listen` adds sound."""

    DEFAULT_CSS = """
    TimeAxis { height: 2; padding: 0 1; }
    """

    position: reactive[int] = reactive(0, repaint=False)
    stretch: reactive[Stretch] = reactive(Stretch(0))
    sound: reactive[tuple[float, ...]] = reactive(())

    @dataclass
    class Picked(Message):
        """The moment that somebody clicked."""

        axis: "TimeAxis"
        ms: int

        @property
        def control(self) -> "TimeAxis":
            return self.axis

    @dataclass
    class _Heard(Message, bubble=False):
        film: tuple[Path, int]
        sound: tuple[float, ...]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name for it
        super().__init__(id=id)
        self._drawn = Text()
        self._film: tuple[Path, int] | None = None

    def listen(self, path: Path, duration: int) -> None:
        """Show how loud the film at `path`, of `duration` ms, is, as soon as that is known."""
        film = (path, duration)
        if film == self._film:
            return
        self._film = film
        self.sound = ()
        # A worker of Textual's would hold up leaving the program until a long film is heard through.
        threading.Thread(target=self._hear, args=film, name="sound", daemon=True).start()

    def _hear(self, path: Path, duration: int) -> None:
        with _one_film_at_a_time:
            if self._film != (path, duration):
                return
            levels = _levels(path, max(duration // BUCKET_MS, 1))
        with contextlib.suppress(RuntimeError):  # the app has just gone
            self.post_message(self._Heard((path, duration), levels))

    @on(_Heard)
    def _show_sound(self, event: _Heard) -> None:
        if event.film == self._film:
            self.sound = event.sound

    def watch_position(self) -> None:
        """Paint again only when a cell changes: the position comes ten times a second."""
        if self._draw() != self._drawn:
            self.refresh()

    def _draw(self) -> Text:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        levels = draw_levels(self.sound, self.stretch.duration, layout)
        return Text("\n").join((levels, draw_axis(self.stretch, self.position, layout)))

    def render(self) -> RenderResult:
        self._drawn = self._draw()
        return self._drawn

    def on_click(self, event: events.Click) -> None:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        offset = event.get_content_offset(self)
        column = offset.x - len(layout.left) if offset else -1
        if 0 <= column < layout.columns:
            start, end = layout.shown
            self.post_message(self.Picked(self, start + (end - start) * column // layout.columns))
