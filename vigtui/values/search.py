"""Finding by typed words: every word must be there, whatever its case or accents."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from vigtui.values.text import folded

T = TypeVar("T")


def haystack(parts: Iterable[str]) -> str:
    """Return texts joined into what `filtered` looks through."""
    return folded("\n".join(parts))


def filtered(items: Iterable[T], words: str, hay: Callable[[T], str]) -> list[T]:
    """Return the items whose `haystack`, given by `hay`, holds every one of `words`; no words, all items."""
    wanted = folded(words).split()
    return [item for item in items if all(word in hay(item) for word in wanted)]
