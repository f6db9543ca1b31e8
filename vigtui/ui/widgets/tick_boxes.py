"""Boxes to tick that say with letters whether they are ticked: [x] and [ ]."""

from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList

from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.keys.all_keys import bindings

Value = TypeVar("Value")


def _box(*, ticked: bool, plain: bool) -> str:
    if plain:
        return "yes" if ticked else "no "
    return "[x]" if ticked else "[ ]"


class TickBox(Checkbox):
    """One box. Textual's own has the same X in both states, in another colour."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tick_box")

    def render(self) -> Content:
        box = _box(ticked=self.value, plain=is_plain(self.app))
        return Content.assemble((box, self.get_visual_style("toggle--button")))


class TickList(SelectionList[Value]):
    """A list in which each line has a box."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tick_list")

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        number = y + self.scroll_offset.y
        segments = list(strip)
        # Textual's box is three segments, and a blank in the line's own colours.
        if number >= self.option_count or len(segments) < 4:
            return strip
        ticked = self.get_option_at_index(number).value in self.selected
        box = zip(_box(ticked=ticked, plain=is_plain(self.app)), segments, strict=False)
        return Strip(
            [*(Segment(sign, segments[3].style) for sign, _ in box), *segments[3:]], strip.cell_length
        )
