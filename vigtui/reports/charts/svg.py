"""A chart as SVG within a page of HTML. It fetches nothing; lines differ in their dashes and marks too, so
that it can be read from a print in black and white."""

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from vigtui.domain.ratings import HIGHEST
from vigtui.queries.timeline import Event
from vigtui.reports.charts.chart import BarsChart, Chart, RaterLine, RatingsChart, TimelineChart, months
from vigtui.values.scale import Scale, spread, whole_scale
from vigtui.values.signs import FILMED, PLANNED, REVIEWED
from vigtui.values.text import one_line, shortened

WIDTH = 680
"""Of every chart, in units of its own: it is as wide as the page."""

STYLE = """
svg { display: block; width: 100%; height: auto; margin: .8em 0; break-inside: avoid }
svg text { font: 12px Arial, Helvetica, sans-serif; fill: #111 }
svg .dim { fill: #555 } svg .grid { stroke: #ccc; stroke-width: 1 } svg .today { stroke-dasharray: 2 3 }
svg .line { fill: none; stroke: #111; stroke-width: 1.6 } svg .broken { stroke-dasharray: 1 4 }
svg .mark { fill: #fff; stroke: #111; stroke-width: 1.4 } svg .full { fill: #111 }
svg .bar { fill: #888 } svg .span { fill: #ddd; stroke: #777 }
"""

_NAMES, _LONGEST = 150, 26
_TOP, _HEIGHT, _ROW = 18, 106, 24
_DASHES = ("", "7 4", "2 3", "9 3 2 3")
_FULL = (True, False, True, False)


def svg(chart: Chart) -> str:
    """Return the chart as an element of HTML, with its title for whoever has it read aloud."""
    match chart:
        case RatingsChart():
            height, parts = _ratings(chart)
        case TimelineChart():
            height, parts = _timeline(chart)
        case BarsChart():
            height, parts = _bars(chart)
    title = escape(one_line(chart.title))
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img"><title>{title}</title>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _ratings(chart: RatingsChart) -> tuple[int, list[str]]:
    """All lines on one scale, each with its rater's name at its end."""
    days = [day for line in chart.lines for day, _ in line.ratings]
    if not days:
        return 1, []
    left, bottom = 30, _TOP + _HEIGHT
    scale = whole_scale(min(days), max(days), WIDTH - left - _NAMES)
    parts = [*_months(scale, left, bottom + 16)]
    for value in sorted({chart.lowest, 5, HIGHEST}):
        y = _height(value, chart.lowest)
        parts.append(f'<line class="grid" x1="{left}" x2="{left + scale.columns}" y1="{y}" y2="{y}"/>')
        parts.append(_text(left - 8, y + 4, str(value), "dim", end=True))
    for number, line in enumerate(chart.lines):
        points = [(left + scale.column(day), value) for day, value in line.ratings]
        parts += _line(points, number, chart.lowest)
    parts += _line_names(chart.lines, scale, left, chart.lowest)
    return bottom + 22, parts


def _line(points: Sequence[tuple[int, int | None]], number: int, lowest: int) -> Iterator[str]:
    """One rater's line; where somebody was asked and did not rate it is broken, and that is marked below."""
    dash = _DASHES[number % len(_DASHES)]
    before: tuple[int, int] | None = None
    broken = False
    for x, value in points:
        if value is None:
            broken = True
            yield _text(x, _TOP + _HEIGHT - 3, "–", "dim", middle=True)
            continue
        y = _height(value, lowest)
        if before:
            looks = ' class="line broken"' if broken else f' class="line" stroke-dasharray="{dash}"'
            yield f'<line{looks} x1="{before[0]}" y1="{before[1]}" x2="{x}" y2="{y}"/>'
        before, broken = (x, y), False
    for x, value in points:
        if value is not None:
            y = _height(value, lowest)
            yield _mark(x, y, number)
            yield _text(x, y - 8 if number % 2 == 0 else y + 18, str(value), middle=True)


def _line_names(lines: Sequence[RaterLine], scale: Scale, left: int, lowest: int) -> Iterator[str]:
    """The raters' names beside the last values, none over another."""
    lasts = [
        next((value for _, value in reversed(line.ratings) if value is not None), lowest) for line in lines
    ]
    ordered = sorted(range(len(lines)), key=lambda place: (-lasts[place], place))
    heights = spread(
        [_height(lasts[place], lowest) - 8 for place in ordered], [16] * len(lines), _TOP + _HEIGHT + 8
    )
    x = left + scale.columns + 8
    for place, y in zip(ordered, heights, strict=True):
        yield _mark(x, y + 8, place)
        yield _text(x + 10, y + 12, shortened(lines[place].name, _LONGEST))


def _timeline(chart: TimelineChart) -> tuple[int, list[str]]:
    timeline, left = chart.timeline, _NAMES
    scale = whole_scale(timeline.start, timeline.end, WIDTH - left - 10)
    parts = [*_months(scale, left, 12)]
    y = _TOP
    for lane in timeline.lanes:
        events = timeline.in_lane(lane.key)
        parts.append(_text(0, y + 15, shortened(lane.label, _LONGEST), "dim"))
        if lane.key == "status":
            parts += [
                part for row, each in enumerate(events) for part in _span(each, scale, left, y + row * _ROW)
            ]
            y += _ROW * max(len(events) - 1, 0)
        elif lane.question:
            parts += _rating_row([(each.date, each.value) for each in events], scale, left, y)
        else:
            parts += _points(events, scale, left, y)
        y += _ROW
    x = left + scale.column(chart.today)
    parts.append(f'<line class="grid today" x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{y}"/>')
    return y + 4, parts


def _span(event: Event, scale: Scale, left: int, y: int) -> Iterator[str]:
    """A bar as long as the status held, its name within it or on whichever side there is room."""
    start = left + max(scale.column(event.date), 0)
    end = left + min(scale.columns if event.end is None else scale.column(event.end) + 1, scale.columns)
    width, label = max(end - start, 2), shortened(event.label, _LONGEST)
    needed = 7 * len(label) + 8
    yield f'<rect class="span" x="{start}" y="{y + 2}" width="{width}" height="{_ROW - 6}"/>'
    if needed <= width:
        yield _text(start + 5, y + 16, label)
    elif end + needed <= left + scale.columns or start - needed < left:
        yield _text(end + 4, y + 16, label)
    else:
        yield _text(start - 4, y + 16, label, end=True)


def _rating_row(
    ratings: Sequence[tuple[dt.date, int | None]], scale: Scale, left: int, y: int
) -> Iterator[str]:
    places = spread([scale.column(day) for day, _ in ratings], [18] * len(ratings), scale.columns + 18)
    points = [(left + place, value) for place, (_, value) in zip(places, ratings, strict=True)]
    if len(points) > 1:
        yield f'<line class="grid" x1="{points[0][0]}" x2="{points[-1][0]}" y1="{y + 11}" y2="{y + 11}"/>'
    for x, value in points:
        yield f'<circle cx="{x}" cy="{y + 11}" r="9" fill="#fff"/>'
        yield _text(x, y + 15, "–" if value is None else str(value), middle=True)


def _points(events: Sequence[Event], scale: Scale, left: int, y: int) -> Iterator[str]:
    """What happened on a day, as its mark; what has a number says it."""
    shown = [next(same) for _, same in groupby(events, lambda each: (each.date, each.symbol, each.label))]
    labels = ["" if each.lane == "traject" else one_line(each.label) for each in shown]
    widths = [14 + 7 * len(label) for label in labels]
    places = spread([scale.column(each.date) for each in shown], widths, scale.columns + 14)
    for place, each, label in zip(places, shown, labels, strict=True):
        x = left + place
        yield _symbol(x, y + 11, each.symbol)
        if label:
            yield _text(x + 7, y + 15, label)


def _symbol(x: int, y: int, symbol: str) -> str:
    if symbol in (FILMED, PLANNED):
        full = " full" if symbol == FILMED else ""
        return f'<circle class="mark{full}" cx="{x}" cy="{y}" r="4.5"/>'
    turned = f' transform="rotate(45 {x} {y})"' if symbol == REVIEWED else ""
    return f'<rect class="mark full" x="{x - 4}" y="{y - 4}" width="8" height="8"{turned}/>'


def _bars(chart: BarsChart) -> tuple[int, list[str]]:
    most = max((each.value or 0 for each in chart.bars), default=0)
    left = 180
    room = WIDTH - left - 130
    parts: list[str] = []
    for place, each in enumerate(chart.bars):
        y = place * _ROW
        parts.append(_text(left - 8, y + 16, shortened(each.label, _LONGEST), end=True))
        width = (each.value or 0) * room // most if most else 0
        if each.value:
            parts.append(
                f'<rect class="bar" x="{left}" y="{y + 4}" width="{max(width, 1)}" height="{_ROW - 8}"/>'
            )
        number = "" if each.value is None else str(each.value)
        parts.append(_text(left + width + 6, y + 16, " ".join(filter(None, (number, one_line(each.words))))))
    return max(len(chart.bars) * _ROW, 1), parts


def _months(scale: Scale, left: int, y: int) -> Iterator[str]:
    for column, label in months(scale, 56):
        yield _text(left + column, y, label, "dim")


def _mark(x: int, y: int, number: int) -> str:
    """What stands at each value of a rater's: a circle, a square, a diamond, an open circle."""
    full = " full" if _FULL[number % len(_FULL)] else ""
    if number % 4 in (0, 3):
        return f'<circle class="mark{full}" cx="{x}" cy="{y}" r="4"/>'
    turned = f' transform="rotate(45 {x} {y})"' if number % 4 == 2 else ""
    return f'<rect class="mark{full}" x="{x - 4}" y="{y - 4}" width="8" height="8"{turned}/>'


def _height(value: int, lowest: int) -> int:
    """Where a value is drawn, from the top."""
    room = _HEIGHT - 26
    return _TOP + room - round((max(value, lowest) - lowest) * room / (HIGHEST - lowest)) + 6


def _text(x: int, y: int, words: str, looks: str = "", *, middle: bool = False, end: bool = False) -> str:
    anchor = "middle" if middle else "end" if end else ""
    more = (f' class="{looks}"' if looks else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{x}" y="{y}"{more}>{escape(one_line(words))}</text>'
