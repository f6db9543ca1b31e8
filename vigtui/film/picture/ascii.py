"""A picture to ASCII, for terminals that have no blocks: letters and marks by where their ink lies."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Cells, Picture
from vigtui.film.picture.depth import GlyphSet
from vigtui.film.picture.fitting import Numbers, Patterns, best_columns, dots_of, packed, products
from vigtui.film.picture.glyphs import SPACE

# A glyph and its ink in each of 2 x 4 parts of the cell, row by row, in fifteenths: the mean of four usual
# fonts for terminals.
_INK = r"""
.00001100 ,00001121 :00111100 ;00111120 '11110000 "11330000 `11000000 -00002200 _00000033 =00333300 +00333300
^11331100 ~00211200 !11221200 |11222222 /01144010 \10410401 (01314012 )10130421 <00333300 >00333300 [11414132
]11141423 {02234213 }20322431 *11440000 o00445511 O22555511 x00334411 X11444511 v00334400 V11554400 T33332200
L10405211 J12052510 Y11442300 U11555511 722153210 #11566500 %21743701 @12677632 &21636811 M22775511 W11667711
H11665511 N21855811 A11446611 022566511 822555611 d02465611 b20646511 p00546541 q00455614 g00455545 m00656611
w00447711 $11644711
"""

# How much the mean ink of a cell counts beside that of a part of it.
_WEIGHT = 6
# Below this error (root of the mean square, 0-255) letters tell less of the shape than they disturb.
_PLAIN = 8.0

LIGHT, DARK = 0xE5E5E5, 0x000000


def fit_ascii(picture: Picture, before: Patterns | None = None, slack: float = 0) -> tuple[Cells, Patterns]:
    """Return the cells that show `picture` best in ASCII, in two colours each, and their glyphs' numbers.

    `before` and `slack` are those of `fit_blocks`, as is the method: a glyph is a straight line from the
    background to the foreground by its share of ink, and the line that explains most is taken. A letter's
    thin strokes would need colours far beyond the picture's: they get its own, and the cell keeps its mean.
    """
    dots, rows, columns = dots_of(picture, GlyphSet.ASCII)
    mean = dots.mean(axis=0)
    away = dots - mean
    numbers = best_columns(products(away), _lines(), dots.shape[0] * 3, _PLAIN, before, slack)
    ink = _ink()[1][numbers]
    middle = ink.mean(axis=1, keepdims=True)
    offset = ink - middle
    steepness = np.einsum("pd,dpc->pc", offset, away) / np.maximum((offset**2).sum(axis=1), 1e-6)[:, None]
    fore = np.clip(mean + steepness * (1 - middle), dots.min(axis=0), dots.max(axis=0))
    back = np.clip((mean - middle * fore) / (1 - middle), 0, 255)
    fore[numbers == 0] = back[numbers == 0]
    glyphs, shape = _ink()[0][numbers], (rows, columns)
    return Cells(glyphs.reshape(shape), packed(fore).reshape(shape), packed(back).reshape(shape)), numbers


def fit_ink(picture: Picture) -> Cells:
    """Return `picture` in ink alone, light on dark: the nearest glyph where the lightest is the most ink."""
    dots, rows, columns = dots_of(picture, GlyphSet.ASCII)
    glyphs, ink = _ink()
    wanted = _with_mean(dots.mean(axis=2).T * (ink.mean(axis=1).max() / 255))
    offered = _with_mean(ink)
    nearest = ((offered**2).sum(axis=1) - 2 * wanted @ offered.T).argmin(axis=1)
    shape = rows, columns
    light, dark = np.full(shape, LIGHT, np.uint32), np.full(shape, DARK, np.uint32)
    return Cells(glyphs[nearest].reshape(shape), light, dark)


def _with_mean(parts: Numbers) -> Numbers:
    """The parts of cells and their means, which count for more: from afar one sees those first."""
    return np.column_stack([parts, _WEIGHT * parts.mean(axis=1)])


@cache
def _ink() -> tuple[NDArray[np.uint32], Numbers]:
    """The glyphs, the space first, and the share of ink in their parts, shape (glyphs, parts)."""
    words = _INK.split()
    glyphs = [SPACE, *(ord(word[0]) for word in words)]
    parts = [[0] * 8, *([int(digit, 16) for digit in word[1:]] for word in words)]
    return np.array(glyphs, np.uint32), np.array(parts, np.float32) / np.float32(15)


@cache
def _lines() -> Numbers:
    """What each glyph explains of the products of a cell's dots, shape (pairs, glyphs)."""
    ink = _ink()[1]
    offset = ink - ink.mean(axis=1, keepdims=True)
    offset /= np.maximum(np.sqrt((offset**2).sum(axis=1, keepdims=True)), 1e-6)
    dots = ink.shape[1]
    return np.array(
        [
            offset[:, one] * offset[:, other] * (1 if one == other else 2)
            for one in range(dots)
            for other in range(one, dots)
        ],
        np.float32,
    )
