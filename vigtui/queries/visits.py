"""The visits that are planned: a cycle's filming, or its shared review."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from vigtui.domain.cycles import counts, current
from vigtui.domain.records import Cycle

FORTNIGHT = 14
"""How many days ahead visits are made ready, today included."""


class Visit(Struct, frozen=True, order=True):
    """A visit to a family on a day, for a cycle's filming or its shared review."""

    day: dt.date
    family: str
    cycle: Cycle

    @property
    def is_review(self) -> bool:
        """Whether the cycle's film is there to be looked at together."""
        return self.cycle.filmed is not None


def planned_visits(cycles: Iterable[Cycle], today: dt.date, days: int = FORTNIGHT) -> list[Visit]:
    """Return the visits of the next `days`, in their order."""
    last = today + dt.timedelta(days=days - 1)
    return sorted(
        (
            Visit(each.planned, each.family, each)
            for each in cycles
            if each.planned is not None and today <= each.planned <= last and not _done(each)
        ),
        key=lambda visit: (visit.day, visit.family, visit.cycle.number),
    )


def next_visit(cycles: Iterable[Cycle], today: dt.date) -> Visit | None:
    """Return the next visit of those that are planned for cycles of one family."""
    return next(iter(planned_visits(cycles, today, days=3660)), None)


def cycle_at_hand(visit: Visit | None, cycles: Iterable[Cycle]) -> Cycle | None:
    """Return the cycle that a visit is about; without one that is planned, the cycle being worked on."""
    return visit.cycle if visit else current(tuple(cycles))


def _done(cycle: Cycle) -> bool:
    """Whether what was planned has happened: a day is planned for the filming, then for the review."""
    return counts(cycle) or (
        cycle.filmed is not None and cycle.planned is not None and cycle.planned <= cycle.filmed
    )
