"""The time axis under a film: where the film is, the clip's range, other clips and marks."""

from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from vigtui.widgets.axis_drawing import Stretch, draw_axis, lay_out


class TimeAxis(Widget):
    """One line. `stretch` is what lies on it, `position` where the film is, in ms."""

    DEFAULT_CSS = """
    TimeAxis { height: 1; padding: 0 1; }
    """

    position: reactive[int] = reactive(0, repaint=False)
    stretch: reactive[Stretch] = reactive(Stretch(0))

    @dataclass
    class Picked(Message):
        """The moment that somebody clicked."""

        ms: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name for it
        super().__init__(id=id)
        self._drawn = Text()

    def watch_position(self) -> None:
        """Paint again only when a cell changes: the position comes ten times a second."""
        if self._draw() != self._drawn:
            self.refresh()

    def _draw(self) -> Text:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        return draw_axis(self.stretch, self.position, layout)

    def render(self) -> RenderResult:
        self._drawn = self._draw()
        return self._drawn

    def on_click(self, event: events.Click) -> None:
        layout = lay_out(self.stretch, self.position, self.content_size.width)
        offset = event.get_content_offset(self)
        column = offset.x - len(layout.left) if offset else -1
        if 0 <= column < layout.columns:
            start, end = layout.shown
            self.post_message(self.Picked(start + (end - start) * column // layout.columns))
