"""A chart in characters, for Markdown and plain text: a row for each rater, lane or bar."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vigtui.queries.timeline import Event, Lane
from vigtui.reports.charts.chart import Bar, BarsChart, Chart, RatingsChart, TimelineChart, months
from vigtui.values.scale import Scale, spread, whole_scale
from vigtui.values.signs import NOT_RATED
from vigtui.values.text import one_line, shortened

WIDTH = 72
"""The widest that a chart is drawn, in characters."""

_LONGEST_NAME, _NARROWEST, _MONTH = 24, 20, 8


def in_characters(chart: Chart, width: int = WIDTH) -> str:
    """Return the chart in lines of at most this many characters, or of as many as it needs."""
    width = min(width, WIDTH)
    match chart:
        case RatingsChart():
            lines = _ratings(chart, width)
        case TimelineChart():
            lines = _timeline(chart, width)
        case BarsChart():
            lines = _bars(chart.bars, width)
    return "\n".join(line.rstrip() for line in lines)


def _ratings(chart: RatingsChart, width: int) -> Iterator[str]:
    days = [day for line in chart.lines for day, _ in line.ratings]
    if not days:
        return
    gutter = _gutter([line.name for line in chart.lines])
    scale = _scale(min(days), max(days), width - gutter)
    yield " " * gutter + _ticks(scale)
    for line in chart.lines:
        yield _name(line.name, gutter) + _row(line.ratings, scale)


def _timeline(chart: TimelineChart, width: int) -> Iterator[str]:
    timeline = chart.timeline
    lanes = [(lane, timeline.in_lane(lane.key)) for lane in timeline.lanes]
    gutter = _gutter([lane.label for lane, _ in lanes])
    scale = _scale(timeline.start, timeline.end, width - gutter)
    yield " " * gutter + _ticks(scale)
    for lane, events in lanes:
        for number, row in enumerate(_lane(lane, events, scale)):
            yield _name("" if number else lane.label, gutter) + row


def _lane(lane: Lane, events: Sequence[Event], scale: Scale) -> Iterator[str]:
    if lane.question:
        yield _row([(each.date, each.value) for each in events], scale)
    elif lane.key == "status":
        yield from (_span(each, scale) for each in events)
    else:
        words = [each.symbol + ("" if lane.key == "traject" else one_line(each.label)) for each in events]
        yield _placed([scale.column(each.date) for each in events], words, scale.columns)


def _span(event: Event, scale: Scale) -> str:
    """A line as long as the status held, and what it is called."""
    start = min(max(scale.column(event.date), 0), scale.columns - 1)
    end = scale.columns - 1 if event.end is None else min(scale.column(event.end), scale.columns - 1)
    line = "├" + "─" * (end - start - 1) + ("▸" if event.end is None else "┤") if end > start else "│"
    label = one_line(event.label)
    return " " * start + line if not label else _with_label(start, line, label, scale.columns)


def _with_label(start: int, line: str, label: str, room: int) -> str:
    if len(label) + 4 <= len(line):
        left = (len(line) - len(label) - 2) // 2
        return " " * start + line[:left] + f" {label} " + line[left + len(label) + 2 :]
    if start + len(line) + 1 + len(label) <= room or start < len(label) + 1:
        return f"{' ' * start}{line} {label}"
    return f"{label:>{start - 1}} {line}"


def _row(ratings: Sequence[tuple[dt.date, int | None]], scale: Scale) -> str:
    """The values at their days, with a line between them: a broken one over "asked, and not rated"."""
    words = [NOT_RATED if value is None else str(value) for _, value in ratings]
    wide = [len(word) + 2 for word in words]
    starts = spread([scale.column(day) for day, _ in ratings], wide, scale.columns + 2)
    row = list(" " * (scale.columns + 2))
    given = [place for place, (_, value) in enumerate(ratings) if value is not None]
    for one, two in pairwise(given):
        dash = "─" if two == one + 1 else "╌"
        for column in range(starts[one] + len(words[one]) + 1, starts[two] - 1):
            row[column] = dash
    for start, word in zip(starts, words, strict=True):
        row[start : start + len(word)] = word
    return "".join(row)


def _placed(columns: Sequence[int], words: Sequence[str], room: int) -> str:
    starts = spread(columns, [len(word) + 1 for word in words], room + 1)
    row = ""
    for start, word in zip(starts, words, strict=True):
        row = f"{row:<{start}}{word}"
    return row


def _bars(bars: Sequence[Bar], width: int) -> Iterator[str]:
    gutter = _gutter([each.label for each in bars])
    most = max((each.value or 0 for each in bars), default=0)
    room = max(width - gutter - len(str(most)) - 2, _NARROWEST)
    for each in bars:
        number = "" if each.value is None else f" {each.value}" if each.value else "0"
        filled = -(-(each.value or 0) * room // most) if most else 0
        words = " ".join(filter(None, (f"{'█' * filled}{number}", one_line(each.words))))
        yield _name(each.label, gutter) + words


def _scale(start: dt.date, end: dt.date, columns: int) -> Scale:
    return whole_scale(start, end, max(columns, _NARROWEST))


def _ticks(scale: Scale) -> str:
    row = ""
    for column, label in months(scale, _MONTH):
        row = f"{row:<{column}}{label}"
    return row


def _gutter(names: Sequence[str]) -> int:
    return min(max((len(one_line(name)) for name in names), default=0), _LONGEST_NAME) + 2


def _name(name: str, gutter: int) -> str:
    return f"{shortened(name, gutter - 2):<{gutter}}"
