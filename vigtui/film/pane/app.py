"""What the terminal is like, for the film: its colours, the shape of its cells, and its answers."""

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import App, ReturnType
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import CursorPosition, Event, InputEvent, Resize
from textual.geometry import Offset
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from vigtui.film.library import let_go_of_loading
from vigtui.film.options import FilmOptions
from vigtui.film.pane.absence import Absence
from vigtui.film.pane.driver.messages import Terminal, TerminalAnswered, TerminalReady
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.pane.textual_faults import (
    ReadOnce,
    forget_answers,
    forget_places,
    let_go_of_closed_screens,
    let_go_of_gone_widgets,
    let_late_timers_ring,
    remove_empty_frames,
    style_new_screens_once,
)
from vigtui.film.terminal.letters import PATIENCE, reads_utf8
from vigtui.values.signs import Letters

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

    from vigtui.film.pane.driver.taken import TakenTerminal
    from vigtui.film.pane.video_pane import VideoPane
    from vigtui.film.picture.choice import Look
    from vigtui.film.terminal.questions import Pixels

_SECONDS_TO_BE_GONE, _SECONDS_OF_FILM, _MANY_SCREENS = 0.5, 20.0, 3
"""After a screen was closed; while film plays, of which a picture or two in hundreds are late then; and with
how many closed screens that is not waited for, each a megabyte or two."""


class FilmApp(App[ReturnType]):
    """An app with film in it. The terminal's answers give the film its pace.

    `terminal` is what the terminal can be asked through, None without one; `taken` is it where something was
    drawn on it before the app began. `film_options` say what film is
    drawn with. `window_keys` are actions of a screen for keys that are typed in the film's own window.
    `own_keys` are the keys that somebody has given to bindings, by id.
    """

    class LookChanged(Message, bubble=False):
        """Film is drawn with other glyphs from now on."""

    terminal: Terminal | None = None
    taken: "TakenTerminal | None" = None
    film_options = FilmOptions()
    window_keys: ClassVar[Mapping[str, str]] = {}
    own_keys: Mapping[str, str] = {}
    _closed_screens = 0
    _has_film = False
    SECONDS_BETWEEN_LOOKS: ClassVar[float] = 5.0
    """How often a film that plays is asked whether somebody may see it."""
    STAYS_OPEN: ClassVar[bool] = True
    """Whether it is open for long enough that it matters how much memory it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.stylesheet = ReadOnce(variables=self.get_css_variables())

    def on_load(self) -> None:
        let_go_of_gone_widgets()
        let_late_timers_ring()
        style_new_screens_once()

    def _handle_exception(self, error: Exception) -> None:
        """End with what went wrong; not where the app is being left, and a screen that was just being made
        misses what is not made any more."""
        if not (self._exit and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style a node and all below it anew; one that is only being made is styled once it has its place."""
        if node.parent is not None or isinstance(node, App):
            super().update_styles(node, animate)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen in front, and soon afterwards let go of all that it was made of."""
        self._closed_screens += 1
        if self._closed_screens in (1, _MANY_SCREENS):
            self.set_timer(_SECONDS_TO_BE_GONE, self._let_go)
        return super().pop_screen()

    def _let_go(self, *, waited: bool = False) -> None:
        waits = not waited and self._closed_screens < _MANY_SCREENS
        if waits and any(pane.state.playing for pane in self._panes()):
            self.set_timer(_SECONDS_OF_FILM, partial(self._let_go, waited=True))
        elif self._closed_screens:
            self._closed_screens = 0
            let_go_of_closed_screens(self.screen_stack)

    def on_notify(self) -> None:
        remove_empty_frames(self.screen_stack)

    @cached_property
    def look(self) -> "Look":
        """What film is drawn with."""
        from vigtui.film.picture.choice import look_here

        options = self.film_options
        encoding = "its own" if self.letters is Letters.ASCII else ""
        return look_here(options.glyphs, options.colours, quiet=options.quiet, encoding=encoding)

    def set_keymap(self, keymap: Mapping[str, str]) -> None:
        """Give things these keys, by id; sentences name them from then on."""
        super().set_keymap(keymap)
        self.own_keys = keymap

    @property
    def letters(self) -> Letters:
        """What the terminal can show besides film."""
        return self.terminal.shown.letters if self.terminal else Letters.ALL

    def next_glyphs(self) -> None:
        """Draw film with the next glyphs that this terminal can show, and say which."""
        self.look = self.look.following
        self._tell_look()
        self.notify(f"The picture is made of {self.look.glyph_set.words}.", timeout=3)

    def _tell_look(self) -> None:
        for pane in self._panes():
            pane.post_message(self.LookChanged())

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":  # The one that is there on every system but Windows.
            return chosen
        from vigtui.film.pane.driver.driver import AskingDriver

        return AskingDriver

    @on(TerminalReady)
    def _terminal_ready(self, event: TerminalReady) -> None:
        self.terminal = self.line.terminal = event.terminal
        self.terminal.cursor_told = self.line.answered
        if self.letters is not Letters.ALL:
            self.refresh_bindings()  # Footers may have been drawn, and have signs for keys.
        if event.terminal.letters_due:
            self.set_timer(PATIENCE, self._draw_in_known_letters)

    @on(TerminalSupportsSynchronizedOutput)
    def _terminal_shows_frames(self) -> None:
        self.line.shows_frames = True

    def _draw_in_known_letters(self) -> None:
        """Draw what has waited for the terminal's answer, whether or not that has come."""
        if self.terminal and self.terminal.letters_due:
            self.terminal.letters_due = False
            self.forget_terminal()
            self.refresh(layout=True)

    def _letters_told(self, *, utf8: bool) -> None:
        if self.terminal is None and self.has_cursor:
            # Asked before this app began, it may answer before the driver has said that it is there.
            self.terminal = cast("Terminal", self._driver)
        if not utf8 and self.terminal:
            self.terminal.shown.letters = Letters.ASCII
            self.terminal.letters_due = True
            self.__dict__.pop("look", None)
            self._tell_look()
            self.refresh_bindings()
        self._draw_in_known_letters()

    @on(Driver.SignalResume)
    def action_repaint(self) -> None:
        """Draw everything again: a shell had the terminal meanwhile, or something else wrote on it."""
        self.forget_terminal()
        self.refresh(repaint=True, layout=True)

    @on(TerminalAnswered)
    def _terminal_answered(self, event: TerminalAnswered) -> None:
        if self.pixels_of_terminal() is None:
            return
        for pane in self._panes():
            pane.post_message(event)

    def pixels_of_terminal(self) -> "Pixels | None":
        """What the terminal shows besides text; None while it is not known, which is asked for then."""
        if self.terminal is None:
            return None
        trusted = self.film_options.pixels
        if trusted != "auto":
            from vigtui.film.terminal.questions import Pixels

            return Pixels(kitty=trusted == "kitty", sixel=trusted == "sixel")
        self.terminal.ask()
        return self.terminal.pixels

    @cached_property
    def line(self) -> FilmLine:
        """What all films are sent through."""
        return FilmLine(thrifty=self.film_options.thrifty)

    @cached_property
    def _absence(self) -> Absence:
        return Absence(self, self.line, self._panes)

    def on_mount(self) -> None:
        self.set_interval(self.SECONDS_BETWEEN_LOOKS, self._look)

    def _look(self) -> None:
        self._absence.look()
        if self.STAYS_OPEN and not self._has_film and any(pane.state.source for pane in self._panes()):
            self._has_film = True
            self.run_worker(let_go_of_loading, thread=True)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent):
            self._absence.somebody_is_there()
        await super().on_event(event)

    def _display(self, screen: "Screen[Any]", renderable: "RenderableType | None") -> None:
        """Send what is not on the terminal yet: Textual sends all of what may have changed."""
        in_hand = self.in_hand()
        if in_hand is not None:
            self.cursor_position = in_hand
        if self.has_cursor:
            terminal = cast("Terminal", self._driver)
            if terminal.letters_due:
                return
            terminal.cursor.wanted = in_hand is not None
            renderable = terminal.shown.only_changes(renderable)
        with self.line.drawing:  # Film that is drawn elsewhere is drawn before this, or knows of it.
            super()._display(screen, renderable)

    @property
    def has_cursor(self) -> bool:
        """Whether the terminal's own cursor can be shown."""
        # Asked of the driver, as the message that it is ready may still be under way.
        return hasattr(self._driver, "cursor")

    def in_hand(self) -> Offset | None:
        """The cell of the screen where the terminal's own cursor belongs; None to hide it."""
        return None

    def forget_terminal(self) -> None:
        """Anything may have been drawn on the terminal: send everything again."""
        if self.terminal:
            self.terminal.shown.forget()
        self.line.screens += 1

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The terminal has drawn everything up to a request for the cursor's position. Most answers the
        driver has taken by itself."""
        utf8 = reads_utf8(event.x, event.y)
        if utf8 is None:
            self.line.answered(event.x, event.y)
        else:
            self._letters_told(utf8=utf8)

    def on_resize(self, event: Resize) -> None:
        """The terminal may have moved or cut what is on it, even when its size is again what was drawn last:
        then Textual finds nothing to draw. What is told before our driver is there is the size that it has
        found."""
        if self.terminal or not self.has_cursor:
            self.forget_terminal()
        forget_places()
        forget_answers(self.screen_stack)
        if self.screen_stack and event.size == self.screen.outer_size:
            self.refresh()

    def _panes(self) -> "Iterator[VideoPane]":
        for screen in self.screen_stack:
            yield from cast("Iterator[VideoPane]", screen.query("VideoPane"))


def look_of(app: App[object]) -> "Look":
    """What film is drawn with in this app."""
    from vigtui.film.picture.choice import look_here

    return app.look if isinstance(app, FilmApp) else look_here()


def is_plain(app: App[Any]) -> bool:
    """Whether no pictures, bars and boxes are drawn, and everything is said in words."""
    return isinstance(app, FilmApp) and app.film_options.plain
