"""The looks: calm, warm and of high contrast, dark and light. One accent for what is selected."""

from textual.theme import BUILTIN_THEMES, Theme

from vigtui.ui.ahead.palettes import PALETTES, Palette


def _theme(palette: Palette) -> Theme:
    """A theme in which everything that is selected looks alike: the ground is the accent, the words are bold
    and have the screen's own ground for their colour."""
    resting, hovered, held = palette.scrollbar
    colours = palette.colours
    ground = colours["background"]
    return Theme(
        name=palette.name,
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
        dark=palette.dark,
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


THEMES = tuple(map(_theme, PALETTES.values()))
CALM = THEMES[0]
THEME_NAMES = frozenset({*BUILTIN_THEMES, *(theme.name for theme in THEMES)})
"""Every name that `theme` in the settings may have."""
