"""What would be lost: a film, because a colleague has tidied up their own disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.exchange.spaces.machines import Folder, Machine, machines_in, settle
from vigtui.domain.records import Cycle, Family, FilmPlace, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.exchange.spaces.membership import keep_own_places
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import encode
from vigtui.store.snapshot import read_snapshot


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Folder, list[Machine]]]:
    with machines_in(tmp_path / "world", "Ros", "Ellis") as (folder, machines):
        ros = machines[0].caseload
        ros.save(Family(id="heron", code="F-017"))
        ros.save(Cycle(id="cycle", family="heron", number=1))
        ros.save(Recording(id="film", cycle="cycle", path="media/jigsaw.mp4"))
        settle(folder, machines)
        for machine in machines:
            keep_own_places(machine.caseload)
        yield folder, machines


def film(machine: Machine) -> Recording:
    return machine.caseload.need(Recording, "film")


def move(machine: Machine, path: str, state: RecordingState = RecordingState.PRESENT) -> None:
    machine.caseload.save(replace(film(machine), path=path, state=state))


def test_a_film_that_is_moved_on_one_machine_stays_where_it_is_on_the_other(
    world: tuple[Folder, list[Machine]],
) -> None:
    folder, (ros, ellis) = world
    move(ros, "other/jigsaw.mp4")
    move(ellis, "media/jigsaw.mp4", RecordingState.MISSING)
    ellis.caseload.save(replace(film(ellis), hold_reason="A court asks for it."))
    settle(folder, [ros, ellis])
    assert (film(ros).path, film(ros).state) == ("other/jigsaw.mp4", RecordingState.PRESENT)
    assert (film(ellis).path, film(ellis).state) == ("media/jigsaw.mp4", RecordingState.MISSING)
    assert film(ros).hold_reason == "A court asks for it."
    assert not ros.caseload.conflicts()
    assert folder.holds("media/jigsaw")
    assert not folder.holds("other/jigsaw")
    assert ros.caseload.undo() == "Change recording"
    assert film(ros).path == "media/jigsaw.mp4"
    assert ros.caseload.redo() == "Change recording"
    ros.leave()
    assert film(ros).path == "other/jigsaw.mp4"
    on_disk = read_snapshot(ros.path, folder.key).index.find(Recording, "film")
    assert on_disk is not None
    assert on_disk.path == "other/jigsaw.mp4"


def test_a_film_that_is_deleted_is_deleted_everywhere(world: tuple[Folder, list[Machine]]) -> None:
    folder, (ros, ellis) = world
    move(ellis, "other/jigsaw.mp4")
    ros.caseload.save(replace(film(ros), path="", state=RecordingState.DELETED))
    settle(folder, [ros, ellis])
    assert (film(ellis).path, film(ellis).state) == ("", RecordingState.DELETED)


def test_what_is_saved_again_as_it_is_makes_no_new_version(world: tuple[Folder, list[Machine]]) -> None:
    _, (ros, _) = world
    move(ros, "other/jigsaw.mp4")
    before = film(ros)
    assert ros.caseload.save(before) == before
    assert ros.caseload.save(replace(before, hold_reason="Held")).path == "other/jigsaw.mp4"


def test_an_erased_film_goes_from_where_it_is_on_each_machine(world: tuple[Folder, list[Machine]]) -> None:
    folder, (ros, ellis) = world
    place = ellis.home / "own.mp4"
    place.write_bytes(b"\0\0\0\x20ftypisom" + bytes(64))
    move(ellis, "own.mp4")
    ros.caseload.erase(ros.caseload.need(Family, "heron"))
    settle(folder, [ros, ellis])
    assert not place.exists()


def test_a_program_killed_as_soon_as_the_erasing_is_saved_deletes_the_film_when_it_is_opened_again(
    world: tuple[Folder, list[Machine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, (ros, ellis) = world
    (ellis.home / "own.mp4").write_bytes(b"\0\0\0\x20ftypisom" + bytes(64))
    move(ellis, "own.mp4")
    ros.caseload.erase(ros.caseload.need(Family, "heron"))
    settle(folder, [ros])
    with monkeypatch.context() as killed:
        killed.setattr("vigtui.exchange.spaces.space.finish_erasing", lambda _: False)
        ellis.space.look()
        ellis.caseload.flush()
        ellis.die()
    assert (ellis.home / "own.mp4").exists()
    ellis.space.look()
    assert not (ellis.home / "own.mp4").exists()


def test_a_version_from_before_the_space_leaves_film_where_it_is(
    world: tuple[Folder, list[Machine]],
) -> None:
    """It comes in again what was written since, and nothing of where film is elsewhere."""
    folder, (ros, ellis) = world
    ros.put_down()
    earlier, _ = CaseloadFile(ros.path, folder.key).read()
    del earlier[FilmPlace.table]
    ros.path.unlink()
    CaseloadFile(ros.path, folder.key).create(encode(earlier))
    ros.take_up()
    ros.space.look()
    ellis.caseload.save(replace(film(ellis), hold_reason="A court asks for it."))
    move(ellis, "other/jigsaw.mp4")
    settle(folder, [ros, ellis])
    move(ros, "here/jigsaw.mp4")
    settle(folder, [ros, ellis])
    assert (film(ros).path, film(ellis).path) == ("here/jigsaw.mp4", "other/jigsaw.mp4")
    assert not folder.holds("here/jigsaw")
