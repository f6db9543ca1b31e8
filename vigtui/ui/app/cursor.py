"""Where the terminal's own cursor belongs: on the line, event or cell in hand."""

from typing import Any

from textual.command import CommandList, CommandPalette
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList


def cell_in_hand(screen: Screen[Any]) -> Offset | None:
    """The cell of the screen that a person is at, or None if they are nowhere in sight.

    A widget tells by `cursor_screen_offset`, as Textual's text widgets do. Of others it is where they begin.
    A screen may tell by `in_hand` which widget it is, if that has not the focus.
    """
    widget: Widget | None = getattr(screen, "in_hand", screen.focused)
    if isinstance(screen, CommandPalette):
        # Before an arrow none is highlighted, or the first.
        widget = next((found for found in screen.query(CommandList) if found.highlighted), widget)
    if widget is None or not widget.is_attached or not widget.content_region:
        return None
    cell = _cell_of(widget)
    return cell if cell is not None and screen.size.contains_point(cell) else None


def _cell_of(widget: Widget) -> Offset | None:
    if isinstance(widget, OptionList):
        return _highlighted(widget)
    if isinstance(widget, Input):  # Behind the last letter Textual is a cell too far.
        return widget.cursor_screen_offset - Offset(1 if widget.cursor_at_end else 0, 0)
    return getattr(widget, "cursor_screen_offset", widget.content_region.offset)


def _highlighted(options: OptionList) -> Offset:
    if options.highlighted is None:
        return options.scrollable_content_region.offset
    line = options._index_to_line.get(options.highlighted, 0)  # Textual tells it nowhere else.
    return options.scrollable_content_region.offset + Offset(0, line - options.scroll_offset.y)
