"""What would be lost: a family that one space gives and another takes over, at a colleague of either."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4
from tests.unit.exchange.spaces.machines import CHEAP, Folder, Machine, machines_in, settle
from vigtui.domain.records import Clip, Cycle, Family, Note, Recording
from vigtui.exchange.handing_over.content import HandOverError, find, key_of, opened
from vigtui.exchange.handing_over.ending import erase_handed_over
from vigtui.exchange.handing_over.making import Request, hand_over
from vigtui.exchange.handing_over.taking import Taken, code_here, incoming, take_over
from vigtui.exchange.spaces.membership import keep_own_places
from vigtui.film.files import fingerprint
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key

World = tuple[Folder, list[Machine]]


@pytest.fixture
def giving(tmp_path: Path) -> Iterator[World]:
    """Ros and Ellis share a family; each has its film, Ellis in another place."""
    with machines_in(tmp_path / "giving", "Ros", "Ellis") as (folder, machines):
        ros, ellis = machines
        film = ros.home / "media" / "jigsaw.mp4"
        for each in (film, ellis.home / "own" / "jigsaw.mp4"):
            each.parent.mkdir()
            each.write_bytes(MP4 + b"jigsaw")
        for record in (
            Family(id="heron", code="F-017", reasons="Zaunkönig"),
            Family(id="wren", code="F-018"),
            Cycle(id="cycle", family="heron", number=1),
            Recording(id="film", cycle="cycle", path="media/jigsaw.mp4", fingerprint=fingerprint(film)),
            Clip(id="clip", recording="film", in_ms=0, out_ms=500, caption="Zaunkönig"),
            Note(id="note", about="clip", author="ros", body="Zaunkönig"),
        ):
            ros.caseload.save(record)
        settle(folder, machines)
        for machine in machines:
            keep_own_places(machine.caseload)
        ellis.caseload.save(replace(ellis.caseload.need(Recording, "film"), path="own/jigsaw.mp4"))
        settle(folder, machines)
        yield folder, machines


@pytest.fixture
def taking(tmp_path: Path) -> Iterator[World]:
    with machines_in(tmp_path / "taking", "Mair", "Kit") as (folder, machines):
        for machine in machines:
            keep_own_places(machine.caseload)
        yield folder, machines


def quiet(*_: object) -> None:
    pass


def handed(giver: Machine, taker: Machine, out: Path) -> Taken:
    """Hand the family over, and take it over."""
    hand_over(giver.caseload, "heron", Request("Mair", "she goes on"), out, new_key("honey", CHEAP), quiet)
    other, keyring = find(out), Keyring()
    other.unlock("honey", keyring)
    coming = incoming(taker.caseload, opened(other, keyring))
    code = code_here(taker.caseload, coming)
    return take_over(taker.caseload, out, key_of(other, keyring), coming, code, quiet)


def test_a_family_leaves_one_space_whole_and_is_in_the_other(
    giving: World, taking: World, tmp_path: Path
) -> None:
    (folder, (ros, ellis)), (others, (mair, kit)) = giving, taking
    done = handed(ros, mair, tmp_path / "out")
    settle(folder, [ros, ellis])
    settle(others, [mair, kit])
    assert kit.caseload.need(Note, "note").body == "Zaunkönig"
    film = mair.caseload.need(Recording, "film")
    assert (mair.home / film.path).is_file()
    assert not (kit.home / "media").exists()  # Film never goes into a space: Kit looks for her own.
    assert others.holds("Zaunkönig")
    assert not others.holds(film.path.removeprefix("media/"))

    erase_handed_over(ros.caseload, ros.caseload.need(Family, "heron"), done.receipt, Keyring(folder.key))
    settle(folder, [ros, ellis])
    settle(others, [mair, kit])
    for machine in (ros, ellis):
        assert [each.id for each in machine.caseload.all(Family)] == ["wren"]
        assert not [path for path in machine.home.rglob("*") if path.name == "jigsaw.mp4"]
        machine.caseload.flush()
        for path in filter(Path.is_file, machine.home.rglob("*.json")):
            assert "Zaunkönig".encode() not in folder.key.decrypt(path.read_bytes())
    assert not folder.holds("Zaunkönig")
    assert kit.caseload.get(Family, "heron") is not None
    assert (mair.home / film.path).is_file()


def test_what_a_colleague_writes_after_it_was_handed_over_is_not_erased(
    giving: World, taking: World, tmp_path: Path
) -> None:
    (folder, (ros, ellis)), (_, (mair, _kit)) = giving, taking
    done = handed(ros, mair, tmp_path / "out")
    ellis.caseload.save(Note(id="late", about="heron", author="ellis", body="one thing more"))
    settle(folder, [ros, ellis])
    with pytest.raises(HandOverError, match="Nothing is erased"):
        erase_handed_over(ros.caseload, ros.caseload.need(Family, "heron"), done.receipt, Keyring())
    again = handed(ros, mair, tmp_path / "again")
    assert mair.caseload.need(Note, "late").body == "one thing more"
    erase_handed_over(ros.caseload, ros.caseload.need(Family, "heron"), again.receipt, Keyring(folder.key))
    settle(folder, [ros, ellis])
    assert ellis.caseload.get(Note, "late") is None
