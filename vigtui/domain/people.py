"""What colleagues may do, by their roles; their time and their roles by days; who is a child."""

import datetime as dt
import re
from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.records import Availability, Member, Person, RoleHeld
from vigtui.domain.vocabulary import Role

_GUIDE = frozenset({Role.GUIDER, Role.TRAINEE})
_SUPERVISE = frozenset({Role.SUPERVISOR, Role.ACCREDITING_SUPERVISOR})

_GROWN_UP = 18
_CHILD_WORDS = ("baby", "boy", "brother", "child", "daughter", "girl", "infant", "newborn", "sibling")
_CHILD = frozenset((*_CHILD_WORDS, "sister", "son", "toddler", "twin"))


def is_child(member: Member) -> bool:
    """Return whether a member is a child, by what is written of them: an age ("4"), or a word like "son"."""
    ages = [int(age) for age in re.findall(r"\d{1,3}", member.relation)]
    if ages:
        return min(ages) < _GROWN_UP
    return not _CHILD.isdisjoint(re.findall(r"\w+", member.relation.casefold()))


def guides(person: Person) -> bool:
    """Return whether this person works with families as a guider or a trainee."""
    return not _GUIDE.isdisjoint(person.roles)


def supervises(person: Person) -> bool:
    """Return whether this person is a supervisor."""
    return not _SUPERVISE.isdisjoint(person.roles)


def may_follow(reader: Person | None, trainee: str) -> bool:
    """Return whether somebody reads all of a trainee's own thread: the trainee, and whoever supervises."""
    return reader is not None and (reader.id == trainee or supervises(reader))


def may_see_way(reader: Person | None, trainee: str) -> bool:
    """Return whether somebody sees a trainee's way and portfolio: the trainee, and whoever supervises or
    leads the service. Nobody else has a use for them."""
    return reader is not None and (reader.id == trainee or sees_others_ways(reader))


def sees_others_ways(reader: Person) -> bool:
    """Return whether somebody sees the ways of others."""
    return supervises(reader) or Role.SERVICE_LEAD in reader.roles


def likely_supervisor(person: Person | None, trainee: Person | None) -> str:
    """Return the id of who supervises a session that `person` plans with this trainee; "" when unknown."""
    if person is not None and supervises(person):
        return person.id
    return trainee.supervisor if trainee else ""


def time_on(person: Person, day: dt.date) -> Availability:
    """Return how much time somebody has for VIG on a day, and from when to when: by the span that begins
    last, else as for every other day."""
    found = [each for each in person.availability if _covers(each.start, each.end, day)]
    if not found:
        return Availability(hours=person.hours)
    return max(found, key=lambda each: (each.start or dt.date.min, each.end or dt.date.max, each.hours))


def roles_on(person: Person, day: dt.date) -> tuple[Role, ...]:
    """Return the roles that somebody has on a day, each once."""
    held = {each.role for each in person.roles_held if _covers(each.start, each.end, day)}
    return tuple(role for role in Role if role in held) or person.roles


def with_past(before: Person, after: Person, today: dt.date) -> Person:
    """Return a person whose roles or time change today, with those of until now kept for the days before."""
    yesterday = today - dt.timedelta(days=1)
    times = [(each.start, each.end) for each in after.availability]
    if before.hours is not after.hours and not _any_covers(times, yesterday):
        kept = Availability(hours=before.hours, start=_first_day_untold(times, yesterday), end=yesterday)
        after = replace(after, availability=(*after.availability, kept))
    spans = [(each.start, each.end) for each in after.roles_held]
    if set(before.roles) != set(after.roles) and not _any_covers(spans, yesterday):
        start = _first_day_untold(spans, yesterday)
        held = (RoleHeld(role=role, start=start, end=yesterday) for role in before.roles)
        after = replace(after, roles_held=(*after.roles_held, *held))
    return after


def _covers(start: dt.date | None, end: dt.date | None, day: dt.date) -> bool:
    return (start or dt.date.min) <= day <= (end or dt.date.max)


def _any_covers(spans: Iterable[tuple[dt.date | None, dt.date | None]], day: dt.date) -> bool:
    return any(_covers(start, end, day) for start, end in spans)


def _first_day_untold(
    spans: Iterable[tuple[dt.date | None, dt.date | None]], until: dt.date
) -> dt.date | None:
    """Return the day after the last span that ended before `until`; None where none did."""
    last = max((end for _, end in spans if end and end < until), default=None)
    return last + dt.timedelta(days=1) if last else None
