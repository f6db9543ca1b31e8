"""What is said of colleagues: their time for VIG, and their roles, from when to when."""

import datetime as dt
from collections.abc import Iterable

from vigtui.domain.people import roles_on, time_on
from vigtui.domain.records import Availability, Person, RoleHeld
from vigtui.domain.vocabulary import Hours, Word
from vigtui.values.days import show_day
from vigtui.values.text import and_list, one_line


def span_words(what: Word, start: dt.date | None, end: dt.date | None, today: dt.date) -> str:
    """Return "on leave, 4 Oct to 10 Jan 2027"; "from" or "to" alone where there is only one day."""
    days = [show_day(day, today) for day in (start, end) if day]
    if len(days) == 2:
        return f"{what.label}, {days[0]} to {days[1]}"
    return f"{what.label}, {'from' if start else 'to'} {days[0]}" if days else what.label


def availability_words(each: Availability, today: dt.date) -> str:
    """Return "on leave, 4 Oct to 10 Jan 2027"."""
    return span_words(each.hours, each.start, each.end, today)


def role_words(each: RoleHeld, today: dt.date) -> str:
    """Return "trainee, 4 Oct 2024 to 1 May"."""
    return span_words(each.role, each.start, each.end, today)


def person_words(person: Person, today: dt.date) -> str:
    """Return "trainee and guider, on leave until 10 January": what holds today."""
    roles = and_list([role.label for role in roles_on(person, today)])
    return ", ".join(filter(None, (roles, time_words(person, today))))


def time_words(person: Person, today: dt.date) -> str:
    """Return "on leave until 10 January"."""
    time = time_on(person, today)
    return f"{time.hours.label} until {show_day(time.end, today)}" if time.end else time.hours.label


def leave_words(people: Iterable[Person], day: dt.date, today: dt.date) -> str:
    """Return "Tamsin Reeve is on leave that day, until 10 January."; "" where everybody has time."""
    away = [each for each in people if time_on(each, day).hours is Hours.ON_LEAVE]
    if not away:
        return ""
    if len(away) > 1:
        return f"{and_list([one_line(each.name) for each in away])} are on leave that day."
    end = time_on(away[0], day).end
    until = f", until {show_day(end, today)}" if end else ""
    return f"{one_line(away[0].name)} is on leave that day{until}."
