"""What is said, under the picture."""

import asyncio
import contextlib

from textual import work
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.film.errors import FilmError
from vigtui.film.playing.state import PlayerState
from vigtui.film.source import FilmSource
from vigtui.film.subtitles import Line, lines_of, text_at
from vigtui.foreign.in_time import begun

_ROWS = 2


class Subtitles(Widget):
    """Two lines with what is said at the film's moment. Hidden when the film has no subtitles, or when they
    are not `wanted`, so that the picture has the room."""

    DEFAULT_CSS = """
    Subtitles { height: 2; text-align: center; content-align: center bottom; display: none; }
    """

    words: reactive[str] = reactive("")
    wanted: reactive[bool] = reactive(default=True)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._film: FilmSource | None = None
        self._lines: tuple[Line, ...] = ()

    def follow(self, state: PlayerState) -> None:
        """Show what is said where the film is."""
        if state.source != self._film:
            self._film, self._lines = state.source, ()
            self._show_lines()
            if state.source is not None:
                self._read(state.source)
        self.words = text_at(self._lines, state.position_ms - state.starts_ms)

    def watch_wanted(self) -> None:
        self._show_lines()

    def render(self) -> Content:
        """The last lines, where there are more than there is room for."""
        return Content("\n".join(self.words.split("\n")[-_ROWS:]))

    @work(exclusive=True)
    async def _read(self, film: FilmSource) -> None:
        lines: tuple[Line, ...] = ()
        with contextlib.suppress(OSError, FilmError):
            # Not in a worker's thread, which whoever leaves waits for, also where a disk does not answer.
            lines = await asyncio.wrap_future(begun(lambda: lines_of(film), "subtitles"))
        if film == self._film:
            self._lines = lines
            self._show_lines()

    def _show_lines(self) -> None:
        self.display = self.wanted and bool(self._lines)
