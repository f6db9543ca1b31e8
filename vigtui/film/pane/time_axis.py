"""The time axis under a film: who speaks when, where the film is, the clip's range, other clips and marks."""

import contextlib
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from rich.text import Text
from textual import events, on
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.film.errors import FilmError
from vigtui.film.pane.axis_drawing import Stretch, draw_axis, draw_levels, lay_out, sound_words
from vigtui.film.sound.kept_sound import keep, recall, stamp
from vigtui.film.sound.waveform import Loudness, listen

_NOTHING = Loudness(b"")
_SECONDS_BETWEEN_TELLING = 0.5
_one_film_at_a_time = threading.Lock()


class TimeAxis(Widget):
    """A line or two of sound, and the axis. `stretch` lies on it, `position` (ms) says where the film is;
    `listen` adds the sound, `muted` says that it cannot be heard."""

    DEFAULT_CSS = """
    TimeAxis { height: 2; padding: 0 1; }
    .-tall TimeAxis { height: 3; }
    """

    SCOPED_CSS = False  # the screen says whether it is tall

    position: reactive[int] = reactive(0, repaint=False)
    stretch: reactive[Stretch] = reactive(Stretch(0))
    sound: reactive[Loudness] = reactive(_NOTHING)
    muted: reactive[bool] = reactive(default=False)

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
        film: Path
        sound: Loudness

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name for it
        super().__init__(id=id)
        self._drawn = Text()
        self._film: Path | None = None
        self._starts_ms = 0
        self._told_at = 0.0

    def listen(self, film: Path, folder: Path, starts_ms: int = 0) -> None:
        """Show how loud a film is, as far as that is known, and keep it in the caseload's `folder`. It is the
        piece of the recording from `starts_ms` on."""
        if film == self._film:
            return
        self._film, self._starts_ms = film, starts_ms
        self.sound = _NOTHING
        # A worker of Textual's would hold up leaving the program until a long film is heard through.
        threading.Thread(target=self._hear, args=(film, folder), name="sound", daemon=True).start()

    def _hear(self, film: Path, folder: Path) -> None:
        with _one_film_at_a_time, contextlib.suppress(FilmError, OSError):
            if self._film != film:
                return
            known = recall(folder, film)
            if known is None:
                known_stamp = stamp(film)
                known = listen(film, lambda sound: self._tell_so_far(film, sound))
                if known is not None:
                    self._tell(film, known)
                    keep(folder, film, known_stamp, known)
            else:
                self._tell(film, known)

    def _tell_so_far(self, film: Path, sound: Loudness) -> bool:
        """Tell it now and then, since all of it is drawn again each time."""
        now = time.monotonic()
        if now - self._told_at < _SECONDS_BETWEEN_TELLING:
            return self._film == film
        self._told_at = now
        return self._tell(film, sound)

    def _tell(self, film: Path, sound: Loudness) -> bool:
        """Whether this film is still the one to listen to."""
        with contextlib.suppress(RuntimeError):  # the app has just gone
            self.post_message(self._Heard(film, sound))
        return self._film == film

    def on_unmount(self) -> None:
        self._film = None

    @on(_Heard)
    def _show_sound(self, event: _Heard) -> None:
        if event.film == self._film:
            self.sound = replace(event.sound, starts_ms=self._starts_ms)

    def watch_position(self) -> None:
        """Paint again only when a cell changes: the position comes ten times a second."""
        if self._draw() != self._drawn:
            self.refresh()

    def _draw(self) -> Text:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        words = sound_words(self.sound, self.stretch.duration, muted=self.muted)
        levels = draw_levels(self.sound, layout, max(self.content_size.height - 1, 1), words)
        return Text("\n").join((*levels, draw_axis(self.stretch, self.position, layout)))

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
