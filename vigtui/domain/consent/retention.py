"""How long film is kept: so many days after the work with a family has ended, as the service has it."""

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState


def last_day(ended: dt.date, kept_days: int) -> dt.date:
    """Return the day by which film is deleted when the work ended on this day."""
    return ended + dt.timedelta(days=kept_days)


def without_last_day(recordings: Iterable[Recording]) -> list[Recording]:
    """Return those recordings whose film is still kept, with no day by which it is deleted."""
    return [
        each for each in recordings if each.state is not RecordingState.DELETED and each.delete_by is None
    ]


def with_last_day(recordings: Iterable[Recording], day: dt.date) -> list[Recording]:
    """Return the recordings, to be deleted by this day; none before it was filmed."""
    return [replace(each, delete_by=max(day, each.filmed or day)) for each in recordings]
