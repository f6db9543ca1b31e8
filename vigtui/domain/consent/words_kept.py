"""How long what is written of a family is kept: so many years after the work has ended, as the service has
it, or until the day that somebody decided for this family."""

import datetime as dt
from collections.abc import Iterable

from vigtui.domain.records import Cycle, Family, StatusSpan, YearsKept
from vigtui.domain.vocabulary import FamilyState, StatusKind

_CP = frozenset((StatusKind.CP, StatusKind.PRE_PROCEEDINGS, StatusKind.PROCEEDINGS))
_CARE = frozenset((StatusKind.IN_OUR_CARE, StatusKind.PERMANENCE_PLAN, StatusKind.PERMANENTLY_MATCHED))


def ended_on(family: Family, cycles: Iterable[Cycle], spans: Iterable[StatusSpan]) -> dt.date | None:
    """Return the day on which the work with a family ended; where none was said, the last day that is known
    of it. None while the work goes on."""
    if family.state is not FamilyState.ENDED:
        return None
    days = [day for cycle in cycles for day in (cycle.filmed, cycle.edited, cycle.reviewed)]
    days += [day for span in spans for day in (span.start, span.end)]
    return family.ended or max((day for day in days if day), default=family.referred)


def review_day(
    family: Family, cycles: Iterable[Cycle], spans: Iterable[StatusSpan], years: YearsKept
) -> dt.date | None:
    """Return the day on which what is written of a family is looked through; None where none is planned."""
    spans = tuple(spans)
    ended = ended_on(family, cycles, spans)
    if ended is None or family.kept.until:
        return ended and family.kept.until
    kept = _years(frozenset(span.kind for span in spans), years)
    return None if kept is None else _later(ended, kept)


def _years(kinds: frozenset[StatusKind], years: YearsKept) -> int | None:
    groups = ((_CARE, years.in_our_care), (_CP, years.cp), (frozenset((StatusKind.CIN,)), years.cin))
    had = [kept for group, kept in groups if kept is not None and kinds & group]
    return max(had, default=years.others)


def _later(day: dt.date, years: int) -> dt.date:
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, month=3, day=1)
