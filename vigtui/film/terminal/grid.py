"""What is wanted and what is shown, cell by cell, and how far one is from the other."""

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.cells import Cells, Colours
from vigtui.film.picture.glyphs import SPACE, cover, foreground_share
from vigtui.film.terminal.pen import Drawn, complement_table, worth_a_look
from vigtui.film.terminal.setters import squares

Channels = NDArray[np.float32]
Numbers = NDArray[np.float32]
Whole = NDArray[np.int32]
Mask = NDArray[np.bool_]

_DOTS, _ALL_DOTS = 24, np.uint32(2**24 - 1)
_NEWS = 0.3


class Grid:
    """So many cells, each an item of arrays that stay the same arrays.

    Colours have shape (cells, 3). `ink` says which of 24 dots a glyph covers, `share` how much of the cell.
    `error` is the squared distance of what is shown from what is wanted, the mean over a cell's dots;
    `activity` how far it moves from one picture to the next, of late.
    """

    def __init__(self, cells: int) -> None:
        self.fore, self.back = _colours(cells), _colours(cells)
        self.share = np.zeros(cells, np.float32)
        self.error, self.activity = np.zeros(cells, np.float32), np.zeros(cells, np.float32)
        self._shown_fore, self._shown_back = _colours(cells), _colours(cells)
        self._ink, self._shown_ink = np.zeros(cells, np.uint32), np.zeros(cells, np.uint32)
        self._library = loading.kernel().library
        if self._library:
            from vigtui.film.kernel.calls import Work, arrays_of

            self._work = Work(cells)
            self._glyphs = np.full(cells, SPACE, np.uint32)
            self._arrays = arrays_of(
                (self.fore, self.back, self._shown_fore, self._shown_back),
                (self.share, self.error, self.activity),
                (self._ink, self._shown_ink),
            )

    def offer(self, cells: Cells) -> None:
        """Want these cells."""
        if self._library:
            from vigtui.film.kernel.calls import offer_cells

            parts = cells.glyphs, cells.foreground, cells.background
            glyphs, foreground, background = (np.ascontiguousarray(part) for part in parts)
            self._glyphs = glyphs.ravel()
            wanted = glyphs, foreground, background
            offer_cells(self._library, self._arrays, wanted, cover(), foreground_share())
            return
        fore, back = _channels(cells.foreground), _channels(cells.background)
        glyph = cells.glyphs.ravel()
        self._ink[:], self.share[:] = cover()[glyph], foreground_share()[glyph]
        moved = self.share * _apart(fore, self.fore) + (1 - self.share) * _apart(back, self.back)
        self.fore[:], self.back[:] = fore, back
        self.error[:] = self._errors(slice(None))
        self.activity += _NEWS * (moved - self.activity)

    @property
    def compiled(self) -> bool:
        """Whether `draw_playing` is there."""
        return self._library is not None

    def draw_playing(
        self,
        where: tuple[Whole, Whole],
        visible: Mask,
        due: Mask,
        sent: Whole,
        ages: tuple[int, int, float],
        price: float,
        place: tuple[int, int],
    ) -> tuple[Drawn, int]:
        """Draw the `visible` cells that are worth it and those that are `due`, on a terminal that has all
        colours, by one call of the kernel, which must be there. Return how many bytes it takes, too.

        `where` are the rows and the columns of all cells. The rest is as `draw_playing` in `kernel/calls.py`
        has it; what is drawn holds until the next call.
        """
        from vigtui.film.kernel.calls import draw_playing

        if self._library is None:
            raise ValueError("there is no kernel")
        cells, least, table = (*where, self._glyphs), worth_a_look() * price, complement_table()
        kernel = self._library, self._arrays, self._work
        text, numbers, fore, back = draw_playing(
            *kernel, cells, visible, due, sent, ages, price, least, table, place
        )
        return Drawn(text.decode(), numbers, fore, back), len(text)

    def show(self, numbers: NDArray[np.integer], fore: Channels, back: Channels) -> None:
        """The cells with these numbers are shown in these colours now, with their own glyphs."""
        if self._library:
            from vigtui.film.kernel.calls import show_cells

            fore, back = np.ascontiguousarray(fore), np.ascontiguousarray(back)
            show_cells(self._library, self._arrays, numbers.astype(np.int32), fore, back)
            return
        self._shown_fore[numbers], self._shown_back[numbers] = fore, back
        self._shown_ink[numbers] = self._ink[numbers]
        self.error[numbers] = self._errors(numbers)

    def _errors(self, part: slice | NDArray[np.integer]) -> Numbers:
        """How far these cells are from what they shall show."""
        fore, back, share, ink = self.fore[part], self.back[part], self.share[part], self._ink[part]
        shown_fore, shown_back = self._shown_fore[part], self._shown_back[part]
        shown_ink = self._shown_ink[part]
        errors = share * _apart(fore, shown_fore) + (1 - share) * _apart(back, shown_back)
        other = np.flatnonzero(ink != shown_ink)
        if len(other):
            errors[other] = sum(
                np.bitwise_count(dots[other]) / _DOTS * _apart(wanted[other], shown[other])
                for dots, wanted, shown in (
                    (ink & shown_ink, fore, shown_fore),
                    (ink & ~shown_ink, fore, shown_back),
                    (~ink & shown_ink, back, shown_fore),
                    (~(ink | shown_ink) & _ALL_DOTS, back, shown_back),
                )
            )
        return errors


def _colours(cells: int) -> Channels:
    return np.zeros((cells, 3), np.float32)


def _channels(colours: Colours) -> Channels:
    """Red, green and blue of each cell, shape (cells, 3)."""
    parts = colours.astype("<u4", copy=False).reshape(-1).view(np.uint8).reshape(-1, 4)
    return parts[:, 2::-1].astype(np.float32)


def _apart(some: Channels, other: Channels) -> Numbers:
    """The squared distances of colours."""
    return squares(some - other)
