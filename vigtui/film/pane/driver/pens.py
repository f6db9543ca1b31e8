"""How what rich writes is drawn: the cells of its segments, in as many colours as the terminal has."""

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from vigtui.film.pane.driver.cells import PLAIN, Cell, Cells, Pen

_ATTRIBUTES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "blink": "5",
    "blink2": "6",
    "reverse": "7",
    "conceal": "8",
    "strike": "9",
    "underline2": "21",
    "overline": "53",
}
# Of 16 colours. Terminals that draw bold as bright make grey of black, which is hardly read on white.
_BLACK, _BLACK_WORDS = Color.parse("black"), "30"
_TOO_NEAR = ({8, 7}, {8, 15})  # grey and the two whites: a contrast of 4.0 and 3.2 by WCAG's formula


def cells_of(segments: Iterable[Segment], width: int, system: ColorSystem) -> Cells | None:
    """The cells of these segments; None where their characters do not add up to `width` cells."""
    cells: Cells = []
    for text, style, control in segments:
        if control:
            return None
        pen = _pen(style, system) if style else PLAIN
        if text.isascii():
            cells += [Cell(letter, pen) for letter in text]
            continue
        for letter in text:
            cell_width = get_character_cell_size(letter)
            if cell_width == 0 and cells and cells[-1]:
                cells[-1] = Cell(cells[-1].text + letter, pen)
            else:
                cells += [Cell(letter, pen), Cell("", pen)][:cell_width]
    return cells if len(cells) == width else None


@lru_cache(maxsize=1024)
def _pen(style: Style, system: ColorSystem) -> Pen:
    attributes = tuple(code for name, code in _ATTRIBUTES.items() if getattr(style, name))
    front, ground = drawn(style.color, style.bgcolor, system)
    fore = ";".join(front.get_ansi_codes(foreground=True)) if front else ""
    if fore == _BLACK_WORDS:
        attributes = tuple(code for code in attributes if code != _ATTRIBUTES["bold"])
    return Pen(attributes, fore, ";".join(ground.get_ansi_codes(foreground=False)) if ground else "")


def drawn(
    front: Color | None, ground: Color | None, system: ColorSystem
) -> tuple[Color | None, Color | None]:
    """Return what a colour and its ground are drawn in where the terminal has no more colours than `system`;
    None for the terminal's own. Of 16 the only grey is too near to white, as ground or for words: then these
    are black."""
    front, ground = _known(front, system), _known(ground, system)
    if front and ground and system is ColorSystem.STANDARD and {front.number, ground.number} in _TOO_NEAR:
        front = _BLACK
    return front, ground


def _known(colour: Color | None, system: ColorSystem) -> Color | None:
    return None if colour is None or colour.is_default else colour.downgrade(system)
