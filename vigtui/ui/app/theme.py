"""The looks: calm, warm and of high contrast, dark and light. One accent for what is selected."""

from textual.theme import BUILTIN_THEMES, Theme


def _theme(
    name: str, colours: dict[str, str], *, scrollbar: tuple[str, str, str], dark: bool = True
) -> Theme:
    """A theme in which everything that is selected looks alike: the ground is the accent, the words are bold
    and have the screen's own ground for their colour."""
    resting, hovered, held = scrollbar
    ground = colours["background"]
    return Theme(
        name=name,
        primary=colours["primary"],
        secondary=colours["secondary"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        foreground=colours["foreground"],
        background=ground,
        surface=colours["surface"],
        panel=colours["panel"],
        boost=colours["boost"],
        dark=dark,
        variables={
            "scrollbar": resting,
            "scrollbar-hover": hovered,
            "scrollbar-active": held,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "footer-key-foreground": colours["accent"],
            "block-cursor-background": colours["accent"],
            "block-cursor-foreground": ground,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": colours["boost"],
            "block-cursor-blurred-foreground": colours["foreground"],
            "block-cursor-blurred-text-style": "bold",
            "input-selection-background": colours["accent"],
            "input-selection-foreground": ground,
        },
    )


CALM = _theme(
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
    scrollbar=("#66727c", "#7d8a99", "#84b9b5"),
)
LIGHT = _theme(
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
    scrollbar=("#7a776f", "#66635c", "#2f6270"),
    dark=False,
)
HIGH_CONTRAST = _theme(
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
    scrollbar=("#808080", "#c0c0c0", "#ffff00"),
)
EVENING = _theme(
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
    scrollbar=("#7c7163", "#9a8f80", "#e0bb7e"),
)
PAPER = _theme(
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
    scrollbar=("#6c6c6c", "#4e4e4e", "#00008b"),
    dark=False,
)
THEMES = (CALM, EVENING, HIGH_CONTRAST, LIGHT, PAPER)
THEME_NAMES = frozenset({*BUILTIN_THEMES, *(theme.name for theme in THEMES)})
"""Every name that `theme` in the settings may have."""
