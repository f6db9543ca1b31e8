"""A family's work as lanes of dated events, and the walk between them. `scale` says where they are drawn."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigtui.domain.records import (
    Cycle,
    HelpingQuestion,
    Rating,
    Record,
    Session,
    StatusSpan,
    TrajectEntry,
)
from vigtui.domain.vocabulary import SessionState
from vigtui.values.signs import FILMED, NOT_RATED, PLANNED, REVIEWED, SUPERVISED, TRAJECT

_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is planned, on `date`, or from `date` to `end` (None: it goes on). Days far
    from any life, which are slips, lie at the ends of what can be drawn.

    `lane` is the key of its lane; `symbol` is "" for a span; `value` is a rating's 0-10, None when asked
    and not rated. `table` and `record` name what a key opens.
    """

    lane: str
    date: dt.date
    symbol: str
    label: str
    table: str
    record: str
    end: dt.date | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of events. A rating lane belongs to one question and one rater: raters are never mixed."""

    key: str
    label: str
    question: str = ""
    rater: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes from top to bottom, and events in the order of their dates.

    `start` and `end` hold every event and today; ratings go from `lowest_rating` to 10.
    """

    lanes: tuple[Lane, ...]
    events: tuple[Event, ...]
    start: dt.date
    end: dt.date
    lowest_rating: int = 0

    def in_lane(self, key: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.lane == key)


def build_timeline(
    *,
    today: dt.date,
    spans: Iterable[StatusSpan] = (),
    cycles: Iterable[Cycle] = (),
    sessions: Iterable[Session] = (),
    questions: Sequence[HelpingQuestion] = (),
    ratings: Iterable[Rating] = (),
    traject: Iterable[TrajectEntry] = (),
    names: Mapping[str, str] | None = None,
    numbers: Mapping[str, int] | None = None,
    lowest_rating: int = 0,
) -> Timeline:
    """Return the timeline of one family's records.

    `sessions` are those in which this family's clips are seen, `questions` in the order they are numbered.
    `names` gives the label of a rater's id (a member or a person); a rater not in it stands for itself.
    `numbers` gives the number of a session by its id, as it has it everywhere.
    """
    cycles, ratings = tuple(cycles), tuple(ratings)
    lanes = [Lane("status", "status"), Lane("film", "film"), Lane("review", "review")]
    lanes += [Lane("supervision", "supervision"), *_rating_lanes(questions, ratings, names or {})]
    lanes += [Lane("traject", "traject")]
    events = [
        *(_span(each) for each in spans),
        *_cycle_events(cycles),
        *_session_events(sessions, numbers or {}),
        *(_rating(each) for each in ratings),
        *(_event("traject", TRAJECT, each.heading, each, each.date) for each in traject),
    ]
    place = {lane.key: index for index, lane in enumerate(lanes)}
    events = [event for event in events if event.lane in place]
    events.sort(key=lambda event: (event.date, place[event.lane], event.record))
    return Timeline(
        lanes=tuple(lanes),
        events=tuple(events),
        start=min([today, *(event.date for event in events)]),
        end=max([today, *(event.end or event.date for event in events)]),
        lowest_rating=lowest_rating,
    )


def newest(timeline: Timeline, today: dt.date) -> Event | None:
    """Return where a walk begins: the last filming, review or supervision so far, else the last event."""
    past = [event for event in timeline.events if event.date <= today]
    work = [event for event in past if event.lane in ("film", "review", "supervision")]
    return next(iter([*work[-1:], *past[-1:], *timeline.events[:1]]), None)


def step_in_lane(timeline: Timeline, event: Event, step: int) -> Event:
    """Return the event `step` places on in the same lane, or the last one that way."""
    lane = timeline.in_lane(event.lane)
    return lane[min(max(lane.index(event) + step, 0), len(lane) - 1)]


def step_lane(timeline: Timeline, event: Event, step: int) -> Event:
    """Return the event nearest by date in the next lane down (`step` 1) or up (-1) that has any."""
    keys = [lane.key for lane in timeline.lanes]
    place = keys.index(event.lane) + step
    while 0 <= place < len(keys):
        lane = timeline.in_lane(keys[place])
        if lane:
            return min(lane, key=lambda other: _distance(other, event.date))
        place += step
    return event


def rating_lane(question: str, rater: str) -> str:
    """Return the key of the lane of a rater's ratings of a question (both ids)."""
    return f"rating:{question}:{rater}"


def _distance(event: Event, day: dt.date) -> int:
    """Return how many days `day` is from a point, or from the start of a span it is not within."""
    if not event.symbol and event.date <= day <= (event.end or day):
        return 0
    return abs((event.date - day).days)


def _rating_lanes(
    questions: Sequence[HelpingQuestion], ratings: Sequence[Rating], names: Mapping[str, str]
) -> list[Lane]:
    lanes = []
    ordered = sorted(ratings, key=lambda rating: (rating.date, rating.id))
    for number, question in enumerate(questions, start=1):
        raters = dict.fromkeys(each.rater for each in ordered if each.question == question.id)
        for rater in raters:
            key = rating_lane(question.id, rater)
            lanes.append(Lane(key, f"{number} {names.get(rater, rater)}", question.id, rater))
    return lanes


def _event(lane: str, symbol: str, label: str, record: Record, date: dt.date) -> Event:
    return Event(lane, _within(date), symbol, label, record.table, record.id)


def _span(span: StatusSpan) -> Event:
    end = span.end and _within(span.end)
    return Event("status", _within(span.start), "", span.kind.label, span.table, span.id, end=end)


def _within(day: dt.date) -> dt.date:
    return min(max(day, _FIRST_DAY), _LAST_DAY)


def _cycle_events(cycles: Iterable[Cycle]) -> list[Event]:
    events = []
    for cycle in cycles:
        number = str(cycle.number)
        if cycle.filmed:
            events.append(_event("film", FILMED, number, cycle, cycle.filmed))
        elif cycle.planned:
            events.append(_event("film", PLANNED, number, cycle, cycle.planned))
        if cycle.reviewed:
            events.append(_event("review", REVIEWED, number, cycle, cycle.reviewed))
    return events


def _session_events(sessions: Iterable[Session], numbers: Mapping[str, int]) -> list[Event]:
    return [
        _event(
            "supervision",
            PLANNED if session.state is SessionState.PLANNED else SUPERVISED,
            str(numbers.get(session.id, "")),
            session,
            session.date,
        )
        for session in sessions
    ]


def _rating(rating: Rating) -> Event:
    label = NOT_RATED if rating.value is None else str(rating.value)
    lane = rating_lane(rating.question, rating.rater)
    return Event(lane, _within(rating.date), label, label, rating.table, rating.id, value=rating.value)
