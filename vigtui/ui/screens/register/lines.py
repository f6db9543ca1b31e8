"""The register as lines: a heading for each part, and an entry in five columns."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct
from rich.text import Text

from vigtui.queries.register import Entry, Part
from vigtui.ui.widgets.line_list import Line
from vigtui.ui.widgets.lines.drawing import rule
from vigtui.values.search import haystack
from vigtui.values.signs import CHOSEN
from vigtui.wording.film.register import (
    PARTS,
    family_words,
    state_words,
    until_words,
    what_words,
    where_words,
)
from vigtui.wording.names import Names

_WIDTHS = {"family": 14, "what": 23, "where": 20, "until": 8, "state": 11}
_PARTS_OF_THE_REST = {"family": 1, "what": 4, "where": 4}
_NARROWEST = {"family": 9, "what": 15, "where": 13, "until": 8, "state": 11}


class Shown(Struct, frozen=True):
    """An entry as it is shown, column by column."""

    entry: Entry
    family: str
    what: str
    where: str
    until: str
    state: str

    @property
    def hay(self) -> str:
        """What a search looks through."""
        part = PARTS[self.entry.part]
        return haystack([self.family, self.what, self.where, self.until, self.state, part])


def shown(names: Names, entry: Entry, *, chosen: bool) -> Shown:
    """Return an entry in words; one that is `chosen` says so."""
    return Shown(
        entry,
        family_words(entry),
        what_words(entry),
        where_words(names, entry),
        until_words(names, entry),
        f"{CHOSEN} chosen" if chosen else state_words(names, entry),
    )


def lines(entries: Sequence[Shown], *, plain: bool) -> Iterator[Line]:
    """Yield the lines of a list: every part under its heading."""
    for part, found in groupby(entries, lambda each: each.entry.part):
        yield Line(partial(rule, PARTS[part], plain=plain))
        for each in found:
            yield Line(partial(_entry_line, each), each.entry.key)


def heading_line(width: int) -> Text:
    """Return the headings over the columns."""
    return _line(("Family", "What", "Where, or with whom", "Until", "State"), width)


def _entry_line(each: Shown, width: int) -> Text:
    style = "bold" if each.entry.part is Part.OVERDUE else ""
    return _line((each.family, each.what, each.where, each.until, each.state), width, style)


def _line(cells: Sequence[str], width: int, style: str = "") -> Text:
    line = Text(no_wrap=True, style=style)
    for words, room in zip(cells, _columns(width), strict=True):
        cell = Text(words)
        cell.truncate(room - 1, overflow="ellipsis", pad=True)
        line.append_text(cell).append(" ")
    return line


def _columns(width: int) -> list[int]:
    """Return how wide each column is: as at 80 cells, wider beyond, and narrower below."""
    widths = _WIDTHS if width >= sum(_WIDTHS.values()) else _NARROWEST
    spare = max(0, width - sum(widths.values()))
    shares = sum(_PARTS_OF_THE_REST.values())
    return [size + spare * _PARTS_OF_THE_REST.get(name, 0) // shares for name, size in widths.items()]
