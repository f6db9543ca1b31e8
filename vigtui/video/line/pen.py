"""The shortest escapes that draw cells of the picture well enough.

A cell costs a colour in front, one behind, and a glyph: up to 40 bytes. The pen draws most cells with less:
in colours that are set already, with the glyph that shows the same with the two exchanged, as a space, or as
a full block, wherever that is near enough. What is near enough the price of a byte says: the error that is
accepted to save one. At price 0 every cell that is drawn is exact.

An error is the squared distance of two colours (the sum over red, green and blue, each 0-255), the mean over
a cell's dots.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from vigtui.video.picture.depth import Depth
from vigtui.video.picture.glyphs import complements
from vigtui.video.picture.palette import codes, palette

Colour = tuple[int, int, int]
"""Red, green and blue."""

Wanted = tuple[int, int, str, Colour, Colour, float, float, bool]
"""A cell that may be drawn: row, column, glyph, foreground, background, how much of it the glyph covers, the
error that is there now, and whether it must be drawn."""

UNKNOWN: Colour = (4000, 4000, 4000)
"""Far from every colour."""

# How to draw a cell: in the colours that are set, or after setting the one in front, the one behind or both.
# The glyph may be turned, its two colours exchanged.
_SAME, _TURNED, _INK, _PAPER, _FRONT, _BEHIND, _TURNED_FRONT, _TURNED_BEHIND, _FLAT, _BOTH = range(10)
_HOW = (_SAME, _TURNED, _INK, _PAPER, _SAME, _SAME, _TURNED, _TURNED, _PAPER, _SAME)

# Bytes: of a glyph, of going on to a cell, and of setting one colour and two.
_GLYPH, _GO = 3, 4
_SETTING = {
    Depth.TRUECOLOR: (17, 34),
    Depth.PALETTE: (11, 20),
    Depth.GREY: (11, 20),
    Depth.ANSI: (5, 8),
    Depth.MONO: (5, 8),
}
# So little that no error pays for it, but of two exact ways the shorter one is taken.
_CHEAPEST = 1e-5


class Drawn(NamedTuple):
    """The text, the numbers of those cells that it draws, and in which two colours each shows its glyph."""

    text: str
    numbers: list[int]
    fore: list[Colour]
    back: list[Colour]


def draw(  # noqa: C901  without calls: this is done for hundreds of cells of each picture
    wanted: Iterable[Wanted],
    depth: Depth,
    price: float,
    go: Callable[[int, int, int, int], str],
    *,
    blocks: bool,
) -> Drawn:
    """Draw those of the cells that must be drawn or are worth their bytes, in the order they are given.

    `go(row, column, next row, next column)` is the escape that takes the cursor on, at first from (-1, -1).
    Colours must be the terminal's. `blocks` is whether it has block glyphs. No colour is set before or after.
    """
    price = max(price, _CHEAPEST)
    one, both = _SETTING[depth]
    glyph_price, go_price, one_price, both_price = _GLYPH * price, _GO * price, one * price, both * price
    mixed, turned = depth is Depth.TRUECOLOR, complements()
    text: list[str] = []
    numbers: list[int] = []
    shown_fore: list[Colour] = []
    shown_back: list[Colour] = []
    front = behind = UNKNOWN
    front_red, front_green, front_blue = behind_red, behind_green, behind_blue = UNKNOWN
    here = next_column = -1
    for number, (row, column, glyph, fore, back, share, error, due) in enumerate(wanted):
        rest = 1 - share
        fore_red, fore_green, fore_blue = fore
        back_red, back_green, back_blue = back
        red, green, blue = fore_red - behind_red, fore_green - behind_green, fore_blue - behind_blue
        fore_behind = share * (red * red + green * green + blue * blue)
        red, green, blue = back_red - behind_red, back_green - behind_green, back_blue - behind_blue
        back_behind = rest * (red * red + green * green + blue * blue)
        cost, way = fore_behind + back_behind + price, _PAPER
        if cost > glyph_price:
            red, green, blue = fore_red - front_red, fore_green - front_green, fore_blue - front_blue
            fore_front = share * (red * red + green * green + blue * blue)
            red, green, blue = back_red - front_red, back_green - front_green, back_blue - front_blue
            back_front = rest * (red * red + green * green + blue * blue)
            if fore_front + back_behind + glyph_price < cost:
                cost, way = fore_front + back_behind + glyph_price, _SAME
            if blocks and fore_behind + back_front + glyph_price < cost:
                cost, way = fore_behind + back_front + glyph_price, _TURNED
            if blocks and fore_front + back_front + glyph_price < cost:
                cost, way = fore_front + back_front + glyph_price, _INK
            if cost > one_price and (due or error > one_price):
                if both_price < cost:
                    cost, way = both_price, _BOTH
                red, green, blue = fore_red - back_red, fore_green - back_green, fore_blue - back_blue
                flat = share * rest if mixed else share if share < rest else rest
                flat = flat * (red * red + green * green + blue * blue) + one_price
                if flat < cost:
                    cost, way = flat, _FLAT
                if back_behind + one_price < cost:
                    cost, way = back_behind + one_price, _FRONT
                if fore_front + one_price < cost:
                    cost, way = fore_front + one_price, _BEHIND
                if blocks and fore_behind + one_price < cost:
                    cost, way = fore_behind + one_price, _TURNED_FRONT
                if blocks and back_front + one_price < cost:
                    cost, way = back_front + one_price, _TURNED_BEHIND
        stays = column == next_column and row == here
        if not due and (cost if stays else cost + go_price) >= error:
            continue
        if not stays:
            text.append(go(here, next_column, row, column))
            here = row
        next_column = column + 1
        if way >= _FRONT:
            before = front, behind
            if way == _FLAT:
                behind = _between(fore, back, share) if mixed else fore if share > rest else back
            elif way == _BOTH:
                front, behind = fore, back
            elif way == _FRONT:
                front = fore
            elif way == _BEHIND:
                behind = back
            elif way == _TURNED_FRONT:
                front = back
            else:
                behind = fore
            text.append(_setters(*before, front, behind, depth))
            front_red, front_green, front_blue = front
            behind_red, behind_green, behind_blue = behind
            way = _HOW[way]
        numbers.append(number)
        if way == _PAPER:
            text.append(" ")
            shown_fore.append(behind)
            shown_back.append(behind)
        elif way == _SAME:
            text.append(glyph)
            shown_fore.append(front)
            shown_back.append(behind)
        elif way == _TURNED:
            text.append(turned[glyph])
            shown_fore.append(behind)
            shown_back.append(front)
        else:
            text.append("█")
            shown_fore.append(front)
            shown_back.append(front)
    if text:
        text.append("\x1b[m")
    return Drawn("".join(text), numbers, shown_fore, shown_back)


def _between(fore: Colour, back: Colour, share: float) -> Colour:
    rest = 1 - share
    return (
        int(fore[0] * share + back[0] * rest + 0.5),
        int(fore[1] * share + back[1] * rest + 0.5),
        int(fore[2] * share + back[2] * rest + 0.5),
    )


def _setters(front: Colour, behind: Colour, new_front: Colour, new_behind: Colour, depth: Depth) -> str:
    """The escape that changes the colours that are set."""
    if depth is Depth.MONO:
        return ""
    if depth is Depth.TRUECOLOR:
        if front == new_front:
            red, green, blue = new_behind
            return f"\x1b[48;2;{red};{green};{blue}m"
        red, green, blue = new_front
        if behind == new_behind:
            return f"\x1b[38;2;{red};{green};{blue}m"
        return f"\x1b[38;2;{red};{green};{blue};48;2;{new_behind[0]};{new_behind[1]};{new_behind[2]}m"
    names = _palette_setters(depth)
    changed = [(30, new_front)] * (front != new_front) + [(40, new_behind)] * (behind != new_behind)
    return f"\x1b[{';'.join(names[change] for change in changed)}m"


@cache
def _palette_setters(depth: Depth) -> dict[tuple[int, Colour], str]:
    """The same for the colours of a palette."""
    colours = palette(depth)
    setters: dict[tuple[int, Colour], str] = {}
    for rgb, code in zip(colours.tolist(), codes(colours, depth).tolist(), strict=True):
        colour = rgb >> 16, rgb >> 8 & 255, rgb & 255
        for base in (30, 40):
            if depth in (Depth.PALETTE, Depth.GREY):
                setters[base, colour] = f"{base + 8};5;{code}"
            else:
                setters[base, colour] = str(base + code if code < 8 else base + 52 + code)
    return setters
