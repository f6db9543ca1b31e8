"""Whether it is certain how Textual will draw on this terminal, before it is there."""

import os
from collections.abc import Mapping
from typing import Literal

from vigtui.film.picture.choice import AUTO, letters_here
from vigtui.values.signs import Letters
from vigtui.workspace.settings import Settings

_MANY = ("truecolor", "24bit")
_OTHER_WAYS = "TEXTUAL"
"""With variables that begin so somebody may have Textual draw otherwise."""

Colours = Literal["truecolor", "256"]


def colours_of(environment: Mapping[str, str]) -> Colours | None:
    """Return how many colours rich takes the terminal to have; None where they are few or none."""
    if "NO_COLOR" in environment or any(name.startswith(_OTHER_WAYS) for name in environment):
        return None
    term = environment.get("TERM", "").strip().lower()
    if term in ("", "dumb", "unknown"):
        return None
    if environment.get("COLORTERM", "").strip().lower() in _MANY:
        return "truecolor"
    return "256" if term.rpartition("-")[2] in ("kitty", "256color") else None


def colours_here(settings: Settings) -> Colours | None:
    """Return the colours of this terminal, if it can be taken and everything is drawn on it as it usually is:
    in all letters, of which nobody has said otherwise, and not in words alone."""
    usual = not settings.plain and settings.letters == AUTO and letters_here() is Letters.ALL
    colours = colours_of(os.environ)
    return colours if usual and colours and _can_be_taken() else None


def _can_be_taken() -> bool:
    try:
        from vigtui.film.pane.driver.taken import can_be_taken
    except ImportError:  # Windows has no such terminals.
        return False
    return can_be_taken()
