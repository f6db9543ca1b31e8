"""What terminals differ in, as far as it concerns the picture: glyphs, colours and the shape of a cell."""

from enum import Enum

CELL_HEIGHT = 2.0
"""How many times a terminal's cell is higher than wide, where the terminal does not say."""


class Depth(Enum):
    """How many colours a terminal has.

    GREY are the 24 greys, black and white of the 256 colours: finer than the eye asks of a cell, the same in
    every such terminal, and short to send. MONO has none: light glyphs on dark.
    """

    TRUECOLOR = "truecolor"
    PALETTE = "256"
    ANSI = "16"
    GREY = "grey"
    MONO = "mono"

    @property
    def words(self) -> str:
        """What a person calls these colours."""
        return _COLOURS[self]


class GlyphSet(Enum):
    """The glyphs that the picture is made of: blocks, from the coarsest to the finest; what a Linux console's
    font has; and those of any terminal."""

    HALF = "half"
    QUADRANT = "quadrant"
    SEXTANT = "sextant"
    OCTANT = "octant"
    CONSOLE = "console"
    ASCII = "ascii"

    @property
    def dots(self) -> tuple[int, int]:
        """How many pixels a cell shows: across, down."""
        return _DOTS[self]

    @property
    def is_blocks(self) -> bool:
        """Whether every dot of a cell is covered by a glyph or not, in any combination."""
        return self not in (GlyphSet.CONSOLE, GlyphSet.ASCII)

    @property
    def words(self) -> str:
        """What a person calls these glyphs."""
        return _GLYPHS[self]


_DOTS = {
    GlyphSet.HALF: (1, 2),
    GlyphSet.QUADRANT: (2, 2),
    GlyphSet.SEXTANT: (2, 3),
    GlyphSet.OCTANT: (2, 4),
    GlyphSet.CONSOLE: (2, 4),
    GlyphSet.ASCII: (2, 4),
}
_GLYPHS = {
    GlyphSet.HALF: "half blocks",
    GlyphSet.QUADRANT: "quadrants",
    GlyphSet.SEXTANT: "sextants",
    GlyphSet.OCTANT: "octants",
    GlyphSet.CONSOLE: "plain characters and a shade",
    GlyphSet.ASCII: "plain characters",
}
_COLOURS = {
    Depth.TRUECOLOR: "16 million colours",
    Depth.PALETTE: "256 colours",
    Depth.ANSI: "16 colours",
    Depth.GREY: "greys",
    Depth.MONO: "no colours",
}
