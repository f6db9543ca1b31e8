"""People over time: who had time for VIG, and which role, on a day; a change keeps what was before."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vigtui.domain.people import roles_on, time_on, with_past
from vigtui.domain.records import Availability, Person, RoleHeld
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import Hours, Role
from vigtui.ui.dialogs.training.spans import (
    read_availability,
    read_roles,
    typed_availability,
    typed_roles,
)

TODAY = dt.date(2026, 11, 30)
LEAVE = Availability(hours=Hours.ON_LEAVE, start=dt.date(2026, 10, 4), end=dt.date(2027, 1, 10))
TAMSIN = Person(
    name="Tamsin",
    roles=(Role.GUIDER,),
    availability=(LEAVE, Availability(hours=Hours.PART_TIME, end=dt.date(2026, 12, 1))),
    roles_held=(RoleHeld(role=Role.TRAINEE, start=dt.date(2024, 1, 1), end=dt.date(2026, 5, 1)),),
)


@pytest.mark.parametrize(
    ("day", "hours", "roles"),
    [
        (dt.date(2023, 12, 31), Hours.PART_TIME, (Role.GUIDER,)),
        (dt.date(2024, 1, 1), Hours.PART_TIME, (Role.TRAINEE,)),
        (dt.date(2026, 10, 3), Hours.PART_TIME, (Role.GUIDER,)),
        (dt.date(2026, 10, 4), Hours.ON_LEAVE, (Role.GUIDER,)),
        (dt.date(2027, 1, 10), Hours.ON_LEAVE, (Role.GUIDER,)),
        (dt.date(2027, 1, 11), Hours.FULL_TIME, (Role.GUIDER,)),
    ],
)
def test_a_day_has_the_time_and_the_roles_of_its_span(
    day: dt.date, hours: Hours, roles: tuple[Role, ...]
) -> None:
    assert time_on(TAMSIN, day).hours is hours
    assert roles_on(TAMSIN, day) == roles
    backwards = replace(TAMSIN, availability=TAMSIN.availability[::-1])
    assert time_on(backwards, day) == time_on(TAMSIN, day)


@given(st.lists(st.tuples(st.sampled_from(Hours), st.sampled_from(Role)), min_size=1, max_size=4))
def test_what_changes_today_was_otherwise_until_yesterday(changes: list[tuple[Hours, Role]]) -> None:
    """Changed on one day after another, every day keeps what held on it."""
    person, told = Person(name="Ellis", roles=(Role.TRAINEE,)), {}
    for number, (hours, role) in enumerate(changes):
        day = TODAY + dt.timedelta(days=number)
        told[day - dt.timedelta(days=1)] = person.hours, person.roles
        person = with_past(person, replace(person, hours=hours, roles=(role,)), day)
    for day, (hours, roles) in told.items():
        assert (time_on(person, day).hours, roles_on(person, day)) == (hours, roles)
    assert not problems(person)


def test_spans_are_typed_one_a_line_and_read_back() -> None:
    lines = typed_availability(TAMSIN.availability)
    assert lines == "on leave, 4 Oct 2026 to 10 Jan 2027\npart time, to 1 Dec 2026"
    assert read_availability(f"{lines}\n\n", TODAY) == TAMSIN.availability
    assert read_roles(typed_roles(TAMSIN.roles_held), TODAY) == TAMSIN.roles_held
    assert read_roles("Social Worker, from 4 oct", TODAY)[0].start == dt.date(2026, 10, 4)
    assert read_availability("on leave", TODAY) == (Availability(hours=Hours.ON_LEAVE),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("holidays, from 4 Oct", "is none of these: full time, part time, on leave"),
        ("on leave, from whenever", "is not a day"),
        ("on leave, 4 Oct 2026 to 1 Oct 2026", "ends before it begins"),
    ],
)
def test_a_span_that_cannot_be_is_said_in_a_sentence(line: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_availability(line, TODAY)


def test_a_leave_that_is_planned_hides_nothing_of_what_was() -> None:
    planned = replace(TAMSIN, availability=(LEAVE,), hours=Hours.PART_TIME)
    changed = with_past(
        replace(planned, availability=()), replace(planned, hours=Hours.FULL_TIME), LEAVE.start or TODAY
    )
    assert time_on(changed, dt.date(2026, 10, 3)).hours is Hours.PART_TIME
    assert time_on(changed, dt.date(2026, 12, 24)).hours is Hours.ON_LEAVE
    assert time_on(changed, dt.date(2027, 1, 11)).hours is Hours.FULL_TIME
