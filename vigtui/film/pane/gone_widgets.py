"""Widgets that are gone, and what they had drawn."""

from functools import lru_cache, partial
from typing import Any

from textual._styles_cache import StylesCache

_MIXING = "get_inner_outer"


def let_go_of_gone_widgets() -> None:
    """Keep Textual from holding on to the lines of the last thousand widgets, many megabytes after some
    dialogs: it remembers two colours and their mixture by the lines that they are for. Changes nothing where
    it no longer does."""
    remembered: Any = vars(StylesCache).get(_MIXING)
    if hasattr(remembered, "cache_info"):
        mixing = partial(remembered.__wrapped__, None)
        setattr(StylesCache, _MIXING, staticmethod(lru_cache(1024)(mixing)))
