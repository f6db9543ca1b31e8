"""How a pane's picture gets onto the terminal: straight to it, or through Textual's compositor."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.errors import NoWidget
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from vigtui.film.pane.shared_link import FilmLine
from vigtui.film.pane.strip import FilmStrip
from vigtui.film.picture.cells import Cells, Picture, placed
from vigtui.film.picture.depth import Depth
from vigtui.film.picture.painter import Painter
from vigtui.film.terminal.pricing import Pricing
from vigtui.film.terminal.wire import Wire

if TYPE_CHECKING:
    from vigtui.film.kernel.playing import Fitting

_PICTURES_TO_HEAL = 40
_BYTES_TO_HEAL_A_CELL = 25
_SECONDS_FOR_A_PASS = 0.5
_PRICE_ON_A_SLOW_LINE = 40.0


class FilmCanvas:
    """Draws the cells of one picture after another where the pane is.

    The compositor draws them when the pane is first drawn and when anything on the screen has come, gone or
    moved. From that the canvas learns which cells are its own, and writes changes of those straight to the
    terminal: composing the screen for each picture would cost more than the picture. `wake` is called when
    the screen changed and there may be something to mend.

    `draw_at_once` may be called on any thread, all else on Textual's. Whoever calls it, `offer` or `draw`
    holds the line's `drawing`.
    """

    def __init__(self, pane: Widget, line: FilmLine, wake: Callable[[], None], depth: Depth) -> None:
        self._pane, self._line, self._wake = pane, line, wake
        self._depth = depth
        self._pricing = Pricing()
        self._wire: Wire | None = None
        self._cells: Cells | None = None
        self._fitting: Fitting | None = None
        self._fitted: Cells | None = None  # what it makes of each picture
        self._still_since: int | None = None
        self._place, self._screen = Region(), 0
        self._at = (0, 0)  # where that is
        self._unsure = True
        self._ground = 0
        self._goes_on = False
        self._pass: tuple[float, bool] | None = None

    def go_on(self, wire: Wire, cells: Cells) -> None:
        """Go on with what `wire` has drawn already where the pane will be: these cells in its middle. As long
        as nothing happens to them, the compositor draws no more than what changed."""
        self._wire, self._cells, self._unsure, self._goes_on = wire, cells, False, True
        rows, columns = wire.shape
        self._place, self._at, self._screen = Region(0, 0, columns, rows), (0, 0), self._line.screens

    def offer(self, cells: Cells, *, still: bool) -> None:
        """Show these cells in the middle of the pane from now on. `still` is whether they stay."""
        before, self._cells = self._wire, cells
        wire = self._present_wire()
        if wire is before:
            wire.offer(self._placed(cells, wire.shape))
        if still:
            self._still_since = wire.number
            self._pricing.stays()
        self.hold(still=still)

    def hold(self, *, still: bool) -> None:
        """The picture stays, or plays on."""
        if not still:
            self._still_since = None
        elif self._still_since is None and self._wire:
            self._still_since = self._wire.number

    @property
    def settled(self) -> bool:
        """Whether the terminal shows all of a still picture exactly, and every cell has been drawn again."""
        if self._still_since is None or self._wire is None or self._pass or self._unsure:
            return False
        return not self._direct or not self._wire.unsettled(self._still_since)

    @property
    def cells_sent(self) -> int:
        """How many cells have been sent to a pane of this size."""
        return self._wire.cells_sent if self._wire else 0

    def forget(self) -> None:
        """Anything may have been drawn over the picture."""
        with self._line.drawing:
            if self._wire:
                self._wire.forget()
            self._unsure, self._goes_on = True, False
            self._pass = None

    def draw_all(self) -> None:
        """Have the compositor draw every cell."""
        self._begin_pass(whole=True)

    def draw(self, room: int) -> None:
        """Draw what matters most, in about so many bytes."""
        if not self._direct:
            self._begin_pass(whole=self._still_since is not None)
        elif self._unsure or self._screen != self._line.screens:
            self._begin_pass(whole=False)
        elif self._still_since is None:
            self._draw_playing(room)
        else:
            self._draw_still(self._still_since, room)

    @property
    def is_sure(self) -> bool:
        """Whether a film plays here, of which nothing but the next picture is to be drawn."""
        sure = self._direct and not self._unsure and self._pass is None and self._still_since is None
        return sure and self._screen == self._line.screens and self._present_wire() is self._wire

    def draw_at_once(self, painter: Painter, picture: Picture, room: int) -> bool:
        """Offer and draw the next picture of a film of which the canvas has been sure, and is: nothing is
        asked of Textual. Return whether the calling thread has to `write_claimed`."""
        wire = self._wire
        if wire is None:
            return False
        fitting = painter.fitting(picture) if wire.fits else None
        if fitting is None:
            self._cells = painter.paint(picture)
            wire.offer(self._placed(self._cells, wire.shape))
        else:
            if fitting is not self._fitting:
                self._fitting, self._fitted = fitting, Cells(*fitting.cells)
            self._cells = self._fitted
        text = self._next_picture(wire, room, fitting)
        return bool(text) and self._line.claim(text)

    @property
    def is_undisturbed(self) -> bool:
        """Whether it is as sure as it was, on any thread."""
        return not self._unsure and self._pass is None and self._screen == self._line.screens

    def _draw_playing(self, room: int) -> None:
        if text := self._next_picture(self._present_wire(), room):
            self._line.send(text.decode())

    def _next_picture(self, wire: Wire, room: int, fitting: "Fitting | None" = None) -> bytes:
        pricing = self._pricing
        pricing.link_has(self._line.plenty)
        price = pricing.playing()
        rows, columns = wire.shape
        again = min(2 * rows * columns // _PICTURES_TO_HEAL, room // (4 * _BYTES_TO_HEAL_A_CELL))
        older = wire.number + (fitting is not None) - _PICTURES_TO_HEAL
        text, _, error = wire.picture(self._at, price, room, again, older, fitting)
        pricing.drew(error, len(text) / max(1, room))
        return text

    def _draw_still(self, since: int, room: int) -> None:
        wire, text = self._present_wire(), ""
        price = paid = 1.0
        while price and price == paid and room > 0:
            price = self._pricing.still()
            more, paid = wire.sharpen(self._place.offset, price, room, since)
            self._pricing.paid_still(paid)
            text += more
            room -= 2 * len(more)
        if text:
            self._line.send(text)

    def _begin_pass(self, *, whole: bool) -> None:
        self._unsure = False
        self._pass = time.monotonic(), whole
        self._pane.refresh()

    # For the compositor

    def lines(self, crop: Region) -> list[Strip]:
        """Return the rows and columns of `crop`, for the compositor."""
        with self._line.drawing:
            return self._lines(crop)

    def _lines(self, crop: Region) -> list[Strip]:
        wire = self._present_wire()
        if (self._pane.region, self._line.screens) != (self._place, self._screen):
            self._place, self._screen = self._pane.region, self._line.screens
            self._at = self._place.offset
            self._goes_on = False
            wire.forget()
        started, whole = self._pass or (0.0, True)
        ours = self._pass is not None and crop == self._pane.size.region
        self._note_ground()
        if ours:
            self._pass = None
        # A pass of long ago was meant for what was on the screen then.
        whole = whole or not ours or time.monotonic() - started > _SECONDS_FOR_A_PASS
        whole = whole and not self._goes_on
        price, divided = self._price_of_pass, self._begin_row if ours else self._drawn_in_part
        strips: list[Strip] = [
            FilmStrip(wire, row, crop.x, crop.right, price, divided, whole=whole) for row in crop.line_range
        ]
        for line_filter in self._filters:
            background = self._pane.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    @property
    def _price_of_pass(self) -> float:
        """A whole picture at once must not fill a slow link."""
        if not self._line.link.is_fast and self._line.terminal:
            return _PRICE_ON_A_SLOW_LINE
        return 0.0 if self._still_since is not None else self._pricing.playing()

    def _begin_row(self, row: int, parts: list[tuple[int, int]]) -> None:
        """The compositor draws all of this row that nothing covers."""
        with self._line.drawing:
            for start, end in parts:
                self._present_wire().begin(row, start, end)

    def _drawn_in_part(self, row: int, parts: list[tuple[int, int]]) -> None:
        """The compositor draws something that is on this row too: beside the picture, over it, or part of it.

        Where it is as it was before, in sight, nothing has happened to the picture.
        """
        with self._line.drawing:
            wire = self._present_wire()
            for start, end in parts:
                if not (wire.visible[row, start:end].all() and self._in_front(row, start)):
                    wire.begin(row, start, end)
                    self._unsure, self._goes_on = True, False
        if self._unsure:
            self._wake()

    def _in_front(self, row: int, column: int) -> bool:
        """Whether nothing is over this cell, nor up to the next cut."""
        place = self._place
        try:
            return self._pane.screen.get_widget_at(place.x + column, place.y + row)[0] is self._pane
        except NoWidget:
            return False

    @property
    def _direct(self) -> bool:
        """Whether the terminal can be written to, and shows what is written."""
        return self._line.terminal is not None and not self._filters

    @property
    def _filters(self) -> list[LineFilter]:
        """What changes the colours of all that is drawn, as without colours."""
        filters = self._pane.get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    @property
    def _shape(self) -> tuple[int, int]:
        size = self._pane.size
        return size.height, size.width

    def _present_wire(self) -> Wire:
        """What the terminal shows of a pane of this size."""
        shape = self._shape
        if self._wire is None or self._wire.shape != shape:
            self._wire = Wire(*shape, self._depth)
            self._unsure, self._goes_on = True, False
            self._note_ground()
            if self._cells:
                self._wire.offer(self._placed(self._cells, shape))
            if self._still_since is not None:
                self._still_since = self._wire.number
        return self._wire

    def _placed(self, cells: Cells, shape: tuple[int, int]) -> Cells:
        if cells.shape == shape:
            return cells
        return placed(cells, *shape, self._ground)

    def _note_ground(self) -> None:
        """Note the colour around the picture."""
        red, green, blue = self._pane.background_colors[1].rgb
        before, self._ground = self._ground, red << 16 | green << 8 | blue
        if before != self._ground and self._wire and self._cells:
            self._wire.offer(self._placed(self._cells, self._wire.shape))
