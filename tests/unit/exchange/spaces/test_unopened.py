"""What would be lost: how a caseload stands in its space is known before it is opened, and looking writes
nothing."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.exchange.spaces.machines import START, Folder, Machine, machines_in, settle
from vigtui.domain.records import Family, Note
from vigtui.domain.vocabulary import Visibility
from vigtui.exchange.spaces.unopened import Unopened, look_unopened
from vigtui.store.snapshot import read_snapshot

NOW = START + dt.timedelta(hours=2)
World = tuple[Folder, Machine, Machine]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Ros's and Ellis's machine, all in step, neither program running."""
    with machines_in(tmp_path, "Ros", "Ellis") as (folder, [ros, ellis]):
        ros.caseload.save(Family(code="F-1"))
        settle(folder, [ros, ellis])
        for each in (ros, ellis):
            each.put_down()
        yield folder, ros, ellis
        for each in (ros, ellis):
            each.take_up()


def looked(folder: Folder, machine: Machine, *, is_open: bool = False, now: dt.datetime = NOW) -> Unopened:
    found = look_unopened(read_snapshot(machine.path, folder.key), now, is_open=is_open)
    assert found is not None
    return found


def written(machine: Machine, *, online: bool) -> None:
    """Write a family, as its program does when it is opened and closed."""
    if not online:
        machine.go_offline()
    machine.take_up()
    machine.caseload.save(Family(code="F-2"))
    machine.put_down()


def test_what_is_in_step_says_since_when_and_looking_writes_nothing(world: World) -> None:
    folder, ros, _ = world
    before = {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}
    found = looked(folder, ros)
    assert found.is_well
    assert found.words.startswith("in step ")
    assert found.sentences == ()
    assert {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()} == before


def test_what_was_not_sent_what_is_news_and_what_is_offline_are_told(world: World) -> None:
    folder, ros, ellis = world
    written(ellis, online=True)
    assert (looked(folder, ros).words, looked(folder, ros).is_well) == ("news from Ellis", False)
    written(ros, online=False)
    assert looked(folder, ros).words == "offline"
    ros.come_back()
    found = looked(folder, ros)
    assert found.words == "not sent"
    assert "It goes out when this is opened." in found.sentences[0]
    assert looked(folder, ros, is_open=True).is_well


def test_a_folder_that_does_not_answer_holds_nobody_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, ros, _ = world
    answers = threading.Event()

    def waiting(folder: Path) -> list[Path]:
        answers.wait()
        return []

    monkeypatch.setattr("vigtui.exchange.spaces.unopened.PATIENCE", 0.01)
    monkeypatch.setattr("vigtui.exchange.spaces.unopened.entries", waiting)
    try:
        assert looked(folder, ros).words == "offline"
    finally:
        answers.set()


def test_notes_that_stay_here_leave_it_in_step(world: World) -> None:
    folder, ros, _ = world
    ros.take_up()
    family = ros.caseload.all(Family)[0]
    ros.caseload.save(Note(about=family.id, author="ros", visibility=Visibility.AUTHOR, body="alone"))
    ros.put_down()
    assert looked(folder, ros).is_well


def test_who_is_silent_and_a_file_that_was_put_back_or_deleted_are_told(world: World) -> None:
    folder, ros, _ = world
    earlier = ros.own.read_bytes()
    [sentence] = looked(folder, ros, now=NOW + dt.timedelta(days=20)).sentences
    assert sentence.startswith("Ellis")
    assert "has not been heard of since" in sentence
    written(ros, online=True)
    assert looked(folder, ros).is_well
    ros.own.write_bytes(earlier)
    assert looked(folder, ros).words == "not sent"
    ros.own.unlink()
    assert looked(folder, ros).words == "not sent"
