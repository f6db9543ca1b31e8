"""The ratings of one question drawn in cells: a line for each rater, on one scale and one time axis. Pure.

Only values that were given are on the scale. Where somebody was asked and did not rate, their letter stands
in a row below it, and their line has a gap.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from msgspec import Struct
from rich.cells import cell_len

from vigtui.domain.ratings import HIGHEST
from vigtui.domain.records import Cycle, Rating
from vigtui.queries.ratings import Series
from vigtui.ui.widgets.canvas import Canvas
from vigtui.ui.widgets.rating_chart import connect
from vigtui.ui.widgets.timeline.drawing import draw_months
from vigtui.values.scale import Scale, spread
from vigtui.values.signs import REVIEWED

GUTTER = 11
_NOT_RATED, _REVIEWED = "not rated", "reviewed"
_DIGITS = "123456789"


class RaterLine(Struct, frozen=True):
    """One rater's ratings, by the letter that stands for them in the chart."""

    letter: str
    name: str
    series: Series


class Chart(Struct, frozen=True):
    """The ratings of one question, on a scale from `lowest` to 10, and the cycles that were reviewed
    meanwhile."""

    lines: tuple[RaterLine, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    today: dt.date = dt.date.max
    lowest: int = 0

    @property
    def ratings(self) -> list[Rating]:
        """All ratings, rater by rater."""
        return [rating for line in self.lines for rating in line.series.ratings]

    def line_of(self, rating: str) -> RaterLine | None:
        """Return the line of the rating with this id."""
        return next(
            (line for line in self.lines if any(each.id == rating for each in line.series.ratings)), None
        )


@dataclass(frozen=True)
class Mark:
    """Where a rating is drawn, and how: as its rater's letter, with its value where several values share a
    row."""

    column: int
    row: int
    words: str

    @property
    def end(self) -> int:
        return self.column + len(self.words)


@dataclass(frozen=True)
class Drawing:
    """The cells, and where each rating is, by its id."""

    canvas: Canvas
    marks: Mapping[str, Mark]

    def at(self, column: int, row: int) -> str:
        """Return the id of the rating drawn at a cell, or beside it; "" for none."""
        near = (
            (max(mark.column - column, column - mark.end + 1, 0), rating)
            for rating, mark in self.marks.items()
            if mark.row == row
        )
        distance, found = min(near, default=(2, ""))
        return found if distance <= 1 else ""


def letters(names: Iterable[str]) -> list[str]:
    """Return a letter for each name: its first that no other has, else a digit."""
    found: list[str] = []
    for name in names:
        own = [each.upper() for each in name if each.isalpha() and cell_len(each.upper()) == 1]
        free = [each for each in (*own, *_DIGITS) if each not in found]
        found.append(free[0] if free else "*")
    return found


def draw(chart: Chart, scale: Scale, room: int, cursor: str) -> Drawing:
    """Draw the chart in `room` rows, with the rating `cursor`, by its id, between brackets. Its rater's line
    is drawn over the others."""
    chosen = chart.line_of(cursor)
    asked = any(rating.value is None for rating in chart.ratings)
    reviewed = _reviewed(chart, scale)
    below = [_NOT_RATED] * asked + [_REVIEWED] * bool(reviewed)
    lowest = min([chart.lowest, *(each.value for each in chart.ratings if each.value is not None)])
    height = _height(room - len(below) - 1, lowest)
    canvas = Canvas(GUTTER + scale.columns + 1, height + len(below) + 1)
    marks = _marks(chart, scale, height, lowest)
    _draw_lines(canvas, chart, marks, chosen)
    _draw_gutter(canvas, height, lowest, below)
    for column, sign in reviewed:
        canvas.put(height + asked, GUTTER + column, sign, "review")
    _draw_cursor(canvas, marks.get(cursor))
    months = draw_months(scale, chart.today, GUTTER)
    for column, (text, style) in _runs(months):
        canvas.put(canvas.height - 1, column, text, style)
    return Drawing(canvas, marks)


def _draw_lines(canvas: Canvas, chart: Chart, marks: Mapping[str, Mark], chosen: RaterLine | None) -> None:
    """Draw all lines, each with its steps at another part of the way, and then all marks."""
    last_on_top = sorted(enumerate(chart.lines, start=1), key=lambda each: each[1] == chosen)
    styles = {line.letter: "chosen" if line == chosen else "line" for line in chart.lines}
    for place, line in last_on_top:
        for start, end in _given(line.series.ratings):
            one, two = marks[start.id], marks[end.id]
            step_at = place / (len(chart.lines) + 1)
            cells = (one.end, one.row), (two.column, two.row)
            connect(canvas, *cells, styles[line.letter], step_at=step_at)
    for _, line in last_on_top:
        for mark in (marks[rating.id] for rating in line.series.ratings):
            canvas.put(mark.row, mark.column, mark.words, styles[line.letter])


def _given(ratings: Sequence[Rating]) -> Iterator[tuple[Rating, Rating]]:
    """Yield the ratings between which a line is drawn: one given, and the next, if that was given too."""
    return ((one, two) for one, two in pairwise(ratings) if one.value is not None and two.value is not None)


def _height(room: int, lowest: int) -> int:
    """Return how many rows the scale takes: as many for each value where there is room."""
    steps = HIGHEST - lowest
    return max((room - 1) // steps, 1) * steps + 1 if room > steps else max(room, 2)


def _row(value: int, height: int, lowest: int) -> int:
    return round((HIGHEST - value) * (height - 1) / (HIGHEST - lowest))


def _marks(chart: Chart, scale: Scale, height: int, lowest: int) -> dict[str, Mark]:
    """Return where the ratings go, so that in no row one covers another."""
    rows = {
        rating.id: height if rating.value is None else _row(rating.value, height, lowest)
        for rating in chart.ratings
    }
    words = {
        rating.id: line.letter
        + ("" if rating.value is None or _one_each(height, lowest) else str(rating.value))
        for line in chart.lines
        for rating in line.series.ratings
    }
    found: dict[str, Mark] = {}
    ordered = sorted(chart.ratings, key=lambda each: (rows[each.id], each.date))
    for row, each_row in groupby(ordered, key=lambda each: rows[each.id]):
        beside = list(each_row)
        columns = [scale.column(each.date) for each in beside]
        starts = spread(columns, [len(words[each.id]) + 1 for each in beside], scale.columns + 1)
        found |= {
            each.id: Mark(GUTTER + start, row, words[each.id])
            for each, start in zip(beside, starts, strict=True)
        }
    return found


def _one_each(height: int, lowest: int) -> bool:
    """Whether each value has a row of its own."""
    return height > HIGHEST - lowest


def _reviewed(chart: Chart, scale: Scale) -> list[tuple[int, str]]:
    """Return the cycles that were reviewed meanwhile, each with its column."""
    found = [(each.reviewed, f"{REVIEWED}{each.number}") for each in chart.cycles if each.reviewed]
    seen = sorted((day, sign) for day, sign in found if scale.shows(day))
    columns = spread(
        [scale.column(day) for day, _ in seen], [len(sign) + 1 for _, sign in seen], scale.columns + 1
    )
    return [(column, sign) for column, (_, sign) in zip(columns, seen, strict=True)]


def _draw_gutter(canvas: Canvas, height: int, lowest: int, below: Sequence[str]) -> None:
    """Write the values beside their rows; where several share a row, the first and the last alone."""
    for value in range(lowest, HIGHEST + 1):
        if _one_each(height, lowest) or value in (lowest, HIGHEST):
            canvas.put(_row(value, height, lowest), 1, f"{value:>{len(_NOT_RATED)}}", "label")
    for row, words in enumerate(below, start=height):
        canvas.put(row, 1, f"{words:>{len(_NOT_RATED)}}", "label")


def _draw_cursor(canvas: Canvas, mark: Mark | None) -> None:
    """Brackets around the rating, so that it is found without colour too."""
    if mark is not None:
        canvas.put(mark.row, mark.column - 1, "[", "cursor")
        canvas.put(mark.row, mark.end, "]", "cursor")
        canvas.restyle(mark.row, mark.column, mark.end, "cursor")


def _runs(row: Canvas) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the pieces of a canvas of one row, each with its column."""
    column = 0
    for text, style in row.runs(0):
        yield column, (text, style)
        column += cell_len(text)
