"""How long film is kept: so many days after the work with a family has ended, as the service has it; and who
decides about film that is still there after that."""

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.consent.access import holds, in_same_file
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Family, Person, Recording
from vigtui.domain.vocabulary import RecordingState, Role
from vigtui.values.days import days_later


def last_day(ended: dt.date, kept_days: int) -> dt.date:
    """Return the day by which film is deleted when the work ended on this day."""
    return days_later(ended, kept_days)


def without_last_day(recordings: Iterable[Recording]) -> list[Recording]:
    """Return those recordings whose film is still kept, with no day by which it is deleted."""
    return [
        each for each in recordings if each.state is not RecordingState.DELETED and each.delete_by is None
    ]


def with_last_day(recordings: Iterable[Recording], day: dt.date) -> list[Recording]:
    """Return the recordings, to be deleted by this day; none before it was filmed."""
    return [replace(each, delete_by=max(day, each.filmed or day)) for each in recordings]


def past_its_day(records: EveryVersion, recording: str, on: dt.date) -> dt.date | None:
    """Return the day by which the film of a recording was to be deleted, if that is past and nothing holds
    it: the first day that any version of it names, or of another recording of the same file."""
    films = {recording, *(each.id for each in in_same_file(records, recording))}
    versions = (each for film in films for each in records.versions(Recording, film))
    day = min((each.delete_by for each in versions if each.delete_by is not None), default=None)
    return day if day is not None and day < on and not holds(records, recording) else None


def deciders(people: Iterable[Person], family: Family) -> list[Person]:
    """Return who decides whether film is kept longer: the family's guider, and the service's leads."""
    return [
        each
        for each in people
        if each.active and (each.id == family.guider or Role.SERVICE_LEAD in each.roles)
    ]
