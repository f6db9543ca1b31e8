"""The look: dark and calm, one accent for what is selected."""

from textual.theme import Theme

CALM = Theme(
    name="vigtui",
    primary="#5f8f9e",
    secondary="#7d8a99",
    accent="#84b9b5",
    warning="#e0b35c",
    error="#d98a6c",
    success="#8fb573",
    foreground="#e6e4de",
    background="#14171a",
    surface="#1a1e22",
    panel="#24292e",  # with a little more hue it is navy in 256 colours
    boost="#262d33",
    dark=True,
    variables={
        "scrollbar": "#3a444c",
        "scrollbar-hover": "#4a5761",
        "scrollbar-active": "#5f8f9e",
        "scrollbar-background": "#14171a",
        "scrollbar-background-hover": "#14171a",
        "scrollbar-background-active": "#14171a",
        "scrollbar-corner-color": "#14171a",
        "footer-key-foreground": "#84b9b5",
    },
)
