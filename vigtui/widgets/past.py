"""Who did what to a record and to all that belongs to it, and when: a dialog to read and to search."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from vigtui.domain.changes import SOMEBODY, Author, gist
from vigtui.domain.past import deeds, moment, with_belongings
from vigtui.domain.record_names import Names
from vigtui.domain.records import Consent, Family, Rating, Record
from vigtui.domain.search import filtered
from vigtui.domain.text import clean, folded, one_line, shortened
from vigtui.domain.value_words import moment_words
from vigtui.widgets.key_footer import KeyFooter
from vigtui.widgets.keys import bindings
from vigtui.workspace import Workspace

_LIMITS = (
    "A line stands for all that one person changed in a record while they had the caseload open, at the time "
    "of the last change, by their clock. What it said before is not kept."
)
_REMOVED = "Removed from the caseload. Of which family it was is not kept."
_NOTHING, _NOT_FOUND = "Nothing is known of who changed this.", "Nothing has these words."
_FEW = 8
# Rows of the dialog's edges, its title and the footer.
_AROUND = 5


class PastLine(Struct, frozen=True):
    """Who did what, and when; `about` is what the record is called, "" where that is plain."""

    author: Author
    about: str
    words: str

    def hay(self, names: Names) -> str:
        """What the line is found by."""
        return folded(f"{self.author.words(names.today)} {self.about} {self.words}")


class PastScreen(ModalScreen[None]):
    """Shows what was done, newest first, and below it what was `removed`."""

    CSS_PATH = "past.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("past", "dialog")
    HELP: ClassVar[str] = f"Who changed what, and when, newest first. Type words to find a line. {_LIMITS}"

    def __init__(
        self, title: str, names: Names, lines: Sequence[PastLine], removed: Sequence[PastLine] = ()
    ) -> None:
        super().__init__()
        self._title, self._names = title, names
        self._lines, self._removed = lines, removed

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(self._title, id="dialog-title", markup=False)
            yield Input(placeholder="type to narrow", id="narrow", compact=True)
            with VerticalScroll(id="past"):
                yield Static(id="lines", markup=False)
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        narrow = self.query_one("#narrow")
        narrow.display = len(self._lines) + len(self._removed) > _FEW
        self._narrow("")
        (narrow if narrow.display else self.query_one("#past")).focus()

    def on_resize(self) -> None:
        """Take as many rows as there are, and no more: what is cut off cannot be read."""
        around = _AROUND + (2 if self.query_one("#narrow").display else 0)
        self.query_one("#past").styles.max_height = max(self.size.height - around, 3)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        lines, removed = (
            filtered(each, words, lambda line: line.hay(self._names)) for each in (self._lines, self._removed)
        )
        parts: list[RenderableType] = [self._table(lines)]
        if removed:
            parts += [Text(""), Text(_REMOVED, style="bold"), self._table(removed)]
        if not lines and not removed:
            parts = [Text(_NOT_FOUND if words else _NOTHING)]
        if self._lines:
            parts += [Text(""), Text(_LIMITS, style="dim")]
        self.query_one("#lines", Static).update(Group(*parts))
        self.query_one("#past").scroll_home(animate=False)

    def _table(self, lines: Sequence[PastLine]) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        last = ""
        for line in lines:
            day, time = _when(line.author, self._names)
            table.add_row(Text("" if day == last else day), Text(time, style="dim"), _words(line))
            last = day
        return table

    def action_scroll_by(self, rows: int) -> None:
        """Read on or back by so many rows."""
        self.query_one("#past").scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Read on or back by a page."""
        past = self.query_one("#past")
        past.scroll_relative(y=by * max(past.size.height - 1, 1), animate=False, immediate=True)

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()


def _when(author: Author, names: Names) -> tuple[str, str]:
    if author.at is None:
        return "no date", ""
    day, _, time = moment_words(author.at, names.today).rpartition(" ")
    return day, time


def _words(line: PastLine) -> Text:
    said = f"{line.about}: {line.words}" if line.about else line.words
    return Text.assemble((shortened(line.author.by, 40) or SOMEBODY, "bold"), f"  {clean(said).strip()}")


def _about(names: Names, record: Record) -> str:
    """Return what a record is called; of those that are many alike, what they say now, too."""
    heart = gist(names, record).removeprefix(": ") if isinstance(record, Rating | Consent) else ""
    return f"{names.name(record)} ({heart})" if heart else names.name(record)


def past_of(workspace: Workspace, records: Sequence[Record], *, whole_family: bool = False) -> PastScreen:
    """Return the dialog that tells of these records, of which there is at least one, and of what belongs to
    them; or of the whole family that they belong to. To a family's history belongs what was removed from the
    caseload, by itself: it does not say whose it was."""
    caseload = workspace.caseload
    reader = workspace.person.id if workspace.person else ""
    names = Names(caseload.get, workspace.today(), principles=workspace.principles, reader=reader)
    family = next(filter(None, map(names.family, records)), None) if whole_family else None
    records = [family] if family else records
    found = {each.id: each for record in records for each in with_belongings(caseload.where, record)}
    alone = records[0].id if len(records) == 1 else ""
    lines = [
        PastLine(deed.author, "" if deed.record.id == alone else _about(names, deed.record), deed.words)
        for deed in deeds(names, found.values())
    ]
    removed = []
    if any(isinstance(record, Family) for record in records):
        removed = [PastLine(Author(each.by, each.at), "", each.what) for each in caseload.removals()]
        removed.sort(key=lambda line: moment(line.author.at), reverse=True)
    return PastScreen(one_line(f"History of {names.name(records[0])}"), names, lines, removed)
