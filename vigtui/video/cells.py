"""Pixels to cells: each cell shows a glyph in two colours.

A colour is a whole number 0xRRGGBB. Now there is one set of glyphs, half blocks: two pixels in a cell, one
above the other.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigtui.video.depth import CELL_HEIGHT, Depth

Picture = NDArray[np.uint8]
Colours = NDArray[np.uint32]

UPPER_HALF = ord("▀")
SPACE = ord(" ")


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


def blank(rows: int, columns: int, colour: int) -> Cells:
    """Return a grid of spaces on `colour`."""
    colours = np.full((rows, columns), colour, np.uint32)
    return Cells(np.full((rows, columns), SPACE, np.uint32), colours, colours.copy())


def half_blocks(picture: Picture) -> Cells:
    """Return the cells that show `picture`, shape (2 x rows, columns, 3)."""
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


def codes(colours: Colours, depth: Depth) -> Colours:
    """Return how a terminal of `depth` calls each colour: 0xRRGGBB itself, or the number in its palette."""
    if depth is Depth.TRUECOLOR:
        return colours
    red, green, blue = colours >> 19 & 31, colours >> 11 & 31, colours >> 3 & 31
    numbers: Colours = _nearest(depth)[red << 10 | green << 5 | blue]
    return numbers


def colour_of(code: int, depth: Depth) -> int:
    """Return the colour that `code` stands for."""
    return code if depth is Depth.TRUECOLOR else int(palette(depth)[code])


@cache
def palette(depth: Depth) -> Colours:
    """Return the colours of a palette in the order of their numbers, as xterm has them."""
    ansi = [0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5]
    ansi += [0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF]
    if depth is Depth.ANSI:
        return np.array(ansi, np.uint32)
    levels = (0, 95, 135, 175, 215, 255)
    cube = [r << 16 | g << 8 | b for r in levels for g in levels for b in levels]
    greys = [level << 16 | level << 8 | level for level in range(8, 248, 10)]
    return np.array(ansi + cube + greys, np.uint32)


@cache
def _nearest(depth: Depth) -> Colours:
    """The number in the palette nearest to each colour of 5 bits a channel."""
    steps = np.arange(32, dtype=np.uint32)
    levels = steps << 3 | steps >> 2
    red, green, blue = (channel.ravel() for channel in np.meshgrid(levels, levels, levels, indexing="ij"))
    wanted = _oklab(red << 16 | green << 8 | blue)
    # The first 16 of the 256 are whatever the terminal's theme makes of them.
    skipped = 16 if depth is Depth.PALETTE else 0
    offered = _oklab(palette(depth)[skipped:])
    # |a - b|^2 = |a|^2 - 2ab + |b|^2, of which |a|^2 is the same for every b. In parts, to save memory.
    lengths = (offered**2).sum(axis=1)
    numbers = [(lengths - 2 * (part @ offered.T)).argmin(axis=1) for part in np.split(wanted, 32)]
    return np.asarray(np.concatenate(numbers) + skipped, np.uint32)


def _oklab(colours: Colours) -> NDArray[np.float32]:
    """Colours in Oklab, where distance is nearly what the eye sees (Björn Ottosson, 2020)."""
    channels = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    lab: NDArray[np.float32] = (np.cbrt(linear @ to_cones.T) @ to_lab.T).astype(np.float32)
    return lab
