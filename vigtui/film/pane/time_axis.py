"""The time axis under a film: who speaks when, where the film is, the clip's range, other clips and marks."""

import contextlib
import threading
import time
from dataclasses import dataclass, replace

from rich.text import Text
from textual import events, on
from textual.app import RenderResult
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.film.errors import FilmError
from vigtui.film.pane.app import is_plain
from vigtui.film.pane.axis_drawing import (
    Stretch,
    axis_words,
    column_of,
    draw_axis,
    draw_levels,
    lay_out,
    sound_words,
)
from vigtui.film.playing.state import PlayerState
from vigtui.film.sound.kept_sound import KeptSound, stamp
from vigtui.film.sound.waveform import Loudness, listen
from vigtui.film.source import FilmSource

BEHIND_WORDS = "The film plays more slowly."
"""What stands over the axis, for a while, where the machine is too slow for the film."""
_NOTHING = Loudness(b"")
_SECONDS_BETWEEN_TELLING = 0.5
_one_film_at_a_time = threading.Lock()


class TimeAxis(Widget):
    """A line or two of sound, and the axis. `stretch` lies on it, `position` (ms) says where the film is;
    `listen` adds the sound, `muted` says that it cannot be heard, `is_behind` that the film falls behind,
    `is_copy` that its working copy is seen.
    `follow` is enough for a film by itself."""

    DEFAULT_CSS = """
    TimeAxis { height: 2; padding: 0 1; }
    .-tall TimeAxis { height: 3; }
    """

    SCOPED_CSS = False  # the screen says whether it is tall

    position: reactive[int] = reactive(0, repaint=False)
    stretch: reactive[Stretch] = reactive(Stretch(0))
    sound: reactive[Loudness] = reactive(_NOTHING)
    muted: reactive[bool] = reactive(default=False)
    is_behind: reactive[bool] = reactive(default=False)
    is_copy: reactive[bool] = reactive(default=False)

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
        source: FilmSource
        sound: Loudness

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawn = Text()
        self._source: FilmSource | None = None
        self._told_at = 0.0

    @property
    def source(self) -> FilmSource | None:
        """The film whose sound is shown."""
        return self._source

    def follow(self, state: PlayerState) -> None:
        """Show where the film is, on an axis as long as the film."""
        self.position, self.muted, self.is_behind = state.position_ms, state.muted, state.is_behind
        self.is_copy = state.source is not None and state.source.is_copy
        if state.duration_ms != self.stretch.duration:
            self.stretch = replace(self.stretch, duration=state.duration_ms)

    def listen(self, source: FilmSource | None, kept: KeptSound | None = None) -> None:
        """Show how loud a film is, as far as that is known; None to show nothing.

        What was heard is `kept` on disk for the next time, if it is said where."""
        if source == self._source:
            return
        self._source = source
        self.sound = _NOTHING
        if source is not None:
            # A worker of Textual's would hold up leaving the program until a long film is heard through.
            threading.Thread(target=self._hear, args=(source, kept), name="sound", daemon=True).start()

    def _hear(self, source: FilmSource, kept: KeptSound | None) -> None:
        with _one_film_at_a_time, contextlib.suppress(FilmError, OSError):
            if self._source != source:
                return
            if kept and (known := kept.recall(source)):
                self._tell(source, known)
                return
            known_stamp = stamp(source)
            heard = listen(source, lambda sound: self._tell_so_far(source, sound))
            if heard is not None and self._tell(source, heard) and kept:
                kept.keep(source, known_stamp, heard)
                if self._source != source:  # It was taken away meanwhile, perhaps for good.
                    kept.forget(source.path)

    def _tell_so_far(self, source: FilmSource, sound: Loudness) -> bool:
        """Tell it now and then, since all of it is drawn again each time."""
        now = time.monotonic()
        if now - self._told_at < _SECONDS_BETWEEN_TELLING:
            return self._source == source
        self._told_at = now
        return self._tell(source, sound)

    def _tell(self, source: FilmSource, sound: Loudness) -> bool:
        """Whether this film is still the one to listen to."""
        with contextlib.suppress(RuntimeError):  # the app has just gone
            self.post_message(self._Heard(source, sound))
        return self._source == source

    def on_unmount(self) -> None:
        self._source = None

    @on(_Heard)
    def _show_sound(self, event: _Heard) -> None:
        if event.source == self._source:
            self.sound = replace(event.sound, starts_ms=event.source.starts_ms)

    def watch_position(self) -> None:
        """Paint again only when a cell changes: the position comes ten times a second."""
        if self._draw() != self._drawn:
            self.refresh()

    def _draw(self) -> Text:
        if is_plain(self.app):
            return Text(axis_words(self.stretch, self.position, is_copy=self.is_copy), no_wrap=True)
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        words = sound_words(self.sound, self.stretch.duration, muted=self.muted, is_copy=self.is_copy)
        levels = draw_levels(self.sound, layout, max(self.content_size.height - 1, 1), words)
        if self.is_behind:
            levels[-1] = Text(BEHIND_WORDS, style="bold", no_wrap=True)
        return Text("\n").join((*levels, draw_axis(self.stretch, self.position, layout)))

    def render(self) -> RenderResult:
        self._drawn = self._draw()
        return self._drawn

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen at which the film is, or where the words about it begin."""
        if is_plain(self.app):
            return self.content_region.offset
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        column = len(layout.left) + column_of(self.position, layout.shown, layout.columns)
        return self.content_region.offset + Offset(column, self.content_size.height - 1)

    def on_click(self, event: events.Click) -> None:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        offset = event.get_content_offset(self)
        column = offset.x - len(layout.left) if offset else -1
        if 0 <= column < layout.columns:
            start, end = layout.shown
            self.post_message(self.Picked(self, start + (end - start) * column // layout.columns))
