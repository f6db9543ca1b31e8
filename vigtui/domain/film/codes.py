"""Codes of other tools, such as ELAN and BORIS."""

from vigtui.values.identity import id_of
from vigtui.values.text import folded


def code_meaning_id(code: str) -> str:
    """Return the id of what a code means: one, in whatever letters and on whatever machine it is said."""
    return id_of("meaning of a code", folded(code))
