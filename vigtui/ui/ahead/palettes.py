"""The colours of the five looks: calm, warm and of high contrast, dark and light."""

from typing import NamedTuple


class Palette(NamedTuple):
    """A look: its name, its colours by what they are for, those of a scrollbar: at rest, pointed at, held.
    `selected` is the accent as Textual draws it, which takes it through another space of colours."""

    name: str
    colours: dict[str, str]
    scrollbar: tuple[str, str, str]
    selected: str
    dark: bool = True


CALM = Palette(
    "vigtui",
    {
        "primary": "#5f8f9e",
        "secondary": "#7d8a99",
        "accent": "#84b9b5",
        "warning": "#e0b35c",
        "error": "#d98a6c",
        "success": "#8fb573",
        "foreground": "#e6e4de",
        "background": "#14171a",
        "surface": "#1a1e22",
        "panel": "#24292e",  # with a little more hue it is navy in 256 colours
        "boost": "#262d33",
    },
    ("#66727c", "#7d8a99", "#84b9b5"),
    "#84b9b5",
)
LIGHT = Palette(
    "vigtui-light",
    {
        "primary": "#2f6270",
        "secondary": "#4f5a66",
        "accent": "#1a3a8a",
        "warning": "#7a4a00",
        "error": "#9a2f17",
        "success": "#2f5f1e",
        "foreground": "#1c1f22",
        "background": "#faf9f5",
        "surface": "#f0eee8",
        "panel": "#e3e1da",
        "boost": "#dddbd3",
    },
    ("#7a776f", "#66635c", "#2f6270"),
    "#1a398a",
    dark=False,
)
HIGH_CONTRAST = Palette(
    "vigtui-contrast",
    {
        "primary": "#9fd3ff",
        "secondary": "#d0d0d0",
        "accent": "#ffff00",
        "warning": "#ffd75f",
        "error": "#ffaf87",
        "success": "#afff87",
        "foreground": "#ffffff",
        "background": "#000000",
        "surface": "#000000",
        "panel": "#262626",
        "boost": "#303030",
    },
    ("#808080", "#c0c0c0", "#ffff00"),
    "#feff00",
)
EVENING = Palette(
    "vigtui-evening",
    {
        "primary": "#b08d57",
        "secondary": "#9a8f80",
        "accent": "#e0bb7e",
        "warning": "#f0c95f",
        "error": "#e8977a",
        "success": "#a9bd7a",
        "foreground": "#efe6d8",
        "background": "#191510",
        "surface": "#201b15",
        "panel": "#2b251e",
        "boost": "#302921",
    },
    ("#7c7163", "#9a8f80", "#e0bb7e"),
    "#dfbb7e",
)
PAPER = Palette(
    "vigtui-paper",
    {
        "primary": "#00407a",
        "secondary": "#3a3a3a",
        "accent": "#00008b",
        "warning": "#6b3d00",
        "error": "#8b0000",
        "success": "#005f00",
        "foreground": "#000000",
        "background": "#ffffff",
        "surface": "#ffffff",
        "panel": "#e4e4e4",
        "boost": "#dadada",
    },
    ("#6c6c6c", "#4e4e4e", "#00008b"),
    "#00008b",
    dark=False,
)
PALETTES = {each.name: each for each in (CALM, EVENING, HIGH_CONTRAST, LIGHT, PAPER)}
"""All of them by name, in the order in which they are offered."""
