"""How long film is kept: none that is still there may be forgotten when the work has ended."""

import datetime as dt

from vigtui.domain.consent.retention import last_day, with_last_day, without_last_day
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState

DAY = dt.date(2026, 5, 1)
PLANNED = Recording(cycle="c", delete_by=DAY)
DELETED = Recording(cycle="c", state=RecordingState.DELETED)
MISSING = Recording(cycle="c", state=RecordingState.MISSING)
LATE = Recording(cycle="c", filmed=dt.date(2026, 6, 1))


def test_film_is_kept_for_the_services_own_number_of_days() -> None:
    assert last_day(dt.date(2026, 3, 2), 60) == DAY


def test_film_that_is_there_or_may_come_back_needs_a_last_day() -> None:
    assert without_last_day([PLANNED, DELETED, MISSING, LATE]) == [MISSING, LATE]


def test_no_film_is_due_before_it_was_filmed() -> None:
    assert [each.delete_by for each in with_last_day([MISSING, LATE], DAY)] == [DAY, dt.date(2026, 6, 1)]
