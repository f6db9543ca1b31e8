"""What would be lost: the picture's details, when a glyph has its dots elsewhere than the program thinks."""

import re
import unicodedata

import numpy as np
import pytest

from vigtui.film.picture.depth import GlyphSet
from vigtui.film.picture.glyphs import SHADES, complements, cover, foreground_share, glyphs_of

BLOCKS = [each for each in GlyphSet if each.is_blocks]


@pytest.mark.parametrize("glyph_set", BLOCKS)
def test_every_pattern_has_its_glyph(glyph_set: GlyphSet) -> None:
    across, down = glyph_set.dots
    glyphs = glyphs_of(glyph_set)
    assert len(set(glyphs.tolist())) == len(glyphs) == 2 ** (across * down)
    assert [chr(glyphs[0]), chr(glyphs[-1])] == [" ", "█"]
    assert len(set(cover()[glyphs].tolist())) == len(glyphs)


def test_sextants_have_the_dots_of_their_names() -> None:
    for pattern, glyph in enumerate(glyphs_of(GlyphSet.SEXTANT).tolist()):
        if named := re.fullmatch(r"BLOCK SEXTANT-(\d+)", unicodedata.name(chr(glyph))):
            assert pattern == sum(1 << int(dot) - 1 for dot in named[1]), hex(glyph)


@pytest.mark.parametrize(
    ("glyph", "dots"),
    [
        # From the names in Unicode 16: BLOCK OCTANT-3 and so on, and those that are named otherwise.
        (0x1CD00, "3"),
        (0x1CD01, "23"),
        (0x1CD02, "123"),
        (0x1CD03, "4"),
        (0x1CD09, "5"),
        (0x1CDE5, "2345678"),
        (0x1CEA8, "1"),
        (0x1CEAB, "2"),
        (0x1CEA3, "7"),
        (0x1CEA0, "8"),
        (0x1FB82, "12"),
        (0x1FB85, "123456"),
        (0x2582, "78"),
        (0x2586, "345678"),
        (0x1FBE6, "35"),
        (0x1FBE7, "46"),
        (ord("▀"), "1234"),
        (ord("▐"), "2468"),
        (ord("▚"), "1368"),
    ],
)
def test_octants_have_the_dots_of_their_names(glyph: int, dots: str) -> None:
    assert glyphs_of(GlyphSet.OCTANT)[sum(1 << int(dot) - 1 for dot in dots)] == glyph


def test_a_glyph_covers_the_same_in_every_set_and_its_complement_the_rest() -> None:
    for glyph_set in BLOCKS:
        for glyph in glyphs_of(glyph_set).tolist():
            turned = ord(complements()[chr(glyph)])
            assert cover()[glyph] ^ cover()[turned] == 2**24 - 1
            assert foreground_share()[glyph] + foreground_share()[turned] == pytest.approx(1)
    halves, quadrants = (glyphs_of(each).tolist() for each in (GlyphSet.HALF, GlyphSet.QUADRANT))
    assert set(halves) < set(quadrants) < set(glyphs_of(GlyphSet.OCTANT).tolist())
    assert np.allclose(foreground_share()[list(SHADES)], [0, 0.25, 0.5, 0.75, 1])
    assert complements()["░"] == "▓"
