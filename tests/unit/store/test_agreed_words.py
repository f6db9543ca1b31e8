"""What would be lost: the words that two people agreed, to whoever changes the file past the program."""

import datetime as dt
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where

from tests.caseloads import make
from vigtui.domain.records import AgreedWords, Confirmation, Person, Session, SessionItem
from vigtui.domain.sessions.agreement import confirm
from vigtui.domain.supervision import amend
from vigtui.domain.vocabulary import SessionState
from vigtui.exchange.incoming import read_other
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.workspace.agreeing import agree, lock_confirmed

NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)
WORDS, OTHER = "Receive Dana's words first.", "Offer mine first."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A caseload with a supervision that has taken place, of which nothing is agreed yet."""
    session = Session(
        id="s", supervisor="ros", trainees=("ellis",), date=dt.date(2026, 3, 1), state=SessionState.HELD
    )
    item = SessionItem(id="i", session="s", working_point=WORDS)
    people = (Person(id="ros", name="Ros"), Person(id="ellis", name="Ellis"))
    return make(tmp_path / "a.vig.json", *people, session, item)


def confirm_in(caseload: Caseload, *people: str, days: int = 0) -> None:
    session, items = caseload.need(Session, "s"), caseload.all(SessionItem)
    at = NOW + dt.timedelta(days=days)
    agree(caseload, [confirm(session, items, each, at) for each in people])


def agreed_file(path: Path) -> Path:
    caseload = Caseload.open(path, by="Ros")
    confirm_in(caseload, "ros", "ellis")
    caseload.close()
    return path


def by_hand(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    tables = json.loads(path.read_text())
    change(tables)
    path.write_text(json.dumps(tables))


def _with_tinydb(path: Path) -> None:
    with TinyDB(path) as database:
        database.table("session_items").update({"working_point": OTHER}, where("id") == "i")


def _by_hand(path: Path) -> None:
    by_hand(path, lambda tables: tables["session_items"]["1"].update(working_point=OTHER))


def _by_clearing_the_agreement(path: Path) -> None:
    def change(tables: dict[str, Any]) -> None:
        tables["session_items"]["1"].update(working_point=OTHER, agreed=None)
        tables["sessions"]["1"].update(state="held", agreed=None)

    by_hand(path, change)


def _by_taking_it_out(path: Path) -> None:
    by_hand(path, lambda tables: tables["session_items"].pop("1"))


def _by_a_merge(path: Path) -> None:
    other = path.with_name("b.vig.json")
    other.write_bytes(path.read_bytes())
    _by_clearing_the_agreement(other)
    caseload = Caseload.open(path, by="Ros")
    caseload.merge(read_other(other).tables(), "Merge")
    assert caseload.need(SessionItem, "i").working_point == WORDS
    caseload.close()


@pytest.mark.parametrize(
    "change", [_with_tinydb, _by_hand, _by_clearing_the_agreement, _by_taking_it_out, _by_a_merge]
)
def test_what_was_agreed_is_shown_and_a_change_of_it_is_found(
    path: Path, change: Callable[[Path], None]
) -> None:
    change(agreed_file(path))
    told = " ".join(each.sentence for each in validate(read_snapshot(path)))
    assert "What was agreed is shown." in told
    caseload = Caseload.open(path, by="Ros")
    assert caseload.findings
    item, session = caseload.need(SessionItem, "i"), caseload.need(Session, "s")
    assert item.working_point == WORDS
    assert item.agreed == session.agreed
    assert session.state is SessionState.AGREED
    caseload.save(amend(session, "ros", NOW, "Dana saw it, too."))
    caseload.close()
    caseload = Caseload.open(path)
    assert [each.words for each in caseload.need(Session, "s").amendments] == ["Dana saw it, too."]
    assert caseload.need(SessionItem, "i").working_point == WORDS
    caseload.close()


def test_of_an_untouched_record_nothing_is_found(path: Path) -> None:
    caseload = Caseload.open(agreed_file(path), by="Ros")
    caseload.save(amend(caseload.need(Session, "s"), "ros", NOW, "Dana saw it, too."))
    caseload.close()
    assert not Caseload.open(path).findings
    assert not validate(read_snapshot(path))


def test_two_who_agree_in_their_own_files_lock_the_record_once(path: Path) -> None:
    """In whatever order their files meet, and however often: one agreement, with both."""
    copies = [path, path.with_name("b.vig.json")]
    copies[1].write_bytes(path.read_bytes())
    for number, (copy, person) in enumerate(zip(copies, ("ros", "ellis"), strict=True)):
        caseload = Caseload.open(copy, by=person)
        confirm_in(caseload, person, days=number)
        assert caseload.need(Session, "s").agreed is None
        caseload.close()
    files = [Caseload.open(each) for each in copies]
    for one, other in itertools.permutations(files * 2, 2):
        if one is not other:
            one.merge(other.snapshot(), "Merge")
            lock_confirmed(one)
            assert not one.conflicts()
    for caseload in files:
        session = caseload.need(Session, "s")
        assert session.agreed
        assert session.agreed.by == ("ros", "ellis")
        assert session.agreed.at == NOW + dt.timedelta(days=1)
        assert len(caseload.all(AgreedWords)) == 2
        assert len(caseload.all(Confirmation)) == 2
    assert files[0].need(Session, "s") == files[1].need(Session, "s")
    for caseload in files:
        caseload.close()


def test_whoever_changes_a_word_after_a_confirmation_opens_the_record_again(path: Path) -> None:
    caseload = Caseload.open(path, by="Ros")
    confirm_in(caseload, "ros")
    caseload.save(replace(caseload.need(SessionItem, "i"), working_point=OTHER))
    confirm_in(caseload, "ellis")
    assert caseload.need(Session, "s").agreed is None
    confirm_in(caseload, "ros")
    assert caseload.need(Session, "s").agreed
    assert caseload.need(SessionItem, "i").working_point == OTHER
    caseload.close()


def test_what_is_erased_is_kept_nowhere(path: Path) -> None:
    caseload = Caseload.open(agreed_file(path), by="Ros")
    caseload.erase(caseload.need(SessionItem, "i"))
    caseload.close()
    assert WORDS not in path.read_text()
    caseload = Caseload.open(path)
    assert caseload.get(SessionItem, "i") is None
    assert not caseload.findings
    caseload.close()
