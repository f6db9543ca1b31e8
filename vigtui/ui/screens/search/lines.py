"""What was found as a line: whose it is, which kind of words, and the words with what was typed in them."""

from collections.abc import Sequence

from msgspec import Struct
from rich.text import Text

from vigtui.values.search import excerpt
from vigtui.values.text import one_line
from vigtui.wording.search import FILM_CLOSED

FOUND = "bold underline"
"""How the letters look that were typed: to be told in 16 colours, and without any."""
_WHOSE, _KIND = 12, 14
_MORE_FROM = 100


class Shown(Struct, frozen=True):
    """A hit in words; `closed`, where its film may not be shown."""

    whose: str
    kind: str
    text: str
    wanted: tuple[str, ...]
    closed: bool = False


def heading_line(width: int) -> Text:
    """Return the headings over the columns."""
    return _columns(("Family", "What", "Words"), width)


def hit_line(shown: Shown, width: int) -> Text:
    """Return a hit as a line."""
    line = _columns((one_line(shown.whose), shown.kind, ""), width)
    room = width - line.cell_len - (len(FILM_CLOSED) + 2 if shown.closed else 0)
    line.append_text(found_words(shown.text, shown.wanted, max(room, 1)))
    if shown.closed:
        line.truncate(max(width - len(FILM_CLOSED) - 2, 0), overflow="ellipsis", pad=True)
        line.append(f"  {FILM_CLOSED}", style="bold")
    return line


def found_words(text: str, wanted: Sequence[str], room: int) -> Text:
    """Return as much of a text as has room, the letters marked that were looked for."""
    words, spans = excerpt(text, wanted, room)
    line = Text(words)
    for start, end in spans:
        line.stylize(FOUND, start, end)
    return line


def _columns(cells: tuple[str, str, str], width: int) -> Text:
    more = 6 if width >= _MORE_FROM else 0
    line = Text(no_wrap=True)
    for words, room in zip(cells, (_WHOSE + more, _KIND, width), strict=True):
        cell = Text(words, style="dim" if room == _KIND else "")
        if room != width:
            cell.truncate(room, overflow="ellipsis", pad=True)
            cell.append(" ")
        line.append_text(cell)
    return line
