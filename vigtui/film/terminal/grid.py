"""What is wanted and what is shown, cell by cell, and how far one is from the other."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.cells import Cells, Colours, blank
from vigtui.film.picture.glyphs import cover, foreground_share
from vigtui.film.terminal.pen import complement_table
from vigtui.film.terminal.setters import squares

if TYPE_CHECKING:
    from vigtui.film.kernel.playing import Playing

Channels = NDArray[np.float32]
Numbers = NDArray[np.float32]
Whole = NDArray[np.int32]
Mask = NDArray[np.bool_]

_DOTS, _ALL_DOTS = 24, np.uint32(2**24 - 1)
_NEWS = 0.3


class Grid:
    """Rows and columns of cells, each an item of arrays that stay the same arrays.

    `wanted` is what shall be shown, `row` and `column` where each cell is. Colours have shape (cells, 3).
    `ink` says which of 24 dots a glyph covers, `share` how much of the cell. `error` is the squared distance
    of what is shown from what is wanted, the mean over a cell's dots; `activity` how far it moves from one
    picture to the next, of late.
    """

    def __init__(self, rows: int, columns: int) -> None:
        cells = rows * columns
        self.wanted = blank(rows, columns, 0)
        self.row, self.column = (index.ravel() for index in np.indices((rows, columns), np.int32))
        self.fore, self.back = _colours(cells), _colours(cells)
        self.share = np.zeros(cells, np.float32)
        self.error, self.activity = np.zeros(cells, np.float32), np.zeros(cells, np.float32)
        self._shown_fore, self._shown_back = _colours(cells), _colours(cells)
        self._ink, self._shown_ink = np.zeros(cells, np.uint32), np.zeros(cells, np.uint32)
        self._library = loading.kernel().library
        if self._library:
            from vigtui.film.kernel.calls import glyphs_in, grid_of

            wanted = self.wanted.glyphs, self.wanted.foreground, self.wanted.background
            glyph, foreground, background = (each.ravel() for each in wanted)
            arrays = {
                "fore": self.fore,
                "back": self.back,
                "shown_fore": self._shown_fore,
                "shown_back": self._shown_back,
                "share": self.share,
                "error": self.error,
                "activity": self.activity,
                "ink": self._ink,
                "shown_ink": self._shown_ink,
                "glyph": glyph,
                "foreground": foreground,
                "background": background,
                "row": self.row,
                "column": self.column,
            }
            self._arrays = grid_of(arrays, columns)
            self._glyphs = glyphs_in(cover(), foreground_share(), complement_table())

    def playing(self, visible: Mask, known: Mask, sent: Whole) -> "Playing | None":
        """What draws pictures of a film that plays on this grid, where a terminal has all colours. None
        without the kernel."""
        if self._library is None:
            return None
        from vigtui.film.kernel.playing import Playing

        return Playing(self._library, self._arrays, self._glyphs, visible, known, sent)

    def offer(self, cells: Cells) -> None:
        """Want these cells."""
        if self._library:
            from vigtui.film.kernel.calls import offer_cells

            parts = cells.glyphs, cells.foreground, cells.background
            wanted = tuple(np.ascontiguousarray(part) for part in parts)
            offer_cells(self._library, self._arrays, self._glyphs, wanted)
            return
        fore, back = _channels(cells.foreground), _channels(cells.background)
        glyph = cells.glyphs.ravel()
        self._ink[:], self.share[:] = cover()[glyph], foreground_share()[glyph]
        moved = self.share * _apart(fore, self.fore) + (1 - self.share) * _apart(back, self.back)
        self.wanted.take(cells)
        self.fore[:], self.back[:] = fore, back
        self.error[:] = self._errors(slice(None))
        self.activity += _NEWS * (moved - self.activity)

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
