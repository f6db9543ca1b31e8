"""Glyphs as patterns of dots.

A pattern is a whole number whose bit `row * across + column` is set where the glyph shows its foreground.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.depth import GlyphSet

SPACE = ord(" ")
FULL = ord("█")
UPPER_HALF = ord("▀")
SHADES = (SPACE, ord("░"), ord("▒"), ord("▓"), FULL)
"""The glyphs that mix their two colours, by the quarters of foreground in them."""
CONSOLE_SHADES = (SPACE, 0, ord("▒"), 0, FULL)
"""Those of a Linux console's fonts, 0 where there is none. They have ░ too, but no ▓, which is the same with
the two colours exchanged."""

_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
# The octants that Unicode has elsewhere.
_OTHER_OCTANTS = {
    0b00000001: 0x1CEA8,
    0b00000010: 0x1CEAB,
    0b01000000: 0x1CEA3,
    0b10000000: 0x1CEA0,
    0b00000011: 0x1FB82,
    0b11000000: 0x2582,
    0b00111111: 0x1FB85,
    0b11111100: 0x2586,
    0b00010100: 0x1FBE6,
    0b00101000: 0x1FBE7,
}
_FIRST_SEXTANT, _FIRST_OCTANT = 0x1FB00, 0x1CD00
# Every set's rows divide these.
_LINES = 12
# How much of a cell a letter covers in the usual fonts.
_LETTER = 0.2


@cache
def glyphs_of(glyph_set: GlyphSet) -> NDArray[np.uint32]:
    """Return the code points of a set of blocks by their pattern; letters are no patterns."""
    if glyph_set is GlyphSet.HALF:
        found = [SPACE, UPPER_HALF, ord("▄"), FULL]
    elif glyph_set is GlyphSet.QUADRANT:
        found = [ord(glyph) for glyph in _QUADRANTS]
    elif glyph_set is GlyphSet.SEXTANT:
        known = {0: SPACE, 0b010101: ord("▌"), 0b101010: ord("▐"), 0b111111: FULL}
        found = _numbered(known, 6, _FIRST_SEXTANT)
    else:
        known = {_higher(pattern): ord(glyph) for pattern, glyph in enumerate(_QUADRANTS)}
        found = _numbered(known | _OTHER_OCTANTS, 8, _FIRST_OCTANT)
    return np.array(found, np.uint32)


def _numbered(known: dict[int, int], dots: int, first: int) -> list[int]:
    """Code points in the order of their patterns, as Unicode numbers those it did not have yet."""
    new = iter(range(first, first + 2**dots))
    return [known[pattern] if pattern in known else next(new) for pattern in range(2**dots)]


def _higher(quadrants: int) -> int:
    """The octants that cover the same as these quadrants."""
    upper, lower = quadrants & 3, quadrants >> 2
    return upper | upper << 2 | lower << 4 | lower << 6


@cache
def complements() -> dict[str, str]:
    """Return for each block glyph the one that shows the same with its two colours exchanged."""
    pairs: dict[str, str] = {}
    for glyph_set in GlyphSet:
        if glyph_set.is_blocks:
            glyphs = [chr(glyph) for glyph in glyphs_of(glyph_set).tolist()]
            pairs |= zip(glyphs, reversed(glyphs), strict=True)
    shades = [chr(glyph) for glyph in SHADES]
    return pairs | dict(zip(shades, reversed(shades), strict=True))


@cache
def cover() -> NDArray[np.uint32]:
    """Return which of 2 x 12 dots each code point covers, so that glyphs of all sets can be compared.

    Where an ASCII glyph or a shade has its ink is not known. Any two of them are taken to cover some dots
    both, some only one and some neither.
    """
    covered = np.zeros(int(glyphs_of(GlyphSet.OCTANT).max()) + 1, np.uint32)
    for number, glyph in enumerate([*range(SPACE + 1, 127), *SHADES[1:4]]):
        covered[glyph] = 1 << 14 | sum(1 << (2 * bit + (number >> bit & 1)) for bit in range(7))
    for glyph_set in GlyphSet:
        if not glyph_set.is_blocks:
            continue
        across, down = glyph_set.dots
        glyphs = glyphs_of(glyph_set)
        patterns, dots = np.arange(len(glyphs), dtype=np.uint32), np.zeros(len(glyphs), np.uint32)
        for line in range(_LINES):
            for column in range(2):
                bit = line * down // _LINES * across + column * across // 2
                dots |= (patterns >> np.uint32(bit) & 1) << np.uint32(line * 2 + column)
        covered[glyphs] = dots
    return covered


@cache
def foreground_share() -> NDArray[np.float32]:
    """Return which part of a cell each glyph gives to its foreground; of an ASCII glyph about that."""
    share = np.asarray(np.bitwise_count(cover()) / (2 * _LINES), np.float32)
    share[SPACE + 1 : 127] = _LETTER
    share[list(SHADES)] = np.arange(len(SHADES)) / (len(SHADES) - 1)
    return share
