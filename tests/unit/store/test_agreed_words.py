"""What would be lost: the words that two people agreed, to whoever changes the file past the program."""

import datetime as dt
import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where

from tests.caseloads import change, make, write
from vigtui.cli.check import check
from vigtui.domain.records import AgreedWords, Confirmation, Person, Session, SessionItem
from vigtui.domain.sessions.agreement import confirm
from vigtui.domain.supervision import amend
from vigtui.domain.vocabulary import SessionKind, SessionState
from vigtui.exchange.incoming import read_other
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.store.validation import validate
from vigtui.workspace.agreeing import agree, keep_agreed_words, lock_confirmed

NOW = dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)
WORDS, OTHER = "Receive Dana's words first.", "Offer mine first."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A caseload with a supervision that has taken place, of which nothing is agreed yet."""
    session = Session(
        id="s", supervisor="ros", trainees=("ellis",), date=dt.date(2026, 3, 1), state=SessionState.HELD
    )
    item = SessionItem(id="i", session="s", order=1, working_point=WORDS)
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
    def cleared(tables: dict[str, Any]) -> None:
        tables["session_items"]["1"].update(working_point=OTHER, agreed=None)
        tables["sessions"]["1"].update(state="held", agreed=None)

    by_hand(path, cleared)


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
    [finding] = check(path, lambda _: None).findings[-1:]
    assert finding.startswith("Item 1 of the supervision session of 1 Mar 2026 was agreed, and ")
    assert finding.endswith(f"What was agreed is shown: working point “{WORDS}”.")
    caseload = Caseload.open(path, by="Ros")
    assert {each.agreed for each in caseload.findings} == {True}
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


def test_the_command_tells_it_in_words(path: Path) -> None:
    _by_clearing_the_agreement(agreed_file(path))
    command = [sys.executable, "-m", "vigtui", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "The supervision session of 1 Mar 2026 was agreed, and was changed since (agreement). "
        "What was agreed is shown.",
        "Item 1 of the supervision session of 1 Mar 2026 was agreed, and was changed since (working point "
        f"and agreement). What was agreed is shown: working point “{WORDS}”.",
    ]


def from_an_earlier_version(path: Path) -> Path:
    """The agreed file as a version wrote it that kept nothing a second time."""
    by_hand(agreed_file(path), lambda tables: tables.pop("agreed_words"))
    return path


def test_what_an_earlier_version_agreed_is_kept_a_second_time_from_the_next_opening_on(path: Path) -> None:
    caseload = Caseload.open(from_an_earlier_version(path), by="Ros")
    before = caseload.need(Session, "s")
    assert keep_agreed_words(caseload) == 1
    assert keep_agreed_words(caseload) == 0
    assert caseload.to_undo is None
    assert caseload.need(Session, "s") == before
    caseload.close()
    assert not validate(read_snapshot(path))
    _with_tinydb(path)
    caseload = Caseload.open(path, by="Ros")
    assert len(caseload.findings) == 1
    assert caseload.need(SessionItem, "i").working_point == WORDS
    caseload.close()


def test_two_copies_from_an_earlier_version_agree_on_what_is_kept(path: Path) -> None:
    other = path.with_name("b.vig.json")
    other.write_bytes(from_an_earlier_version(path).read_bytes())
    one, two = Caseload.open(path, by="Ros"), Caseload.open(other, by="Ellis")
    for each in (one, two):
        keep_agreed_words(each)
    for each, incoming in ((one, two), (two, one)) * 2:
        each.merge(incoming.snapshot(), "Merge")
        assert not each.conflicts()
        assert len(each.all(AgreedWords)) == 2
    one.close()
    two.close()


def test_what_is_not_decided_is_kept_once_it_is(path: Path) -> None:
    """Of competing versions nobody knows yet which is the record."""
    other = path.with_name("b.vig.json")
    other.write_bytes(path.read_bytes())
    unknowing = Caseload.open(other, by="Ellis")
    unknowing.save(replace(unknowing.need(SessionItem, "i"), working_point=OTHER))
    unknowing.close()
    caseload = Caseload.open(from_an_earlier_version(path), by="Ros")
    caseload.merge(read_other(other).tables(), "Merge")
    [conflict] = caseload.conflicts()
    keep_agreed_words(caseload)
    assert {each.item for each in caseload.all(AgreedWords)} == {""}
    caseload.resolve(conflict, {"working_point": WORDS})
    assert keep_agreed_words(caseload) == 1
    caseload.close()


def test_of_an_untouched_record_nothing_is_found(path: Path) -> None:
    caseload = Caseload.open(agreed_file(path), by="Ros")
    caseload.save(amend(caseload.need(Session, "s"), "ros", NOW, "Dana saw it, too."))
    caseload.close()
    assert not Caseload.open(path).findings
    assert not validate(read_snapshot(path))


VERP = ("ros", "june", "asa")
"""A guider and two participants."""


@pytest.mark.parametrize(
    "in_order", [*itertools.permutations(("ros", "ellis")), *itertools.permutations(VERP)], ids="-".join
)
def test_those_who_agree_in_their_own_files_lock_the_record_once(
    path: Path, in_order: tuple[str, ...]
) -> None:
    """In whatever order they confirm and their files meet, and however often: one agreement, with all."""
    people = VERP if len(in_order) > 2 else ("ros", "ellis")
    if people is VERP:
        change(path, Session, "s", kind=SessionKind.VERP, trainees=VERP[1:])
        write(path, *(Person(id=each, name=each.title()) for each in VERP[1:]))
    copies = [path.with_name(f"{each}.vig.json") for each in in_order]
    for number, (copy, person) in enumerate(zip(copies, in_order, strict=True)):
        copy.write_bytes(path.read_bytes())
        caseload = Caseload.open(copy, by=person)
        confirm_in(caseload, person, days=number)
        assert caseload.need(Session, "s").agreed is None
        caseload.close()
    files = [Caseload.open(each) for each in copies]
    for one, other in list(itertools.permutations(files, 2)) * 3:
        one.merge(other.snapshot(), "Merge")
        lock_confirmed(one)
        assert not one.conflicts()
    for caseload in files:
        session = caseload.need(Session, "s")
        assert session.agreed
        assert session.agreed.by == people
        assert session.agreed.at == NOW + dt.timedelta(days=len(people) - 1)
        assert len(caseload.all(AgreedWords)) == 2
        assert len(caseload.all(Confirmation)) == len(people)
        assert session == files[0].need(Session, "s")
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
