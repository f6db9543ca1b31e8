"""A program for tests: a film that plays, or is "paused", and things that come over it and go. SIGUSR1 makes
half a minute pass. What is beside the film is drawn once more at each new size, before all is laid out for
that."""

import signal
import sys
import time
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.events import Key
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, Static

from vigtui.film.files import FileSource
from vigtui.film.pane.app import FilmApp
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.pane.video_pane import VideoPane
from vigtui.film.playing.player import Player


class Dialog(ModalScreen[None]):
    """Covers the middle of the film."""

    CSS = "Dialog { align: center middle; } Center { width: 20; height: 5; background: red; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "dismiss", "")]

    def compose(self) -> ComposeResult:
        with Center():
            yield Label("a dialog")


class Other(Screen[None]):
    """Covers all of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "dismiss", "")]

    def compose(self) -> ComposeResult:
        yield Label("another screen")


class CoveredFilm(FilmApp[None]):
    """d a dialog, o another screen, n a notice, c a menu, s the pane a row down, b words beside it."""

    CSS = """
    Screen { layers: film menu; background: black; }
    VideoPane { width: 40; height: 12; }
    #menu { layer: menu; width: 9; height: 3; offset: 12 3; background: green; display: none; }
    #words { layer: menu; width: 15; height: 12; offset: 42 0; }
    #rows { height: 1; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "app.push_screen('dialog')", ""),
        Binding("o", "app.push_screen('other')", ""),
        Binding("n", "notice", ""),
        Binding("c", "menu", ""),
        Binding("s", "shift", ""),
        Binding("b", "write", ""),
        Binding("q", "quit", ""),
    ]
    SCREENS: ClassVar = {"dialog": Dialog, "other": Other}
    SECONDS_BETWEEN_LOOKS = 0.1
    noticed = False
    passed = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.line = FilmLine(lambda: time.monotonic() + self.passed)
        signal.signal(signal.SIGUSR1, lambda *_: self.pass_half_a_minute())

    def pass_half_a_minute(self) -> None:
        self.passed += 31

    def compose(self) -> ComposeResult:
        yield Static("a row", id="rows")
        yield VideoPane(id="film")
        yield Static("a menu", id="menu")
        yield Static("nothing yet", id="words")
        yield Static("playing", id="line")

    def on_mount(self) -> None:
        self.player = Player(muted=True)
        playing = "paused" not in sys.argv
        self.query_one(VideoPane).show(self.player, FileSource(Path(sys.argv[1])), playing=playing)
        self.query_one(VideoPane).focus()

    def on_video_pane_state_changed(self, event: VideoPane.StateChanged) -> None:
        self.query_one("#line", Static).update("playing" if event.state.playing else "held still")

    def on_key(self, event: Key) -> None:
        """End when an answer of the terminal is taken for keys: no test types these."""
        if event.character in ("?", ";"):
            self.exit()

    def action_notice(self) -> None:
        if self.noticed:
            self.clear_notifications()
        else:
            self.notify("a notice", timeout=60)
        self.noticed = not self.noticed

    def action_menu(self) -> None:
        menu = self.query_one("#menu")
        menu.display = not menu.display

    def action_write(self) -> None:
        self.query_one("#words", Static).update("a letter", layout=False)

    def on_resize(self) -> None:
        self.call_next(self.draw_words)

    def draw_words(self) -> None:
        self.screen._compositor.update_widgets({self.query_one("#words").refresh()})
        self.screen._compositor_refresh()

    def action_shift(self) -> None:
        rows = self.query_one("#rows")
        rows.display = not rows.display


if __name__ == "__main__":
    app = CoveredFilm()
    app.run()
    app.player.close()
