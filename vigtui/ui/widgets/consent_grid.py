"""Who agreed to what: a row for each purpose, a column for each member, a cursor on one cell.

A paper form is entered in one go: cells are marked with what was decided, and signed together.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from vigtui.domain.consent.decisions import ConsentState, GridCell, GridRow
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.canvas import Canvas, cut
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.values.days import number_of_days, show_day
from vigtui.values.signs import GIVEN, MARKED, OPEN, REFUSED
from vigtui.values.text import one_line

_NAMES = 28
_NARROWEST, _WIDEST = 13, 22
_SIGNS = {
    ConsentState.GIVEN: GIVEN,
    ConsentState.REFUSED: REFUSED,
    ConsentState.WITHDRAWN: REFUSED,
    ConsentState.EXPIRED: OPEN,
    ConsentState.NOT_ASKED: OPEN,
}
_PURPOSES = tuple(Purpose)

Marks = Mapping[tuple[str, Purpose], Decision]
"""What is marked and not signed yet: the decision by whose it is (an id) and for which purpose."""


def cell_words(cell: GridCell, today: dt.date, *, plain: bool = False) -> str:
    """What is in a cell: "✓ given 4 Feb", "· not asked"; if `plain`, without the sign."""
    day = f" {show_day(cell.consent.date, today)}" if cell.consent else ""
    if cell.state is ConsentState.EXPIRED and cell.consent and cell.consent.until:
        day = f" {show_day(cell.consent.until, today)}"
    named = cell.consent.days if cell.consent and cell.state is ConsentState.GIVEN else ()
    for_days = f", {number_of_days(len(named))}" if named else ""
    sign = "" if plain else f"{_SIGNS[cell.state]} "
    return f"{sign}{cell.state.label}{day}{for_days}"


def column_width(members: int, width: int) -> int:
    """The width of a member's column, so that all fit if they can."""
    return min(max((width - _NAMES) // max(members, 1), _NARROWEST), _WIDEST)


def members_in(members: int, width: int) -> int:
    """How many members' columns are shown at a time."""
    return max((width - _NAMES) // column_width(members, width), 1)


def draw_grid(
    rows: Sequence[GridRow],
    cursor: tuple[int, int],
    today: dt.date,
    width: int,
    first: int,
    marks: Marks = MappingProxyType({}),
    *,
    plain: bool = False,
) -> Canvas:
    """Draw the grid: the members from number `first` on above, as many as fit, then a line for each purpose.

    `cursor` is the number of the member and of the purpose. A cell that is marked says with what.
    """
    canvas = Canvas(width, len(_PURPOSES) + 1)
    for number, purpose in enumerate(_PURPOSES):
        canvas.put(number + 1, 1, purpose.label, "chosen" if number == cursor[1] else "label")
    column = column_width(len(rows), width)
    last = first + members_in(len(rows), width)
    if last < len(rows):
        canvas.put(0, width - 1, "…", "label")
    for place, (number, row) in enumerate(list(enumerate(rows))[first:last]):
        left = _NAMES + place * column
        label = one_line(row.asked.label) + (f" ({row.asked.aside})" if row.asked.aside else "")
        canvas.put(0, left, cut(label, column - 1), "chosen" if number == cursor[0] else "label")
        for line, cell in enumerate(row.cells, start=1):
            chosen = (number, line - 1) == cursor
            mark = marks.get((row.asked.id, cell.purpose))
            marked = f"{'marked' if plain else MARKED} {mark.label}" if mark else ""
            words = cut(marked or cell_words(cell, today, plain=plain), column - 2)
            style = "cursor" if chosen else ("marked" if mark else cell.state.value)
            canvas.put(line, left, words, style)
            if chosen and not plain:
                canvas.put(line, left - 1, "[", "cursor")
                canvas.put(line, left + cell_len(words), "]", "cursor")
    return canvas


class ConsentGrid(Widget, can_focus=True):
    """Draws the grid. It posts `Moved` when the cursor comes to a cell or a mark is set, `Opened` for enter
    on a cell, and `Signed` for enter while there are marks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("consent_grid")
    HELP: ClassVar[str] = (
        "Each member decides about each purpose separately, and so does a visitor who is in a film. "
        "`{consent.record}` records a new decision; earlier ones stay and are shown below. A withdrawal "
        "acts at once: film stops, and is not shown for that purpose.\n\nA paper form is entered in one "
        "go: `{consent.give}` `{consent.refuse}` `{consent.withdraw}` `{consent.not_asked}` mark cells, "
        "the same key again takes it back, and `{consent.record}` signs them all with one day and one "
        "signer."
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"consent--{name}"
        for name in ("label", "chosen", "cursor", "marked", *(state.value for state in ConsentState))
    }
    DEFAULT_CSS = """
    ConsentGrid {
        height: 10;
        .consent--label, .consent--not_asked, .consent--expired { color: $text-muted; }
        .consent--chosen, .consent--withdrawn, .consent--refused { text-style: bold; }
        .consent--marked { color: $accent; text-style: bold; }
        .consent--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
        }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another cell."""

    @dataclass
    class Opened(Message):
        """Record a decision for the cell under the cursor."""

    @dataclass
    class PaperAsked(Message):
        """Show the consent form as a paper."""

    @dataclass
    class Signed(Message):
        """Record what is marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[GridRow] = ()
        self._today = dt.date.min
        self._first = 0
        self._member, self._purpose = 0, 0
        self._marks: dict[tuple[str, Purpose], Decision] = {}

    @property
    def marks(self) -> Marks:
        """What is marked and not signed yet."""
        return self._marks

    @property
    def row(self) -> GridRow | None:
        """The member under the cursor, with all their cells."""
        return self._rows[self._member] if self._rows else None

    @property
    def purpose(self) -> Purpose:
        """The purpose under the cursor."""
        return _PURPOSES[self._purpose]

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the decision under the cursor begins."""
        column = _NAMES + (self._member - self._first) * column_width(len(self._rows), self.size.width)
        return self.content_region.offset + Offset(column, self._purpose + 1)

    def show(self, rows: Sequence[GridRow], today: dt.date) -> None:
        """Show these members; the cursor stays in its place, and so do the marks of those who are there."""
        self._rows, self._today = rows, today
        there = {row.asked.id for row in rows}
        self._marks = {cell: mark for cell, mark in self._marks.items() if cell[0] in there}
        self._go(self._member, self._purpose)

    def move_to(self, member: str, purpose: str) -> None:
        """Put the cursor on a cell, if it is there."""
        found = [number for number, row in enumerate(self._rows) if row.asked.id == member]
        lines = [number for number, each in enumerate(_PURPOSES) if each.value == purpose]
        if found and lines:
            self._go(found[0], lines[0])

    def action_member(self, by: int) -> None:
        """Go to the next member, or the one before."""
        self._go(self._member + by, self._purpose)

    def action_purpose(self, by: int) -> None:
        """Go to the next purpose, or the one before."""
        self._go(self._member, self._purpose + by)

    def action_open(self) -> None:
        """Record a decision, or all that is marked."""
        if self._marks:
            self.post_message(self.Signed())
        elif self._rows:
            self.post_message(self.Opened())

    def action_mark(self, decision: str) -> None:
        """Mark the cell under the cursor with a decision; with the same once more, take the mark back."""
        if (row := self.row) is None:
            return
        cell, mark = (row.asked.id, self.purpose), Decision(decision)
        if self._marks.get(cell) is mark:
            del self._marks[cell]
        else:
            self._marks[cell] = mark
        self._go(self._member, self._purpose)

    def action_paper(self) -> None:
        """Show the consent form, to be printed."""
        self.post_message(self.PaperAsked())

    def action_clear(self) -> None:
        """Take back all marks."""
        self._marks.clear()
        self._go(self._member, self._purpose)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape takes back marks only while there are some."""
        return bool(self._marks) if action == "clear" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Go to the cell clicked; a second click opens it."""
        place = event.get_content_offset(self)
        if place is None or place.x < _NAMES or place.y < 1 or not self._rows:
            return
        column = column_width(len(self._rows), self.size.width)
        self._go(self._first + (place.x - _NAMES) // column, place.y - 1)
        if event.chain > 1:
            self.action_open()

    def on_resize(self) -> None:
        self._go(self._member, self._purpose)

    def render_line(self, y: int) -> Strip:
        """One row of the grid."""
        width = self.size.width
        cursor = (self._member, self._purpose)
        plain = is_plain(self.app)
        canvas = draw_grid(self._rows, cursor, self._today, width, self._first, self._marks, plain=plain)
        if y >= canvas.height:
            return Strip.blank(width, self.rich_style)
        segments = [
            Segment(text, self.get_component_rich_style(f"consent--{style}") if style else self.rich_style)
            for text, style in canvas.runs(y)
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _go(self, member: int, purpose: int) -> None:
        self._member = min(max(member, 0), max(len(self._rows) - 1, 0))
        self._purpose = min(max(purpose, 0), len(_PURPOSES) - 1)
        width = max(self.size.width, 1)
        fitting = members_in(len(self._rows), width)
        self._first = min(max(self._first, self._member - fitting + 1), self._member)
        self.refresh()
        self.post_message(self.Moved())
