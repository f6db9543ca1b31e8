"""Who is in a space as lines: a machine each, with what it has."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from rich.text import Text

from vigtui.exchange.spaces.standing import SpaceStanding, WriterStanding
from vigtui.exchange.spaces.telling import name_of, title
from vigtui.ui.widgets.line_list import Line
from vigtui.wording.spaces import since_words, writer_name

_HERE = "here"
_WIDTHS = (37, 16, 24)
_PARTS_OF_THE_REST = (2, 1, 1)


def heading_line(width: int) -> Text:
    """Return the headings over the columns."""
    return _line(("Who", "Last heard", "Has all you wrote until"), width)


def lines(standing: SpaceStanding, person: str, machine: str, now: dt.datetime) -> Iterator[Line]:
    """Yield a line for this machine and one for each other; the id of these is the writer's."""
    own = (writer_name(person, machine, standing.apart), "this machine", title(standing, now))
    yield Line(partial(_line, own), _HERE)
    for each in standing.writers:
        yield Line(partial(_line, _cells(each, now), style="bold" if each.silent else ""), each.writer)


def _cells(writer: WriterStanding, now: dt.datetime) -> tuple[str, str, str]:
    has = since_words(writer.has_until, now) if writer.has_until else "not known yet"
    if not writer.there:
        has = "their file is gone"
    return name_of(writer), since_words(writer.heard, now), has


def _line(cells: Sequence[str], width: int, style: str = "") -> Text:
    line = Text(no_wrap=True, style=style)
    spare = max(0, width - sum(_WIDTHS))
    for words, least, part in zip(cells, _WIDTHS, _PARTS_OF_THE_REST, strict=True):
        cell = Text(words)
        cell.truncate(least + spare * part // sum(_PARTS_OF_THE_REST) - 1, overflow="ellipsis", pad=True)
        line.append_text(cell).append(" ")
    return line
