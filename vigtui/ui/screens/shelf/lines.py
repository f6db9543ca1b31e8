"""A caseload, what is planned, and what was found, as lines of the shelf."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from vigtui.queries.shelf import Coming, ShelfRow
from vigtui.ui.widgets.lines.drawing import rule
from vigtui.values.days import show_coming_day, show_day
from vigtui.values.search import excerpt
from vigtui.values.text import and_list, capitalised, one_line
from vigtui.workspace.shelf import Found, OnShelf, State

_NAME, _WITH, _DAY, _SPACE, _KIND = 19, 14, 8, 17, 13
_WIDE = 100
_MORE = 8
_MOST_NAMED = 4
READING = "reading…"


def heading_line(width: int, *, spaces: bool) -> Text:
    """Return the headings over the columns; one for `spaces` where there are any, and room."""
    return _columns(("Caseload", "With", "Last", "Next", "Space", "Waiting"), width, spaces=spaces)


def shelf_line(each: OnShelf, today: dt.date, width: int, *, spaces: bool, plain: bool) -> Text:
    """Return a caseload as a line. What cannot wait is bold and marked, not coloured alone."""
    row = each.row
    if row is None:
        words = READING if each.state is State.WAITING else each.state.value
        if plain:
            return Text(f"{each.name}, {words}")
        line = _columns((each.name, "", "", "", "", words), width, spaces=spaces)
        line.stylize("dim", min(_name_room(width), len(line)))
        return line
    last = show_day(row.last, today) if row.last else ""
    coming = show_coming_day(row.next, today) if row.next else ""
    space = each.space.words if each.space else ""
    if plain:
        parts = (
            each.name,
            with_words(row) and f"with {with_words(row)}",
            space,
            ", ".join(waiting.words for waiting in row.waiting),
            last and f"last {last}",
            coming and f"next {coming}",
        )
        return Text(", ".join(filter(None, parts)))
    cells = (each.name, with_words(row), last, coming, space, _waiting(each, row, width))
    line = _columns(cells, width, spaces=spaces)
    line.stylize("bold", 0, _name_room(width))
    return line


def _waiting(each: OnShelf, row: ShelfRow, width: int) -> str:
    """What waits, and first, where there is no column for it, how the space stands that is not as it should
    be."""
    amiss = [each.space.words] if each.space and not each.space.is_well and width < _WIDE else []
    words = ", ".join([*amiss, *(waiting.words for waiting in row.waiting)])
    return f"! {words}" if row.is_urgent else words


def with_words(row: ShelfRow) -> str:
    """Return with whom somebody works in a caseload: the first, and how many more."""
    if not row.people:
        return ""
    more = f" +{len(row.people) - 1}" if len(row.people) > 1 else ""
    return one_line(row.people[0]) + more


def coming_rule(width: int, *, plain: bool) -> Text:
    """Return the heading over what is planned."""
    return rule("Next two weeks", width, plain=plain)


def coming_line(each: OnShelf, coming: Coming, today: dt.date, width: int, *, plain: bool) -> Text:
    """Return what is planned as a line."""
    day = show_coming_day(coming.day, today)
    who = one_line(coming.who)
    if plain:
        return Text(f"{day}, {coming.kind}, {who}, {one_line(coming.words)}, {each.name}")
    more = _MORE if width >= _WIDE else 0
    line = Text(no_wrap=True)
    for words, room, style in (
        (day, _DAY + 1, ""),
        (coming.kind, _KIND, "dim"),
        (who, _NAME + more, "bold"),
        (each.name, _WITH + more, "dim"),
    ):
        line.append_text(_cell(words, room, style))
    return line.append(one_line(coming.words))


def told(each: OnShelf) -> Iterator[str]:
    """What is said below the list of the caseload under the cursor: where it is, and for whom what waits."""
    row, space = each.row, " It is in a space." if each.in_space else ""
    if row is None:
        yield each.words or f"{each.name}: {READING}"
        yield f"{one_line(str(each.path))}.{space}"
        return
    if each.space:
        words = f"{capitalised(each.space.words)}."
        space = " ".join(("", *((words,) if each.space.is_well else ()), *each.space.sentences))
    number = f"{row.families} {'family' if row.families == 1 else 'families'}, {row.active} active"
    people = f" With {and_list([one_line(name) for name in row.people[:_MOST_NAMED]])}." if row.people else ""
    yield f"{each.name}: {number}.{people}{space}"
    waiting = "; ".join(
        waiting.words + (f" ({_named(waiting.families)})" if waiting.families else "")
        for waiting in row.waiting
    )
    yield f"{waiting}." if waiting else "Nothing waits."
    if row.next is None:
        yield "Nothing is planned."


def counted(shown: Sequence[OnShelf], reading: int) -> str:
    """Return how many caseloads and families are in the list, and how many are still to be read."""
    families = sum(each.row.families for each in shown if each.row)
    caseloads = "1 caseload" if len(shown) == 1 else f"{len(shown)} caseloads"
    words = f"{caseloads}, {families} {'family' if families == 1 else 'families'}"
    return f"{words}, {reading} to read" if reading else words


def _named(families: Sequence[str]) -> str:
    more = f" and {len(families) - _MOST_NAMED} more" if len(families) > _MOST_NAMED else ""
    return ", ".join(one_line(each) for each in families[:_MOST_NAMED]) + more


def _name_room(width: int) -> int:
    return _NAME + (_MORE if width >= _WIDE else 0)


def _columns(cells: Iterable[str], width: int, *, spaces: bool) -> Text:
    more = _MORE if width >= _WIDE else 0
    *cells, last = cells
    line = Text(no_wrap=True)
    space = _SPACE if more and spaces else 0
    for words, room in zip(cells, (_NAME + more, _WITH + more, _DAY, _DAY, space), strict=True):
        line.append_text(_cell(words, room) if room else Text())
    line.append(last)
    line.truncate(width, overflow="ellipsis")
    return line


def _cell(words: str, room: int, style: str = "") -> Text:
    cell = Text(words, style=style)
    cell.truncate(room - 1, overflow="ellipsis", pad=True)
    return cell.append(" ")


def search_headings() -> Text:
    """Return the headings over what was found."""
    line = Text(no_wrap=True)
    for words, room in (("Caseload", _NAME), ("Family", _KIND), ("What", _WITH)):
        line.append_text(_cell(words, room))
    return line.append("Words")


def found_line(each: OnShelf, found: Found, wanted: Sequence[str], width: int) -> Text:
    """Return what was found as a line."""
    line = Text(no_wrap=True)
    for words, room, style in (
        (each.name, _NAME, ""),
        (found.whose, _KIND, "bold"),
        (found.kind, _WITH, "dim"),
    ):
        line.append_text(_cell(one_line(words), room, style))
    return line.append_text(_marked(found.words, wanted, max(1, width - line.cell_len)))


def found_told(each: OnShelf, found: Found, wanted: Sequence[str], room: int) -> Text:
    """Return what is said below the list of what was found."""
    return Text.assemble(f"{each.name}, {one_line(found.whose)}\n", _marked(found.words, wanted, room))


def _marked(text: str, wanted: Sequence[str], room: int) -> Text:
    words, spans = excerpt(text, wanted, room)
    line = Text(words)
    for start, end in spans:
        line.stylize("bold underline", start, end)
    return line
