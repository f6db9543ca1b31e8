"""Supervision: an agreed record must stay what was agreed, and a working point must not get lost."""

import datetime as dt

import pytest
from msgspec import structs

from tests.caseloads import agreed
from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import (
    amend,
    in_its_mode,
    in_order,
    last_held,
    moved,
    next_planned,
    number,
    require_open,
    revise,
    trainee_of,
)
from vigtui.domain.vocabulary import SessionMode, SessionState
from vigtui.values.order import next_order

NOW = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.UTC)


def session(
    name: str, month: int, state: SessionState = SessionState.HELD, trainee: str = "ellis"
) -> Session:
    return Session(id=name, supervisor="ros", trainees=(trainee,), date=dt.date(2026, month, 1), state=state)


FIRST, SECOND = session("first", 2), session("second", 3)
COMING, OTHER = session("coming", 12, SessionState.PLANNED), session("other", 2, trainee="noor")
ALL = [COMING, SECOND, OTHER, FIRST]
ITEMS = [
    SessionItem(id="a", session="first", order=2, clip="sr1", working_point="receive Dana's words"),
    SessionItem(
        id="b", session="second", order=1, clip="sr2", companion="c2", working_point="one short turn"
    ),
    SessionItem(id="c", session="other", order=1, working_point="not Ellis's"),
    SessionItem(id="d", session="first", order=1),
]


def test_the_agenda_is_walked_in_its_order() -> None:
    assert [item.id for item in in_order(ITEMS, "first")] == ["d", "a"]
    assert next_order(in_order(ITEMS, "first")) == 3
    assert next_order([]) == 1


def test_last_and_next_sessions_and_their_numbers() -> None:
    today = dt.date(2026, 11, 22)
    assert last_held(ALL, "ellis") == SECOND
    assert next_planned(ALL, "ellis", today) == COMING
    assert next_planned(ALL, "noor", today) is None
    assert [number(each, ALL) for each in (FIRST, SECOND, COMING, OTHER)] == [1, 2, 3, 1]


def test_an_item_is_the_guiders_or_the_only_trainees() -> None:
    group = Session(id="group", supervisor="ros", trainees=("ellis", "noor"), date=dt.date(2026, 4, 1))
    assert trainee_of(group, "noor") == "noor"
    assert trainee_of(group, "ros") == ""
    assert trainee_of(FIRST, "") == "ellis"


def test_an_agreed_record_is_amended_and_never_overwritten() -> None:
    locked = agreed(revise(FIRST, strengths="A long wait."), "ros", "ellis", at=NOW)
    for change in (lambda: revise(locked, strengths="Something else"), lambda: require_open(locked)):
        with pytest.raises(ValueError, match=r"1 February 2026 is agreed .* amendment"):
            change()
    amended = amend(locked, "ros", NOW, " Dana saw it too. ")
    assert amended.strengths == "A long wait."
    assert [(each.by, each.words) for each in amended.amendments] == [("ros", "Dana saw it too.")]


def test_an_amendment_needs_an_agreed_record_and_words() -> None:
    with pytest.raises(ValueError, match="not agreed yet"):
        amend(FIRST, "ros", NOW, "More")
    with pytest.raises(ValueError, match="needs words"):
        amend(agreed(FIRST, "ros", "ellis"), "ros", NOW, "  ")


def test_an_item_moves_by_one_place_and_stays_at_either_end() -> None:
    first, second, third = (SessionItem(session="s", order=order) for order in (1, 2, 5))
    other = SessionItem(session="another", order=3)
    later = moved([third, other, first, second], first, 1)
    assert [(each.id, each.order) for each in later] == [(second.id, 1), (first.id, 2), (third.id, 3)]
    assert moved([first, second], first, -1) == []
    assert moved([first, second], second, 1) == []


def test_a_session_of_several_is_never_told_as_one_to_one() -> None:
    """It is on the record that is printed, and in the title in front of both."""
    both = structs.replace(COMING, trainees=("ellis", "noor"))
    assert in_its_mode(both).mode is SessionMode.GROUP
    remote = structs.replace(both, mode=SessionMode.REMOTE)
    assert [in_its_mode(each) for each in (COMING, remote)] == [COMING, remote]
