"""The film's picture in cells."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from textual import on
from textual.content import Content
from textual.events import CursorPosition
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from vigtui.domain.text import clean
from vigtui.video.cells import Picture, fit, placed
from vigtui.video.depth import GlyphSet
from vigtui.video.link import Link
from vigtui.video.painter import Painter
from vigtui.video.player import Player, PlayerState
from vigtui.video.wire import Wire
from vigtui.widgets.asking_driver import AskingDriver
from vigtui.widgets.film_strip import FilmStrip
from vigtui.widgets.still_pixels import StillPixels
from vigtui.widgets.terminal import FilmApp, cell_height, look_of
from vigtui.widgets.transport import Transport

_TICK = 0.1
_TICKS_TO_SETTLE = 3
_ROWS_TO_SETTLE = 4
_MOST_BYTES = 2_000_000


class VideoPane(Transport, can_focus=True):
    """Draws the player's picture as large as it fits, and moves the film by the transport keys.

    `player` is given by `show` and outlives the pane. The widget takes no border or padding. Its app must be
    a `FilmApp`, else film is drawn at a fixed modest rate.
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

    class _Woken(Message, bubble=False):
        """A thread of the player has something new."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's name for it
        super().__init__(id=id)
        self._told = PlayerState()
        self._words = ""
        self._picture: Picture | None = None
        self._wire: Wire | None = None
        self._painter: Painter | None = None
        self._wanted_size = (0, 0)
        self._link = Link(time.monotonic)
        self._woken = False
        self._waiting = False
        self._place = Region()
        self._changed_rows: set[int] = set()
        self._ask_row = 0
        self._asked = True
        self._heal_row = 0
        self._quiet_ticks = 0
        self._settle_row: int | None = None
        self._still = StillPixels(self)

    # Showing

    @property
    def state(self) -> PlayerState:
        """What the film in this pane does now."""
        return self.player.state if self.player and self._attached else PlayerState()

    def show(
        self,
        player: Player,
        path: Path,
        *,
        start_ms: int = 0,
        loop: tuple[int, int] | None = None,
        playing: bool = False,
    ) -> None:
        """Show the film `path` from `start_ms`. `loop` is repeated, and is the `span` in hand."""
        self.player = player
        self.span = loop
        player.on_state = self._heard_state
        player.on_frame = self._heard
        self._show_words("")
        player.set_picture_size(0, 0)
        player.load(path, start_ms=start_ms, loop=loop, playing=playing)

    def say(self, sentence: str) -> None:
        """Put words in place of the picture, and the film away."""
        if self.player and self._attached:
            self.player.stop()
        self._show_words(sentence)

    def clear(self) -> None:
        """Show nothing, and put the film away."""
        self.say("")

    def on_mount(self) -> None:
        self._ticking = self.set_interval(_TICK, self._tick, pause=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._forget_screen())
        self._still.watch()

    def on_unmount(self) -> None:
        self._still.take_off()
        player = self.player
        if player and self._attached:
            player.on_state = player.on_frame = None
            player.stop()
            player.set_picture_size(0, 0)

    def on_resize(self) -> None:
        self._fit_picture()

    @property
    def _attached(self) -> bool:
        """Whether the player is still ours: another pane may have taken it."""
        return self.player is not None and self.player.on_state == self._heard_state

    @property
    def _on_top(self) -> bool:
        """Whether no other screen is in front. Behind a dialog Textual draws without our pacing."""
        return self.app.screen is self.screen

    def _show_words(self, words: str) -> None:
        self._told = PlayerState()
        self._words = words
        self._still.take_off()
        self._picture = None
        self._wire = None
        self._settle_row = None
        self.refresh()

    def _fit_picture(self) -> None:
        if self.player and self._attached:
            columns, rows = fit(self._told.frame_size, self.size.width, self.size.height, cell_height())
            across, down = look_of(self.app).glyph_set.dots
            self._wanted_size = columns * across, rows * down
            self.player.set_picture_size(*self._wanted_size)

    # For the still in pixels

    @property
    def held(self) -> bool:
        """Whether a picture is there and does not move."""
        return self._picture is not None and not self._told.playing

    @property
    def at_rest(self) -> bool:
        """Whether the terminal shows the picture as well as cells can, and nothing is under way."""
        return self._settle_row is None and not self._waiting and self._link.ready

    @property
    def picture_region(self) -> Region:
        """The cells of the screen that the picture takes."""
        columns, rows = fit(self._told.frame_size, self.size.width, self.size.height, cell_height())
        left, top = (self.size.width - columns) // 2, (self.size.height - rows) // 2
        return Region(self.region.x + left, self.region.y + top, columns, rows)

    @property
    def most_bytes(self) -> int:
        """How much may be sent in a second or so."""
        return _MOST_BYTES

    def draw_again(self) -> None:
        """Send every cell again: something else has been drawn over them."""
        self._forget_screen()
        self.refresh()

    @on(AskingDriver.Answered)
    def _terminal_told(self) -> None:
        self._still.renew()

    # Hearing from the player: on its threads, then here

    def _heard_state(self, _state: PlayerState) -> None:
        self._heard()

    def _heard(self) -> None:
        if not self._woken:
            self._woken = True
            with contextlib.suppress(RuntimeError):  # the app has just gone
                self.post_message(self._Woken())

    @on(_Woken)
    def _catch_up(self) -> None:
        self._woken = self._waiting = False
        if self._attached:
            self._tell_state()
            self._draw()

    def _tell_state(self) -> None:
        """Pass on what changed. While the terminal is behind, a new position alone would only pile up."""
        state, before = self.state, self._told
        if state == before:
            return
        if self._link.behind and state.playing and state == replace(before, position_ms=state.position_ms):
            self._wait()
            return
        self._told = state
        if state.playing != before.playing:
            self._still.renew()
        if state.frame_size != before.frame_size or state.path != before.path:
            self._fit_picture()
        if state.trouble and state.trouble != self._words:
            self._show_words(state.trouble)
            self._told = state
        self.post_message(self.StateChanged(self, state))

    # Drawing

    def render(self) -> Content:
        return Content(clean(self._words))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The picture's lines; Textual's own drawing would make ordinary strips of them."""
        wire = self._present_wire()
        if wire is None:
            return super().render_lines(crop)
        if self.region != self._place:
            self._place = self.region
            wire.forget()
        strips: list[Strip] = [
            FilmStrip(wire, row, crop.x, crop.right, whole=row not in self._changed_rows, sent=self._row_sent)
            for row in crop.line_range
        ]
        self._changed_rows.difference_update(crop.line_range)
        for line_filter in self.get_line_filters():
            if not isinstance(line_filter, ANSIToTruecolor):
                wire.forget()
                background = self.background_colors[1]
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def _present_wire(self) -> Wire | None:
        """What shows the picture on a pane of this size; None without a picture."""
        if self._picture is None or self._painter is None:
            return None
        shape = (self.size.height, self.size.width)
        if self._wire is None or self._wire.shape != shape:
            blocks = self._painter.glyph_set is not GlyphSet.ASCII
            self._wire = Wire(*shape, self._painter.depth, blocks=blocks)
            self._changed_rows.clear()
            self._offer(self._wire, self._painter, self._picture)
        return self._wire

    def _offer(self, wire: Wire, painter: Painter, picture: Picture) -> list[int]:
        red, green, blue = self.background_colors[1].rgb
        around = red << 16 | green << 8 | blue
        cells = painter.paint(picture, exact=not self._told.playing)
        return wire.offer(placed(cells, *wire.shape, around))

    def _painter_for(self, picture: Picture) -> Painter | None:
        """What paints this picture. Other glyphs begin with the first picture of their size."""
        look, painter = look_of(self.app), self._painter
        if painter is None or (painter.glyph_set, painter.depth) != (look.glyph_set, look.depth):
            width, height = self._wanted_size
            if picture.shape[:2] == (height, width):
                return Painter(look.glyph_set, look.depth)
        return painter

    @on(FilmApp.LookChanged)
    def _look_changed(self) -> None:
        self._fit_picture()

    def _draw(self) -> None:
        """Draw the newest picture, if there is a new one and the line has room for it."""
        picture = self.player.take_picture() if self.player else None
        if picture is None or picture is self._picture or self._words or not self.size.area:
            return
        if not self._on_top:
            self._forget_screen()
            self._wait()
            return
        if not self._link.ready:
            self._wait()
            return
        painter = self._painter_for(picture)
        first = self._picture is None or painter is not self._painter
        if painter is not self._painter:
            self._painter, self._wire = painter, None
        self._still.renew()
        self._picture = picture
        wire = self._present_wire()
        if first or wire is None or painter is None:
            self.refresh()
        else:
            self._heal_row = (self._heal_row + 1) % wire.shape[0]
            wire.forget(slice(self._heal_row, self._heal_row + 1))
            self._send(self._offer(wire, painter, picture))
        self._quiet_ticks = self._settle_row = 0
        self._ticking.resume()

    def _wait(self) -> None:
        """Try again at the next tick."""
        self._waiting = True
        self._ticking.resume()

    def _send(self, rows: list[int]) -> None:
        if rows:
            # The row that asks for an answer may have been covered: then the next picture asks at once.
            self._ask_row = rows[-1] if self._asked else 0
            self._asked = False
            self._changed_rows.update(rows)
            self.refresh(*self._regions(rows))

    def _regions(self, rows: Iterable[int]) -> Iterable[Region]:
        start = last = -1
        for row in [*rows, -2]:
            if row != last + 1:
                if start >= 0:
                    yield Region(0, start, self.size.width, last - start + 1)
                start = row
            last = row

    def _row_sent(self, row: int) -> str:
        """What goes to the terminal after a row."""
        self._still.drawn_over()
        if self._asked or row < self._ask_row:
            return ""
        self._asked = True
        return self._link.ask()

    def _forget_screen(self) -> None:
        self._changed_rows.clear()
        if self._wire:
            self._wire.forget()

    @on(CursorPosition)
    def _terminal_answered(self, event: CursorPosition) -> None:
        self._link.answered(event.x, event.y)
        self._catch_up()

    def _tick(self) -> None:
        """Draw what waited for the line; when the film holds still, draw all of it once more, exactly."""
        if not self._attached:
            self._ticking.pause()
            return
        self._catch_up()
        self._quiet_ticks += 1
        if self._settle_row is None:
            if not self._waiting:
                self._ticking.pause()
        elif self._quiet_ticks >= _TICKS_TO_SETTLE and self._link.ready:
            self._settle(self._settle_row)

    def _settle(self, row: int) -> None:
        wire = self._present_wire()
        picture, painter = self._picture, self._painter
        if wire is None or picture is None or painter is None or row >= wire.shape[0] or not self._on_top:
            self._settle_row = None
            return
        wire.forget(slice(row, row + _ROWS_TO_SETTLE))
        self._send(self._offer(wire, painter, picture))
        self._settle_row = row + _ROWS_TO_SETTLE
