"""A list of lines with a cursor. Only the lines in sight are ever drawn, so any number costs the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.segment import Segment
from rich.text import Text
from textual.binding import BindingType
from textual.events import Click
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from vigtui.ui.widgets.keys.all_keys import bindings


class Line(Struct, frozen=True):
    """One line: `draw` gives its text for a width in cells. Without an `id` the cursor passes over it. Of two
    lines that have the same `made_of`, other than None, the text is the same."""

    draw: Callable[[int], Text]
    id: str = ""
    made_of: object = None


class LineList(ScrollView, can_focus=True):
    """Lines, one of which the cursor is on. Posts `Moved` and `Chosen` with the line's id."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--cursor-away"}
    DEFAULT_CSS = """
    LineList { background: $background; padding: 0 1; }
    LineList > .line-list--cursor { background: $accent; color: $background; text-style: bold; }
    LineList > .line-list--cursor-away { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    @dataclass
    class Moved(Message):
        """The cursor came to this line."""

        id: str

    @dataclass
    class Chosen(Message):
        """Enter or a click on this line."""

        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._cursor = -1

    @property
    def current(self) -> str:
        """The id of the line under the cursor, "" where there is none."""
        return self._lines[self._cursor].id if self._cursor >= 0 else ""

    def set_lines(self, lines: Sequence[Line], current: str = "") -> None:
        """Show these lines, the cursor on the one with id `current`, else on the first that has an id. A line
        that stays under the cursor stays where it is on the screen."""
        before, row, were = self.current, self._cursor - self.scroll_offset.y, self._lines
        were_at, cursor = self.scroll_offset, self._cursor
        self._lines = lines
        self.virtual_size = Size(0, len(lines))
        wanted = next((index for index, line in enumerate(lines) if line.id and line.id == current), None)
        first = next((index for index, line in enumerate(lines) if line.id), -1)
        self._cursor = first if wanted is None else wanted
        if before and self.current == before:
            self.scroll_to(y=self._cursor - row, animate=False, force=True, immediate=True)
        else:
            self._show_cursor()
        if bool(before) != bool(self.current):
            self.refresh_bindings()
        if (
            not self.current
            or len(were) != len(lines)
            or self.scroll_offset != were_at
            or self._cursor != cursor
        ):
            self.refresh()
        else:
            self._refresh_changed(were)

    def _refresh_changed(self, were: Sequence[Line]) -> None:
        """Draw again what is other than it was of the lines in sight, when nothing has moved."""
        top = self.scroll_offset.y
        for index in range(top, min(top + self.size.height, len(were))):
            before, now = were[index].made_of, self._lines[index].made_of
            if now is None or before != now:
                self.refresh_line(index)

    def bring_up(self, line: str) -> None:
        """Put the cursor on the line with this id, and that with its heading at the top."""
        index = next((index for index, each in enumerate(self._lines) if each.id == line), self._cursor)
        self._go(index)
        self.scroll_to(y=self._group(index), animate=False, force=True, immediate=True)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the line under the cursor begins, or the first, if it is on none."""
        row = max(self._cursor - self.scroll_offset.y, 0)
        return self.scrollable_content_region.offset + Offset(0, row)

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        text = self._text(index, width)
        if text is None:
            return Strip.blank(width, self.rich_style)
        text.truncate(width, overflow="ellipsis", pad=True)
        style = self.rich_style
        if index == self._cursor:
            name = "line-list--cursor" if self.has_focus else "line-list--cursor-away"
            style = self.get_component_rich_style(name)
            if self.has_focus:
                text.stylize("not dim")
        segments = [segment for segment in text.render(self.app.console) if segment.text]
        return Strip(list(Segment.apply_style(segments, style)), width)

    def _text(self, index: int, width: int) -> Text | None:
        """Return what stands in this row. A sentence that stands alone, as why the list is empty, takes as
        many rows as it needs."""
        if len(self._lines) == 1 and not self._lines[0].id:
            rows = self._lines[0].draw(width).wrap(self.app.console, width)
            return rows[index] if index < len(rows) else None
        return self._lines[index].draw(width) if index < len(self._lines) else None

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._show_cursor()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        index = offset.y + self.scroll_offset.y if offset else -1
        if 0 <= index < len(self._lines) and self._lines[index].id:
            self._go(index)
            self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is opened where no line can be."""
        if action == "choose":
            return bool(self.current)
        return super().check_action(action, parameters)

    def action_choose(self) -> None:
        """Take the line under the cursor."""
        if self.current:
            self.post_message(self.Chosen(self.current))

    def action_move(self, by: int) -> None:
        """Move over `by` lines that have an id; stop at the ends."""
        step = 1 if by > 0 else -1
        index, left = self._cursor, abs(by)
        for candidate in range(index + step, len(self._lines) if step > 0 else -1, step):
            if self._lines[candidate].id:
                index, left = candidate, left - 1
            if not left:
                break
        self._go(index)

    def action_page(self, by: int) -> None:
        """Move by as many lines as are in sight."""
        self.action_move(by * max(1, self.scrollable_content_region.height - 1))

    def action_edge(self, by: int) -> None:
        """To the first or the last line."""
        self.action_move(by * len(self._lines))

    def _go(self, index: int) -> None:
        if index != self._cursor:
            self._cursor = index
            self._show_cursor()
            self.refresh()
            self.post_message(self.Moved(self.current))

    def _show_cursor(self) -> None:
        """Bring the cursor into sight, with the heading above it when it is the first of its group. Before
        there is room nothing moves: lines above the cursor that have room would go out of sight."""
        if self._cursor < 0 or not self.size.height:
            return
        top = self._group(self._cursor)
        region = Region(0, top, 1, self._cursor - top + 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def _group(self, index: int) -> int:
        """Return the line of the heading above a line, or itself where it is not the first below one."""
        while index > 0 and not self._lines[index - 1].id:
            index -= 1
        return index


class ListToRead(LineList):
    """Lines of which none opens anything."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All but to open a line."""
        return False if action == "choose" else super().check_action(action, parameters)
