"""Pictures of a film that plays, each drawn by one call of the kernel: all that it needs is prepared once."""

from collections.abc import Mapping
from ctypes import CDLL, Structure, addressof, c_double, c_float, c_int32, c_uint32, c_void_p
from typing import Any
from weakref import ref

import numpy as np
from numpy.typing import DTypeLike, NDArray

from vigtui.film.kernel.calls import MOST_IN_A_CELL, GlyphArrays, GridArrays, Whole, at

_WORK: dict[str, tuple[DTypeLike, int]] = {
    **dict.fromkeys(("number", "row", "column", "kept", "behind", "front"), (np.int32, 1)),
    "names": (np.int32, 2),
    **dict.fromkeys(("glyph", "drawn_glyph"), (np.uint32, 1)),
    **dict.fromkeys(("must", "due", "turned"), (np.bool_, 1)),
    **dict.fromkeys(("share", "lasting", "worth"), (np.float32, 1)),
    "run_colours": (np.float32, 6),
    "sizes": (np.float32, 2),
    **dict.fromkeys(("fore", "back"), (np.float32, 3)),
    "text": (np.uint8, MOST_IN_A_CELL),
}
"""The arrays of `Work` in `kernel.c`: what they hold, and how much of it for a cell."""
_PIXEL_BYTES = (3, 4)
_MOST_KNOWN = 8


class _FittingArrays(Structure):
    """As `Fitting` in `kernel.c`."""

    _fields_ = (
        *((name, c_void_p) for name in ("picture", "glyphs_of")),
        *((name, c_void_p) for name in ("glyph", "foreground", "background", "patterns")),
        *((name, c_int32) for name in ("line", "pixel", "rows", "columns", "across", "down", "top", "left")),
        ("upper_half", c_uint32),
        *((name, c_float) for name in ("flat", "slack")),
    )


class _PlayingArrays(Structure):
    """As `Playing` in `kernel.c`."""

    _fields_ = (
        *((name, c_void_p) for name in ("grid", "glyphs", "visible", "known", "sent", *_WORK)),
        *((name, c_double) for name in ("price", "error")),
        *((name, c_int32) for name in ("size", "drawn")),
    )


class Fitting:
    """Fits glyphs of so many `dots` (across, down; at most 8 in all) to pictures of `shape` cells, one after
    another. `glyphs` has one for each pattern; with None, each cell is `upper_half`.

    `size` is the shape of a picture. `cells` are glyphs, foreground and background of the picture that was
    drawn last, `patterns` the numbers of their glyphs.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        dots: tuple[int, int],
        glyphs: NDArray[np.uint32] | None,
        upper_half: int,
        flat: float,
        slack: float,
    ) -> None:
        (rows, columns), (across, down) = shape, dots
        if not 2 <= across * down <= 8:
            raise ValueError(f"a cell of {across} by {down} dots")
        self.shape = shape
        self.cells = np.zeros((3, rows, columns), np.uint32)
        self.patterns = np.full(rows * columns, -1, np.int32)
        self._glyphs = glyphs  # kept: the kernel has its address
        self.size = rows * down, columns * across, 3
        places = [each.ctypes.data for each in (*self.cells, self.patterns)]
        table = None if glyphs is None else at(glyphs, np.uint32, 1 << across * down)
        sizes = rows, columns, across, down, 0, 0
        self._arrays = _FittingArrays(None, table, *places, 0, 0, *sizes, upper_half, flat, slack)
        self.address = addressof(self._arrays)
        self._known: dict[int, tuple[ref[NDArray[np.uint8]], int, int, int]] = {}

    def take(self, picture: NDArray[np.uint8]) -> None:
        """Fit this picture next, which must stay until it is drawn. Its pixels may have a byte more than
        three."""
        known = self._known.get(id(picture))
        if known is None or known[0]() is not picture:
            known = self._look_at(picture)
        _, self._arrays.picture, self._arrays.line, self._arrays.pixel = known

    def _look_at(self, picture: NDArray[np.uint8]) -> "tuple[ref[NDArray[np.uint8]], int, int, int]":
        """Note where a picture is, and how far its lines and pixels are from each other: libmpv draws into
        few pictures in turn, and numpy takes long to say it."""
        if picture.shape != self.size or picture.dtype != np.uint8:
            raise ValueError(f"a picture of {picture.dtype} {picture.shape} for {self.size}")
        line, pixel, channel = picture.strides
        if pixel not in _PIXEL_BYTES or channel != 1 or line < pixel * self.size[1]:
            raise ValueError(f"a picture in steps of {picture.strides} bytes")
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        known = ref(picture), picture.ctypes.data, line, pixel
        self._known[id(picture)] = known
        return known

    def place(self, top: int, left: int) -> None:
        """Have the cells at this row and column of a grid."""
        self._arrays.top, self._arrays.left = top, left


class Playing:
    """Draws one picture after another on a grid of cells. Of each cell `visible`, `known` and `sent` say
    whether it can be seen, whether it is known what the terminal shows of it, and with which picture it was
    sent: arrays that stay where they are, as those of `grid` and `glyphs` do."""

    def __init__(
        self,
        library: CDLL,
        grid: GridArrays,
        glyphs: GlyphArrays,
        visible: NDArray[np.bool_],
        known: NDArray[np.bool_],
        sent: Whole,
    ) -> None:
        cells = grid.cells
        self._kept: Mapping[str, NDArray[Any]] = {
            name: np.empty((cells + 2) * each, kind) for name, (kind, each) in _WORK.items()
        }
        self._others = grid, glyphs, visible, known, sent  # kept: the kernel has their addresses
        places = at(visible, np.bool_, cells), at(known, np.bool_, cells), at(sent, np.int32, cells)
        work = (array.ctypes.data for array in self._kept.values())
        self._arrays = _PlayingArrays(addressof(grid), addressof(glyphs), *places, *work)
        self._address, self._draw = addressof(self._arrays), library.play_picture
        self._text = self._kept["text"].data
        self._shape = cells // max(1, grid.columns), grid.columns
        self._fitting: Fitting | None = None

    def draw(
        self,
        fitting: Fitting | None,
        number: int,
        older: int,
        again: int,
        price: float,
        look: float,
        most: int,
        place: tuple[int, int],
    ) -> tuple[bytes, float, float]:
        """Draw picture `number`, which `fitting` has taken, in the middle of the grid; without one, the cells
        that are wanted already. Return the text, the price of a byte that was paid, and the mean error that
        is left, over the cells that are seen and known. `drawn` says how many cells that took.

        A cell must be worth `look` bytes to be looked at. The text has about `most` bytes; it is drawn at
        `price`, or a higher one where that is too much. `again` cells that were not sent since picture
        `older` are drawn in any case. `place` is the column and row of the screen where the grid begins.
        """
        if fitting is not None and fitting is not self._fitting:
            self._place(fitting)
        address = None if fitting is None else fitting.address
        left, top = place
        if not self._draw(self._address, address, number, older, again, price, look, most, top, left):
            raise MemoryError
        drawn = self._arrays
        return bytes(self._text[: drawn.size]), drawn.price, drawn.error

    def _place(self, fitting: Fitting) -> None:
        """Have the cells of its pictures in the middle of the grid."""
        top, left = ((own - its) // 2 for own, its in zip(self._shape, fitting.shape, strict=True))
        if top < 0 or left < 0:
            raise ValueError(f"a picture of {fitting.shape} cells for {self._shape}")
        fitting.place(top, left)
        self._fitting = fitting

    @property
    def drawn(self) -> int:
        """How many cells were drawn last."""
        return int(self._arrays.drawn)
