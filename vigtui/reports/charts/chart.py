"""A chart on a paper, from the same data as on the screen. Each format draws it in its own way."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from vigtui.queries.ratings import Series
from vigtui.queries.timeline import Timeline
from vigtui.values.scale import Scale
from vigtui.values.text import one_line

Say = Callable[[str], str]
"""Turns words of the file into words to print, as in `reports.spoken`."""


class RaterLine(Struct, frozen=True):
    """One rater's ratings of a question, in the order of their days; None for asked and not rated."""

    name: str
    ratings: tuple[tuple[dt.date, int | None], ...]


class RatingsChart(Struct, frozen=True):
    """The ratings of one question: a line for each rater, never averaged, from `lowest` to 10."""

    title: str
    lines: tuple[RaterLine, ...]
    lowest: int = 0


class TimelineChart(Struct, frozen=True):
    """A family's work as lanes of dated events."""

    title: str
    timeline: Timeline
    today: dt.date


class Bar(Struct, frozen=True):
    """A number and what it counts; None where it is left out, and then `words` say so."""

    label: str
    value: int | None
    words: str = ""


class BarsChart(Struct, frozen=True):
    """Numbers as bars below one another, each with its number beside it."""

    title: str
    bars: tuple[Bar, ...]


Chart = RatingsChart | TimelineChart | BarsChart
Charts = Mapping[str, Chart]
"""A paper's charts by the names that its template uses."""


def months(scale: Scale, room: int) -> Iterator[tuple[int, str]]:
    """Yield the columns and names of as many months as there is `room` of columns for each: "2/2025", which
    every language reads, years later too."""
    free = 0
    for tick in scale.ticks():
        if tick.column >= free and tick.column + room <= scale.columns + 1:
            day = scale.day(tick.column) + dt.timedelta(days=1)
            yield tick.column, f"{day.month}/{day.year}"
            free = tick.column + room


def ratings_chart(title: str, series: Sequence[Series], name: Say, lowest: int) -> RatingsChart:
    """Return the chart of one question's series. `name` answers what the rater with an id is called."""
    lines = (
        RaterLine(name(each.rater), tuple((rating.date, rating.value) for rating in each.ratings))
        for each in series
    )
    return RatingsChart(title, tuple(lines), lowest)


def named(charts: Charts, say: Say) -> Charts:
    """Return the charts with every word of the file turned into one to print."""
    return {name: _named(chart, lambda words: say(one_line(words))) for name, chart in charts.items()}


def _named(chart: Chart, say: Say) -> Chart:
    match chart:
        case RatingsChart():
            lines = tuple(replace(each, name=say(each.name)) for each in chart.lines)
            return replace(chart, title=say(chart.title), lines=lines)
        case TimelineChart():
            return replace(chart, title=say(chart.title), timeline=_timeline(chart.timeline, say))
        case BarsChart():
            bars = tuple(replace(each, label=say(each.label)) for each in chart.bars)
            return replace(chart, title=say(chart.title), bars=bars)


def _timeline(timeline: Timeline, say: Say) -> Timeline:
    return dataclasses.replace(
        timeline,
        lanes=tuple(dataclasses.replace(each, label=say(each.label)) for each in timeline.lanes),
        events=tuple(dataclasses.replace(each, label=say(each.label)) for each in timeline.events),
    )
