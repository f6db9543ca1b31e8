"""What would be lost: calm and colour, on terminals that have few colours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.film import films
from tests.unit.film.seen import channels
from vigtui.film.picture.cells import Cells, half_blocks
from vigtui.film.picture.depth import Depth, GlyphSet
from vigtui.film.picture.glyphs import SHADES, complements
from vigtui.film.picture.painter import Painter
from vigtui.film.picture.palette import codes, mixtures, palette

pytestmark = pytest.mark.usefixtures("either_way")
FEW = [Depth.PALETTE, Depth.ANSI, Depth.GREY]
SKIN = [(235, 190, 160), (224, 172, 140), (200, 150, 120), (150, 100, 75), (120, 80, 60)]


def flat(colour: tuple[int, int, int], rows: int = 24, columns: int = 40) -> NDArray[np.uint8]:
    return np.full((rows, columns, 3), colour, np.uint8)


def noisy(picture: NDArray[np.uint8], seed: int, most: int = 2) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).integers(-most, most + 1, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def ball(glyph_set: GlyphSet) -> NDArray[np.uint8]:
    *_, last = films.moving(5)
    across, down = glyph_set.dots
    picture = np.frombuffer(last, np.uint8).reshape(films.HEIGHT, films.WIDTH, 3)
    return picture[:: 12 // down, :: 2 // across]


def from_afar(cells: Cells) -> NDArray[np.float64]:
    """The mean colour of cells that are spaces, shades and half blocks."""
    share = np.full(cells.shape, 0.5)
    for quarters, glyph in enumerate(SHADES):
        share[cells.glyphs == glyph] = quarters / 4
    return channels(cells.background) * (1 - share[..., None]) + channels(cells.foreground) * share[..., None]


def same(some: Cells, other: Cells) -> NDArray[np.bool_]:
    return (
        (some.glyphs == other.glyphs)
        & (some.foreground == other.foreground)
        & (some.background == other.background)
    )


def test_on_a_console_a_picture_is_letters_and_shades_that_its_font_has_as_drawn_or_turned() -> None:
    cells = Painter(GlyphSet.CONSOLE, Depth.ANSI).paint(ball(GlyphSet.CONSOLE))
    glyphs = {chr(glyph) for glyph in cells.glyphs.ravel().tolist()}
    assert "▒" in glyphs
    assert all(glyph.isascii() or glyph == "▒" == complements()[glyph] for glyph in glyphs)


@pytest.mark.parametrize("depth", FEW)
@pytest.mark.parametrize("glyph_set", GlyphSet)
def test_every_colour_is_one_that_the_terminal_has(depth: Depth, glyph_set: GlyphSet) -> None:
    cells = Painter(glyph_set, depth).paint(ball(glyph_set))
    for colours in (cells.foreground, cells.background):
        numbers = codes(colours, depth)
        assert (palette(depth)[numbers] == colours).all()
        assert set(palette(depth)[numbers].ravel().tolist()) <= set(colours.ravel().tolist())
        if depth is Depth.GREY:
            assert (np.ptp(channels(colours), axis=-1) == 0).all()
    if glyph_set is GlyphSet.ASCII:
        assert (cells.glyphs < 127).all()


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("glyph_set", GlyphSet)
def test_a_still_picture_holds_still(depth: Depth, glyph_set: GlyphSet) -> None:
    if depth is Depth.MONO and glyph_set is not GlyphSet.ASCII:
        return
    painter, picture = Painter(glyph_set, depth), ball(glyph_set)
    first = painter.paint(picture)
    assert same(first, painter.paint(picture)).all()
    assert same(painter.paint(picture, exact=True), Painter(glyph_set, depth).paint(picture)).all()


@pytest.mark.parametrize("depth", FEW)
@given(st.tuples(*[st.integers(8, 247)] * 3))
@settings(max_examples=20)
def test_noise_does_not_make_a_wall_shimmer(depth: Depth, colour: tuple[int, int, int]) -> None:
    painter = Painter(GlyphSet.QUADRANT, depth)
    first = painter.paint(noisy(flat(colour), 1))
    for seed in range(2, 5):
        assert same(painter.paint(noisy(flat(colour), seed)), first).all()


def unevenness(shown: NDArray[np.float64]) -> float:
    """How far, in Oklab, the cell that stands out most is from the mean."""
    red, green, blue = np.moveaxis(np.round(shown).astype(np.uint32), -1, 0)
    seen = mixtures(red << 16 | green << 8 | blue, Depth.PALETTE).lab
    return float(np.sqrt(((seen - seen.mean(axis=(0, 1))) ** 2).sum(axis=-1)).max())


def test_walls_in_256_colours_have_fewer_speckles_and_more_of_their_colour_than_in_the_nearest_ones() -> None:
    random = np.random.default_rng(0)
    mixed, nearest, errors = [], [], []
    for grey in range(60, 200, 4):
        tinted = grey + random.integers(0, 40, 3)
        wall = noisy(flat((int(tinted[0]), int(tinted[1]), int(tinted[2]))), grey, 1)
        mixed.append(unevenness(from_afar(Painter(GlyphSet.HALF, Depth.PALETTE).paint(wall))))
        found = mixtures(half_blocks(wall).foreground, Depth.PALETTE)
        nearest.append(unevenness(channels(palette(Depth.PALETTE)[found.solid])))
        errors.append((found.error.mean(), found.solid_error.mean()))
    assert np.percentile(mixed, 90) < 0.8 * np.percentile(nearest, 90)
    assert np.mean(errors, axis=0)[0] < 0.5 * np.mean(errors, axis=0)[1]


def test_what_slowly_changes_changes_few_cells_at_a_time() -> None:
    painter = Painter(GlyphSet.HALF, Depth.PALETTE)
    across = np.linspace(40, 200, 40)[None, :, None] * np.array([1, 0.8, 0.7])
    ground = np.broadcast_to(across, (24, 40, 3))
    before = painter.paint(ground.astype(np.uint8))
    for step in range(1, 20):
        after = painter.paint((ground + step).astype(np.uint8))
        assert (~same(before, after)).mean() < 0.5
        before = after


@pytest.mark.parametrize("colour", SKIN)
def test_skin_in_16_colours_is_warmer_than_grey(colour: tuple[int, int, int]) -> None:
    cells = Painter(GlyphSet.QUADRANT, Depth.ANSI).paint(flat(colour))
    red, _, blue = from_afar(cells).mean(axis=(0, 1))
    assert red - blue > 15


def test_a_picture_of_another_size_is_painted_from_the_start() -> None:
    painter = Painter(GlyphSet.OCTANT, Depth.PALETTE)
    painter.paint(ball(GlyphSet.OCTANT))
    picture = ball(GlyphSet.OCTANT)[:16, :40]
    assert same(painter.paint(picture), Painter(GlyphSet.OCTANT, Depth.PALETTE).paint(picture)).all()


@pytest.mark.parametrize("glyph_set", GlyphSet)
def test_a_picture_that_was_asked_for_with_other_glyphs_is_no_end_of_the_film(glyph_set: GlyphSet) -> None:
    assert Painter(glyph_set, Depth.TRUECOLOR).paint(flat((1, 2, 3), 23, 41)).shape == (
        23 // glyph_set.dots[1],
        41 // glyph_set.dots[0],
    )
