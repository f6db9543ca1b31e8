"""Pixels to cells: each cell shows a glyph in two colours.

A colour is a whole number 0xRRGGBB. Half blocks are made here: two pixels in a cell, one above the other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.depth import CELL_HEIGHT
from vigtui.film.picture.glyphs import SPACE, UPPER_HALF, cover

Picture = NDArray[np.uint8]
Colours = NDArray[np.uint32]

_ALL_DOTS = np.uint32(2**24 - 1)


@dataclass(frozen=True)
class Cells:
    """A grid of cells: three arrays of the same shape (rows, columns).

    `glyphs` are code points; a space shows `background` only.
    """

    glyphs: NDArray[np.uint32]
    foreground: Colours
    background: Colours

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.glyphs.shape
        return rows, columns

    def take(self, others: "Cells") -> None:
        """Become like others of this shape."""
        self.glyphs[...], self.foreground[...] = others.glyphs, others.foreground
        self.background[...] = others.background


def blank(rows: int, columns: int, colour: int) -> Cells:
    """Return a grid of spaces on `colour`."""
    colours = np.full((rows, columns), colour, np.uint32)
    return Cells(np.full((rows, columns), SPACE, np.uint32), colours, colours.copy())


def half_blocks(picture: Picture) -> Cells:
    """Return the cells that show `picture`, shape (2 x rows, columns, 3)."""
    if library := loading.kernel().library:
        from vigtui.film.kernel.calls import half_blocks as compiled

        return Cells(*compiled(library, np.ascontiguousarray(picture), UPPER_HALF))
    red, green, blue = np.moveaxis(picture.astype(np.uint32), -1, 0)
    packed = np.asarray(red << 16 | green << 8 | blue, np.uint32)
    upper, lower = packed[0::2], packed[1::2]
    glyphs = np.where(upper == lower, np.uint32(SPACE), np.uint32(UPPER_HALF))
    return Cells(glyphs, upper, lower)


def placed(cells: Cells, rows: int, columns: int, colour: int) -> Cells:
    """Return a grid of `rows` x `columns` with `cells` in its middle and `colour` around them."""
    grid = blank(rows, columns, colour)
    height, width = min(rows, cells.shape[0]), min(columns, cells.shape[1])
    top, left = (rows - height) // 2, (columns - width) // 2
    place = np.s_[top : top + height, left : left + width]
    grid.glyphs[place] = cells.glyphs[:height, :width]
    grid.foreground[place] = cells.foreground[:height, :width]
    grid.background[place] = cells.background[:height, :width]
    return grid


def difference(some: Cells, others: Cells) -> NDArray[np.uint8]:
    """Return by how much the worst dot of each cell differs between two grids, in its worst channel (0-255).

    Two cells with other glyphs or with their colours exchanged can look the same. An ASCII glyph may put its
    ink anywhere in its cell.
    """
    covered = cover()
    ink, other_ink = covered[some.glyphs], covered[others.glyphs]
    worst = np.zeros(some.shape, np.uint8)
    for part, colour, other in (
        (ink & other_ink, some.foreground, others.foreground),
        (ink & ~other_ink, some.foreground, others.background),
        (~ink & other_ink, some.background, others.foreground),
        (~ink & _ALL_DOTS & ~other_ink, some.background, others.background),
    ):
        distance = _channels(colour)
        distance = np.abs(distance - _channels(other)).max(axis=2)
        np.maximum(worst, distance, out=worst, where=part != 0, casting="unsafe")
    return worst


def _channels(colours: Colours) -> NDArray[np.int16]:
    return np.ascontiguousarray(colours).view(np.uint8).reshape(*colours.shape, 4).astype(np.int16)


def fit(
    frame_size: tuple[int, int], columns: int, rows: int, cell_height: float = CELL_HEIGHT
) -> tuple[int, int]:
    """Return the columns and rows of the largest picture of the film's shape in a grid of cells.

    `frame_size` is the film's width and height; `cell_height` is a cell's height over its width. (0, 0) when
    either is empty.
    """
    width, height = frame_size
    if min(width, height, columns, rows) <= 0:
        return (0, 0)
    wide_for_each_row = width / height * cell_height
    if rows * wide_for_each_row <= columns:
        return (max(1, round(rows * wide_for_each_row)), rows)
    return (columns, max(1, round(columns / wide_for_each_row)))
