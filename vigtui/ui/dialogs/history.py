"""Who did what to a record and to all that belongs to it, and when: a dialog to read and to search."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from vigtui.domain.belonging import with_belongings
from vigtui.domain.records import Consent, Family, Rating, Record
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.line_list import Line, LineList
from vigtui.values.search import filtered
from vigtui.values.text import clean, folded, one_line, shortened
from vigtui.wording.changes import SOMEBODY, Author, gist
from vigtui.wording.history import history_of, moment
from vigtui.wording.names import Names
from vigtui.wording.values import moment_words
from vigtui.workspace.workspace import Workspace

_LIMITS = (
    "A line stands for all that one person changed in a record while they had the caseload open, at the time "
    "of the last change, by their clock. What it said before is not kept."
)
_REMOVED = "Removed from the caseload. Of which family it was is not kept."
_NOTHING, _NOT_FOUND = "Nothing is known of who changed this.", "Nothing matches what you typed."
_FEW = 8
# Columns of the dialog, those that its edges and the scroll bar take, and the fewest for words.
_WIDTH, _BESIDE, _NARROWEST = 78, 6, 20
# Rows of the dialog's edges, the gap below its title, and the footer.
_AROUND = 4


class HistoryLine(Struct, frozen=True):
    """Who did what, and when; `about` is what the record is called, "" where that is plain. `times` is how
    often it was done on that day, one after the other; then `author` has the last."""

    author: Author
    about: str
    words: str
    times: int = 1

    def hay(self, names: Names) -> str:
        """What the line is found by."""
        return folded(f"{self.author.words(names.today)} {self.about} {self.words}")


class HistoryLines(LineList, can_focus=False):
    """Lines to read: there is no cursor on them."""


class HistoryScreen(ModalScreen[None]):
    """Shows what was done, newest first, and below it what was `removed`."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("past", "dialog")
    HELP: ClassVar[str] = f"Who changed what, and when, newest first. Type words to find a line. {_LIMITS}"

    def __init__(
        self, title: str, names: Names, lines: Sequence[HistoryLine], removed: Sequence[HistoryLine] = ()
    ) -> None:
        super().__init__()
        self._title, self._names = title, names
        self._lines, self._removed = lines, removed
        self._wrapped: dict[tuple[int, HistoryLine], list[Text]] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(self._title, id="dialog-title", markup=False)
            yield Input(placeholder="type to narrow", id="narrow", compact=True)
            yield HistoryLines(id="history")
        yield KeyFooter()

    def on_mount(self) -> None:
        narrow = self.query_one("#narrow", Input)
        narrow.display = len(self._lines) + len(self._removed) > _FEW
        if narrow.display:
            narrow.focus()
        self._show()

    def on_resize(self) -> None:
        """Wrap the lines again."""
        self._wrapped.clear()
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        """Show what has the typed words, on as many rows as there are: what is cut off cannot be read."""
        narrow, lines = self.query_one("#narrow", Input), self.query_one(HistoryLines)
        width = min(self.size.width, _WIDTH) - _BESIDE
        rows = [Line(partial(_drawn, row)) for row in self._rows(narrow.value, width)]
        lines.set_lines(rows)
        around = _AROUND + len(self._wrap(Text(self._title), width)) + (2 if narrow.display else 0)
        lines.styles.height = max(min(len(rows), self.size.height - around), 3)
        lines.scroll_home(animate=False, immediate=True)

    def _rows(self, words: str, width: int) -> Iterator[Text]:
        lines, removed = (
            filtered(each, words, lambda line: line.hay(self._names)) for each in (self._lines, self._removed)
        )
        if not lines and not removed:
            yield Text(_NOT_FOUND if words else _NOTHING)
        yield from self._told(lines, width)
        if removed:
            yield from (Text(""), *self._wrap(Text(_REMOVED, style="bold"), width))
            yield from self._told(removed, width)
        if self._lines:
            yield from (Text(""), *self._wrap(Text(_LIMITS, style="dim"), width))

    def _told(self, lines: Sequence[HistoryLine], width: int) -> Iterator[Text]:
        """The day where it is another than in the line above, the time, who did what."""
        days = [_when(line.author, self._names) for line in lines]
        column = max((len(day) for day, _ in days), default=0)
        last = ""
        for line, (day, time) in zip(lines, days, strict=True):
            shown = "" if day == last else day
            last = day
            room = max(width - column - 9, _NARROWEST)
            key = (room, line)
            if key not in self._wrapped:
                self._wrapped[key] = self._wrap(_words(line), room)
            for row in self._wrapped[key]:
                yield Text.assemble(f"{shown:{column}}  ", (f"{time:5}", "dim"), "  ", row)
                shown = time = ""

    def _wrap(self, words: Text, width: int) -> list[Text]:
        return list(words.wrap(self.app.console, width))

    def action_scroll_by(self, rows: int) -> None:
        """Read on or back by so many rows."""
        self.query_one(HistoryLines).scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Read on or back by a page."""
        self.action_scroll_by(by * max(self.query_one(HistoryLines).size.height - 1, 1))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()


def _drawn(row: Text, _width: int) -> Text:
    return row.copy()


def _when(author: Author, names: Names) -> tuple[str, str]:
    if author.at is None:
        return "no date", ""
    day, _, time = moment_words(author.at, names.today).rpartition(" ")
    return day, time


def folded_lines(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """Return the lines with those that follow each other and say the same of the same day as one."""
    found: list[HistoryLine] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _same(before) == _same(line):
            found[-1] = replace(before, times=before.times + 1)
        else:
            found.append(line)
    return found


def _same(line: HistoryLine) -> tuple[object, ...]:
    return line.author.by, line.author.at and line.author.at.date(), line.about, line.words


def _words(line: HistoryLine) -> Text:
    said = f"{line.about}: {line.words}" if line.about else line.words
    if line.times > 1:
        said = f"{said} ({line.times} times)"
    return Text.assemble((shortened(line.author.by, 40) or SOMEBODY, "bold"), f"  {clean(said).strip()}")


def _about(names: Names, record: Record) -> str:
    """Return what a record is called; of those that are many alike, what they say now, too."""
    heart = gist(names, record).removeprefix(": ") if isinstance(record, Rating | Consent) else ""
    return f"{names.name(record)} ({heart})" if heart else names.name(record)


def history_screen(
    workspace: Workspace, records: Sequence[Record], *, whole_family: bool = False
) -> HistoryScreen:
    """Return the dialog that tells of these records, of which there is at least one, and of what belongs to
    them; or of the whole family that they belong to. To a family's history belongs what was removed from the
    caseload, by itself: it does not say whose it was."""
    caseload = workspace.caseload
    names = workspace.names(caseload.get)
    family = next(filter(None, map(names.family, records)), None) if whole_family else None
    records = [family] if family else records
    found = {each.id: each for record in records for each in with_belongings(caseload.where, record)}
    alone = records[0].id if len(records) == 1 else ""
    lines = folded_lines(
        HistoryLine(
            entry.author, "" if entry.record.id == alone else _about(names, entry.record), entry.words
        )
        for entry in history_of(names, found.values())
    )
    removed = []
    if any(isinstance(record, Family) for record in records):
        removed = [HistoryLine(Author(each.by, each.at), "", each.what) for each in caseload.removals()]
        removed.sort(key=lambda line: moment(line.author.at), reverse=True)
    more = f" and {len(records) - 1} more" if len(records) > 1 else ""
    return HistoryScreen(one_line(f"History of {names.name(records[0])}{more}"), names, lines, removed)
