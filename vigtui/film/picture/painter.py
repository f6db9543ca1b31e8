"""Pictures to cells for one terminal: its glyphs, its colours, and as few changes as the picture allows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.ascii import fit_ascii, fit_ink
from vigtui.film.picture.cells import Cells, Picture, difference, half_blocks
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.few_colours import in_palette
from vigtui.film.picture.fitting import Patterns, fit_blocks, fitting_for
from vigtui.film.picture.glyphs import CONSOLE_SHADES, SHADES

if TYPE_CHECKING:
    from vigtui.film.kernel.playing import Fitting

_SLACK = 15.0
# By how much a picture of few colours may differ from what a cell shows. It depends on the cell's place, so
# that what slowly changes does not change everywhere at once.
_HELD = np.array([[5, 8, 6, 7], [7, 5, 8, 6], [6, 7, 5, 8], [8, 6, 7, 5]], np.uint8)
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


class Painter:
    """Makes cells of pictures that follow each other, on a terminal with these glyphs and colours.

    A picture has `glyph_set.dots` pixels for each cell, what is over is left out. The cells' colours are the
    terminal's own.
    """

    def __init__(self, glyph_set: GlyphSet, depth: Depth) -> None:
        self.glyph_set, self.depth = glyph_set, depth
        self._patterns: Patterns | None = None
        self._meant: Cells | None = None
        self._painted: Cells | None = None
        self._fitting: Fitting | None = None

    def fitting(self, picture: Picture) -> "Fitting | None":
        """What makes cells of a picture with which a film goes on, and of its next ones, while the kernel
        draws them. None where that takes more than the kernel's fitting."""
        fitting = self._fitting
        if fitting is None or fitting.size != picture.shape or fitting.patterns is not self._patterns:
            self._fitting = fitting = self._fitting_for(picture)
        if fitting:
            fitting.take(picture)
        return fitting

    def _fitting_for(self, picture: Picture) -> "Fitting | None":
        """The same for a picture of another size, or behind one that has been painted by itself."""
        across, down = self.glyph_set.dots
        shape = picture.shape[0] // down, picture.shape[1] // across
        whole = picture.shape[:2] == (shape[0] * down, shape[1] * across)
        if not (whole and self.depth is Depth.TRUECOLOR and self.glyph_set.is_blocks):
            return None
        if loading.kernel().library is None:
            return None
        fitting = fitting_for(shape, self.glyph_set, _SLACK)
        if self._patterns is not None:
            fitting.patterns[:] = self._patterns
        self._patterns = fitting.patterns
        return fitting

    def paint(self, picture: Picture, *, exact: bool = False) -> Cells:
        """Return the cells that show `picture`.

        While film plays, a cell keeps its glyph while another would be no better to the eye, and with few
        colours it keeps those too: `exact` is for a still picture, and depends on nothing before it.
        """
        across, down = self.glyph_set.dots
        rows, columns = shape = picture.shape[0] // down, picture.shape[1] // across
        picture = picture[: rows * down, : columns * across]
        if exact or (self._meant and self._meant.shape != shape):
            self._patterns = self._meant = self._painted = None
        if self.depth in (Depth.GREY, Depth.MONO):
            picture = np.repeat((picture @ _LUMA + 0.5).astype(np.uint8)[..., None], 3, axis=2)
        if self.depth is Depth.MONO:
            return fit_ink(picture)
        cells = self._fit(picture)
        painted = cells if self.depth is Depth.TRUECOLOR else self._in_palette(cells)
        self._meant, self._painted = cells, painted
        return painted

    def _fit(self, picture: Picture) -> Cells:
        if self.glyph_set is GlyphSet.HALF:
            return half_blocks(picture)
        if not self.glyph_set.is_blocks:
            cells, self._patterns = fit_ascii(picture, self._patterns, _SLACK)
        else:
            cells, self._patterns = fit_blocks(picture, self.glyph_set, self._patterns, _SLACK)
        return cells

    def _in_palette(self, cells: Cells) -> Cells:
        """These cells in the terminal's colours; a cell whose picture hardly changed stays as it is."""
        painted = in_palette(cells, self.depth, _shades(self.glyph_set))
        if self._meant and self._painted:
            held = difference(cells, self._meant) < _held(cells.shape)
            for new, old in ((painted, self._painted), (cells, self._meant)):
                np.copyto(new.glyphs, old.glyphs, where=held)
                np.copyto(new.foreground, old.foreground, where=held)
                np.copyto(new.background, old.background, where=held)
        return painted


def _shades(glyph_set: GlyphSet) -> Sequence[int]:
    if glyph_set.is_blocks:
        return SHADES
    return CONSOLE_SHADES if glyph_set is GlyphSet.CONSOLE else ()


def _held(shape: tuple[int, int]) -> NDArray[np.uint8]:
    rows, columns = (np.arange(count) % 4 for count in shape)
    return _HELD[rows[:, None], columns]
