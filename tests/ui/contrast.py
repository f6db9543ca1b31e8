"""How well what is on the screen can be read, by WCAG's formula, in the three depths of colour."""

import functools
from collections.abc import Iterator

from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.palette import Palette
from textual.app import App
from textual.strip import Strip

from vigtui.film.pane.driver.pens import drawn

# xterm's own.
_SIXTEEN = Palette(
    [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ]
)
DEPTHS = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)


def pairs(app: App[object]) -> Iterator[tuple[str, Color, Color]]:
    """The words on the screen, each with its colour and the colour of its ground. What is behind a dialog is
    not there to be read."""
    return (pair for pair in _pairs(app) if any(map(str.isalnum, pair[0])))


def lines(app: App[object]) -> Iterator[tuple[str, Color, Color]]:
    """Lines, bars and other signs that are not words."""
    return (pair for pair in _pairs(app) if pair[0].strip() and not any(map(str.isalnum, pair[0])))


def _pairs(app: App[object]) -> Iterator[tuple[str, Color, Color]]:
    screen = app.screen
    dialogs = screen.query("#dialog, #--input, CommandList.--visible") if screen.is_modal else ()
    films = [] if dialogs else [film.region for film in screen.query("VideoPane")]
    rows = screen._compositor.render_strips()
    for place in [dialog.region for dialog in dialogs] or [screen.region]:
        for row in place.line_range:
            # Film has the colours that it has.
            cuts = sorted((film.x, film.right) for film in films if film.y <= row < film.bottom)
            starts, ends = [place.x, *(end for _, end in cuts)], [*(start for start, _ in cuts), place.right]
            for start, end in zip(starts, ends, strict=True):
                yield from _pairs_of(rows[row].crop(start, end))


def _pairs_of(strip: Strip) -> Iterator[tuple[str, Color, Color]]:
    for text, style, _ in strip:
        if style and style.color and style.bgcolor:
            front, back = style.color, style.bgcolor
            yield text, front, back  # reversed or not, their contrast is the same


@functools.cache
def contrast(front: Color, back: Color, depth: ColorSystem) -> float:
    """WCAG's ratio of two colours where they are shown in this depth: 1 to 21."""
    shown = drawn(front, back, depth)
    light, dark = sorted((_luminance(_triplet(colour)) for colour in shown if colour), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _triplet(colour: Color) -> ColorTriplet:
    if colour.type is ColorType.STANDARD and colour.number is not None:
        return _SIXTEEN[colour.number]
    return colour.get_truecolor()


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
