"""A program is stopped in the middle of a save, and another does not wait for it: nobody's words are lost.

The laptop is closed, a terminal is suspended, the machine is too busy: the one holds the lock and does not
go on. The processes here are real, and really stopped (SIGSTOP)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.store.stopping import WORDS
from vigtui.domain.records import Family
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import file_state, lock, rename
from vigtui.store.disk.file import CaseloadFile, unlock
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.disk.temporary import new_file
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=8, p=1)
STOPPING = Path(__file__).with_name("stopping.py")
Stopped = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here waits long for a lock that a stopped program holds."""
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)


@pytest.fixture
def stopped(path: Path) -> Iterator[Stopped]:
    """Starts a program that adds a family, and waits until it has stopped for the first time."""
    programs = []

    def start(code: str, *moments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, STOPPING, path, code, *moments]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        programs.append(program)
        wait_until_stopped(program)
        return program

    yield start
    for program in programs:
        program.kill()
        program.communicate()


def wait_until_stopped(program: "subprocess.Popen[str]") -> None:
    _, status = os.waitpid(program.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)


def go_on(program: "subprocess.Popen[str]") -> str:
    """Wake it up and return what it says of its save at the end."""
    program.send_signal(signal.SIGCONT)
    assert program.stdout is not None
    return program.stdout.read()


def add(path: Path, code: str) -> None:
    caseload = Caseload.open(path, by=code)
    caseload.save(Family(code=code))
    assert caseload.flush().state == "saved"
    caseload.close()


def codes(path: Path) -> list[str]:
    """Return what stands in the file after it was opened and closed once more."""
    for _ in range(2):
        caseload = Caseload.open(path)
        caseload.close()
    return sorted(family.code for family in caseload.all(Family))


def files(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each.is_file())


@pytest.fixture(autouse=True)
def made(path: Path) -> None:
    Caseload.create(path).close()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_was_saved_while_a_program_was_stopped_stays(moment: str, path: Path, stopped: Stopped) -> None:
    """5 of 5 times the words of whoever had saved meanwhile were overwritten."""
    sleeper = stopped("sleeper", moment)
    add(path, "waker")
    assert go_on(sleeper).startswith("saved")
    assert codes(path) == ["sleeper", "waker"]
    assert files(path) == [path.name]


def test_an_edit_in_place_of_the_same_size_and_date_is_seen_too(path: Path, stopped: Stopped) -> None:
    add(path, "A-1")
    sleeper = stopped("sleeper", "before")
    status = path.stat()
    with path.open("r+b") as file:
        edited = file.read().replace(b'"A-1"', b'"B-2"')
        file.seek(0)
        file.write(edited)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    time.sleep(2 * file_state.AT_ONCE_SECONDS)  # So long it was stopped at least.
    go_on(sleeper)
    assert codes(path) == ["B-2", "sleeper"]


@pytest.mark.parametrize("killed_after", [True, False])
def test_what_a_kill_leaves_beside_the_file_is_merged_when_it_is_opened(
    killed_after: bool, path: Path, stopped: Stopped
) -> None:
    """It may be others' words, taken out of the file a moment before; or new ones not yet put in."""
    sleeper = stopped("sleeper", "before", "after")
    add(path, "waker")
    if killed_after:
        sleeper.send_signal(signal.SIGCONT)
        wait_until_stopped(sleeper)
    sleeper.kill()
    sleeper.wait()
    assert len(files(path)) == 2
    assert codes(path) == ["sleeper", "waker"]
    assert files(path) == [path.name]


@pytest.mark.parametrize("passphrase", [WORDS, "another one"])
def test_what_is_left_of_an_encrypted_caseload_is_merged_with_its_passphrase(
    passphrase: str, path: Path, stopped: Stopped
) -> None:
    """When the passphrase was changed since, it gets a name that people see, and stays encrypted."""
    CaseloadFile(path).encrypt_with(new_key(WORDS, CHEAP))
    sleeper = stopped("sleeper", "before")
    sleeper.kill()
    sleeper.wait()
    (left,) = path.parent.glob("*.tmp")
    assert b"sleeper" not in left.read_bytes()
    if passphrase != WORDS:
        CaseloadFile(path, unlock(path, WORDS)).encrypt_with(new_key(passphrase, CHEAP))
    caseload = Caseload.open(path, key=unlock(path, passphrase))
    caseload.close()
    aside = [copy.path for copy in recovery.copies(path) if copy.put_aside]
    if passphrase == WORDS:
        assert ([family.code for family in caseload.all(Family)], aside) == (["sleeper"], [])
    else:
        assert caseload.status.words().endswith("put aside")
        assert is_encrypted(aside[0])
    assert not list(path.parent.glob("*.tmp"))


def test_a_third_program_that_saves_in_between_loses_nothing_either(path: Path, stopped: Stopped) -> None:
    sleeper = stopped("sleeper", "before", "after")
    add(path, "second")
    sleeper.send_signal(signal.SIGCONT)
    wait_until_stopped(sleeper)
    add(path, "third")
    assert go_on(sleeper).startswith("saved")
    assert codes(path) == ["second", "sleeper", "third"]
    assert files(path) == [path.name]


def test_a_new_file_that_others_removed_is_never_mistaken_for_one_that_has_its_number(path: Path) -> None:
    """Two save while it is stopped: the first removes its file, and that of the second gets the number of it.
    The words of both were lost in 29 of 40 tries."""
    with new_file(path, [b"new"]) as new:
        new.path.unlink()
        for number in range(50):
            other = path.with_name(f"other {number}")
            other.touch()
            assert not new.stands_at(other)


def test_what_somebody_writes_into_the_new_file_meanwhile_stays(path: Path, stopped: Stopped) -> None:
    """An editor that writes in place, while the file that it opened is put back."""
    sleeper = stopped("sleeper", "before", "after")
    add(path, "first")
    sleeper.send_signal(signal.SIGCONT)
    wait_until_stopped(sleeper)
    with path.open("r+b") as file:
        edited = file.read().replace(b'"sleeper"', b'"SLEEPER"')
        file.seek(0)
        file.write(edited)
    go_on(sleeper)
    assert codes(path)[0] in ("SLEEPER", "first")
    assert b"SLEEPER" in path.read_bytes()
    assert b'"first"' in path.read_bytes()


def test_what_cannot_be_merged_gets_a_name_that_people_see(path: Path, stopped: Stopped) -> None:
    """Somebody's half-copied file came out: it is theirs, and not ours to remove."""
    sleeper = stopped("sleeper", "before", "after")
    path.write_bytes(b"half of somebody's wri")
    sleeper.send_signal(signal.SIGCONT)
    wait_until_stopped(sleeper)
    sleeper.kill()
    sleeper.wait()
    opened = Caseload.open(path)
    assert opened.status.words().endswith(", put aside")
    opened.close()
    assert codes(path) == ["sleeper"]
    (aside,) = [copy.path for copy in recovery.copies(path) if copy.put_aside]
    assert aside.read_bytes() == b"half of somebody's wri"
    assert files(path) == sorted([path.name, aside.name])


def test_what_is_left_of_another_caseload_stays_until_that_is_opened(path: Path, stopped: Stopped) -> None:
    sleeper = stopped("sleeper", "before")
    sleeper.kill()
    sleeper.wait()
    other = path.with_name("other.vig.json")
    Caseload.create(other).close()
    assert codes(other) == []
    assert len(files(path)) == 3
    assert codes(path) == ["sleeper"]
    assert len(files(path)) == 2


def test_a_version_that_is_put_back_is_not_undone_by_what_was_left(path: Path, stopped: Stopped) -> None:
    """Whoever goes back to yesterday does not want today's words merged in by the next opening."""
    add(path, "yesterday")
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    sleeper = stopped("sleeper", "before")
    sleeper.kill()
    sleeper.wait()
    recovery.put_back(path, copy)
    assert codes(path) == ["yesterday"]
    assert sum(each.put_aside for each in recovery.copies(path)) == 1


def test_where_two_files_cannot_change_places_all_else_holds(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick, a network folder: a plain rename puts the new file in its place."""
    monkeypatch.setattr(rename, "system_rename", lambda: None)
    one, other = Caseload.open(path), Caseload.open(path)
    for number in range(3):
        for caseload in (one, other):
            caseload.save(Family(code=f"{number}"))
            assert caseload.flush().state == "saved"
    for caseload in (one, other):
        caseload.close()
    assert codes(path) == sorted("001122")
    assert files(path) == [path.name]
