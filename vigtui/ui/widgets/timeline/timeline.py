"""A family's timeline to walk through: from event to event, from lane to lane, closer and wider."""

import datetime as dt
import sys
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from vigtui.film.pane.app import is_plain
from vigtui.queries.timeline import Event, Timeline, newest, step_in_lane, step_lane
from vigtui.ui.widgets.canvas import Canvas
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.timeline.drawing import GUTTER, draw, draw_in_words, heights
from vigtui.values.scale import Scale, whole_scale

_MONTHS_ROW = 1
_CLOSER = 1.6
_OF_EVENTS = frozenset({"event", "lane", "edge", "zoom", "open", "read"})


class TimelineView(Widget, can_focus=True):
    """Draws a `Timeline`. It posts `Moved` when the cursor comes to an event, `Opened` for enter on it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline")
    HELP: ClassVar[str] = (
        "Time runs from left to right. Left and right go from event to event of a lane, up and down to the "
        "event nearest in time in the next lane. ● filmed, ◆ reviewed, ▣ supervised, ○ planned, ▪ traject "
        "plan; a rating is its number, · means asked and not rated."
    )
    PLAIN_HELP: ClassVar[str] = (
        "All events, the oldest first. Up and down go to the event before and the next one, left and right "
        "to those of the same kind."
    )
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"timeline--{name}"
        for name in (
            *("label", "chosen", "months", "today", "span", "status", "line", "fill", "rating", "cursor"),
            *("film", "review", "supervision", "traject"),
        )
    }
    DEFAULT_CSS = """
    TimelineView {
        height: 1fr;
        .timeline--label, .timeline--months, .timeline--span, .timeline--line { color: $text-muted; }
        .timeline--fill { color: $text-muted; }
        .timeline--today { color: $text-muted; }
        .timeline--chosen, .timeline--rating, .timeline--film, .timeline--review, .timeline--supervision {
            text-style: bold;
        }
        .timeline--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
        }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on `event`, or on nothing."""

        event: Event | None

    @dataclass
    class Opened(Message):
        """Open what is under the cursor."""

        event: Event

    @dataclass
    class ReadOn(Message):
        """Read on (`way` 1) or back (-1) in what is shown about the event under the cursor."""

        way: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor: Event | None = None
        self._today = dt.date(2000, 1, 1)
        self._timeline = Timeline((), (), self._today, self._today)
        self._scale = self._whole = whole_scale(self._today, self._today, 2)
        self._drawing = draw(self._timeline, self._scale, 1, self._today, None)
        self._top = 0

    def show(self, timeline: Timeline, today: dt.date, *, lane: str = "", record: str = "") -> None:
        """Show `timeline`. The cursor goes to the event of `record` (in `lane`, where there are more), or
        stays where it was, or goes to the newest work."""
        self._timeline, self._today = timeline, today
        self._fit()
        if not record and self.cursor:
            lane, record = self.cursor.lane, self.cursor.record
        self._go(_find(timeline, lane, record) or newest(timeline, today))

    @property
    def full_height(self) -> int:
        """The rows it takes to draw all lanes at their tallest."""
        if is_plain(self.app):
            return _MONTHS_ROW + len(self._timeline.events)
        return _MONTHS_ROW + sum(heights(self._timeline, sys.maxsize).values())

    def move_to(self, record: str) -> None:
        """Put the cursor on the event of a record, if it has one."""
        event = _find(self._timeline, "", record)
        if event:
            self._go(event)

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The cell of the screen where the event under the cursor is drawn; None where it is not."""
        place = self._drawing.places.get(self.cursor) if self.cursor else None
        if place is None:
            return None
        return self.content_region.offset + Offset(place.start, place.row + _MONTHS_ROW - self._top)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing has happened yet nothing is gone to, or read."""
        if action in _OF_EVENTS:
            return self.cursor is not None
        return super().check_action(action, parameters)

    def action_event(self, by: int) -> None:
        """Go to the next event of the lane, or the one before."""
        if self.cursor:
            self._go(step_in_lane(self._timeline, self.cursor, by))

    def action_lane(self, by: int) -> None:
        """Go to the event nearest in time in the lane below, or above; in words, to the next event."""
        if self.cursor and is_plain(self.app):
            events = self._timeline.events
            self._go(events[min(max(events.index(self.cursor) + by, 0), len(events) - 1)])
        elif self.cursor:
            self._go(step_lane(self._timeline, self.cursor, by))

    def action_edge(self, way: int) -> None:
        """Go to the last event of the lane, or the first."""
        if self.cursor:
            self._go(self._timeline.in_lane(self.cursor.lane)[0 if way < 0 else -1])

    def action_zoom(self, way: int) -> None:
        """Show fewer days, or more; the event under the cursor keeps its place on the line."""
        middle = self._scale.day(self._scale.columns // 2)
        around = self.cursor.date if self.cursor and self._scale.shows(self.cursor.date) else middle
        factor = _CLOSER if way > 0 else 1 / _CLOSER
        self._scale = self._scale.zoomed(factor, around).within(self._whole)
        self._draw()

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.cursor:
            self.post_message(self.Opened(self.cursor))

    def action_read(self, way: int) -> None:
        """Ask for more, or what came before, of what is shown about the event."""
        self.post_message(self.ReadOn(way))

    def on_click(self, event: events.Click) -> None:
        """Go to the event clicked; a second click opens it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        found = self._drawing.at(place.y - _MONTHS_ROW + self._top, place.x)
        if found is None:
            return
        self._go(found)
        if event.chain > 1:
            self.action_open()

    def on_mouse_scroll_down(self) -> None:
        self._scroll(self._top + 1)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(self._top - 1)

    # Drawing

    def on_resize(self) -> None:
        self._fit()
        self._draw()

    def _fit(self) -> None:
        """Take the days of the timeline and the columns of the screen; what was zoomed stays zoomed."""
        zoomed = self._scale != self._whole
        columns = max(self.size.width - GUTTER - 1, 2)
        self._whole = whole_scale(self._timeline.start, self._timeline.end, columns)
        self._scale = replace(self._scale, columns=columns).within(self._whole) if zoomed else self._whole

    def render_line(self, y: int) -> Strip:
        """One row: the months, then the lanes from the first in view."""
        width = self.size.width
        if y < _MONTHS_ROW:
            return self._strip(self._drawing.months, 0)
        row = y - _MONTHS_ROW + self._top
        if row >= self._drawing.lanes.height:
            return Strip.blank(width, self.rich_style)
        return self._strip(self._drawing.lanes, row)

    def _strip(self, canvas: Canvas, row: int) -> Strip:
        base = self.rich_style
        segments = [
            Segment(text, self.get_component_rich_style(f"timeline--{style}") if style else base)
            for text, style in canvas.runs(row)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    @property
    def _room(self) -> int:
        return max(self.size.height - _MONTHS_ROW, 1)

    def _go(self, event: Event | None) -> None:
        was_empty, self.cursor = self.cursor is None, event
        if was_empty != (event is None):
            self.refresh_bindings()
        self._draw()
        self.post_message(self.Moved(event))

    def _draw(self) -> None:
        """Draw everything again, with the cursor in view; nothing before there is a place to draw it in."""
        if not self.size:
            return
        if self.cursor:
            self._scale = _bring_in(self._scale, self.cursor).within(self._whole)
        if is_plain(self.app):
            self._drawing = draw_in_words(self._timeline, self._today, self.cursor, self.size.width)
        else:
            self._drawing = draw(self._timeline, self._scale, self._room, self._today, self.cursor)
        self._scroll(self._top_for_cursor())

    def _top_for_cursor(self) -> int:
        """The first row in view, moved as little as it takes to show the lane of the cursor."""
        if self.cursor is None:
            return self._top
        band = self._drawing.bands[self.cursor.lane]
        return min(max(self._top, band.stop - self._room), band.start)

    def _scroll(self, top: int) -> None:
        hidden = max(self._drawing.lanes.height - self._room, 0)
        self._top = min(max(top, 0), hidden)
        if is_plain(self.app):
            self.refresh()
            return
        months = self._drawing.months
        months.fill(0, 0, GUTTER - 1, " ")
        ways = ("▲" if self._top else "") + ("▼" if hidden > self._top else "")
        months.put(0, 1, f"{ways} more" if ways else "", "months")
        self.refresh()


def _find(timeline: Timeline, lane: str, record: str) -> Event | None:
    """The event of a record, in the lane named if it has more than one."""
    found = [event for event in timeline.events if event.record == record]
    return next((event for event in found if event.lane == lane), found[0] if found else None)


def _bring_in(scale: Scale, event: Event) -> Scale:
    """The scale moved, if the event is not in view, so that it is a little way from the edge."""
    if not event.symbol and event.date <= scale.end and (event.end is None or event.end >= scale.start):
        return scale
    if scale.shows(event.date):
        return scale
    room = dt.timedelta(days=scale.days // 8)
    return scale.showing(event.date - room).showing(event.date + room)
