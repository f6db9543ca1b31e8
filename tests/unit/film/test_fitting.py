"""What would be lost: the finest picture that a terminal can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.unit.film import films
from tests.unit.film.seen import psnr, seen
from vigtui.film.picture.ascii import fit_ascii, fit_ink
from vigtui.film.picture.cells import half_blocks
from vigtui.film.picture.depth import GlyphSet
from vigtui.film.picture.fitting import FLAT, fit_blocks
from vigtui.film.picture.glyphs import SPACE

pytestmark = pytest.mark.usefixtures("either_way")
FINE = [GlyphSet.QUADRANT, GlyphSet.SEXTANT, GlyphSet.OCTANT]
# The test film is 160 x 96, which is 80 x 8 cells of 2 x 12 dots: all sets' dots are whole boxes of them.
COLUMNS, ROWS = 80, 8


def frame(number: int) -> NDArray[np.uint8]:
    """A frame of the film with the ball."""
    *_, last = films.moving(number + 1)
    return np.frombuffer(last, np.uint8).reshape(films.HEIGHT, films.WIDTH, 3)


def scaled(picture: NDArray[np.uint8], glyph_set: GlyphSet) -> NDArray[np.uint8]:
    across, down = glyph_set.dots
    boxes = picture.reshape(ROWS * down, 12 // down, COLUMNS * across, 2 // across, 3)
    return np.round(boxes.mean(axis=(1, 3))).astype(np.uint8)


def best_error(dots: NDArray[np.float64]) -> float:
    """The least sum of squares with which two colours can show these dots, by trying every split."""
    errors = []
    for pattern in range(2 ** (len(dots) - 1)):
        member = (pattern >> np.arange(len(dots)) & 1).astype(bool)
        errors.append(
            sum(
                ((part - part.mean(axis=0)) ** 2).sum() for part in (dots[member], dots[~member]) if len(part)
            )
        )
    return float(min(errors))


@pytest.mark.parametrize("glyph_set", FINE)
@given(st.data())
@settings(max_examples=25)
def test_no_two_colours_and_no_glyph_do_better(glyph_set: GlyphSet, data: st.DataObject) -> None:
    across, down = glyph_set.dots
    cell = data.draw(arrays.arrays(np.uint8, (down, across, 3)))
    cells, _ = fit_blocks(cell, glyph_set)
    error = ((seen(cells, glyph_set) - cell) ** 2).sum()
    # Colours are whole numbers: half a step off in each value at the most. What is nearly flat is one colour.
    best = best_error(cell.reshape(-1, 3).astype(float))
    assert error <= max(best + cell.size / 4, best + cell.size * FLAT**2) + 1e-3


@pytest.mark.parametrize("glyph_set", FINE)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_a_cell_of_two_colours_is_exact_and_a_flat_one_a_space(glyph_set: GlyphSet, seed: int) -> None:
    random = np.random.default_rng(seed)
    across, down = glyph_set.dots
    two = random.choice([0, 90, 255], (2, 3)).astype(np.uint8)
    picture = two[random.integers(0, 2, (3 * down, 5 * across))]
    picture[:down] = two[0]
    cells, _ = fit_blocks(picture, glyph_set)
    assert np.array_equal(seen(cells, glyph_set), picture)
    assert (cells.glyphs[0] == SPACE).all()


def test_finer_glyphs_show_the_film_better() -> None:
    truth = frame(7)
    decibels = []
    for glyph_set in (GlyphSet.HALF, *FINE):
        picture = scaled(truth, glyph_set)
        cells = half_blocks(picture) if glyph_set is GlyphSet.HALF else fit_blocks(picture, glyph_set)[0]
        across, down = glyph_set.dots
        pixels = seen(cells, glyph_set).repeat(12 // down, axis=0).repeat(2 // across, axis=1)
        decibels.append(psnr(pixels, truth))
    half, quadrant, sextant, octant = decibels
    assert half < quadrant < sextant < octant


def test_a_cell_keeps_its_glyph_while_another_would_hardly_be_better() -> None:
    """A glyph that flips for nothing costs bytes, and shimmers."""
    picture = scaled(frame(0), GlyphSet.OCTANT)
    noise = np.random.default_rng(1).integers(-2, 3, picture.shape)
    noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    first, patterns = fit_blocks(picture, GlyphSet.OCTANT)
    free, _ = fit_blocks(noisy, GlyphSet.OCTANT)
    kept, _ = fit_blocks(noisy, GlyphSet.OCTANT, patterns, 5.0)
    flips = [(cells.glyphs != first.glyphs).sum() for cells in (free, kept)]
    assert flips[1] < flips[0] / 4
    lost = psnr(seen(free, GlyphSet.OCTANT), noisy) - psnr(seen(kept, GlyphSet.OCTANT), noisy)
    assert lost < 0.5


def test_ascii_has_no_other_characters_and_more_than_one_colour_can_show() -> None:
    picture = scaled(frame(3), GlyphSet.ASCII)
    cells, _ = fit_ascii(picture)
    assert set(cells.glyphs.ravel().tolist()) <= set(range(32, 127))
    assert len(set(cells.glyphs.ravel().tolist())) > 5
    flat = cells.glyphs == SPACE
    assert (cells.foreground == cells.background)[flat].all()


def test_ink_alone_is_thick_where_the_picture_is_light() -> None:
    steps = np.repeat(np.arange(0, 256, 51, dtype=np.uint8), 2)
    cells = fit_ink(np.broadcast_to(steps[None, :, None], (4, 12, 3)))
    assert cells.shape == (1, 6)
    words = "".join(map(chr, cells.glyphs[0].tolist()))
    assert words[0] == " "
    assert words[-1] in "#@MW&8"
    assert len(set(words)) >= 5
    assert len(np.unique(cells.foreground)) == len(np.unique(cells.background)) == 1
