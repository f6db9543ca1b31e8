"""The agenda of a supervision session, on one line: which clips, which of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget

from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.values.signs import IN_HAND

GAP = "   "
SHORTEST = 10
"""Cells below which an item is not worth showing."""
EMPTY = "No agenda yet. {walk.agenda} adds a clip."


@dataclass(frozen=True)
class Entry:
    """One item, in words that fit one line each. `beside` is the companion clip's code; `closed` says that
    one of the two may not be shown in supervision."""

    id: str
    code: str
    title: str = ""
    beside: str = ""
    closed: bool = False

    def words(self, number: int, of: int = 0) -> str:
        """The item as it is on the agenda; told `of` how many, where no other is shown."""
        title = f" {self.title}" if self.title else ""
        beside = f" beside {self.beside}" if self.beside else ""
        closed = " (closed)" if self.closed else ""
        many = f" of {of}" if of else ""
        return f"{number}{many} {self.code}{closed}{title}{beside}"


@dataclass(frozen=True)
class Placed:
    """Where item `index` is on the line: from column `start`, in `words`."""

    index: int
    start: int
    words: str


def place(entries: Sequence[Entry], current: int, width: int, mark: str = IN_HAND) -> list[Placed]:
    """The items that fit into `width` cells: the current one after its `mark`, as far as it goes, then those
    after it, the last of them cut short, then those before it. So the walk's direction is seen. Where none
    but the current one fits, it says of how many it is."""
    if not entries or width < SHORTEST:
        return []
    placed = _fitting(entries, current, width, mark)
    if len(placed) == 1 < len(entries):
        return [Placed(current, 0, _alone(entries[current], current + 1, len(entries), width, mark))]
    return placed


def _alone(entry: Entry, number: int, of: int, width: int, mark: str) -> str:
    """The item and of how many it is; its title is cut before the code of the clip beside it is."""
    title = Text(entry.title)
    over = _cells(f"{mark}{entry.words(number, of)}") - width
    if 0 < over < title.cell_len:
        entry = replace(entry, title=_shortened(entry.title, title.cell_len - over))
    return _shortened(f"{mark}{entry.words(number, of)}", width)


def _fitting(entries: Sequence[Entry], current: int, width: int, mark: str) -> list[Placed]:
    words = [f" {each.words(number)}" for number, each in enumerate(entries, 1)]
    words[current] = _shortened(f"{mark}{entries[current].words(current + 1)}", width)
    first = last = current
    room = width - _cells(words[current])
    while last + 1 < len(words) and room >= len(GAP) + min(SHORTEST, _cells(words[last + 1])):
        last += 1
        words[last] = _shortened(words[last], room - len(GAP))
        room -= len(GAP) + _cells(words[last])
    while first > 0 and room >= len(GAP) + _cells(words[first - 1]):
        first -= 1
        room -= len(GAP) + _cells(words[first])
    placed, column = [], 0
    for index in range(first, last + 1):
        placed.append(Placed(index, column, words[index]))
        column += _cells(words[index]) + len(GAP)
    return placed


def _cells(words: str) -> int:
    return Text(words).cell_len


def _shortened(words: str, width: int) -> str:
    text = Text(words)
    text.truncate(width, overflow="ellipsis")
    return text.plain


class Agenda(Widget):
    """The line itself; a click on an item posts `Picked`."""

    DEFAULT_CSS = """
    Agenda { height: 1; padding: 0 1; }
    """

    @dataclass
    class Picked(Message):
        """The item that somebody clicked."""

        item: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._current = 0
        self._right = ""

    def show(self, entries: Sequence[Entry], current: int, right: str) -> None:
        """Show these items, the one at `current` marked, and a word or two at the right end."""
        self._entries, self._current, self._right = tuple(entries), current, right
        self.refresh()

    def _placed(self) -> list[Placed]:
        room = self.content_size.width - (_cells(self._right) + 2 if self._right else 0)
        return place(self._entries, self._current, room, "here: " if is_plain(self.app) else IN_HAND)

    def render(self) -> RenderResult:
        line = Text(no_wrap=True, overflow="ellipsis")
        placed = self._placed()
        for each in placed:
            line.append(" " * (each.start - line.cell_len))
            line.append(each.words, style="bold" if each.index == self._current else "dim")
        if not self._entries:
            line.append(with_keys(EMPTY, keys_for(self)))
        line.append(" " * (self.content_size.width - line.cell_len - _cells(self._right)))
        line.append(self._right, style="dim")
        return line

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for each in self._placed():
            if offset and each.start <= offset.x < each.start + _cells(each.words):
                self.post_message(self.Picked(self._entries[each.index].id))
