"""The chart as a widget: the cursor goes from rating to rating, and from rater to rater."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from vigtui.domain.records import Rating
from vigtui.ui.screens.chart.drawing import GUTTER, Chart, Drawing, draw
from vigtui.ui.widgets.canvas import Canvas
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.values.scale import Scale, whole_scale


class RatingLines(Widget, can_focus=True):
    """Draws a `Chart`. It posts `Moved` when the cursor comes to a rating, `Opened` for enter on it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chart_lines")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{name}" for name in ("label", "months", "today", "line", "chosen", "review", "cursor")
    }
    DEFAULT_CSS = """
    RatingLines {
        height: 1fr;
        .lines--label, .lines--months, .lines--today, .lines--line, .lines--review { color: $text-muted; }
        .lines--chosen { text-style: bold; }
        .lines--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
        }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on the rating with this id."""

        rating: str

    @dataclass
    class Opened(Message):
        """Correct what is under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = ""
        self._chart = Chart()
        self._drawing = Drawing(Canvas(0, 0), {})

    def show(self, chart: Chart, cursor: str) -> None:
        """Show a chart, the cursor on the rating with this id."""
        self._chart, self.cursor = chart, cursor
        self._draw()

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The cell of the screen where the rating under the cursor is drawn; None where there is none."""
        mark = self._drawing.marks.get(self.cursor)
        return self.content_region.offset + Offset(mark.column, mark.row) if mark else None

    # Keys

    def action_rating(self, by: int) -> None:
        """Go to the next rating by the same rater, or the one before."""
        ratings, place = self._at_cursor()
        if ratings:
            self._go(ratings[min(max(place + by, 0), len(ratings) - 1)])

    def action_edge(self, way: int) -> None:
        """Go to this rater's last rating, or the first."""
        ratings, _ = self._at_cursor()
        if ratings:
            self._go(ratings[0 if way < 0 else -1])

    def action_rater(self, by: int) -> None:
        """Go to the next rater's rating that is nearest in time, or to that of the one before."""
        line, ratings = self._chart.line_of(self.cursor), self._chart.ratings
        if line is None:
            return
        lines = self._chart.lines
        other = lines[min(max(lines.index(line) + by, 0), len(lines) - 1)]
        here = next(each.date for each in ratings if each.id == self.cursor)
        if other is not line:
            self._go(min(other.series.ratings, key=lambda each: abs((each.date - here).days)))

    def action_open(self) -> None:
        """Correct the rating under the cursor."""
        self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Go to the rating clicked; a second click opens it."""
        place = event.get_content_offset(self)
        found = self._drawing.at(place.x, place.y) if place else ""
        if found:
            self._go(next(each for each in self._chart.ratings if each.id == found))
            if event.chain > 1:
                self.action_open()

    def _at_cursor(self) -> tuple[tuple[Rating, ...], int]:
        """The ratings of whoever gave the one under the cursor, and its place among them."""
        line = self._chart.line_of(self.cursor)
        ratings = line.series.ratings if line else ()
        return ratings, next((place for place, each in enumerate(ratings) if each.id == self.cursor), 0)

    def _go(self, rating: Rating) -> None:
        self.cursor = rating.id
        self._draw()
        self.post_message(self.Moved(rating.id))

    # Drawing

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self.size and self._chart.lines:
            self._drawing = draw(self._chart, self._scale, self.size.height, self.cursor)
        else:
            self._drawing = Drawing(Canvas(0, 0), {})
        self.refresh()

    @property
    def _scale(self) -> Scale:
        """The days on which somebody was asked."""
        days = [each.date for each in self._chart.ratings]
        return whole_scale(min(days), max(days), self.size.width - GUTTER - 1)

    def render_line(self, y: int) -> Strip:
        """One row of the chart."""
        base, width = self.rich_style, self.size.width
        if y >= self._drawing.canvas.height:
            return Strip.blank(width, base)
        segments = [
            Segment(text, self.get_component_rich_style(f"lines--{style}") if style else base)
            for text, style in self._drawing.canvas.runs(y)
        ]
        return Strip(segments).adjust_cell_length(width, base)
