"""The kernel's functions for arrays of numpy.

What does not fit is refused here, by a ValueError: C would write beyond an array.
"""

from ctypes import CDLL, Structure, byref, c_int32, c_void_p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Whole = NDArray[np.int32]
Colours = NDArray[np.float32]

OF_256, OF_16, NO_COLOUR = 1 << 24, 2 << 24, 3 << 24
"""What a colour's name is a number of; without any of these it is 0xRRGGBB."""

_MOST_IN_A_CELL = 80
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


class GridArrays(Structure):
    """Where a grid's arrays begin, as `Grid` in `kernel.c`."""

    _fields_ = (
        *((name, c_void_p) for name in ("fore", "back", "shown_fore", "shown_back")),
        *((name, c_void_p) for name in ("share", "error", "activity")),
        *((name, c_void_p) for name in ("ink", "shown_ink")),
        ("cells", c_int32),
    )


_WORK: dict[str, tuple[DTypeLike, int]] = {
    **dict.fromkeys(("number", "row", "column", "kept", "behind", "front"), (np.int32, 1)),
    "names": (np.int32, 2),
    **dict.fromkeys(("glyph", "drawn_glyph"), (np.uint32, 1)),
    **dict.fromkeys(("due", "turned"), (np.bool_, 1)),
    **dict.fromkeys(("share", "lasting", "worth"), (np.float32, 1)),
    "run_colours": (np.float32, 6),
    "sizes": (np.float32, 2),
    **dict.fromkeys(("fore", "back"), (np.float32, 3)),
    "text": (np.uint8, _MOST_IN_A_CELL),
}
"""The arrays of `Work` in `kernel.c`: what they hold, and how much of it for a cell."""


class _WorkArrays(Structure):
    _fields_ = (*((name, c_void_p) for name in _WORK), ("cells", c_int32), ("size", c_int32))


class Work:
    """Room in which pictures of so many cells are drawn, one after another."""

    def __init__(self, cells: int) -> None:
        room = _count(cells) + 2
        self._kept = {name: np.empty(room * each, kind) for name, (kind, each) in _WORK.items()}
        self.arrays = _WorkArrays(*(array.ctypes.data for array in self._kept.values()), cells, 0)
        self.numbers, self.text = self._kept["number"], self._kept["text"]
        self.fore, self.back = (self._kept[name].reshape(-1, 3) for name in ("fore", "back"))


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
        raise ValueError(f"a cell of {across} x {down} dots")
    rows, columns = picture.shape[0] // down, picture.shape[1] // across
    cells = _count(rows * columns)
    fitted = Fitted(
        np.empty(cells, np.uint32),
        np.empty(cells, np.uint32),
        np.empty(cells, np.uint32),
        np.empty(cells, np.int32),
    )
    library.fit_blocks(
        _at(picture, np.uint8, rows * down * columns * across * 3),
        *(rows, columns, across, down),
        _at(glyphs, np.uint32, 1 << across * down),
        None if before is None else _at(before, np.int32, cells),
        *(flat, slack),
        *(each.ctypes.data for each in fitted),
    )
    return fitted


def half_blocks(library: CDLL, picture: NDArray[np.uint8], upper_half: int) -> NDArray[np.uint32]:
    """Return glyphs, foreground and background of the cells that show a picture of whole cells."""
    rows, columns = picture.shape[0] // 2, picture.shape[1]
    cells = np.empty((3, rows, columns), np.uint32)
    places = (each.ctypes.data for each in cells)
    library.half_blocks(_at(picture, np.uint8, rows * columns * 6), rows, columns, upper_half, *places)
    return cells


def arrays_of(
    colours: tuple[Colours, Colours, Colours, Colours],
    numbers: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    inks: tuple[NDArray[np.uint32], NDArray[np.uint32]],
) -> GridArrays:
    """Note where these arrays of a grid begin, in the order of `GridArrays`. They must stay there."""
    cells = _count(len(inks[0]))
    return GridArrays(
        *(_at(each, np.float32, 3 * cells) for each in colours),
        *(_at(each, np.float32, cells) for each in numbers),
        *(_at(each, np.uint32, cells) for each in inks),
        cells,
    )


def offer_cells(
    library: CDLL,
    grid: GridArrays,
    cells: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]],
    covers: NDArray[np.uint32],
    shares: NDArray[np.float32],
) -> None:
    """Want `cells` in a grid: glyphs, foreground, background. `covers` and `shares` are of each glyph."""
    glyphs = min(len(covers), len(shares))
    if glyphs <= ord(" "):
        raise ValueError("no glyphs")
    library.offer_cells(
        byref(grid),
        *(_at(each, np.uint32, grid.cells) for each in cells),
        *(_at(covers, np.uint32, glyphs), _at(shares, np.float32, glyphs), glyphs),
    )


def show_cells(library: CDLL, grid: GridArrays, numbers: Whole, fore: Colours, back: Colours) -> None:
    """Note that these cells of a grid are shown in these colours."""
    count = _count(len(numbers))
    colours = (_at(each, np.float32, 3 * count) for each in (fore, back))
    library.show_cells(byref(grid), count, _at(numbers, np.int32, count), *colours)


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
        *(_at(each, np.int32, cells) for each in (row, column)),
        _at(glyph, np.uint32, cells),
        *(_at(each, np.float32, 3 * cells) for each in colours),
        *(_at(each, np.float32, cells) for each in (share, lasting, worth)),
        _at(due, np.bool_, cells),
        _at(complements, np.uint32, len(complements)),
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
        _at(colours, np.float32, 3 * count),
        _at(sizes, np.float32, count),
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
    room = (cells + 2) * _MOST_IN_A_CELL
    text = np.empty(room, np.uint8)
    runs = len(names)
    if cells and not (chosen.behind.max() < runs and chosen.front.max() < runs):
        raise ValueError("a run without a colour")
    size = library.write_cells(
        cells,
        *(_at(each, np.int32, cells) for each in (row, column)),
        _at(chosen.glyph, np.uint32, cells),
        *(_at(each, np.int32, cells) for each in (chosen.behind, chosen.front)),
        _at(names, np.int32, runs),
        *place,
        *cursor,
        *(text.ctypes.data, room),
    )
    return text[:size].tobytes().decode()


def draw_playing(
    library: CDLL,
    grid: GridArrays,
    work: Work,
    cells: tuple[Whole, Whole, NDArray[np.uint32]],
    visible: NDArray[np.bool_],
    due: NDArray[np.bool_],
    sent: Whole,
    ages: tuple[int, int, float],
    price: float,
    least: float,
    complements: NDArray[np.uint32],
    place: tuple[int, int],
) -> tuple[bytes, Whole, Colours, Colours]:
    """Draw what is worth it of a grid, where a terminal has all colours. Return the text, the numbers of the
    cells that it draws, and their colours, in arrays that the next call changes.

    `cells` are rows, columns and glyphs; `sent` is with which picture each was sent. `ages` are the number of
    this picture, that of one long ago, and how many bytes it is worth to draw a cell again that is as old. A
    cell must be worth `least` to be looked at. `place` is as for `write_cells`.
    """
    count = grid.cells
    if work.arrays.cells != count:
        raise ValueError(f"room for {work.arrays.cells} of {count} cells")
    drawn = library.draw_playing(
        *(byref(grid), byref(work.arrays)),
        *(_at(each, np.int32, count) for each in cells[:2]),
        _at(cells[2], np.uint32, count),
        *(_at(each, np.bool_, count) for each in (visible, due)),
        _at(sent, np.int32, count),
        *(*ages, price, least),
        *(_at(complements, np.uint32, len(complements)), len(complements)),
        *place,
    )
    if drawn < 0:
        raise MemoryError
    text = work.text[: work.arrays.size].tobytes()
    return text, work.numbers[:drawn], work.fore[:drawn], work.back[:drawn]


def _count(cells: int) -> int:
    if cells > _MOST_CELLS:
        raise ValueError(f"{cells} cells")
    return cells


def _at(array: NDArray[Any], kind: DTypeLike, count: int) -> int:
    """Where an array begins that has at least `count` numbers of this kind, one after another."""
    if array.dtype != kind or array.size < count or not array.flags.c_contiguous:
        raise ValueError(f"an array of {array.dtype} {array.shape} for {count} of {kind}")
    return array.ctypes.data
