"""Film does not play on where nobody can see it: in a detached session, on a terminal that has gone."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from textual.app import App

from vigtui.film.pane.line import FilmLine
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

    async def look(self) -> None:
        """Look whether somebody may see the film."""
        states = ((pane, pane.state) for pane in self._panes())
        playing = [pane for pane, state in states if state.playing and not state.window]
        if not playing and not self._why:
            return
        if self._line.link.silent >= _SILENT_SECONDS:
            self._pause(playing, _SILENT)
        elif await asyncio.to_thread(is_detached):
            self._pause(playing, _DETACHED)
        elif self._why:
            self._app.notify(self._why, timeout=_NOTICE_SECONDS, markup=False)
            self._why = ""

    def _pause(self, playing: list["VideoPane"], why: str) -> None:
        for pane in playing:
            if pane.player:
                pane.player.pause()
        self._why = why

    def somebody_is_there(self) -> None:
        """Something was typed: a terminal that is silent all the same does not answer any more."""
        if self._why and self._line.link.silent:
            self._line.link.expect_nothing()
