"""How long film is kept: none that is still there may be forgotten when the work has ended."""

import datetime as dt
from typing import Any

import pytest

from tests.permissions import TODAY, Records
from vigtui.domain.consent.retention import (
    deciders,
    last_day,
    past_its_day,
    with_last_day,
    without_last_day,
)
from vigtui.domain.records import Cycle, Family, Person, Record, Recording
from vigtui.domain.vocabulary import RecordingState, Role

DAY = dt.date(2026, 5, 1)
PLANNED = Recording(cycle="c", delete_by=DAY)
DELETED = Recording(cycle="c", state=RecordingState.DELETED)
MISSING = Recording(cycle="c", state=RecordingState.MISSING)
LATE = Recording(cycle="c", filmed=dt.date(2026, 6, 1))


def test_film_is_kept_for_the_services_own_number_of_days() -> None:
    assert last_day(dt.date(2026, 3, 2), 60) == DAY
    assert last_day(dt.date.max, 60) == dt.date.max


def test_film_that_is_there_or_may_come_back_needs_a_last_day() -> None:
    assert without_last_day([PLANNED, DELETED, MISSING, LATE]) == [MISSING, LATE]


def test_no_film_is_due_before_it_was_filmed() -> None:
    assert [each.delete_by for each in with_last_day([MISSING, LATE], DAY)] == [DAY, dt.date(2026, 6, 1)]


HERON = Family(id="heron", code="F-017", guider="ellis")
CYCLE = Cycle(id="cycle", family="heron", number=1)
PAST, AHEAD = dt.date(2026, 11, 9), dt.date(2026, 12, 13)


def a_film(**values: Any) -> Recording:
    return Recording(**{"id": "film", "cycle": "cycle", "path": "media/a.mp4", "delete_by": AHEAD} | values)


@pytest.mark.parametrize(
    ("film", "others", "competing", "day"),
    [
        (a_film(delete_by=PAST), [], [], PAST),
        (a_film(delete_by=TODAY), [], [], None),
        (a_film(delete_by=None), [], [], None),
        (a_film(), [], [a_film(delete_by=PAST)], PAST),
        (a_film(), [a_film(id="same", delete_by=PAST)], [], PAST),
        (a_film(delete_by=PAST, hold_reason="the court asks"), [], [], None),
        (a_film(delete_by=PAST), [], [a_film(delete_by=PAST, hold_reason="the court asks")], None),
    ],
    ids=["late", "today", "no day", "in a version", "of the same file", "held", "held in a version"],
)
def test_film_is_past_its_day_by_the_first_that_any_version_names_unless_it_is_held(
    film: Recording, others: list[Record], competing: list[Record], day: dt.date | None
) -> None:
    records = Records(HERON, CYCLE, film, *others, competing={"film": competing} if competing else {})
    assert past_its_day(records, "film", TODAY) == day


def test_the_guider_and_the_leads_decide_about_it() -> None:
    ellis, edda = Person(id="ellis", name="Ellis"), Person(name="Edda", roles=(Role.SERVICE_LEAD,))
    gone = Person(name="Mo", roles=(Role.SERVICE_LEAD,), active=False)
    assert deciders([ellis, edda, gone, Person(name="Noor")], HERON) == [ellis, edda]
