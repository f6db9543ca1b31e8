"""Words of the file as they are printed for the family: with the names they are called by at home."""

from collections.abc import Callable

from vigtui.values.spoken_names import SpokenNames

BLANK = "______"
"""Stands for somebody whose name was not typed: it is written in by hand, and no label is printed."""


def printed(names: SpokenNames) -> Callable[[str], str]:
    """Return what turns words of the file into words to print. Where no name was typed at all, they stay as
    they are."""
    if not any(names.names.values()):
        return str
    return for_family(names)


def for_family(names: SpokenNames) -> Callable[[str], str]:
    """Return what turns words of the file into words that the family reads: names, or a blank, never
    labels."""
    every = SpokenNames({label: name or BLANK for label, name in names.names.items()})
    return lambda words: every.spoken(words) or ""
