"""From cells to pixels: how much of each part of a cell a glyph covers."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.bench.running.screen import Grid

_ACROSS, _DOWN = 8, 24
"""Dots of a cell: eighths, thirds, quarters and halves are all whole numbers of them."""
_LETTER = 0.25
_EXISTING_OCTANTS = {
    *(0b00000001, 0b00000010, 0b01000000, 0b10000000, 0b00010100, 0b00101000),
    *(0b00000011, 0b11000000, 0b11111100, 0b00111111),
}
"""Patterns of eight dots that Unicode had before it had octants, besides the quadrants."""

Pixels = NDArray[np.float32]


def pixels(grid: Grid, across: int, down: int) -> Pixels:
    """Return what `grid` looks like, `across` x `down` pixels a cell: shape (rows, columns, 3), 0-255.

    A pixel that a glyph covers in part has the mixture of the cell's colours.
    """
    codes, numbers = np.unique(grid.glyphs, return_inverse=True)
    covers = np.stack([_cover(int(code), across, down) for code in codes])
    cover = covers[numbers.reshape(grid.glyphs.shape)][..., None]
    front, back = (_channels(colours)[:, :, None, None] for colours in (grid.front, grid.back))
    mixed = back + (front - back) * cover
    rows, columns = grid.glyphs.shape
    shown: Pixels = mixed.transpose(0, 2, 1, 3, 4).reshape(rows * down, columns * across, 3)
    return shown


def _channels(colours: NDArray[np.uint32]) -> Pixels:
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1).astype(np.float32)


@cache
def _cover(code: int, across: int, down: int) -> Pixels:
    dots = _dots(code)
    parts = dots.reshape(down, _DOWN // down, across, _ACROSS // across)
    return np.asarray(parts.mean(axis=(1, 3)), np.float32)


def _dots(code: int) -> Pixels:
    """The dots of a cell that a glyph covers, shape (_DOWN, _ACROSS); a letter is an even grey."""
    if code in _QUADRANTS:
        return _blocks(_QUADRANTS[code], 2)
    if code in (0x20, 0xA0):
        return _rectangle(0, 0)
    if 0x2581 <= code <= 0x2588:
        return np.asarray(_rectangle(_ACROSS, _DOWN * (code - 0x2580) // 8)[::-1])
    if 0x2589 <= code <= 0x258F:
        return _rectangle(_ACROSS * (0x2590 - code) // 8, _DOWN)
    if 0x2591 <= code <= 0x2593:
        return np.full((_DOWN, _ACROSS), (code - 0x2590) / 4, np.float32)
    if 0x1FB00 <= code <= 0x1FB3B:
        return _blocks(_sextant(code), 3)
    if 0x1CD00 <= code <= 0x1CDE5:
        return _blocks(_octants()[code - 0x1CD00], 4)
    if code in _OLD_OCTANTS:
        return _blocks(_OLD_OCTANTS[code], 4)
    return np.full((_DOWN, _ACROSS), _LETTER, np.float32)


_QUADRANTS = {
    0x2580: 0b0011, 0x2584: 0b1100, 0x2588: 0b1111, 0x258C: 0b0101, 0x2590: 0b1010, 0x2596: 0b0100,
    0x2597: 0b1000, 0x2598: 0b0001, 0x2599: 0b1101, 0x259A: 0b1001, 0x259B: 0b0111, 0x259C: 0b1011,
    0x259D: 0b0010, 0x259E: 0b0110, 0x259F: 0b1110,
}  # fmt: skip
_OLD_OCTANTS = {
    0x1CEA8: 0b00000001, 0x1CEAB: 0b00000010, 0x1CEA3: 0b01000000, 0x1CEA0: 0b10000000,
    0x1FBE6: 0b00010100, 0x1FBE7: 0b00101000, 0x1FB82: 0b00000011, 0x1FB85: 0b00111111,
}  # fmt: skip


def _rectangle(width: int, height: int) -> Pixels:
    """The first `width` dots of the first `height` lines."""
    dots = np.zeros((_DOWN, _ACROSS), np.float32)
    dots[:height, :width] = 1
    return dots


def _blocks(pattern: int, down: int) -> Pixels:
    """Two dots across, `down` dots down; the lowest bit is the upper left one, the next to its right."""
    bits = np.array([pattern >> number & 1 for number in range(2 * down)], np.float32).reshape(down, 2)
    return np.kron(bits, np.ones((_DOWN // down, _ACROSS // 2), np.float32))


def _sextant(code: int) -> int:
    """Unicode leaves out the empty cell, both halves and the full cell."""
    number = code - 0x1FB00 + 1
    number += number >= 0b010101
    return number + (number >= 0b101010)


@cache
def _octants() -> tuple[int, ...]:
    """The patterns of U+1CD00 and on: all of eight dots in order, without those that existed before."""
    return tuple(
        pattern for pattern in range(256) if pattern not in _EXISTING_OCTANTS and not _is_quadrant(pattern)
    )


def _is_quadrant(pattern: int) -> bool:
    rows = [pattern >> shift & 3 for shift in (0, 2, 4, 6)]
    return rows[0] == rows[1] and rows[2] == rows[3]
