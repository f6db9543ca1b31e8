"""The film's picture in cells."""

import asyncio
import contextlib
import contextvars
import time
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace
from textual import on
from textual.app import App
from textual.content import Content
from textual.geometry import Offset, Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from vigtui.film.pane.ahead import FilmAhead
from vigtui.film.pane.app import FilmApp, is_plain
from vigtui.film.pane.driver.messages import TerminalAnswered
from vigtui.film.pane.painting import FilmPainting
from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.pane.still_pixels import StillPixels
from vigtui.film.pane.time_axis import TimeAxis
from vigtui.film.pane.transport import Transport
from vigtui.film.picture.cells import Picture
from vigtui.film.playing.player import Player, PlayerState
from vigtui.film.source import FilmSource
from vigtui.values.text import clean

_TICK = 0.1
_SECONDS_BETWEEN_POSITIONS = 0.08  # the player tells ten a second, not to the millisecond
_SECONDS_TO_OPEN = 0.3
_MOST_BYTES = 2_000_000
_NO_LINE = FilmLine()


OPENING = "The film is being opened."
UNDRAWN = "The film is heard, and not drawn here (plain). {key} shows it in a window."


class VideoPane(Transport, can_focus=True):
    """Draws the player's picture as large as it fits, and moves the film by the transport keys.

    `player` is given by `show` and outlives the pane. The widget takes no border or padding. Its app must be
    a `FilmApp`, else film is drawn at a fixed modest rate. While a film plays and nothing else happens here,
    the player's thread draws, and Textual is not woken.

    `follower` is called, if it is given, in place of a `StateChanged` where the film has only moved: a
    message goes through three queues. It returns the moment in ms from which on it wants to be told again.
    """

    DEFAULT_CSS = """
    VideoPane {
        width: 1fr;
        height: 1fr;
        content-align: center middle;
        text-align: center;
        color: $text-muted;
    }
    """
    ALLOW_SELECT = False

    @dataclass
    class StateChanged(Message):
        """The film moved, or something about it changed. About ten times a second while it plays."""

        pane: "VideoPane"
        state: PlayerState

        @property
        def control(self) -> "VideoPane":
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._told = PlayerState()
        self._told_at = 0.0
        self._words = ""
        self._painting = FilmPainting(self, self._disturbed)
        self.follower: Callable[[PlayerState], int] | None = None
        self._tell_from = 0
        self._undisturbed: FilmLine | None = None
        self._own: tuple[App[object], Screen[object]] | None = None  # to be asked for on any thread
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._woken = False
        self._waiting = False
        self._still = StillPixels(self, film=self)

    # Showing

    @property
    def state(self) -> PlayerState:
        """What the film in this pane does now."""
        return self.player.state if self.player and self._attached else PlayerState()

    def show(
        self,
        player: Player,
        source: FilmSource,
        *,
        start_ms: int = 0,
        loop: tuple[int, int] | None = None,
        once: tuple[int, int] | None = None,
        playing: bool = False,
    ) -> None:
        """Show this film from `start_ms`. `loop` is repeated, `once` is played no further than to its end;
        either becomes the `span`."""
        self.take(player)
        self.span = loop or once
        player.set_picture_size(0, 0)
        player.load(source, start_ms=start_ms, loop=loop, once=once, playing=playing)

    def take(self, player: Player, ahead: FilmAhead | None = None) -> None:
        """Show the film that this player has been given; go on with it as `ahead` has drawn it here."""
        as_drawn = ahead is not None and ahead.leave()
        self.is_closed = False
        self.player = player
        player.on_state = self._heard_state
        player.on_frame = self._heard_picture
        self._show_words(OPENING if self._words == OPENING else self._no_trouble)
        if ahead is not None and as_drawn:
            self._painting.go_on(ahead)
        self.set_timer(_SECONDS_TO_OPEN, self._say_opening)
        self._heard()

    def _say_opening(self) -> None:
        """A film on a slow disk is still to come: nobody should take it for missing."""
        if self.state.source and self._words == self._no_trouble and _is_to_come(self.state):
            self._show_words(OPENING)

    def expect(self) -> None:
        """Another film is to come: what keys ask of it meanwhile is kept until then."""
        self.is_closed = False
        self.asked_to_play, self.asked_ms, self.asked_steps = False, 0, 0

    def say(self, sentence: str, *, to_come: bool = False) -> None:
        """Show a sentence in place of the picture, and close the film. One that is `to_come` takes keys."""
        if self.player and self._attached:
            self.player.stop()
        self.is_closed = not to_come
        self._show_words(sentence)

    def clear(self) -> None:
        """Show nothing, and close the film."""
        self.say("")

    def on_mount(self) -> None:
        self._ticking = self.set_interval(_TICK, self._tick, pause=True)
        self._event_loop, self._surroundings = asyncio.get_running_loop(), contextvars.copy_context()
        self._own = self.app, self.screen
        self.wake()
        self.app.app_resume_signal.subscribe(self, lambda _: self.forget_screen())
        self.app.screen_change_signal.subscribe(self, lambda _: self._screen_changed())
        self._still.watch()

    def on_unmount(self) -> None:
        # Published too seldom to leave closed panes out by itself.
        self._undisturbed = None
        self.app.app_resume_signal.unsubscribe(self)
        self._still.take_off()
        self._line.leave(self)
        player = self.player
        if player and self._attached:
            player.on_state = player.on_frame = None
            player.stop()
            player.set_picture_size(0, 0)

    def on_resize(self) -> None:
        self._undisturbed = None
        self._fit_picture()

    @property
    def _attached(self) -> bool:
        """Whether the player is still ours: another pane may have taken it."""
        return self.player is not None and self.player.on_state == self._heard_state

    @property
    def _line(self) -> FilmLine:
        """What the picture is sent through, together with all others."""
        app = self._own[0] if self._own else self.app
        return app.line if isinstance(app, FilmApp) else _NO_LINE

    @property
    def _on_top(self) -> bool:
        """Whether nothing is in front. Behind a dialog Textual draws without our pacing."""
        return self._in_front and not self._line.covered

    @property
    def _in_front(self) -> bool:
        """Whether no other screen is."""
        app, screen = self._own or (self.app, self.screen)
        return app.screen_stack[-1:] == [screen]

    @property
    def _no_trouble(self) -> str:
        """What stands in place of a picture while there is one."""
        return UNDRAWN.format(key=self.key_to_window) if is_plain(self.app) else ""

    def _show_words(self, words: str) -> None:
        self._told = PlayerState()
        self._words = words
        self._undisturbed = None
        self._still.take_off()
        self._painting.clear()
        self._line.leave(self)
        self.refresh()

    def _fit_picture(self) -> None:
        if self.player and self._attached:
            self.player.set_picture_size(*self._painting.size(self._told.frame_size))

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The cell of the screen, on the axis under the picture, at which the film is held; None while it
        moves."""
        axes = [axis for axis in self.screen.query("TimeAxis").results(TimeAxis) if axis.region]
        if self._told.playing or not axes:
            return None
        return min(axes, key=lambda axis: abs(axis.region.x - self.region.x)).cursor_screen_offset

    # For the still in pixels

    @property
    def held(self) -> bool:
        """Whether a picture is there and does not move."""
        return self._painting.picture is not None and not self._told.playing

    @property
    def at_rest(self) -> bool:
        """Whether the terminal shows the picture as well as cells can, and nothing more is to be drawn."""
        canvas = self._painting.canvas
        return canvas is not None and canvas.settled and not self._waiting

    @property
    def cells_sent(self) -> int:
        """How many cells have been sent, since the picture was made of such glyphs in a pane of this size."""
        canvas = self._painting.canvas
        return canvas.cells_sent if canvas else 0

    @property
    def picture_region(self) -> Region:
        """The cells of the screen that the picture takes."""
        columns, rows = self._painting.cells(self._told.frame_size)
        left, top = (self.size.width - columns) // 2, (self.size.height - rows) // 2
        return Region(self.region.x + left, self.region.y + top, columns, rows)

    @property
    def most_bytes(self) -> int:
        """How much may be sent in a second or so."""
        return min(_MOST_BYTES, int(self._line.link.speed))

    def draw_again(self) -> None:
        """Send every cell again: something else has been drawn over them."""
        canvas = self._painting.canvas
        if canvas:
            canvas.forget()
            canvas.draw_all()
            self.wake()

    @on(TerminalAnswered)
    def _terminal_told(self) -> None:
        self._still.renew()

    # Hearing from the player: on its threads, then here

    def _heard_state(self, state: PlayerState) -> None:
        told, ms = self._told, state.position_ms
        waits = self._undisturbed is not None and told.position_ms <= ms < self._tell_from
        if not (waits and state == replace(told, position_ms=ms)):
            self._heard()

    def _heard_picture(self) -> None:
        if not self._draw_at_once():
            self._heard()

    def _heard(self) -> None:
        if not self._woken and self._event_loop:
            self._woken = True
            # Without a message: Textual takes as long to pass one on as a picture takes to be drawn.
            with contextlib.suppress(RuntimeError):  # the app has just gone
                self._event_loop.call_soon_threadsafe(self._catch_up, context=self._surroundings)

    def _catch_up(self) -> None:
        self._woken = self._waiting = False
        if self._attached:
            self._tell_state()
            self._draw()

    def _tell_state(self) -> None:
        """Pass on what changed. A new position alone waits for its turn, or for a terminal that is behind."""
        state, before = self.state, self._told
        if state == before:
            return
        now = time.monotonic()
        moved = state.playing and state == replace(before, position_ms=state.position_ms)
        if moved and (self._line.link.late or now - self._told_at < _SECONDS_BETWEEN_POSITIONS):
            self.wake()
            return
        self._told_at = now
        self._told = state
        if moved and self.follower:
            self._tell_from = self.follower(state)
            return
        self._undisturbed, self._tell_from = None, 0
        if state.playing != before.playing:
            self._still.renew()
        if state.frame_size != before.frame_size or state.source != before.source:
            self._fit_picture()
        if self._words == OPENING and not _is_to_come(state):
            self._show_words(self._no_trouble)
            self._told = state
        if state.trouble and state.trouble != self._words:
            self.is_closed = True
            self._show_words(state.trouble)
            self._told = state
        if state.window != before.window:
            in_window = self.in_window_words.format(key=self.key_to_window)
            self._show_words(in_window if state.window else self._no_trouble)
            self._told = state
            self._fit_picture()
        if state.duration_ms and self.several_sounds != (len(state.sounds) > 1):
            self.several_sounds = not self.several_sounds
            self.refresh_bindings()
        self.post_message(self.StateChanged(self, state))

    # Drawing

    def render(self) -> Content:
        return Content(clean(self._words))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The picture's lines; Textual's own drawing would make ordinary strips of them."""
        canvas = self._painting.canvas
        return super().render_lines(crop) if canvas is None else canvas.lines(crop)

    @on(FilmApp.LookChanged)
    def _look_changed(self) -> None:
        self._undisturbed = None
        self._fit_picture()

    def _draw_at_once(self) -> bool:
        """Draw the newest picture of a film that plays on, on the thread that has it; return whether that is
        all there was to do."""
        line, player = self._undisturbed, self.player
        if line is None or player is None:
            return False
        with line.drawing:
            picture = player.take_picture()
            if self._undisturbed and picture is not None and self._painting.shows(picture, still=False):
                return True
            room = line.room(self, self._heard) if picture is not None and self._goes_on(picture) else 0
            if not room or picture is None:
                self._undisturbed = None
                return False
            claimed = self._painting.draw_at_once(picture, room)
        if claimed:
            line.write_claimed()
        return True

    def _goes_on(self, picture: Picture) -> bool:
        """Whether to draw this picture is all that there is to do."""
        line = self._undisturbed
        fast = line is not None and line.link.is_fast and not line.covered
        return fast and self._in_front and self._painting.goes_on(picture)

    def _draw(self) -> None:
        canvas = self._painting.canvas
        if self._undisturbed and canvas and canvas.is_undisturbed:
            return  # The player's thread draws it, or leaves it to this one.
        with self._line.drawing:
            self._draw_here()

    def _draw_here(self) -> None:
        """Draw the newest picture, or a still one better, if the link has room for it."""
        picture = self.player.take_picture() if self.player else None
        if picture is None or self._words or not self.size.area or not self._on_top:
            self._undisturbed = None
            self._line.leave(self)
            return
        still, canvas = not self._told.playing, self._painting.canvas
        new = not self._painting.shows(picture, still=still)
        if canvas and not new and (canvas.settled or not still):
            self._line.leave(self)
            return
        room = self._line.room(self, self._heard)
        if not room and self._line.terminal:
            self.wake()
            return
        if new and self._painting.fits(picture):
            other = picture is not self._painting.picture
            if other:
                self._still.take_off()
            self._painting.paint(picture, self._line, still=still)
            if other:
                self._still.renew()
        if canvas := self._painting.canvas:
            canvas.draw(room)
            self._undisturbed = self._line if not still and canvas.is_sure else None
            self.wake()

    def _disturbed(self) -> None:
        """The screen changed over or around the picture."""
        if not self._still.looks():
            self.wake()

    def _screen_changed(self) -> None:
        """Another screen or a dialog came or went, perhaps between two ticks."""
        self._undisturbed = None
        self.forget_screen()
        if self._on_top:
            self.wake()

    def wake(self) -> None:
        """See at the next tick whether there is anything to draw."""
        self._waiting = True
        self._ticking.resume()

    def forget_screen(self) -> None:
        """Anything may have been drawn over the picture."""
        if canvas := self._painting.canvas:
            canvas.forget()

    def _tick(self) -> None:
        """Draw what waited."""
        if not self._attached:
            self._line.leave(self)
            self._ticking.pause()
            return
        self._catch_up()
        if not self._waiting:
            self._ticking.pause()


def _is_to_come(state: PlayerState) -> bool:
    """Whether nothing is known yet of the film."""
    return not (state.duration_ms or state.trouble or state.frame_size != (0, 0))
