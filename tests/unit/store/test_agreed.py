"""An agreed supervision record stays as it was agreed, whatever somebody writes who does not know of it."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import agree, amend
from vigtui.domain.vocabulary import SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.errors import RecordInvalidError

NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)
AGREED, OTHER = "A four-second wait.", "Another word."


@pytest.fixture
def other(caseload: Caseload, path: Path) -> Caseload:
    """Ellis has the same file open as Ros, with a session that was held."""
    session = caseload.save(
        Session(
            supervisor="ros",
            trainees=("ellis",),
            date=NOW.date(),
            state=SessionState.HELD,
            strengths=AGREED,
        )
    )
    caseload.save(SessionItem(session=session.id, working_point=AGREED))
    caseload.flush()
    return Caseload.open(path, by="Ellis")


def session_in(caseload: Caseload) -> Session:
    (session,) = caseload.all(Session)
    return session


def item_in(caseload: Caseload) -> SessionItem:
    (item,) = caseload.all(SessionItem)
    return item


def agree_in(caseload: Caseload) -> None:
    agreed = agree(session_in(caseload), ("ros", "ellis"), NOW)
    with caseload.transaction("Agree"):
        caseload.save(agreed)
        caseload.save(replace(item_in(caseload), agreed=agreed.agreed))


def both_see(one: Caseload, other: Caseload) -> None:
    for each in (one, other, one, other):
        each.flush()
        each.look()


@pytest.mark.parametrize("writes_more", [False, True])
def test_what_is_written_without_knowing_of_the_agreement_stands_beside_it(
    caseload: Caseload, other: Caseload, writes_more: bool
) -> None:
    """Also when whoever does not know writes more often, and so has the higher version."""
    agree_in(caseload)
    for words in ("One.", "Two.", OTHER) if writes_more else (OTHER,):
        other.save(replace(session_in(other), strengths=words))
        other.save(replace(item_in(other), working_point=words))
        other._changes.written()
    both_see(caseload, other)
    for each in (caseload, other):
        assert (session_in(each).strengths, item_in(each).working_point) == (AGREED, AGREED)
        said = [
            {name: [one.value for one in all_] for name, all_ in c.fields.items()} for c in each.conflicts()
        ]
        assert said == [{"working_point": [AGREED, OTHER]}, {"strengths": [AGREED, OTHER]}]
    other.close()


def test_a_decision_keeps_the_agreed_words(caseload: Caseload, other: Caseload) -> None:
    other.save(replace(session_in(other), strengths=OTHER))
    agree_in(caseload)
    both_see(caseload, other)
    (conflict,) = other.conflicts()
    with pytest.raises(RecordInvalidError, match="Add an amendment"):
        other.resolve(conflict, {"strengths": OTHER})
    other.resolve(conflict, {"strengths": AGREED})
    both_see(caseload, other)
    assert session_in(caseload).strengths == AGREED
    assert caseload.conflicts() == other.conflicts() == []
    other.close()


def test_an_agreed_record_is_not_removed_by_whoever_does_not_know(
    caseload: Caseload, other: Caseload
) -> None:
    begun = session_in(other)
    agree_in(caseload)
    other.delete(begun)
    both_see(caseload, other)
    assert session_in(other) == session_in(caseload)
    (conflict,) = other.conflicts()
    assert conflict.removal is not None
    with pytest.raises(RecordInvalidError):
        other.delete(session_in(other))
    other.close()


def test_two_amendments_at_once_are_a_conflict_of_which_both_can_be_kept(
    caseload: Caseload, other: Caseload
) -> None:
    agree_in(caseload)
    both_see(caseload, other)
    caseload.save(amend(session_in(caseload), "ros", NOW, "One."))
    other.save(amend(session_in(other), "ellis", NOW, "Two."))
    both_see(caseload, other)
    (conflict,) = caseload.conflicts()
    assert list(conflict.fields) == ["amendments"]
    both = [each for said in conflict.fields["amendments"] for each in said.value]
    caseload.resolve(conflict, {"amendments": both})
    both_see(caseload, other)
    assert {each.words for each in session_in(other).amendments} == {"One.", "Two."}
    assert other.conflicts() == []
    other.close()


def test_a_form_filled_in_while_the_record_was_agreed_changes_nothing_of_it(
    caseload: Caseload, other: Caseload
) -> None:
    begun = session_in(other)
    agree_in(caseload)
    both_see(caseload, other)
    other.save(replace(begun, minutes=45))
    assert session_in(other).minutes == 0
    (conflict,) = other.conflicts()
    assert [said.value for said in conflict.fields["minutes"]] == [0, 45]
    with pytest.raises(RecordInvalidError):
        other.save(replace(session_in(other), minutes=45))
    other.close()


def test_undo_does_not_reach_behind_somebody_elses_agreement(caseload: Caseload, other: Caseload) -> None:
    other.save(replace(session_in(other), strengths=OTHER))
    both_see(caseload, other)
    agree_in(caseload)
    both_see(caseload, other)
    with pytest.raises(RecordInvalidError):
        other.undo()
    assert session_in(other).strengths == OTHER
    assert other.undo() is None
    assert caseload.undo() == "Agree"
    assert session_in(caseload).agreed is None
    assert caseload.redo() == "Agree"
    assert session_in(caseload).agreed is not None
    other.close()
