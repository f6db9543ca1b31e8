"""Finding by typed words: every word must be there, whatever its case or accents."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from vigtui.values.text import folded, one_line

T = TypeVar("T")

Span = tuple[int, int]
"""Letters of a text, from a place up to another."""

_BETWEEN_WORDS = re.compile(r"[\W_]")
_MOST_WORDS = 12
_BEFORE = 24
"""How many letters of an excerpt stand before what was found, at most."""


def haystack(parts: Iterable[str]) -> str:
    """Return texts joined into what `filtered` looks through."""
    return folded("\n".join(parts))


def filtered(items: Iterable[T], words: str, hay: Callable[[T], str]) -> list[T]:
    """Return the items whose `haystack`, given by `hay`, holds every one of `words`; no words, all items."""
    wanted = folded(words).split()
    return [item for item in items if all(word in hay(item) for word in wanted)]


def spread(text: str) -> str:
    """Return a text as `wanted` words are looked for in it: `folded`, on one line, with a space in place of
    all that is no letter or digit, at either end too, so that a space stands before every word."""
    return f" {_BETWEEN_WORDS.sub(' ', folded(one_line(text)))} "


def wanted(typed: str) -> tuple[str, ...]:
    """Return the words that were typed, each once, as they stand in a `spread` text: "F-017" is "f 017"."""
    words = (spread(word).strip() for word in typed.split()[:_MOST_WORDS])
    return tuple(dict.fromkeys(filter(None, words)))


def found_in(line: str, words: Sequence[str]) -> list[Span]:
    """Return where the `wanted` words stand in a line, in order; what overlaps is one."""
    hay, origins = _with_origins(line)
    spans = sorted(
        (origins[match.start()], origins[match.end() - 1] + 1)
        for word in words
        for match in re.finditer(re.escape(word), hay)
    )
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def excerpt(text: str, words: Sequence[str], room: int) -> tuple[str, list[Span]]:
    """Return at most `room` letters of a text, on one line, with the first of the `wanted` words among them,
    and where those stand in what is returned. "…" stands for what is left out."""
    line = one_line(text)
    if len(line) > room:
        before = min(_BEFORE, room // 3)
        start = max(0, min(_first(line, words) - before, len(line) - room + 1))
        end = start + room - (start > 0)
        line = ("…" if start else "") + (line[start : end - 1] + "…" if end < len(line) else line[start:])
    return line, found_in(line, words)


def _first(line: str, words: Sequence[str]) -> int:
    """Where the first of the words stands in a line that may be long; 0 for none."""
    hay, origins = _with_origins(line)
    places = [place for word in words if (place := hay.find(word)) >= 0]
    return origins[min(places)] if places else 0


def _with_origins(line: str) -> tuple[str, Sequence[int]]:
    """A line as it is looked through, and for each letter of that, which of the line it is of."""
    if line.isascii():
        return _BETWEEN_WORDS.sub(" ", folded(line)), range(len(line))
    parts = [folded(letter) for letter in line]
    origins = [place for place, part in enumerate(parts) for _ in part]
    return _BETWEEN_WORDS.sub(" ", "".join(parts)), origins
