"""Cells in the colours of a terminal that has few."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Cells, Colours
from vigtui.film.picture.depth import Depth
from vigtui.film.picture.glyphs import SPACE, foreground_share
from vigtui.film.picture.palette import mixtures, palette


def in_palette(cells: Cells, depth: Depth, shades: Sequence[int]) -> Cells:
    """Return `cells` in colours of the palette. A cell may mix two of them with one of the `shades`, glyphs
    by the quarters of foreground in them, 0 where there is none.

    Each cell is shown either as it is, in the nearest colours, or without its shape, in the best mixture for
    its mean colour: whichever is nearer to the picture in Oklab. So edges stay sharp, and even ground has its
    colour. What a cell shows depends on nothing but its own colours: it cannot shimmer while they stay.
    """
    fore, back = (mixtures(colours, depth) for colours in (cells.foreground, cells.background))
    colours = palette(depth)
    glyphs = np.where(fore.solid == back.solid, np.uint32(SPACE), cells.glyphs)
    front, behind = colours[fore.solid], colours[back.solid]
    if not shades:
        return Cells(glyphs, np.where(glyphs == SPACE, behind, front), behind)
    share = foreground_share()[cells.glyphs]
    mean = mixtures(_between(cells.background, cells.foreground, share), depth)
    contrast = ((fore.lab - back.lab) ** 2).sum(axis=-1)
    shaped = share * fore.solid_error + (1 - share) * back.solid_error
    mixed = share * (1 - share) * contrast + mean.error < shaped
    mixing = np.array(shades, np.uint32)[mean.quarters]
    mixed &= mixing > 0
    return Cells(
        np.where(mixed, mixing, glyphs),
        np.where(mixed, colours[mean.far], front),
        np.where(mixed, colours[mean.near], behind),
    )


def _between(some: Colours, others: Colours, share: NDArray[np.float32]) -> Colours:
    """The colours between `some` and `others`, so far on the way."""
    mean = np.zeros(some.shape, np.uint32)
    for shift in (16, 8, 0):
        start = (some >> shift & 255).astype(np.float32)
        way = (others >> shift & 255).astype(np.float32) - start
        mean |= (start + way * share + 0.5).astype(np.uint32) << shift
    return mean
