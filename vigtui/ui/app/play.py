"""`vigtui play`: one film in this terminal, without a caseload."""

import sys
from concurrent.futures import Future
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from vigtui.film.errors import FilmError
from vigtui.film.pane.app import FilmApp, is_plain
from vigtui.film.pane.subtitles import Subtitles
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import Player, PlayerState
from vigtui.ui.app.signals import leave_on_signals
from vigtui.ui.app.theme import CALM
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.signs import LOOP, PAUSED, PLAYING, in_words
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode
from vigtui.workspace.settings import Settings


class PlayApp(FilmApp[str]):
    """Plays `path`; with `full` the picture is alone. Returns a sentence when the film cannot be played."""

    CSS = """
    Screen { background: black; }
    #line { width: 1fr; height: 1; padding: 0 1; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("play")

    def __init__(self, player: Player, path: Path, settings: Settings, *, full: bool) -> None:
        super().__init__()
        self.film_options = settings.film
        self.register_theme(CALM)
        self.theme = CALM.name
        self._player, self._path, self._full = player, path, full
        self._said = self._remark = ""

    def compose(self) -> ComposeResult:
        yield VideoPane(id="film")
        if not self._full:
            yield Subtitles(id="said")
            yield Static(id="line", markup=False)
            yield KeyFooter()

    def on_mount(self) -> None:
        self.animation_level = "none"
        leave_on_signals(lambda: None, lambda: self.call_from_thread(self.exit))
        pane = self.query_one(VideoPane)
        pane.follower = self._follow
        pane.take(self._player)
        self._player.play()

    @on(VideoPane.StateChanged)
    def _film_changed(self, event: VideoPane.StateChanged) -> None:
        self._follow(event.state)

    def _follow(self, state: PlayerState) -> None:
        if state.trouble:
            self.exit(state.trouble)
        elif not self._full:
            self.query_one(Subtitles).follow(state)
            if state.remark not in ("", self._remark):
                self.notify(state.remark, severity="warning", timeout=12, markup=False)
            self._remark = state.remark
            words = _words(self._path, state, plain=is_plain(self))
            if words != self._said:
                self._said = words
                self.query_one("#line", Static).update(words, layout=False)


def _words(path: Path, state: PlayerState, *, plain: bool) -> str:
    sign = PLAYING if state.playing else PAUSED
    words = [
        in_words(sign) if plain else sign,
        f"{format_timecode(state.position_ms)} / {format_timecode(state.duration_ms)}",
        f"{state.speed:g}x" if state.speed != 1 else "",
        ("loop" if plain else f"{LOOP} loop") if state.loop else "",
        "muted" if state.has_sound and state.muted else "",
        one_line(path.name),
        f"sound {state.sound} of {len(state.sounds)}" if len(state.sounds) > 1 else "",
        state.behind_words or state.remark,
    ]
    return "   ".join(word for word in words if word)


def run_play(path: Path, opening: Future[Player], settings: Settings, *, full: bool = False) -> int:
    """Play a film that the user named and that is being opened, and return the exit status. The player stays
    open."""
    try:
        player = opening.result()
    except FilmError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    app = PlayApp(player, path, settings, full=full)
    trouble = app.run()
    if trouble:
        sys.stderr.write(f"{trouble}\n")
    return 1 if trouble else app.return_code or 0
