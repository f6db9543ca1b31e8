"""One rater's ratings of one question as a line in cells, of up to three rows, or a sparkline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vigtui.queries.ratings import bar
from vigtui.ui.widgets.canvas import Canvas
from vigtui.values.signs import NOT_RATED


@dataclass(frozen=True, slots=True)
class Point:
    """A rating at a column; `value` None when asked and not rated."""

    column: int
    value: int | None

    @property
    def label(self) -> str:
        return NOT_RATED if self.value is None else str(self.value)

    @property
    def end(self) -> int:
        return self.column + len(self.label)


def bands(values: Iterable[int | None]) -> list[int]:
    """The bands that values fall in, and those between them, the highest first: 2 for 7 to 10, 1 for 4 to 6,
    0 for 0 to 3. A chart has a row for each. They are the same for every rater, so that lines compare."""
    found = [band(value) for value in values if value is not None]
    return list(range(max(found, default=0), min(found, default=0) - 1, -1))


def band(value: int) -> int:
    """The band of one value; see `bands`."""
    return 2 if value >= 7 else 1 if value >= 4 else 0


def chart_rows(points: Sequence[Point], rows: Sequence[int]) -> list[int]:
    """The row (from 0) of each point in a chart with these `rows` (see `bands`; none for a sparkline).
    "Asked and not rated" stays on the row before it."""
    if len(rows) <= 1:
        return [0] * len(points)
    found: list[int] = []
    for point in points:
        before = found[-1] if found else len(rows) - 1
        found.append(before if point.value is None else rows[0] - band(point.value))
    return found


def draw_chart(canvas: Canvas, points: Sequence[Point], rows: Sequence[int], style: str) -> None:
    """Draw the lines between the points, each on the row of the canvas given for it. A line that passes over
    "asked and not rated" is broken: nothing is known there."""
    asked = [point.column for point in points if point.value is None]
    rated = [(point, row) for point, row in zip(points, rows, strict=True) if point.value is not None]
    for one, two in pairwise(rated):
        broken = any(one[0].column <= column <= two[0].column for column in asked)
        start, end = (one[0].end, one[1]), (two[0].column, two[1])
        connect(canvas, start, end, style, "╌" if broken else "─")


def draw_sparkline(canvas: Canvas, row: int, points: Sequence[Point], style: str, lowest: int = 0) -> None:
    """Draw a block as high as its value, on the scale from `lowest`, after every rating that was given, where
    the next one leaves room. Between ratings nothing is drawn: nobody rated then."""
    for place, point in enumerate(points):
        following = points[place + 1].column if place + 1 < len(points) else canvas.width
        if point.value is not None and 0 <= point.end < min(following, canvas.width):
            canvas.put(row, point.end, bar(point.value, lowest), style)


def connect(
    canvas: Canvas,
    from_cell: tuple[int, int],
    to_cell: tuple[int, int],
    style: str,
    dash: str = "─",
    step_at: float = 0.5,
) -> None:
    """Draw a line from one cell, a column and a row, up to another; its step is at this part of the way."""
    (start, first), (end, last) = from_cell, to_cell
    if end <= start:
        return
    if first == last:
        canvas.fill(first, start, end, dash, style)
        return
    turn = start + int((end - start) * step_at)
    canvas.fill(first, start, turn, dash, style)
    canvas.fill(last, turn + 1, end, dash, style)
    rising = last < first
    canvas.put(first, turn, "╯" if rising else "╮", style)
    canvas.put(last, turn, "╭" if rising else "╰", style)
    for row in range(min(first, last) + 1, max(first, last)):
        canvas.put(row, turn, "│", style)
