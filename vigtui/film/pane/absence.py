"""Film does not play on where nobody can see it: in a detached session, on a terminal that has gone."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.app import App

from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.terminal.detached import is_detached

if TYPE_CHECKING:
    from vigtui.film.pane.video_pane import VideoPane

_SILENT_SECONDS = 30.0
_NOTICE_SECONDS = 12.0
_DETACHED = "The film is paused, because this session was detached."
_SILENT = "The film is paused, because the terminal did not answer for half a minute."


class Absence:
    """Pauses the films of `panes` once the terminal has been silent for half a minute, or nothing is attached
    to the session. They stay paused; a sentence says why when somebody is there again."""

    def __init__(self, app: App[Any], line: FilmLine, panes: Callable[[], Iterable["VideoPane"]]) -> None:
        self._app, self._line, self._panes = app, line, panes
        self._why = ""

    def look(self) -> None:
        """Look whether somebody may see the film. Keys need not wait for that."""
        if self._why or self._playing():
            self._app.run_worker(self._look(), group="absence", exclusive=True)

    async def _look(self) -> None:
        silent = self._line.link.silent >= _SILENT_SECONDS
        detached = not silent and await asyncio.to_thread(is_detached)
        if silent or detached:
            self._pause(_SILENT if silent else _DETACHED)
        elif self._why:
            self._app.notify(self._why, timeout=_NOTICE_SECONDS, markup=False)
            self._why = ""

    def _playing(self) -> list["VideoPane"]:
        """The films that play here; one in a window of its own is seen there."""
        states = ((pane, pane.state) for pane in self._panes())
        return [pane for pane, state in states if state.playing and not state.window]

    def _pause(self, why: str) -> None:
        for pane in self._playing():
            if pane.player:
                pane.player.pause()
                self._why = why

    def somebody_is_there(self) -> None:
        """Something was typed: a terminal that is silent all the same does not answer any more."""
        if self._why and self._line.link.silent:
            self._line.link.expect_nothing()
