"""Where a day falls on a line of columns, on a screen or on paper, and what zooming does to it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigtui.values.days import days_later, short_month

SHORTEST_DAYS = 14
_LABEL = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month and its name; January shows the year."""

    column: int
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from `start` to `end` (both shown, `end` after `start`) over `columns` cells (at least 2)."""

    start: dt.date
    end: dt.date
    columns: int

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def column(self, day: dt.date) -> int:
        """Return the column of a day: 0 for `start`, `columns - 1` for `end`, beyond these for other days."""
        return _rounded((day - self.start).days * (self.columns - 1), self.days)

    def day(self, column: int) -> dt.date:
        """Return the day in the middle of a column."""
        return self.start + dt.timedelta(days=_rounded(column * self.days, self.columns - 1))

    def shows(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def moved(self, days: int) -> "Scale":
        """Return the scale showing what lies `days` later."""
        step = dt.timedelta(days=days)
        return replace(self, start=self.start + step, end=self.end + step)

    def showing(self, day: dt.date) -> "Scale":
        """Return the scale moved as little as it takes to show `day`."""
        if day < self.start:
            return self.moved((day - self.start).days)
        return self.moved(max((day - self.end).days, 0))

    def zoomed(self, factor: float, around: dt.date) -> "Scale":
        """Return a scale of 1/`factor` of the days in which `around` keeps its place on the line."""
        days = max(round(self.days / factor), SHORTEST_DAYS)
        before = round((around - self.start).days * days / self.days)
        start = around - dt.timedelta(days=before)
        return replace(self, start=start, end=start + dt.timedelta(days=days))

    def within(self, other: "Scale") -> "Scale":
        """Return the scale moved, and if need be shortened, to be within the days of `other`."""
        if self.days >= other.days:
            return replace(self, start=other.start, end=other.end)
        start = min(max(self.start, other.start), other.end - dt.timedelta(days=self.days))
        return self.moved((start - self.start).days)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the months in view, in order: each, or every 2nd, 3rd, 6th or 12th, as there is room."""
        step = next(
            (step for step in (1, 2, 3, 6) if (self.columns - 1) * 30 * step > self.days * _LABEL), 12
        )
        found: list[Tick] = []
        free = 0
        for month in _months(self.start, self.end, step):
            label = str(month.year) if month.month == 1 else short_month(month.month)
            column = self.column(month)
            if free <= column <= self.columns - len(label):
                found.append(Tick(column, label))
                free = column + len(label) + 1
        return tuple(found)


def whole_scale(start: dt.date, end: dt.date, columns: int) -> Scale:
    """Return a scale for all of `start` to `end`, with a little room so that no event sits on the edge."""
    margin = max((end - start).days // 40, 3)
    first = days_later(start, -margin)
    last = max(days_later(end, margin), days_later(first, SHORTEST_DAYS))
    return Scale(first, last, max(columns, 2))


def spread(columns: Sequence[int], widths: Sequence[int], room: int) -> list[int]:
    """Where labels of these widths go so that none cover another: at their columns where that is possible,
    else moved on, and back from the right edge where they would pass it. In order; never below 0."""
    starts: list[int] = []
    free = 0
    for column, width in zip(columns, widths, strict=True):
        starts.append(max(column, free))
        free = starts[-1] + width
    free = room
    for index in range(len(starts) - 1, -1, -1):
        starts[index] = max(min(starts[index], free - widths[index]), 0)
        free = starts[index]
    return starts


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _months(start: dt.date, end: dt.date, step: int) -> list[dt.date]:
    """Return the first days of every `step`th month, counted from January, within the days given."""
    first = start.year * 12 + start.month - 1 + (start.day > 1)
    last = end.year * 12 + end.month - 1
    numbers = (number for number in range(first, last + 1) if number % 12 % step == 0)
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
