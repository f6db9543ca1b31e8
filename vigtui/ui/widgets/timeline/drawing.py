"""A family's timeline drawn in cells. Pure: from lanes, a scale and a cursor to rows and places."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from vigtui.queries.timeline import Event, Lane, Timeline
from vigtui.ui.widgets.canvas import Canvas, cut
from vigtui.ui.widgets.rating_chart import Point, bands, chart_rows, draw_chart, draw_sparkline
from vigtui.values.days import short_month
from vigtui.values.scale import Scale, Tick, spread
from vigtui.values.signs import IN_HAND, TODAY
from vigtui.values.text import one_line
from vigtui.wording.plain import event_words

GUTTER = 14
_TODAY = "today"
_SHORT_NAMES = {"social worker": "s.w."}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event is drawn: its row, and the columns from `start` up to but not including `end`."""

    row: int
    start: int
    end: int


@dataclass(frozen=True)
class Drawing:
    """The months above (one row), the lanes below them, the rows of each lane (`bands`), and where each
    event in view comes to be."""

    months: Canvas
    lanes: Canvas
    bands: Mapping[str, range]
    places: Mapping[Event, Place]

    def at(self, row: int, column: int) -> Event | None:
        """The event drawn at a cell of the lanes, or the one beside it."""
        near = [
            (max(place.start - column, column - place.end + 1, 0), place.start, event)
            for event, place in self.places.items()
            if place.row == row
        ]
        distance, _, event = min(near, key=lambda found: found[:2], default=(2, 0, None))
        return event if distance <= 1 else None


def heights(timeline: Timeline, room: int) -> dict[str, int]:
    """How many rows each lane takes: as many as overlapping statuses need, and for ratings one for each band
    of values where `room` rows allow it (from the top), else one."""
    rows = {lane.key: 1 for lane in timeline.lanes}
    rows["status"] = max(1, len(stacked(timeline.in_lane("status"))))
    spare = room - sum(rows.values())
    for lane in timeline.lanes:
        more = len(_bands(timeline, lane)) - 1 if lane.question else 0
        if more <= spare:
            rows[lane.key] += more
            spare -= more
    return rows


def _bands(timeline: Timeline, lane: Lane) -> list[int]:
    return bands(event.value for event in timeline.in_lane(lane.key))


def stacked(spans: Sequence[Event]) -> list[list[Event]]:
    """Spans in rows, so that those of a row share a day at most: the one on which they follow each other."""
    rows: list[list[Event]] = []
    for span in spans:
        for row in rows:
            last = row[-1].end
            if last is not None and last <= span.date:
                row.append(span)
                break
        else:
            rows.append([span])
    return rows


def draw(timeline: Timeline, scale: Scale, room: int, today: dt.date, cursor: Event | None) -> Drawing:
    """Draw what `scale` shows of the timeline, `room` rows being there for the lanes (they may take more)."""
    rows = heights(timeline, room)
    width = GUTTER + scale.columns + 1
    lanes = Canvas(width, sum(rows.values()))
    places: dict[Event, Place] = {}
    bands_of: dict[str, range] = {}
    top = 0
    previous = Lane("", "")
    for lane in timeline.lanes:
        band = bands_of[lane.key] = range(top, top + rows[lane.key])
        places.update(_draw_lane(lanes, timeline, lane, band, scale))
        for row in band:
            lanes.fill(row, 0, GUTTER, " ")
            lanes.fill(row, width - 1, width, " ")
        chosen = cursor is not None and cursor.lane == lane.key
        lanes.put(top, 1, _gutter(lane, previous), "chosen" if chosen else "label")
        top += rows[lane.key]
        previous = lane
    if cursor in places:
        _draw_cursor(lanes, places[cursor])
    months = draw_months(scale, today, GUTTER)
    if scale.shows(today):
        for row in range(lanes.height):
            lanes.put(row, GUTTER + scale.column(today), TODAY, "today", under=True)
    return Drawing(months, lanes, bands_of, places)


def draw_in_words(timeline: Timeline, today: dt.date, cursor: Event | None, width: int) -> Drawing:
    """The same events, one below the other by their days, in words alone."""
    months, lanes = Canvas(width, 1), Canvas(width, max(len(timeline.events), 1))
    months.put(0, 1, "Events, the oldest first", "months")
    lane_of = {lane.key: lane for lane in timeline.lanes}
    places: dict[Event, Place] = {}
    bands_of: dict[str, range] = {}
    for row, event in enumerate(timeline.events):
        words = event_words(event, lane_of[event.lane], today)
        lanes.put(row, 1, words, "cursor" if event == cursor else "")
        places[event] = Place(row, 1, 1 + cell_len(words))
        if event == cursor:
            bands_of[event.lane] = range(row, row + 1)
    return Drawing(months, lanes, bands_of, places)


def _draw_lane(
    canvas: Canvas, timeline: Timeline, lane: Lane, band: range, scale: Scale
) -> dict[Event, Place]:
    events = timeline.in_lane(lane.key)
    if lane.question:
        rows = _bands(timeline, lane) if len(band) > 1 else ()
        return _draw_ratings(canvas, band[0], events, rows, scale, timeline.lowest_rating)
    seen = [event for event in events if _in_view(event, scale)]
    draw_events = _draw_spans if lane.key == "status" else _draw_points
    return draw_events(canvas, band[0], seen, scale)


def _gutter(lane: Lane, previous: Lane) -> str:
    """The words before a lane; a question's number comes before its first rater alone."""
    if not lane.question:
        return lane.label
    number, _, name = lane.label.partition(" ")
    name = _SHORT_NAMES.get(one_line(name).casefold(), one_line(name))
    name = cut(name, GUTTER - 3 - len(number))
    return f"{number} {name}" if lane.question != previous.question else " " * (len(number) + 1) + name


def _in_view(event: Event, scale: Scale) -> bool:
    if event.symbol:
        return scale.shows(event.date)
    return event.date <= scale.end and (event.end is None or event.end >= scale.start)


def draw_months(scale: Scale, today: dt.date, gutter: int) -> Canvas:
    """Draw the months, and "today", in one row that begins `gutter` cells before the first day."""
    months = Canvas(gutter + scale.columns + 1, 1)
    ticks = [*scale.ticks()]
    if not ticks or ticks[0].column > 3:
        ticks.insert(0, Tick(0, short_month(scale.start.month)))
    if scale.shows(today):
        months.put(0, gutter + min(scale.column(today), scale.columns - len(_TODAY)), _TODAY, "today")
    told = set[int]()

    def tell(column: int, label: str) -> None:
        if months.is_free(0, gutter + column - 1, gutter + column + len(label) + 1):
            months.put(0, gutter + column, label, "months")
            told.add(scale.day(column).month)

    for tick in ticks:
        tell(tick.column, tick.label)
    for day in _days(scale):
        # Where "today" stands in the place of a month, the first day that is told names it.
        month = "" if day.month in told else f" {short_month(day.month)}"
        tell(scale.column(day), f"{day.day}{month}")
    return months


def _days(scale: Scale) -> list[dt.date]:
    """Days between the months, where there is a column or more for each day."""
    if scale.columns < scale.days:
        return []
    days = [scale.start + dt.timedelta(days=number) for number in range(scale.days)]
    return [day for day in days if day.day in (8, 15, 22)]


def _draw_spans(canvas: Canvas, top: int, events: Sequence[Event], scale: Scale) -> dict[Event, Place]:
    places = {}
    for row, spans in enumerate(stacked(events), start=top):
        free = 0
        for span in spans:
            start = max(scale.column(span.date), free)
            last = scale.columns - 1 if span.end is None else min(scale.column(span.end), scale.columns - 1)
            last = max(last, start)
            _draw_span(canvas, row, GUTTER + start, GUTTER + last, span, scale)
            places[span] = Place(row, GUTTER + start, GUTTER + last + 1)
            free = last + 1
    return places


def _draw_span(canvas: Canvas, row: int, start: int, last: int, span: Event, scale: Scale) -> None:
    canvas.fill(row, start, last + 1, "─", "span")
    room = last - start - 1
    label = cut(one_line(span.label), room) if room >= 2 else ""
    if label and cell_len(label) <= room - 2:
        label = f" {label} "
    left = start + (last - start + 1 - cell_len(label)) // 2
    canvas.put(row, left, label, "status")
    if span.date >= scale.start:
        canvas.put(row, start, "├", "span")
    ongoing = span.end is None or span.end > scale.end
    if last > start or ongoing:
        canvas.put(row, last, IN_HAND if ongoing else "┤", "span")


def _draw_points(canvas: Canvas, row: int, events: Sequence[Event], scale: Scale) -> dict[Event, Place]:
    words = [event.symbol + ("" if event.lane == "traject" else event.label) for event in events]
    starts = _starts(events, words, scale)
    places = {}
    for event, start, word in zip(events, starts, words, strict=True):
        canvas.put(row, GUTTER + start, word, event.lane)
        places[event] = Place(row, GUTTER + start, GUTTER + start + cell_len(word))
    return places


def _starts(events: Sequence[Event], words: Sequence[str], scale: Scale) -> list[int]:
    columns = [scale.column(event.date) for event in events]
    return spread(columns, [cell_len(word) for word in words], scale.columns)


def _draw_ratings(
    canvas: Canvas, top: int, events: Sequence[Event], rows: Sequence[int], scale: Scale, lowest: int
) -> dict[Event, Place]:
    """Draw all ratings, those out of view too: their lines lead there. `rows` are the bands of the chart."""
    seen = [event for event in events if _in_view(event, scale)]
    starts = dict(zip(seen, _starts(seen, [event.label for event in seen], scale), strict=True))
    points = [Point(GUTTER + starts.get(event, scale.column(event.date)), event.value) for event in events]
    placed = [top + row for row in chart_rows(points, rows)]
    if len(rows) > 1:
        draw_chart(canvas, points, placed, "line")
    else:
        draw_sparkline(canvas, top, points, "fill", lowest)
    places = {}
    for event, point, row in zip(events, points, placed, strict=True):
        if event in starts:
            canvas.put(row, point.column, point.label, "rating")
            places[event] = Place(row, point.column, point.end)
    return places


def _draw_cursor(canvas: Canvas, place: Place) -> None:
    """Brackets around the event, so that it is found without colour too."""
    canvas.put(place.row, place.start - 1, "[", "cursor")
    canvas.put(place.row, place.end, "]", "cursor")
    canvas.restyle(place.row, place.start, place.end, "cursor")
