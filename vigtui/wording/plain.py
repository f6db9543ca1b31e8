"""What signs, bars and drawings say, in words: for screen readers and braille lines (`plain`)."""

import datetime as dt

from vigtui.domain.vocabulary import FamilyState
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.queries.timeline import Event, Lane
from vigtui.values.days import show_long_day
from vigtui.values.signs import (
    CYCLE_DONE,
    CYCLE_HALF_DONE,
    CYCLE_TO_COME,
    PLANNED,
)
from vigtui.values.text import one_line

_NOTHING_NEXT = (FamilyState.ENDED, FamilyState.PAUSED)
_CYCLES = {CYCLE_DONE: "filmed and reviewed", CYCLE_HALF_DONE: "filmed", CYCLE_TO_COME: "to come"}


def cycles_words(symbols: str) -> str:
    """ "2 filmed and reviewed, 1 to come" for "● ● ○"."""
    counted = [(symbols.count(sign), words) for sign, words in _CYCLES.items()]
    return ", ".join(f"{number} {words}" for number, words in counted if number)


def family_words(row: FamilyRow, *, guider: bool, undecided: bool) -> str:
    """A family's line of the caseload list, what matters most first."""
    family = row.family
    needs = ["to decide"] if undecided else []
    needs += [f"urgent: {need.short}" if need.urgent else need.short for need in row.needs]
    parts = [
        one_line(f"{family.code} {family.pseudonym}"),
        ", ".join(needs),
        f"now {row.status}" if row.status else "",
        f"next {row.next}" if row.next and family.state not in _NOTHING_NEXT else family.state.label,
        f"cycles: {cycles_words(row.cycles)}" if row.cycles else "",
        f"rated {row.ratings}" if row.ratings else "",
        f"“{one_line(row.question)}”" if row.question else "no question agreed yet",
        f"guider {row.guider_short}" if guider and row.guider_short else "",
    ]
    return "; ".join(filter(None, parts))


def event_words(event: Event, lane: Lane, today: dt.date) -> str:
    """ "11 March, shared review of cycle 2": an event of the timeline."""
    kind = event.lane.partition(":")[0]
    return f"{show_long_day(event.date, today)}, {_EVENTS[kind](event, lane, today)}"


def _film(event: Event, _lane: Lane, _today: dt.date) -> str:
    return f"cycle {event.label} {'planned' if event.symbol == PLANNED else 'filmed'}"


def _review(event: Event, _lane: Lane, _today: dt.date) -> str:
    return f"shared review of cycle {event.label}"


def _supervision(event: Event, _lane: Lane, _today: dt.date) -> str:
    planned = ", planned" if event.symbol == PLANNED else ""
    return f"supervision {event.label}".strip() + planned


def _rating(event: Event, lane: Lane, _today: dt.date) -> str:
    number, _, name = lane.label.partition(" ")
    if event.value is None:
        return f"{one_line(name)} was asked about question {number} and did not rate"
    return f"{one_line(name)} rated question {number}: {event.value}"


def _status(event: Event, _lane: Lane, today: dt.date) -> str:
    return (
        f"{event.label} to {show_long_day(event.end, today)}" if event.end else f"{event.label} from then on"
    )


def _traject(event: Event, _lane: Lane, _today: dt.date) -> str:
    return f"traject plan: {one_line(event.label)}"


_EVENTS = {
    "film": _film,
    "review": _review,
    "supervision": _supervision,
    "rating": _rating,
    "status": _status,
    "traject": _traject,
}
