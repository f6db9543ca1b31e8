"""The kernel's functions for arrays of numpy.

What does not fit is refused here, by a ValueError: C would write beyond an array.
"""

from collections.abc import Mapping
from ctypes import CDLL, Structure, byref, c_int32, c_uint32, c_void_p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Whole = NDArray[np.int32]
Colours = NDArray[np.float32]

OF_256, OF_16, NO_COLOUR = 1 << 24, 2 << 24, 3 << 24
"""What a colour's name is a number of; without any of these it is 0xRRGGBB."""

MOST_IN_A_CELL = 80
_MOST_CELLS = 1 << 24


class Chosen(NamedTuple):
    """Of each cell that is drawn its number among those offered, its glyph, whether its colours are
    exchanged, and its runs behind and in front, -1 for none. Of each run its colour and size."""

    kept: Whole
    glyph: NDArray[np.uint32]
    turned: NDArray[np.bool_]
    behind: Whole
    front: Whole
    colours: Colours
    sizes: NDArray[np.float32]


_GRID: dict[str, tuple[DTypeLike, int]] = {
    **dict.fromkeys(("fore", "back", "shown_fore", "shown_back"), (np.float32, 3)),
    **dict.fromkeys(("share", "error", "activity"), (np.float32, 1)),
    **dict.fromkeys(("ink", "shown_ink", "glyph", "foreground", "background"), (np.uint32, 1)),
    **dict.fromkeys(("row", "column"), (np.int32, 1)),
}
"""The arrays of `Grid` in `kernel.c`: what they hold, and how much of it for a cell."""


class GridArrays(Structure):
    """Where a grid's arrays begin."""

    _fields_ = (*((name, c_void_p) for name in _GRID), ("cells", c_int32), ("columns", c_int32))


class GlyphArrays(Structure):
    """Of each glyph what it covers, which part of a cell that is, and its complement; as `Glyphs` there."""

    _fields_ = (*((name, c_void_p) for name in ("covers", "shares", "complements")), ("count", c_uint32))


class Fitted(NamedTuple):
    """Of each cell its glyph, its colours as 0xRRGGBB and its pattern."""

    glyph: NDArray[np.uint32]
    foreground: NDArray[np.uint32]
    background: NDArray[np.uint32]
    pattern: Whole


def fit_blocks(
    library: CDLL,
    picture: NDArray[np.uint8],
    dots: tuple[int, int],
    glyphs: NDArray[np.uint32],
    before: Whole | None,
    flat: float,
    slack: float,
) -> Fitted:
    """Fit glyphs of so many `dots` (across, down; at most 8 in all) to a picture of whole cells. `glyphs` has
    one for each pattern, `before` a pattern for each cell."""
    across, down = dots
    if not 2 <= across * down <= 8:
        raise ValueError(f"a cell of {across} by {down} dots")
    rows, columns = picture.shape[0] // down, picture.shape[1] // across
    cells = _count(rows * columns)
    fitted = Fitted(
        np.empty(cells, np.uint32),
        np.empty(cells, np.uint32),
        np.empty(cells, np.uint32),
        np.empty(cells, np.int32),
    )
    library.fit_blocks(
        at(picture, np.uint8, rows * down * columns * across * 3),
        *(columns * across * 3, 3, rows, columns, across, down),
        at(glyphs, np.uint32, 1 << across * down),
        None if before is None else at(before, np.int32, cells),
        *(flat, slack),
        *(each.ctypes.data for each in fitted),
    )
    return fitted


def half_blocks(library: CDLL, picture: NDArray[np.uint8], upper_half: int) -> NDArray[np.uint32]:
    """Return glyphs, foreground and background of the cells that show a picture of whole cells."""
    rows, columns = picture.shape[0] // 2, picture.shape[1]
    cells = np.empty((3, rows, columns), np.uint32)
    places = (each.ctypes.data for each in cells)
    pixels = at(picture, np.uint8, rows * columns * 6)
    library.half_blocks(pixels, columns * 3, 3, rows, columns, upper_half, *places)
    return cells


def grid_of(arrays: Mapping[str, NDArray[Any]], columns: int) -> GridArrays:
    """Note where these arrays of a grid with so many columns begin, by their names in `GridArrays`. They must
    stay there."""
    cells = _count(len(arrays["glyph"]))
    places = [at(arrays[name], kind, cells * each) for name, (kind, each) in _GRID.items()]
    return GridArrays(*places, cells, columns)


def glyphs_in(
    covers: NDArray[np.uint32], shares: NDArray[np.float32], complements: NDArray[np.uint32]
) -> GlyphArrays:
    """Note where these tables begin, which have a number for each code point. They must stay there."""
    count = len(covers)
    if count <= ord(" "):
        raise ValueError("no glyphs")
    places = at(covers, np.uint32, count), at(shares, np.float32, count), at(complements, np.uint32, count)
    return GlyphArrays(*places, count)


def offer_cells(
    library: CDLL, grid: GridArrays, glyphs: GlyphArrays, cells: tuple[NDArray[np.uint32], ...]
) -> None:
    """Want `cells` in a grid, all of it: glyphs, foreground, background."""
    places = (at(each, np.uint32, grid.cells) for each in cells)
    rows = grid.cells // max(1, grid.columns)
    library.offer_cells(byref(grid), byref(glyphs), *places, rows, grid.columns, 0, 0)


def show_cells(library: CDLL, grid: GridArrays, numbers: Whole, fore: Colours, back: Colours) -> None:
    """Note that these cells of a grid are shown in these colours."""
    count = _count(len(numbers))
    colours = (at(each, np.float32, 3 * count) for each in (fore, back))
    library.show_cells(byref(grid), count, at(numbers, np.int32, count), *colours)


def choose_cells(
    library: CDLL,
    row: Whole,
    column: Whole,
    glyph: NDArray[np.uint32],
    colours: tuple[Colours, Colours],
    share: NDArray[np.float32],
    lasting: NDArray[np.float32],
    worth: NDArray[np.float32],
    due: NDArray[np.bool_],
    complements: NDArray[np.uint32],
    price: float,
    setting: int,
) -> Chosen:
    """Choose which of these cells are drawn at this price, and in which runs of `colours`: front, behind.
    `setting` is how many bytes set a colour, -1 where it depends on the colour."""
    cells = _count(len(column))
    whole = np.empty((3, cells), np.int32)
    glyphs, turned = np.empty(cells, np.uint32), np.empty(cells, np.bool_)
    run_colours, sizes = np.empty((2 * cells, 3), np.float32), np.empty(2 * cells, np.float32)
    in_all = c_int32()
    count = library.choose_cells(
        cells,
        *(at(each, np.int32, cells) for each in (row, column)),
        at(glyph, np.uint32, cells),
        *(at(each, np.float32, 3 * cells) for each in colours),
        *(at(each, np.float32, cells) for each in (share, lasting, worth)),
        at(due, np.bool_, cells),
        at(complements, np.uint32, len(complements)),
        *(len(complements), price, setting),
        whole[0].ctypes.data,
        *(each.ctypes.data for each in (glyphs, turned)),
        *(each.ctypes.data for each in (whole[1], whole[2], run_colours, sizes)),
        byref(in_all),
    )
    if count < 0:
        raise MemoryError
    kept, run_behind, front = whole[:, :count]
    runs = in_all.value
    return Chosen(kept, glyphs[:count], turned[:count], run_behind, front, run_colours[:runs], sizes[:runs])


def name_colours(library: CDLL, colours: Colours, sizes: NDArray[np.float32], price: float) -> Whole:
    """Name colours where a terminal has all; those that may be shorter at this price are changed in place."""
    count = _count(len(sizes))
    names = np.empty(count, np.int32)
    library.name_colours(
        count,
        at(colours, np.float32, 3 * count),
        at(sizes, np.float32, count),
        price,
        names.ctypes.data,
    )
    return names


def write_cells(
    library: CDLL,
    chosen: Chosen,
    row: Whole,
    column: Whole,
    names: Whole,
    place: tuple[int, int],
    cursor: tuple[int, int],
) -> str:
    """Write the chosen cells, which are at these rows and columns of a grid.

    `place` is the row and column of the screen where the grid begins, `cursor` where the cursor is in the
    grid, (-1, -1) where that is not known.
    """
    cells = _count(len(row))
    room = (cells + 2) * MOST_IN_A_CELL
    text = np.empty(room, np.uint8)
    runs = len(names)
    if cells and not (chosen.behind.max() < runs and chosen.front.max() < runs):
        raise ValueError("a run without a colour")
    size = library.write_cells(
        cells,
        *(at(each, np.int32, cells) for each in (row, column)),
        at(chosen.glyph, np.uint32, cells),
        *(at(each, np.int32, cells) for each in (chosen.behind, chosen.front)),
        at(names, np.int32, runs),
        *place,
        *cursor,
        *(text.ctypes.data, room),
    )
    return text[:size].tobytes().decode()


def _count(cells: int) -> int:
    if cells > _MOST_CELLS:
        raise ValueError(f"{cells} cells")
    return cells


def at(array: NDArray[Any], kind: DTypeLike, count: int) -> int:
    """Where an array begins that has at least `count` numbers of this kind, one after another."""
    if array.dtype != kind or array.size < count or not array.flags.c_contiguous:
        raise ValueError(f"an array of {array.dtype} {array.shape} for {count} of {kind}")
    return array.ctypes.data
