"""The rows of the caseload list under headings: who works with which families, and their supervision."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from vigtui.domain.people import time_on
from vigtui.domain.records import Person, Session
from vigtui.domain.supervision import last_held, next_planned
from vigtui.domain.vocabulary import Hours
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.values.days import show_coming_day, show_day


class RowGroup(Struct, frozen=True):
    """The rows under one heading: whose they are, and when that person's supervision was and will be."""

    person: Person | None
    heading: str
    supervised: str
    rows: tuple[FamilyRow, ...]


def grouped_by_guider(
    rows: Sequence[FamilyRow], sessions: Sequence[Session], today: dt.date
) -> list[RowGroup]:
    """Return the rows under their guiders, by name; those of nobody come last."""
    return _grouped(rows, {row.guider.id: row.guider for row in rows if row.guider}, sessions, today)


def grouped_by_trainee(
    rows: Sequence[FamilyRow], sessions: Sequence[Session], today: dt.date, supervisor: str = ""
) -> list[RowGroup]:
    """Return the rows under those guiders who have a supervisor (with id `supervisor`, if one is given);
    all other rows come last, under one heading."""
    supervised = {
        row.guider.id: row.guider
        for row in rows
        if row.guider and row.guider.supervisor and supervisor in ("", row.guider.supervisor)
    }
    return _grouped(rows, supervised, sessions, today, rest="Others")


def _grouped(
    rows: Sequence[FamilyRow],
    people: dict[str, Person],
    sessions: Sequence[Session],
    today: dt.date,
    rest: str = "No guider yet",
) -> list[RowGroup]:
    gathered: defaultdict[str, list[FamilyRow]] = defaultdict(list)
    for row in rows:
        gathered[row.guider.id if row.guider and row.guider.id in people else ""].append(row)
    groups = [
        RowGroup(person, with_roles(person), _supervised(person, sessions, today), tuple(gathered[person.id]))
        for person in sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))
    ]
    if gathered[""]:
        groups.append(RowGroup(None, rest, "", tuple(gathered[""])))
    return groups


def with_roles(person: Person) -> str:
    """Return "Ros Tiverton, supervisor"."""
    return ", ".join([person.name, *(role.label for role in person.roles)])


def _supervised(person: Person, sessions: Sequence[Session], today: dt.date) -> str:
    held, coming = last_held(sessions, person.id), next_planned(sessions, person.id, today)
    words = [_leave_words(person, today)] if time_on(person, today).hours is Hours.ON_LEAVE else []
    words += [f"supervised {show_day(held.date, today)}"] if held else []
    words += [f"next {show_coming_day(coming.date, today)}"] if coming else []
    return ", ".join(words)


def _leave_words(person: Person, today: dt.date) -> str:
    end = time_on(person, today).end
    return f"on leave until {show_day(end, today)}" if end else "on leave"
