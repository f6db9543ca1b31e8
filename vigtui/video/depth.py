"""What terminals differ in, as far as it concerns the picture."""

from enum import Enum

CELL_HEIGHT = 2.0
"""How many times a terminal's cell is higher than wide, where the terminal does not say."""


class Depth(Enum):
    """How many colours a terminal has."""

    TRUECOLOR = "truecolor"
    PALETTE = "256"
    ANSI = "16"
