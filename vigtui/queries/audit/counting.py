"""Counting one caseload, or several together: each family by itself, and those who work."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from vigtui.domain.people import guides, roles_on, time_on
from vigtui.domain.records import Person, Session
from vigtui.domain.vocabulary import Hours, Role, SessionKind, SessionState
from vigtui.queries.audit import figures
from vigtui.queries.audit.family import family_names
from vigtui.queries.audit.film import consent_names, film_names
from vigtui.queries.audit.records import AuditRecords, Caseload, FamilyRecords, by_family
from vigtui.queries.audit.span import Span

GUIDING = frozenset((Role.GUIDER, Role.TRAINEE))


def count_caseload(records: AuditRecords, span: Span, today: dt.date) -> Counter[str]:
    """Return all that is counted of one caseload, by the names in `figures`."""
    found = count_families(records, span, today)
    found.update(count_workers(records, span))
    return found


def count_families(records: AuditRecords, span: Span, today: dt.date) -> Counter[str]:
    """Return what is counted of the families, and of their film."""
    caseload = Caseload(records)
    return Counter(name for own in by_family(records) for name in _names(own, caseload, span, today))


def families_counted(records: AuditRecords, span: Span, today: dt.date) -> dict[str, Counter[str]]:
    """Return by the names of `count_families` how often each family is in the count, by its id."""
    caseload = Caseload(records)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in by_family(records):
        for name in _names(own, caseload, span, today):
            found[name][own.family.id] += 1
    return dict(found)


def count_workers(records: AuditRecords, span: Span) -> Counter[str]:
    """Return what is counted of those who work here, and of supervision."""
    held = held_in(records.all(Session), span)
    return count_sessions(held) + count_people(records.all(Person), supervised_in(held), span)


def held_in(sessions: Iterable[Session], span: Span) -> list[Session]:
    """Return the supervisions that took place in the span; intervision and VERP are none."""
    return [
        each
        for each in sessions
        if each.kind is SessionKind.SUPERVISION
        and each.state is not SessionState.PLANNED
        and span.holds(each.date)
    ]


def supervised_in(held: Iterable[Session]) -> set[str]:
    """Return the ids of those who were supervised in these sessions."""
    return {trainee for each in held for trainee in each.trainees}


def count_sessions(held: Collection[Session]) -> Counter[str]:
    """Return what is counted of sessions that took place, and for how many minutes they went on."""
    found = Counter(f"sessions/{each.mode}" for each in held)
    found[figures.SESSIONS] = len(held)
    found[figures.MINUTES] = sum(each.minutes for each in held)
    return found


def count_people(people: Iterable[Person], supervised: Collection[str], span: Span) -> Counter[str]:
    """Return what is counted of those who work here: which trainees were `supervised`, by their ids, and how
    much time practitioners had."""
    found: list[str] = []
    for person in people:
        if not person.active:
            continue
        if Role.TRAINEE in roles_on(person, span.end):
            which = figures.SUPERVISED if person.id in supervised else figures.NOT_SUPERVISED
            found += (figures.TRAINEES, which)
        if practises(person, span):
            found += (figures.PRACTITIONERS, *(f"hours/{each}" for each in hours_in(person, span)))
    return Counter(found)


def practises(person: Person, span: Span) -> bool:
    """Whether somebody was a guider or a trainee on a day of the span."""
    held = {each.role for each in person.roles_held if span.touches(each.start, each.end)}
    return guides(person) or not held.isdisjoint(GUIDING)


def hours_in(person: Person, span: Span) -> set[Hours]:
    """Return how much time somebody had for VIG on the days of the span: it may have changed."""
    days = {span.start, *(day for each in person.availability for day in _turns(each.start, each.end))}
    return {time_on(person, day).hours for day in days if span.holds(day)}


def _names(own: FamilyRecords, caseload: Caseload, span: Span, today: dt.date) -> list[str]:
    """Return the name of every count in which a family is, as often as it is in it."""
    found = family_names(own, caseload, span)
    if figures.AT_WORK in found:
        found += consent_names(own, caseload, today)
    return found + film_names(own, span, today)


def _turns(start: dt.date | None, end: dt.date | None) -> Iterable[dt.date]:
    """Yield the days on which something else may hold: the first, and the first after the last."""
    if start:
        yield start
    if end and end < dt.date.max:
        yield end + dt.timedelta(days=1)
