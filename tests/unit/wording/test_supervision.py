"""What is said of a supervision session: who is named, and who agreed what."""

import datetime as dt

import pytest

from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Agreement, Amendment, Person, Record, Session, SessionItem
from vigtui.domain.vocabulary import SessionKind, SessionMode, SessionState
from vigtui.reports.paper import PaperRefusedError
from vigtui.reports.training.supervision import session_paper
from vigtui.wording.names import Names
from vigtui.wording.supervision import (
    agreement_lines,
    first_name,
    names,
    session_line,
    session_name,
    session_words,
    state_words,
)

TODAY = dt.date(2026, 3, 20)
AT = dt.datetime(2026, 3, 18, 16, tzinfo=dt.UTC)
ROS, ELLIS, NOOR = (Person(name=name) for name in ("Ros Tiverton", "Ellis Marr", "Noor [x] Castell"))
BEFORE = Session(trainees=(ELLIS.id,), supervisor=ROS.id, date=dt.date(2026, 2, 3))
SESSION = Session(
    trainees=(ELLIS.id, NOOR.id), supervisor=ROS.id, date=dt.date(2026, 3, 18), mode=SessionMode.REMOTE
)
AGREED = Session(
    trainees=(ELLIS.id,),
    supervisor=ROS.id,
    date=dt.date(2026, 3, 18),
    state=SessionState.AGREED,
    agreed=Agreement(by=(ROS.id, "gone"), at=AT),
    amendments=(Amendment(by=ELLIS.id, at=AT, words="It worked."),),
)


def holding(*records: Record) -> tuple[Find, Where]:
    known = {record.id: record for record in records}

    def find(kind: type, record_id: str) -> Record | None:
        return known.get(record_id)

    def where(kind: type, **equals: object) -> list[Record]:
        return [each for each in records if type(each) is kind]

    return find, where


FIND, WHERE = holding(ROS, ELLIS, NOOR, BEFORE, SESSION)


def test_a_session_is_counted_for_its_trainees_and_names_who_takes_part() -> None:
    assert session_name(WHERE, SESSION) == "Supervision 2"
    expected = "Ellis Marr and Noor [x] Castell with Ros Tiverton   remote, 18 Mar"
    assert session_words(FIND, SESSION, TODAY) == expected
    line = session_line(FIND, WHERE, BEFORE, TODAY)
    assert line == "Ellis Marr, supervision 1, 3 February, one to one, planned"


def test_somebody_who_was_removed_is_somebody() -> None:
    assert names(FIND, [ROS.id, "gone", ""]) == "Ros Tiverton and somebody"


def test_who_asks_goes_by_the_first_name_or_is_nobody() -> None:
    assert first_name(FIND, NOOR.id) == "Noor"
    assert first_name(FIND, "") == ""


def test_an_agreed_record_says_by_whom_and_what_came_later() -> None:
    told = SessionItem(session=AGREED.id, order=1, agreed=AGREED.agreed)
    late = SessionItem(session=AGREED.id, order=2)
    find, where = holding(ROS, ELLIS, AGREED, told, late)
    assert state_words(AGREED) == "agreed, 1 amendment"
    assert agreement_lines(find, where, BEFORE, TODAY) == []
    assert agreement_lines(find, where, AGREED, TODAY) == [
        "Agreed by Ros Tiverton and gone on 18 Mar.",
        "Added to the agenda by somebody who did not know that it was agreed: 2.",
        "Added 18 Mar by Ellis Marr: It worked.",
    ]


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        (SessionKind.SUPERVISION, "supervision"),
        (SessionKind.INTERVISION, "intervision"),
        (SessionKind.VERP, "VERP"),
    ],
)
def test_the_record_of_each_kind_of_session_is_called_by_its_name(kind: SessionKind, called: str) -> None:
    session = Session(supervisor="", kind=kind, date=dt.date(2026, 12, 7), state=SessionState.HELD)
    find, where = holding(session)
    names = Names(find, dt.date(2026, 11, 30))
    assert session_paper(names, where, session).name == f"{called.lower()}-2026-12-07"
    planned = Session(supervisor="", kind=kind, date=dt.date(2026, 12, 7))
    with pytest.raises(PaperRefusedError, match=f"The {called} of 7 December 2026 is still to come"):
        session_paper(names, where, planned)
