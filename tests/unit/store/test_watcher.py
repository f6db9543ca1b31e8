"""Two programs with one file: each sees the other, and what becomes of the file is said at once."""

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace

from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.file import CaseloadFile, unlock
from vigtui.store.format.layout import Tables
from vigtui.store.sharing import presence, watcher
from vigtui.store.sharing.presence import Presence, Sign, said_in_full, said_shortly
from vigtui.store.sharing.watcher import Watcher
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)


def looked_twice(caseload: Caseload) -> str:
    """What the status line says once a thing has lasted for two looks."""
    caseload.look()
    caseload.look()
    return caseload.status.words()


def test_each_program_sees_what_the_other_does_without_doing_anything(
    caseload: Caseload, other: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "SECONDS", 0.01)
    came, told = threading.Event(), threading.Event()
    other.subscribe(lambda _: came.set())
    watching = [Watcher(other, told.set), Watcher(caseload)]
    for each in watching:
        each.start()
    caseload.save(Family(code="F-018"))
    assert came.wait(60)
    assert [family.code for family in other.all(Family)] == ["F-017", "F-018"]
    assert told.wait(60)
    assert watching[0].others == ("Ros",)
    for each in watching:
        each.stop()
    assert not list(backups.folder_of(caseload.path).glob("open-*"))


def test_who_may_only_read_sees_what_others_write(caseload: Caseload, other: Caseload, path: Path) -> None:
    other.read_only = "You may read it."
    caseload.save(Family(code="F-018"))
    caseload.flush()
    before = path.read_bytes()
    other.look()
    assert len(other.all(Family)) == 2
    other.flush()
    assert path.read_bytes() == before


def test_a_file_that_is_gone_is_said_and_written_again_only_with_a_change(
    caseload: Caseload, path: Path
) -> None:
    """Whoever moved it away meant to. Whoever deleted it by mistake still has it all on the screen."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    told: list[str] = []
    caseload.on_status = lambda status: told.append(status.words())
    path.rename(path.with_name("away"))
    gone = "NOT SAVED: fenland.vig.json is no longer in its folder. The next change writes it again."
    caseload.look()
    assert caseload.status.state == "saved"  # One look is no proof: others may be putting it there just now.
    assert looked_twice(caseload) == gone == told[-1]
    assert not path.exists()
    caseload.save(Family(code="F-018"))
    assert caseload.flush().state == "saved"
    assert len(Caseload.open(path).all(Family)) == 2


def test_a_file_that_comes_back_takes_the_warning_away(caseload: Caseload, path: Path) -> None:
    """The stick was pulled out, and put in again."""
    away = path.parent.rename(path.parent.with_name("away"))
    assert looked_twice(caseload) == "NOT SAVED: The folder of fenland.vig.json is not there any more."
    away.rename(path.parent)
    assert looked_twice(caseload).startswith("saved")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "fenland.vig.json is empty"),
        (b'{"meta": {"1": {"schema": 1, "id": "x"}}}\n', "It is another caseload"),
    ],
)
def test_what_cannot_be_merged_is_said_and_not_read_again_and_again(
    caseload: Caseload, path: Path, content: bytes, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caseload.save(Family(code="F-017"))
    caseload.flush()
    before = path.read_bytes()
    path.write_bytes(content)
    said = looked_twice(caseload)
    assert said.startswith("NOT SAVED: Somebody put something else in the place of fenland.vig.json. ")
    assert why in said
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", None)
        patch.setattr(Path, "open", None)
        assert looked_twice(caseload) == said
    assert path.read_bytes() == content
    path.write_bytes(before)
    assert looked_twice(caseload).startswith("saved")


def test_what_comes_in_while_a_save_is_under_way_is_not_overwritten(
    caseload: Caseload, other: Caseload, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look between putting the file's words together and writing them must not make them look new."""
    from vigtui.store.disk import shared_file as module

    looking = threading.Thread(target=caseload.look)
    encode = module.encode

    def encoded(tables: Tables) -> list[bytes]:
        chunks = list(encode(tables))
        monkeypatch.setattr(module, "encode", encode)
        other.save(Family(code="F-019"))
        other.flush()
        looking.start()
        looking.join(0.2)
        return chunks

    monkeypatch.setattr(module, "encode", encoded)
    caseload.save(Family(code="F-018"))
    caseload.flush()
    looking.join()
    assert {family.code for family in Caseload.open(path).all(Family)} == {"F-017", "F-018", "F-019"}


# Who else is here


def names(presence: Presence) -> tuple[str, ...]:
    """The names on the signs of others."""
    return tuple(sign.name for sign in presence.others())


def test_signs_tell_of_each_other_and_go_with_their_program(caseload: Caseload, other: Caseload) -> None:
    ours, theirs = Presence(caseload), Presence(other)
    ours.show()
    assert names(ours) == ()
    theirs.show()
    assert (names(ours), names(theirs)) == (("Ellis",), ("Ros",))
    other.by = "Noor"
    theirs.show()
    assert names(ours) == ("Noor",)
    theirs.leave()
    assert names(ours) == ()


def test_a_disk_that_cannot_be_written_for_a_while_makes_nobody_of_oneself(
    caseload: Caseload, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sign that could not be taken away meanwhile is one's own, and goes once that is possible."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.EROFS, "read-only")

    ours = Presence(caseload)
    ours.show()
    with monkeypatch.context() as patched:
        patched.setattr(presence, "new_file", refuse)
        patched.setattr(Path, "unlink", refuse)
        ours.show("a clip")
        assert names(ours) == ()
    ours.show()
    assert names(ours) == ()
    assert len(list(backups.folder_of(path).glob("open-*"))) == 1


def test_what_is_shown_to_a_family_is_told_by_its_id_and_by_nothing_else(
    caseload: Caseload, other: Caseload, path: Path
) -> None:
    """The guider's second program follows. Whoever finds the sign learns nothing of the family."""
    ours, theirs = Presence(caseload), Presence(other)
    ours.show()
    theirs.show("01936f7e-8a3b")
    [sign] = ours.others()
    assert sign == Sign("Ellis", "01936f7e-8a3b")
    [written] = [each for each in backups.folder_of(path).glob("open-*") if b"Ellis" in each.read_bytes()]
    assert json.loads(written.read_bytes()) == {"name": "Ellis", "shows": "01936f7e-8a3b"}
    theirs.show("")
    assert ours.others() == (Sign("Ellis"),)
    assert written.exists()  # in the same place: nobody seems to leave and come again
    theirs.leave()
    assert not written.exists()


def test_a_watcher_tells_at_once_what_is_shown_and_that_it_no_longer_is(
    caseload: Caseload, other: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    monkeypatch.setattr(watcher, "SIGNS_SECONDS", 0.0)
    ours, theirs = Watcher(caseload, told.set), Watcher(other)
    try:
        ours.start()
        theirs.start()
        for shown in ("one", "two", ""):
            theirs.shows(shown)
            while ours.shown != ((shown,) if shown else ()):
                assert told.wait(60)
                told.clear()
        assert ours.others == ("Ellis",)
    finally:
        ours.stop()
        theirs.stop()


def test_a_sign_left_behind_is_passed_over_and_removed(caseload: Caseload, path: Path) -> None:
    """A program that was killed must not seem to be there for ever; nor one that hangs on another machine."""
    code = (
        "import sys; from pathlib import Path; from vigtui.store.caseload import Caseload;"
        "from vigtui.store.sharing.presence import Presence;"
        "Presence(Caseload.open(Path(sys.argv[1]), by='Ellis')).show()"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)
    folder = backups.folder_of(path)
    ours = Presence(caseload)
    ours.show()
    assert len(list(folder.glob("open-*"))) == 2
    assert names(ours) == ()
    assert len(list(folder.glob("open-*"))) == 1
    elsewhere = folder / "open-00000000-1-00000000.json"
    elsewhere.write_bytes(b'{"name":"Ellis"}')
    assert names(ours) == ("Ellis",)
    for age, left in ((presence.STALE_SECONDS + 60, True), (100_000, False)):
        then = elsewhere.stat().st_mtime - age
        os.utime(elsewhere, (then, then))
        assert names(ours) == ()
        assert elsewhere.exists() is left


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": 3}', b"\xff", b"[" * 9000])
def test_a_sign_that_cannot_be_read_is_somebodys(caseload: Caseload, path: Path, content: bytes) -> None:
    folder = backups.make_folder(path)
    (folder / "open-00000000-1-00000000.json").write_bytes(content)
    (folder / "open-note.json").write_bytes(content)
    assert names(Presence(caseload)) == ("",)


def test_the_sign_of_an_encrypted_caseload_tells_nothing_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "encrypted.vig.json"
    caseload = Caseload.create(path, by="Ros Tiverton", key=new_key("open sesame", CHEAP))
    other = Caseload.open(path, by="Ellis", key=unlock(path, "open sesame"))
    ours, theirs = Presence(caseload), Presence(other)
    ours.show()
    (sign,) = backups.folder_of(path).glob("open-*")
    assert b'"Ros' not in sign.read_bytes()
    assert names(theirs) == ("Ros Tiverton",)
    ours.leave()
    for each in (caseload, other):
        each.close()


def test_a_sign_is_encrypted_when_the_caseload_is(caseload: Caseload, path: Path) -> None:
    """Somebody encrypts the file while it is open here: our sign must not go on telling our name."""
    ours = Presence(caseload)
    ours.show()
    caseload.flush()
    encrypted = CaseloadFile(path)
    encrypted.encrypt_with(new_key("open sesame", CHEAP))
    caseload.look()
    for _ in range(2):
        ours.show()
        (sign,) = backups.folder_of(path).glob("open-*")
        assert b'"Ros' not in sign.read_bytes()
        caseload.unlock("open sesame")
    assert b"vigtui-vault" in sign.read_bytes()


def test_a_folder_that_cannot_hold_a_sign_holds_nobody_up(caseload: Caseload, path: Path) -> None:
    path.with_name(".vigtui-backups").write_text("no folder")
    ours = Presence(caseload)
    ours.show()
    assert names(ours) == ()
    ours.leave()


def test_who_is_here_in_words() -> None:
    assert said_in_full(["Ellis Marr"], "Ros") == "Ellis Marr has this file open too."
    assert said_in_full(["", "Ellis"], "Ros") == "Somebody and Ellis have this file open too."
    assert said_in_full(["Ros", "Ros"], "Ros") == "Somebody in your name has this file open too."
    assert said_shortly(["Ros"], "Ros") == "also here: you"
    assert said_shortly([], "Ros") == ""


def test_a_record_changed_here_and_there_is_whole_in_both(caseload: Caseload, other: Caseload) -> None:
    (here,), (there,) = caseload.all(Family), other.all(Family)
    caseload.save(replace(here, pseudonym="Heron"))
    other.save(replace(there, reasons="Quiet now."))
    for each in (caseload, other, caseload, other):
        each.flush()
        each.look()
    assert caseload.all(Family) == other.all(Family)
    assert (caseload.all(Family)[0].pseudonym, caseload.all(Family)[0].reasons) == ("Heron", "Quiet now.")
