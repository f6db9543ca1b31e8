"""What would be lost: a face that has its shape and its colours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.film.seen import seen
from vigtui.film.picture.cells import Cells, difference, fit, half_blocks, placed
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.glyphs import SPACE, UPPER_HALF, complements, glyphs_of
from vigtui.film.picture.palette import codes, palette

SIZES = st.integers(1, 4000)


def test_two_pixels_stand_in_each_cell_the_upper_in_front() -> None:
    picture = np.array([[[1, 2, 3], [9, 9, 9]], [[4, 5, 6], [9, 9, 9]]], np.uint8)
    cells = half_blocks(picture)
    assert cells.shape == (1, 2)
    assert cells.glyphs.tolist() == [[UPPER_HALF, SPACE]]
    assert cells.foreground.tolist() == [[0x010203, 0x090909]]
    assert cells.background.tolist() == [[0x040506, 0x090909]]


@given(SIZES, SIZES, st.integers(1, 300), st.integers(1, 100), st.floats(1.4, 3))
def test_the_picture_fills_one_side_and_keeps_its_shape(
    width: int, height: int, columns: int, rows: int, cell_height: float
) -> None:
    wide, high = fit((width, height), columns, rows, cell_height)
    assert 1 <= wide <= columns
    assert 1 <= high <= rows
    assert wide == columns or high == rows
    # The side that is not filled is the nearest whole number of cells to the film's shape.
    shape = width / height * cell_height
    assert (
        abs(wide - high * shape) <= 0.5 + 1e-9 or abs(high - wide / shape) <= 0.5 + 1e-9 or 1 in (wide, high)
    )


@pytest.mark.parametrize(
    ("film", "grid", "picture"),
    [((1280, 720), (80, 22), (78, 22)), ((720, 1280), (80, 22), (25, 22)), ((640, 480), (40, 40), (40, 15))],
)
def test_usual_films_are_as_large_as_they_fit(
    film: tuple[int, int], grid: tuple[int, int], picture: tuple[int, int]
) -> None:
    assert fit(film, *grid) == picture


def test_no_film_or_no_room_is_no_picture() -> None:
    assert fit((0, 0), 80, 24) == fit((16, 9), 0, 24) == fit((16, 9), 80, 0) == (0, 0)


def test_a_small_picture_stands_in_the_middle_and_a_large_one_is_cut() -> None:
    picture = half_blocks(np.full((4, 2, 3), 255, np.uint8))
    grid = placed(picture, 4, 6, 0x102030)
    assert grid.background[1:3, 2:4].tolist() == [[0xFFFFFF] * 2] * 2
    assert (grid.background == 0x102030).sum() == 4 * 6 - 4
    assert placed(picture, 1, 1, 0).background.tolist() == [[0xFFFFFF]]


@pytest.mark.parametrize("glyph_set", [GlyphSet.HALF, GlyphSet.QUADRANT, GlyphSet.SEXTANT, GlyphSet.OCTANT])
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_cells_differ_by_what_is_seen_of_them(glyph_set: GlyphSet, seed: int) -> None:
    random = np.random.default_rng(seed)
    some, other = (
        Cells(
            random.choice(glyphs_of(glyph_set), (2, 5)),
            *random.choice(np.array([0, 0x0A0000, 0x40FF80, 0xFFFFFF], np.uint32), (2, 2, 5)),
        )
        for _ in range(2)
    )
    across, down = glyph_set.dots
    apart = np.abs(seen(some, glyph_set) - seen(other, glyph_set)).max(axis=2)
    worst = apart.reshape(2, down, 5, across).max(axis=(1, 3))
    assert difference(some, other).tolist() == worst.tolist()
    turned = np.vectorize(lambda glyph: ord(complements()[chr(glyph)]))(some.glyphs).astype(np.uint32)
    assert not difference(some, Cells(turned, some.background, some.foreground)).any()


@pytest.mark.parametrize("depth", [Depth.PALETTE, Depth.ANSI])
def test_a_colour_that_the_terminal_has_is_shown_as_itself_or_nearly(depth: Depth) -> None:
    for colour in palette(depth)[16 if depth is Depth.PALETTE else 0 :]:
        shown = int(palette(depth)[codes(np.array([colour]), depth)[0]])
        assert max(abs((shown >> shift & 255) - int(colour >> shift & 255)) for shift in (0, 8, 16)) <= 8


def test_in_16_colours_light_and_dark_stay_apart() -> None:
    grey = np.array([0x101010, 0x606060, 0xC8C8C8, 0xFFFFFF], np.uint32)
    assert codes(grey, Depth.ANSI).tolist() == [0, 8, 7, 15]
