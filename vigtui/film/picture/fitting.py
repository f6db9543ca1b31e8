"""A picture to blocks: for each cell the glyph and the two colours with the least squared error."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.cells import Cells, Colours, Picture
from vigtui.film.picture.depth import GlyphSet
from vigtui.film.picture.glyphs import SPACE, UPPER_HALF, glyphs_of

if TYPE_CHECKING:
    from ctypes import CDLL

    from vigtui.film.kernel.playing import Fitting

Numbers = NDArray[np.float32]
Patterns = NDArray[np.integer]

_PART = 500_000

FLAT = 1.5
"""Below this error (root of the mean square, 0-255) a cell shows one colour."""


def fit_blocks(
    picture: Picture, glyph_set: GlyphSet, before: Patterns | None = None, slack: float = 0
) -> tuple[Cells, Patterns]:
    """Return the cells that show `picture` best, and their patterns.

    `picture` has shape (rows x down, columns x across, 3), of the dots of `glyph_set`. A cell keeps its
    pattern of `before` where the best one lessens the error by less than `slack` (mean square of a channel).

    The method: a pattern splits a cell's n dots into k of one colour and n - k of another. The best colours
    are the two groups' means. With the dots' values taken from the cell's mean, the two groups' sums S are
    opposite, and what the two colours explain of the cell's sum of squares is |S|² n / (k (n - k)), to be
    made as large as possible. |S|² is the sum of the products of each two dots of the group, so that one
    matrix product of those products (28 for octants) with a fixed table gives it for every pattern of every
    cell. All splits are tried (127 for octants), so that no two colours do better.

    The dot at the upper left is always of the foreground: a pattern and its complement are the same split.
    """
    library = loading.kernel().library
    if library is None:
        return fit_in_numpy(picture, glyph_set, before, slack)
    return fit_compiled(library, picture, glyph_set, before, slack)


def fit_compiled(
    library: "CDLL", picture: Picture, glyph_set: GlyphSet, before: Patterns | None = None, slack: float = 0
) -> tuple[Cells, Patterns]:
    """The same as `fit_in_numpy`, by the kernel.

    Of two splits that are equally good, and of the two whole numbers beside a mean, either may be taken.
    """
    from vigtui.film.kernel.calls import fit_blocks as fit

    across, down = dots = glyph_set.dots
    shape = picture.shape[0] // down, picture.shape[1] // across
    values = across * down * 3
    patterns = None if before is None else before.astype(np.int32, copy=False)
    pixels, glyphs = np.ascontiguousarray(picture), glyphs_of(glyph_set)
    fitted = fit(library, pixels, dots, glyphs, patterns, values * FLAT**2, values * slack)
    return Cells(*(each.reshape(shape) for each in fitted[:3])), fitted.pattern


def fitting_for(shape: tuple[int, int], glyph_set: GlyphSet, slack: float) -> "Fitting":
    """Return what fits one picture of so many cells after another as the kernel draws them: blocks as
    `fit_compiled` does, half blocks exactly."""
    from vigtui.film.kernel.playing import Fitting

    values = glyph_set.dots[0] * glyph_set.dots[1] * 3
    glyphs = None if glyph_set is GlyphSet.HALF else glyphs_of(glyph_set)
    return Fitting(shape, glyph_set.dots, glyphs, UPPER_HALF, values * FLAT**2, values * slack)


def fit_in_numpy(
    picture: Picture, glyph_set: GlyphSet, before: Patterns | None = None, slack: float = 0
) -> tuple[Cells, Patterns]:
    """What `fit_blocks` says."""
    dots, rows, columns = dots_of(picture, glyph_set)
    mean = dots.mean(axis=0)
    away = dots - mean
    patterns = best_columns(products(away[1:]), _splits(len(dots)), dots.shape[0] * 3, FLAT, before, slack)
    fore, back = _colours(away, mean, patterns)
    flat = patterns == 0
    fore[flat] = back[flat]
    glyphs = glyphs_of(glyph_set)[2 ** len(dots) - 1 - 2 * patterns]
    glyphs[flat] = SPACE
    shape = rows, columns
    return Cells(glyphs.reshape(shape), fore.reshape(shape), back.reshape(shape)), patterns


def best_columns(
    values: Numbers, table: Numbers, size: int, flat: float, before: Patterns | None, slack: float
) -> Patterns:
    """Return for each row of `values` the column of `table` with the largest product, or the one `before`
    where that is nearly as large, or 0 where the largest is next to nothing.

    `size` is the number of values in a cell, `flat` the root of what is next to nothing for each of them.
    """
    patterns = np.empty(len(values), np.intp)
    # In parts that stay in the processor's cache, and for which the matrix product starts no threads.
    step = max(1, _PART // table.size)
    for start in range(0, len(values), step):
        part = slice(start, start + step)
        explained = values[part] @ table
        cells = np.arange(len(explained))
        found = explained.argmax(axis=1)
        best = explained[cells, found]
        found[best < size * flat**2] = 0
        if before is not None:
            keep = best - explained[cells, before[part]] < size * slack
            found[keep] = before[part][keep]
        patterns[part] = found
    return patterns


def dots_of(picture: Picture, glyph_set: GlyphSet) -> tuple[Numbers, int, int]:
    """Return the dots of each cell, shape (dots, cells, 3), and the cells' rows and columns."""
    across, down = glyph_set.dots
    rows, columns = picture.shape[0] // down, picture.shape[1] // across
    blocks = picture.reshape(rows, down, columns, across, 3).transpose(1, 3, 0, 2, 4)
    return blocks.reshape(across * down, rows * columns, 3).astype(np.float32), rows, columns


def products(away: Numbers) -> Numbers:
    """Return for each cell the products of each two dots, summed over the channels; shape (cells, pairs)."""
    dots, cells, _ = away.shape
    found = np.empty((dots * (dots + 1) // 2, cells), np.float32)
    channels = np.ascontiguousarray(away.transpose(2, 0, 1))
    place = 0
    for dot in range(dots):
        end = place + dots - dot
        np.einsum("cd,cpd->pd", channels[:, dot], channels[:, dot:], out=found[place:end])
        place = end
    return found.T


@cache
def _splits(dots: int) -> Numbers:
    """What each pattern makes of the products, shape (pairs, patterns).

    Patterns here are of the background's dots, without the first dot, which is of the foreground.
    """
    rest = dots - 1
    patterns = np.arange(2**rest)
    member = patterns[:, None] >> np.arange(rest) & 1
    size = member.sum(axis=1)
    scale = np.zeros(len(patterns))
    scale[1:] = dots / (size[1:] * (dots - size[1:]))
    columns = [
        member[:, one] * member[:, other] * scale * (1 if one == other else 2)
        for one in range(rest)
        for other in range(one, rest)
    ]
    return np.array(columns, np.float32)


def _colours(away: Numbers, mean: Numbers, patterns: Patterns) -> tuple[Colours, Colours]:
    """The mean colours of each cell's two groups, packed."""
    rest = away.shape[0] - 1
    member = (patterns >> np.arange(rest)[:, None] & 1).astype(np.float32)
    size = np.maximum(member.sum(axis=0), 1)[:, None]
    total = np.einsum("dp,dpc->pc", member, away[1:])
    back = mean + total / size
    fore = mean - total / (rest + 1 - size)
    return packed(fore), packed(back)


def packed(colours: Numbers) -> Colours:
    """Return colours 0xRRGGBB of three channels in the last axis."""
    whole = (colours + 0.5).astype(np.uint32)
    return np.asarray(whole[..., 0] << 16 | whole[..., 1] << 8 | whole[..., 2], np.uint32)
