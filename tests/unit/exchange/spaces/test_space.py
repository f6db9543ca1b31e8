"""What would be lost: a word between two laptops, and the trust that "in step" and "not sent" are true."""

import datetime as dt
import errno
import gc
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.exchange.spaces.machines import (
    CHEAP,
    PASSPHRASE,
    FailingSystem,
    Folder,
    Machine,
    machines_in,
    settle,
)
from vigtui.domain.records import Clip, Cycle, Family, Note, Recording, Seeing
from vigtui.domain.vocabulary import Visibility
from vigtui.exchange.spaces import reading, telling, writing
from vigtui.exchange.spaces.alike import words_apart
from vigtui.exchange.spaces.content import unpack
from vigtui.exchange.spaces.joining import (
    SpaceError,
    change_code,
    join_anew,
    join_space,
    make_space,
    remove_writer,
    rename_machine,
)
from vigtui.exchange.spaces.membership import forget_membership, load_membership
from vigtui.exchange.spaces.standing import writers_of
from vigtui.store.caseload import Caseload
from vigtui.store.disk.saver import SaveStatus
from vigtui.store.encrypting import change_passphrase
from vigtui.vault.data_key import DataKey
from vigtui.vault.keyring import Keyring


def reasons(machine: Machine) -> list[str]:
    return [each.reasons for each in machine.caseload.all(Family)]


def pass_by(folder: Folder, *machines: Machine, seconds: float = 4.0) -> None:
    for machine in machines:
        folder.clock.pass_by(seconds)
        machine.space.work()


def test_what_one_writes_the_other_has_after_three_seconds_of_rest(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    before = ros.own.read_bytes()
    family = ros.caseload.save(Family(id="heron", code="F-017", reasons="Quiet."))
    folder.clock.pass_by(2.9)
    ros.space.work()
    assert ros.own.read_bytes() == before
    folder.clock.pass_by(0.2)
    ros.space.work()
    ellis.space.work()
    assert reasons(ellis) == ["Quiet."]
    assert ellis.caseload.to_undo is None
    ellis.caseload.save(replace(ellis.caseload.need(Family, family.id), reasons="He waits."))
    pass_by(folder, ellis, ros)
    assert reasons(ros) == ["He waits."]


def test_while_files_are_taken_in_nobody_looks_for_garbage_in_them(world: Any) -> None:
    """That would go over all that they hold, on the screen's thread as soon as on this one: twenty files were
    80 ms in one go."""
    folder, (ros, ellis) = world
    ros.caseload.save(Family(id="heron", code="F-017"))
    pass_by(folder, ros, ellis)
    ros.caseload.save(Family(id="wren", code="F-021"))
    pass_by(folder, ros)
    collected: list[bool] = []
    ellis.caseload.subscribe(lambda _: collected.append(gc.isenabled()))
    ellis.space.look()
    assert collected == [False]
    assert gc.isenabled()


def test_writing_ends_when_nobody_says_anything_new(world: Any) -> None:
    folder, machines = world
    machines[0].caseload.save(Family(id="heron", code="F-017"))
    assert settle(folder, machines) <= 2
    assert settle(folder, machines) == 0
    counts = [machine.space.membership.count for machine in machines]
    for machine in machines:
        machine.leave()
    pass_by(folder, *machines, seconds=9000)
    assert [machine.space.membership.count for machine in machines] == counts


def test_each_works_offline_and_both_versions_are_kept(world: Any) -> None:
    folder, (ros, ellis) = world
    ros.caseload.save(Family(id="heron", code="F-017", reasons="Quiet."))
    pass_by(folder, ros, ellis)
    ellis.go_offline()
    for machine, words in ((ros, "A jigsaw."), (ellis, "Making toast.")):
        machine.caseload.save(replace(machine.caseload.need(Family, "heron"), reasons=words))
        pass_by(folder, machine)
    assert ellis.space.standing.state == "offline"
    ellis.come_back()
    settle(folder, [ros, ellis])
    for machine in (ros, ellis):
        (conflict,) = machine.caseload.conflicts()
        assert {said.value for said in conflict.fields["reasons"]} == {"A jigsaw.", "Making toast."}
        assert machine.space.standing.state == "in_step"


def test_what_somebody_keeps_for_themselves_stays_here(world: Any) -> None:
    folder, (ros, ellis) = world
    ros.caseload.save(Family(id="heron", code="F-017"))
    kept = [
        Note(id="mine", about="heron", author="ros", visibility=Visibility.AUTHOR, body="Zaunkönig"),
        Seeing(id="seeing", item="x", person="ros", words="Zaunkönig", begun=True),
    ]
    for record in kept:
        ros.caseload.save(record)
    ros.caseload.save(Note(id="ours", about="heron", body="For everybody"))
    settle(folder, [ros, ellis])
    assert folder.holds("For everybody")
    assert not folder.holds("Zaunkönig")
    assert [note.id for note in ellis.caseload.all(Note)] == ["ours"]
    seeing = ros.caseload.need(Seeing, "seeing")
    ros.caseload.save(replace(seeing, done=True))
    settle(folder, [ros, ellis])
    assert ellis.caseload.need(Seeing, "seeing").words == "Zaunkönig"
    assert ros.caseload.need(Note, "mine").body == "Zaunkönig"


def test_nobody_is_asked_about_a_removal_for_words_that_they_cannot_see(world: Any) -> None:
    folder, (ros, ellis) = world
    ros.caseload.save(Clip(id="clip", recording="x", in_ms=0, out_ms=1))
    settle(folder, [ros, ellis])
    ros.caseload.save(Note(about="clip", author="ros", visibility=Visibility.AUTHOR, body="Zaunkönig"))
    ellis.caseload.delete(ellis.caseload.need(Clip, "clip"))
    settle(folder, [ros, ellis])
    assert len(ros.caseload.conflicts()) == 1
    assert ros.caseload.get(Clip, "clip") is not None
    assert ellis.caseload.conflicts() == []
    assert ellis.caseload.get(Clip, "clip") is None
    assert len(ellis.caseload.removals()) == 1


@pytest.mark.parametrize("fault", ["gone", "half", "old", "foreign"])
def test_an_own_file_that_was_damaged_is_written_at_once(world: Any, fault: str) -> None:
    folder, (ros, ellis) = world
    ros.caseload.save(Family(id="heron", code="F-017"))
    pass_by(folder, ros)
    old = ros.own.read_bytes()
    ros.caseload.save(Family(id="wren", code="F-021"))
    pass_by(folder, ros, ellis)
    match fault:
        case "gone":
            ros.own.unlink()
        case "half":
            ros.own.write_bytes(ros.own.read_bytes()[:5000])
        case "old":
            ros.own.write_bytes(old)
        case "foreign":
            ros.own.write_bytes(ellis.own.read_bytes())
    folder.clock.pass_by(0.1)
    ros.space.work()
    held = unpack(ros.space.membership.key(folder.identity), ros.own.read_bytes())
    assert held.line.writer == ros.space.membership.writer
    assert len(held.tables["families"]) == 2


def test_a_conflicted_copy_is_taken_in_whatever_it_is_called_and_then_deleted(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    ellis.caseload.save(Family(id="heron", code="F-017"))
    pass_by(folder, ellis)
    copy = folder.path / f"{ellis.own.stem} (conflicted copy of Ellis 2026).vigspace"
    ellis.own.rename(copy)
    ros.space.work()
    assert reasons(ros) == [""]
    assert copy.exists()
    settle(folder, [ros, ellis])
    assert sorted(path.name for path in folder.files()) == sorted([ros.own.name, ellis.own.name])


def test_a_file_that_the_disk_refused_once_is_read_again_though_it_does_not_change(
    world: tuple[Folder, list[Machine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, (ros, ellis) = world
    ellis.caseload.save(Family(code="F-017", reasons="Quiet."))
    pass_by(folder, ellis)
    os.utime(ellis.own, (0, 0))  # Long ago: nothing hides behind its time.

    def refused(*_: object, **__: object) -> bytes:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_file", refused)
        pass_by(folder, ros)
    pass_by(folder, ros)
    assert reasons(ros) == ["Quiet."]


def test_how_it_stands_is_told_though_the_disk_refuses_to_be_looked_at(
    world: tuple[Folder, list[Machine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, (ros, _) = world
    pass_by(folder, ros)

    def refused(*_: object, **__: object) -> os.stat_result:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", refused)
        assert ros.space.standing.state == "in_step"


def test_a_space_is_made_in_a_folder_that_was_made_for_it_and_stayed_empty(tmp_path: Path) -> None:
    """A network disk made it, and said that it had not."""
    folder = Folder(tmp_path / "world")
    caseload = Caseload.open(folder.caseload, by="Ros", key=folder.key)
    try:
        made = make_space(caseload, folder.path).path
        forget_membership(caseload)
        with pytest.raises(SpaceError, match="is there already"):
            make_space(caseload, folder.path)
        for each in made.iterdir():
            each.unlink()
        assert make_space(caseload, folder.path).path == made
        forget_membership(caseload)
        shutil.rmtree(made)
        folder.path.chmod(0o770)  # A network disk on which each has an account of their own.
        assert make_space(caseload, folder.path).path.stat().st_mode & 0o777 == 0o770
    finally:
        caseload.close()


@pytest.mark.parametrize("place", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EPERM])
def test_a_folder_that_cannot_be_written_to_is_told_and_tried_again(
    world: Any, monkeypatch: pytest.MonkeyPatch, place: str, number: int
) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    whole = ros.own.read_bytes()
    ros.caseload.save(Family(id="heron", code="F-017", reasons="Quiet."))
    with monkeypatch.context() as patched:
        patched.setattr(writing, "os", FailingSystem(place, number))
        pass_by(folder, ros)
        assert ros.space.standing.state == "not_sent"
        assert os.strerror(number) in ros.space.standing.why
        assert ros.own.read_bytes() == whole
    assert not list(folder.path.glob("~*"))
    pass_by(folder, ros, ellis, seconds=6)
    assert ros.space.standing.state == "in_step"
    assert reasons(ellis) == ["Quiet."]


def test_nothing_goes_out_that_is_not_on_the_own_disk(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    before = ros.own.read_bytes()
    ros.caseload.save(Family(id="heron", code="F-017"))
    with monkeypatch.context() as patched:
        patched.setattr(ros.caseload, "flush", lambda: SaveStatus("not_saved", why="The disk is full."))
        pass_by(folder, ros)
    assert ros.own.read_bytes() == before
    assert (ros.space.standing.state, ros.space.standing.why) == ("not_sent", "")
    pass_by(folder, ros, ellis, seconds=6)
    assert reasons(ellis) == [""]


def test_the_file_is_open_to_whom_the_folder_is(world: Any) -> None:
    folder, (ros, _) = world
    folder.path.chmod(0o770)
    pass_by(folder, ros)
    assert ros.own.stat().st_mode & 0o777 == 0o660


def test_a_program_that_was_killed_after_writing_goes_on_from_its_file(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    ros.caseload.save(Family(id="heron", code="F-017"))
    pass_by(folder, ros)
    ros.die()
    written = ros.own.read_bytes()
    pass_by(folder, ros)
    assert ros.own.read_bytes() == written
    ros.caseload.save(Family(id="wren", code="F-021"))
    ros.caseload.flush()
    ros.die()
    pass_by(folder, ros, ros, ellis)
    assert len(reasons(ellis)) == 2


def test_two_programs_on_one_caseload_need_no_setting_up(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    second = Machine.__new__(Machine)
    second.__dict__.update(ros.__dict__)
    second.take_up()
    try:
        for machine, code in ((ros, "F-1"), (second, "F-2"), (ellis, "F-3")):
            machine.caseload.save(Family(code=code))
            machine.caseload.flush()
            pass_by(folder, ros, second, ellis, seconds=1.5)
        settle(folder, [ros, second, ellis])
        assert settle(folder, [ros, second, ellis]) == 0
        for machine in (ros, second, ellis):
            assert sorted(each.code for each in machine.caseload.all(Family)) == ["F-1", "F-2", "F-3"]
        assert len(folder.files()) == 2
    finally:
        second.close()


def test_one_writer_on_two_machines_loses_nothing_and_comes_to_rest(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    ros.leave()
    twin = Machine.__new__(Machine)
    twin.__dict__.update(ros.__dict__)
    twin.home = ros.home.with_name("twin")
    twin.path = twin.home / ros.path.name
    shutil.copytree(ros.home, twin.home)
    twin._begin(twin._open())
    for machine, code in ((ros, "F-1"), (twin, "F-2"), (ellis, "F-3")):
        machine.caseload.save(Family(code=code))
    try:
        settle(folder, [ros, twin, ellis])
        for machine in (ros, twin, ellis):
            assert sorted(each.code for each in machine.caseload.all(Family)) == ["F-1", "F-2", "F-3"]
    finally:
        twin.close()


def test_of_one_clip_or_recording_that_is_erased_the_others_are_told(world: Any) -> None:
    """A clip that is gone from an agenda would look like a loss. What goes along with it is not listed."""
    folder, (ros, ellis) = world
    for record in (
        Family(id="heron", code="F-017"),
        Cycle(id="cycle", family="heron", number=2),
        Recording(id="film", cycle="cycle"),
        Clip(id="one", recording="film", in_ms=0, out_ms=9, order=1),
        Clip(id="two", recording="film", in_ms=0, out_ms=9, order=2),
        Note(about="one", body="Zaunkönig"),
    ):
        ros.caseload.save(record)
    settle(folder, [ros, ellis])
    for kind, identity in ((Clip, "one"), (Recording, "film")):
        ros.caseload.erase(ros.caseload.need(kind, identity))
        folder.clock.pass_by(61)
        ros.space.work()
        ellis.space.work()
    told = [(each.by, each.part, each.code) for each in ellis.space.standing.families]
    assert told == [("Ros", "clip C2-1", "F-017"), ("Ros", "recording C2", "F-017")]
    assert (
        "Ros erased clip C2-1 of F-017 on"
        in telling.warnings(ellis.space.standing, dt.datetime.now(dt.UTC))[-2]
    )


def test_what_is_erased_leaves_every_file_and_every_machine(world: Any) -> None:
    folder, (ros, ellis) = world
    ros.caseload.save(Family(id="heron", code="F-017", reasons="Zaunkönig"))
    settle(folder, [ros, ellis])
    ellis.caseload.save(replace(ellis.caseload.need(Family, "heron"), reasons="Zaunkönig sings"))
    ellis.caseload.flush()
    ros.caseload.erase(ros.caseload.need(Family, "heron"))
    folder.clock.pass_by(61)
    ros.space.work()
    standing = ros.space.standing
    assert (standing.free, standing.files) == (1, 2)
    assert [each.person for each in standing.writers if each.holds_erased] == ["Ellis"]
    ellis.space.work()
    (told,) = ellis.space.standing.families
    assert (told.by, told.code, told.had_changed) == ("Ros", "F-017", True)
    folder.clock.pass_by(61)
    ellis.space.work()
    ros.space.work()
    assert ros.space.standing.free == 2
    for machine in (ros, ellis):
        machine.caseload.flush()
        for path in filter(Path.is_file, machine.home.rglob("*.json")):
            assert b"Zaunk" not in folder.key.decrypt(path.read_bytes())
    assert not folder.holds("Zaunk")


def test_who_has_what_is_known_from_what_they_say(world: Any) -> None:
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    ros.caseload.save(Family(id="heron", code="F-017"))
    pass_by(folder, ros)
    sent = folder.clock.time_of_day()
    pass_by(folder, ellis)
    ellis.leave()
    pass_by(folder, ros)
    (writer,) = ros.space.standing.writers
    assert (writer.person, writer.has_until, writer.silent) == ("Ellis", sent, False)
    folder.clock.pass_by(15 * 24 * 3600)
    assert ros.space.standing.writers[0].silent


def test_without_the_folder_nobodys_file_is_called_gone(world: Any) -> None:
    """Opened on the train: what was heard of the others still stands, and no more is said."""
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    pass_by(folder, ros)
    folder.path.rename(folder.path.with_name("away"))
    ros.leave()
    pass_by(folder, ros)
    standing = ros.space.standing
    assert (standing.state, [each.there for each in standing.writers]) == ("offline", [True])
    assert "gone" not in " ".join(telling.rows(standing, folder.clock.time_of_day()))


def test_files_that_cannot_be_taken_in_are_counted_after_a_minute(world: Any) -> None:
    folder, (ros, _) = world
    (folder.path / "0123456789abcdef.vigspace").write_bytes(b"vigspace1 half")
    (folder.path / "1123456789abcdef.vigspace").write_bytes(b"vigspace2" + bytes(99))
    (folder.path / "2123456789abcdef.vigspace").write_bytes(b"vigspace1" + bytes(99))
    pass_by(folder, ros)
    standing = ros.space.standing
    assert (standing.not_whole, standing.newer, standing.other_code) == (0, 1, 1)
    folder.clock.pass_by(60)
    ros.space.work()
    assert ros.space.standing.not_whole == 1
    assert not ros.space.standing.keeps_versions
    (folder.root / ".stversions").mkdir()
    assert ros.space.folder.parent == folder.root
    assert ros.space.standing.keeps_versions


def test_a_caseload_that_was_renamed_stays_in_its_space(world: Any) -> None:
    _, (ros, _) = world
    writer = ros.space.membership.writer
    ros.put_down()
    ros.path = ros.path.rename(ros.path.with_name("renamed.vig.json"))
    ros.take_up()
    assert ros.space.membership.writer == writer


def test_after_a_new_code_the_old_one_opens_nothing_and_old_files_go(world: Any) -> None:
    folder, (ros, ellis) = world
    ellis.caseload.save(Family(code="F-017"))
    settle(folder, [ros, ellis])
    old = ellis.own.read_bytes()
    change_code(ros.caseload, ros.space.membership)
    ros.leave()
    copy = folder.path / "copy of Ellis.vigspace"
    copy.write_bytes(old)
    settle(folder, [ros])
    assert copy.exists()  # Ellis has not typed the code: what is in it may be new.
    change_code(ellis.caseload, ellis.space.membership, ros.space.membership.code)
    ellis.leave()
    settle(folder, [ros, ellis])
    assert [path.name for path in folder.files()] == sorted([ros.own.name, ellis.own.name])
    ellis.go_offline()
    remove_writer(ros.caseload, ros.space.membership, ellis.space.membership.writer)
    ellis.own.write_bytes(old)
    ros.leave()
    settle(folder, [ros])
    assert folder.files() == [ros.own]


def test_who_was_taken_out_goes_from_the_lists_of_all_and_is_in_them_when_back(tmp_path: Path) -> None:
    """Each of twenty would have to be told, and to delete what is gone already."""

    def listed(machine: Machine) -> list[str]:
        return [each.person for each in machine.space.standing.writers]

    with machines_in(tmp_path, "Ros", "Ellis", "Noor") as (folder, (ros, ellis, noor)):
        ellis.caseload.save(Family(id="heron", code="F-017"))
        settle(folder, [ros, ellis, noor])
        old = ellis.own.read_bytes()
        ellis.go_offline()
        pass_by(folder, ellis)
        remove_writer(ros.caseload, ros.space.membership, ellis.space.membership.writer)
        ros.leave()
        assert settle(folder, [ros, noor]) <= 1
        assert (listed(ros), listed(noor)) == (["Noor"], ["Ros"])
        ellis.own.write_bytes(old)  # The engine brings it back from a machine that was away.
        noor.leave()
        assert settle(folder, [ros, noor]) == 0
        assert (listed(ros), listed(noor)) == (["Noor"], ["Ros"])
        ellis.caseload.save(Family(id="wren", code="F-021"))
        ellis.come_back()
        settle(folder, [ros, ellis, noor])
        assert (listed(ros), listed(noor)) == (["Ellis", "Noor"], ["Ellis", "Ros"])
        assert {each.code for each in noor.caseload.all(Family)} == {"F-017", "F-021"}


def test_who_was_taken_out_and_wrote_nothing_meanwhile_is_back_all_the_same(tmp_path: Path) -> None:
    with machines_in(tmp_path, "Ros", "Ellis", "Noor") as (folder, machines):
        ros, ellis, noor = machines
        settle(folder, machines)
        old = ellis.own.read_bytes()
        remove_writer(ros.caseload, ros.space.membership, ellis.space.membership.writer)
        ros.leave()
        ellis.own.write_bytes(old)
        settle(folder, machines)
        assert [each.person for each in noor.space.standing.writers] == ["Ellis", "Ros"]


def test_a_new_passphrase_opens_what_is_kept_of_the_space(world: Any) -> None:
    folder, (ros, _) = world
    writer = ros.space.membership.writer
    ros.put_down()
    turned = change_passphrase(ros.path, Keyring(PASSPHRASE), "egret robin bittern crane", CHEAP)
    caseload = Caseload.open(ros.path, by="Ros", key=turned.key)
    kept = load_membership(caseload)
    caseload.close()
    assert kept is not None
    assert (kept.writer, kept.code) == (writer, folder.code)
    assert isinstance(turned.key, DataKey)
    folder.key = turned.key  # Ros's own from here on.
    ros.take_up()


def test_after_how_many_days_somebody_is_silent_is_a_persons_own_choice(
    world: tuple[Folder, list[Machine]],
) -> None:
    folder, (ros, ellis) = world
    ellis.caseload.save(Family(code="F-017"))
    pass_by(folder, ellis, ros)
    folder.clock.pass_by(8 * 86_400)
    now, membership = folder.clock.time_of_day(), ros.space.membership
    assert [writers_of(membership, [], (), now, days)[0].silent for days in (7, 9)] == [True, False]


def test_a_file_that_is_not_whole_is_there_and_is_not_deleted_as_taken_in(
    world: tuple[Folder, list[Machine]],
) -> None:
    folder, (ros, ellis) = world
    ellis.caseload.save(Family(code="F-017"))
    pass_by(folder, ellis, ros)
    ellis.caseload.save(Family(code="F-021"))
    pass_by(folder, ellis)
    ellis.own.write_bytes(ellis.own.read_bytes()[:5000])
    ros.space.look()
    [other] = ros.space.standing.writers
    assert (other.there, other.taken_in) == (True, False)


def test_the_code_that_one_has_is_not_taken_for_a_new_one(world: tuple[Folder, list[Machine]]) -> None:
    """Files of those who have not typed the new one yet would open with it, and nothing be said."""
    folder, (ros, ellis) = world
    pass_by(folder, ros, ellis)
    with pytest.raises(SpaceError, match="has already"):
        change_code(ros.caseload, ros.space.membership, folder.code)


def test_two_laptops_of_one_name_are_told_apart_by_the_same_word_everywhere(tmp_path: Path) -> None:
    with machines_in(tmp_path / "world", "Ros", "Ellis", "Mair") as (folder, (first, second, mair)):
        second.caseload.by = "Ros"
        for machine in (first, second, mair):
            machine.space.membership.machine = "laptop"
        settle(folder, [first, second, mair])
        seen = [telling.name_of(each) for each in mair.space.standing.writers]
        assert all(re.fullmatch(r"Ros \(laptop, [a-z]+\)", name) for name in seen)
        assert len(set(seen)) == 2
        (own,) = [telling.name_of(each) for each in first.space.standing.writers if each.person == "Ros"]
        assert own in seen
        assert f"Ros (laptop, {first.space.standing.apart})" in {*seen} - {own}
        assert mair.space.standing.apart == ""
        rename_machine(second.caseload, second.space.membership, "desk")
        settle(folder, [first, mair])
        names = [telling.name_of(each) for each in mair.space.standing.writers]
        assert names == ["Ros (desk)", "Ros (laptop)"]


def test_a_machine_whose_word_is_taken_has_the_next_one() -> None:
    writers = {f"{number:016x}": ("Ros", "laptop") for number in (0, 32, 64)}
    assert list(words_apart(writers).values()) == ["amber", "apple", "ash"]
    assert words_apart({"0" * 16: ("Ros", "laptop"), "1" * 16: ("Ros", "desk")}) == {}


def test_a_space_whose_folder_was_moved_goes_on_as_the_same_writer(world: Any, tmp_path: Path) -> None:
    folder, (ros, ellis) = world
    settle(folder, [ros, ellis])
    ros.go_offline()
    moved = tmp_path / "elsewhere"
    moved.symlink_to(folder.path)
    writer = ros.space.membership.writer
    joined = join_space(ros.caseload, moved, folder.code)
    assert (joined.writer, joined.folder) == (writer, str(moved))
    with pytest.raises(SpaceError, match="in a space already"):
        join_space(ros.caseload, folder.path, folder.code)


def test_a_caseload_in_the_folder_that_is_carried_is_not_in_a_space(tmp_path: Path) -> None:
    """Its notes "only me", and its film, would go to the others as they are."""
    folder = Folder(tmp_path / "world")
    caseload = Caseload.open(folder.caseload, key=folder.key)
    with pytest.raises(SpaceError, match="only me"):
        make_space(caseload, folder.root)
    made = make_space(caseload, folder.path)
    with pytest.raises(SpaceError, match="Keep it in another folder"):
        join_anew(made.path / "mine.vig.json", made.path, made.code, folder.key)
    for mark in (".stfolder", ".sync_0c6e.db"):
        (folder.path / mark).touch()
        with pytest.raises(SpaceError, match="Keep it in another folder"):
            join_anew(folder.path / "mine.vig.json", made.path, made.code, folder.key)
        (folder.path / mark).unlink()
    caseload.close()
