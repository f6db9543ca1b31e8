"""A list of records in words, with headings between them. The cursor stays on its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from vigtui.ui.widgets.keys.all_keys import bindings


@dataclass(frozen=True)
class Row:
    """One entry, perhaps of several lines or columns. `key` names it, "" for a heading that the cursor passes
    over."""

    words: Text | Table
    key: str = ""


class RecordList(OptionList):
    """Shows rows; enter posts `OptionSelected`, whose option has the row's key as its id."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("record_list")
    DEFAULT_CSS = """
    RecordList { height: 1fr; background: $background; }
    RecordList.-textual-compact { padding: 0 1; }
    RecordList > .option-list--option-disabled { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)

    def render_line(self, y: int) -> Strip:
        """Draw a line. Nothing is dim under the cursor: it could not be read on that ground."""
        strip = super().render_line(y)
        cursor = self.get_component_rich_style("option-list--option-highlighted")
        if all(segment.style is None or segment.style.bgcolor != cursor.bgcolor for segment in strip):
            return strip
        plain = Style(color=cursor.color, dim=False)
        return Strip(Segment.apply_style(strip, post_style=plain), strip.cell_length)

    @property
    def key(self) -> str:
        """The key of the row under the cursor, "" on none."""
        option = self.highlighted_option
        return option.id or "" if option else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is opened where no row can be."""
        if action == "select":
            return self.highlighted is not None
        return super().check_action(action, parameters)

    def show(self, rows: Sequence[Row], key: str = "") -> None:
        """Show these rows, with the cursor on `key`, else on the row where it was, else near it."""
        wanted, place, top = key or self.key, self.highlighted or 0, self.scroll_y
        was_empty = self.highlighted is None
        keys = [row.key for row in rows]
        self.clear_options()
        self.add_options(Option(row.words, id=row.key or None, disabled=not row.key) for row in rows)
        known = [index for index, each in enumerate(keys) if each]
        if wanted and wanted in keys:
            self.highlighted = keys.index(wanted)
        elif known:
            self.highlighted = min(known, key=lambda index: abs(index - place))
        self.scroll_to(y=top, animate=False)
        if was_empty != (self.highlighted is None):
            self.refresh_bindings()
