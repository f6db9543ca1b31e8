"""What cells look like: the pixels that a terminal shows of them."""

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Cells
from vigtui.film.picture.depth import GlyphSet
from vigtui.film.picture.glyphs import glyphs_of


def channels(colours: NDArray[np.uint32]) -> NDArray[np.float64]:
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1).astype(float)


def seen(cells: Cells, glyph_set: GlyphSet) -> NDArray[np.float64]:
    """The pixels of cells in the blocks of this set, shape (rows x down, columns x across, 3)."""
    across, down = glyph_set.dots
    pattern_of = {glyph: pattern for pattern, glyph in enumerate(glyphs_of(glyph_set).tolist())}
    rows, columns = cells.shape
    pixels = np.empty((rows * down, columns * across, 3))
    fore, back = channels(cells.foreground), channels(cells.background)
    for row in range(rows):
        for column in range(columns):
            pattern = pattern_of[int(cells.glyphs[row, column])]
            for dot in range(across * down):
                colour = fore if pattern >> dot & 1 else back
                place = row * down + dot // across, column * across + dot % across
                pixels[place] = colour[row, column]
    return pixels


def psnr(some: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Peak signal to noise, in dB."""
    return float(10 * np.log10(255**2 / max(((some - other) ** 2).mean(), 1e-9)))
