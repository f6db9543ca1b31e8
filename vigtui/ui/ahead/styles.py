"""The styles in which Textual draws the parts of the list of families, worked out without it."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from vigtui.ui.ahead.palettes import Palette

# As Textual has them: how far `$text` and `$text-muted` are from the ground, and what is left of dim words.
_TEXT, _MUTED, _DIM = 0.87, 0.6, 0.66
_LIGHT_FROM = 0.5


class Styles:
    """The styles of one look, by what they are for."""

    def __init__(self, palette: Palette) -> None:
        colours = {name: Color.parse(words) for name, words in palette.colours.items()}
        words, ground, panel = colours["foreground"], colours["background"], colours["panel"]
        self.words = Style(color=words, bgcolor=ground)
        self.text = Style(color=_seen_on(ground, _TEXT), bgcolor=ground)
        self.muted = Style(color=_seen_on(ground, _MUTED), bgcolor=ground)
        self.bar = Style(color=words, bgcolor=panel)
        self.cursor = Style(color=ground, bgcolor=Color.parse(palette.selected), bold=True)


def segments(line: Text, style: Style) -> Iterator[Segment]:
    """Yield a line in a style, as Textual draws it: what is dim is nearer to its ground."""
    styles = [style] * len(line)
    for span in line.spans:
        for at in range(span.start, min(span.end, len(styles))):
            styles[at] = _with(styles[at], str(span.style))
    base = str(line.style)
    if base:
        styles = [_with(each, base) for each in styles]
    at = 0
    for each, run in groupby(styles):
        length = len(list(run))
        yield Segment(line.plain[at : at + length], _undimmed(each))
        at += length


@lru_cache(maxsize=256)
def _with(style: Style, words: str) -> Style:
    return style + Style.parse(words)


@lru_cache(maxsize=256)
def _undimmed(style: Style) -> Style:
    if not style.dim or style.color is None or style.bgcolor is None:
        return style
    colour = _between(style.bgcolor, style.color, _DIM)
    return style + Style(color=colour, dim=False)


def _seen_on(ground: Color, part: float) -> Color:
    """White or black, whichever is seen better, this much of it over the ground."""
    red, green, blue = ground.get_truecolor()
    brightness = (299 * red + 587 * green + 114 * blue) / 255_000
    return _between(ground, Color.parse("#ffffff" if brightness < _LIGHT_FROM else "#000000"), part)


def _between(ground: Color, colour: Color, part: float) -> Color:
    pairs = zip(ground.get_truecolor(), colour.get_truecolor(), strict=True)
    return Color.from_rgb(*(int(one + (other - one) * part) for one, other in pairs))
