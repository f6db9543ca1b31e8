"""`vigtui play`: one film in this terminal, without a caseload."""

import sys
from concurrent.futures import Future
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from vigtui.film.pane.ahead import FilmAhead
from vigtui.film.pane.app import FilmApp, is_plain
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import Player, PlayerState
from vigtui.ui.ahead.film import film_words
from vigtui.ui.app.signals import leave_on_signals
from vigtui.ui.app.theme import CALM
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.workspace.settings import Settings


class PlayApp(FilmApp[str]):
    """Plays `path`; with `full` the picture is alone. `ahead` plays and draws it already. Returns a sentence
    when the film cannot be played."""

    CSS = """
    Screen { background: black; }
    ToastRack { dock: top; align: right top; margin: 0; }
    #line { width: 1fr; height: 1; padding: 0 1; }
    """
    ENABLE_COMMAND_PALETTE = False
    STAYS_OPEN = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("play")

    def __init__(
        self, player: Player, path: Path, settings: Settings, *, full: bool, ahead: FilmAhead | None
    ) -> None:
        super().__init__()
        self.film_options = settings.film
        self.register_theme(CALM)
        self.theme = CALM.name
        self._player, self._path, self._full, self._ahead = player, path, full, ahead
        if ahead is not None and ahead.terminal.is_ours:
            self.taken, self.line, self.look = ahead.terminal, ahead.line, ahead.look
        self._said = self._remark = ""

    def compose(self) -> ComposeResult:
        yield VideoPane(id="film")
        if not self._full:
            yield Subtitles(id="said")
            self._said = self._words(self._player.state)
            yield Static(self._said, id="line", markup=False)
            yield KeyFooter()

    def on_mount(self) -> None:
        self.animation_level = "none"
        leave_on_signals(lambda: None, lambda: self.call_from_thread(self.exit))
        pane = self.query_one(VideoPane)
        pane.follower = self._follow
        pane.take(self._player, self._ahead)
        if self._ahead is None or not self._ahead.is_seen:
            state = self._player.state
            if state.playing and state.frame_size != (0, 0):  # It was to be seen before, and could not be.
                self._player.seek(0)
            self._player.play()

    @on(VideoPane.StateChanged)
    def _film_changed(self, event: VideoPane.StateChanged) -> None:
        self._follow(event.state)

    def _follow(self, state: PlayerState) -> int:
        """Show what is told of the film; return from which moment on there is something else to show."""
        from_ms = (state.position_ms // 1000 + 1) * 1000
        if state.trouble:
            self.exit(state.trouble)
        elif not self._full:
            said = self.query_one(Subtitles)
            said.follow(state)
            from_ms = 0 if said.display else from_ms
            if state.remark not in ("", self._remark):
                self.notify(state.remark, severity="warning", timeout=12, markup=False)
            self._remark = state.remark
            words = self._words(state)
            if words != self._said:
                self._said = words
                self.query_one("#line", Static).update(words, layout=False)
        return from_ms

    def _words(self, state: PlayerState) -> str:
        return film_words(self._path, state, plain=is_plain(self))


def run_play(
    path: Path, opening: Future[Player], settings: Settings, *, full: bool, ahead: FilmAhead | None
) -> int:
    """Play a film that the user named and that is being opened, and return the exit status. The player stays
    open. `ahead` draws it already. Raises `FilmError`."""
    app = PlayApp(opening.result(), path, settings, full=full, ahead=ahead)
    trouble = app.run()
    if trouble:
        sys.stderr.write(f"{trouble}\n")
    return 1 if trouble else app.return_code or 0
