"""What really happens to a folder while somebody works in it: said in the title, nothing lost, and saved
without a restart when the cause has gone."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigtui.domain.records import Family
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups

Cause = Callable[[Path], contextlib.AbstractContextManager[None]]


@contextlib.contextmanager
def folder_renamed(path: Path) -> Iterator[None]:
    away = path.parent.rename(path.parent.with_name("away"))
    yield
    away.rename(path.parent)


@contextlib.contextmanager
def folder_replaced_by_a_file(path: Path) -> Iterator[None]:
    away = path.parent.rename(path.parent.with_name("away"))
    path.parent.write_text("a file")
    yield
    path.parent.unlink()
    away.rename(path.parent)


@contextlib.contextmanager
def file_replaced_by_a_folder(path: Path) -> Iterator[None]:
    away = path.rename(path.with_name("away"))
    path.mkdir()
    yield
    path.rmdir()
    away.rename(path)


CAUSES: list[tuple[Cause, str]] = [
    (folder_renamed, "NOT SAVED: The folder of the caseload is not there any more."),
    (folder_replaced_by_a_file, "NOT SAVED: The folder of the caseload is not there any more."),
    (
        file_replaced_by_a_folder,
        "NOT SAVED: There is something else where the caseload's file was: it is a folder, not an ordinary"
        " file.",
    ),
]


@pytest.mark.parametrize(("cause", "words"), CAUSES)
def test_what_was_typed_meanwhile_is_saved_when_the_cause_has_gone(
    caseload: Caseload, path: Path, cause: Cause, words: str
) -> None:
    caseload.save(Family(code="F-1"))
    caseload.flush()
    with cause(path):
        caseload.save(Family(code="F-2"))
        assert caseload.flush().words() == words
        assert len(caseload.all(Family)) == 2
    assert caseload.flush().state == "saved"
    caseload.close()
    again = Caseload.open(path)
    again.close()
    assert [family.code for family in again.all(Family)] == ["F-1", "F-2"]
    assert not list(path.parent.parent.rglob("*.tmp"))


def test_without_a_place_for_backups_it_is_saved_all_the_same_and_said(
    caseload: Caseload, path: Path
) -> None:
    """Saving is worth more than a copy; but whoever counts on copies must know that there are none."""
    caseload.close()
    shutil.rmtree(path.parent / backups.FOLDER, ignore_errors=True)
    (path.parent / backups.FOLDER).write_text("a file in the way")
    again = Caseload.open(path)
    again.save(Family(code="F-1"))
    status = again.flush()
    assert status.state == "saved"
    assert status.words().endswith(", no backup, no lock")
    assert status.caveats[0].sentence == (
        "No backup can be kept in .vigtui-backups: .vigtui-backups is not a folder."
    )
    (path.parent / backups.FOLDER).unlink()
    again.save(Family(code="F-2"))
    assert not again.flush().caveats
    assert len(recovery.copies(path)) == 1
    again.close()


_FULL = """
import subprocess, sys
from pathlib import Path
from vigtui.domain.records import Family, Note
from vigtui.store.caseload import Caseload

folder = Path(sys.argv[1])
done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=220k", "tmpfs", folder], capture_output=True)
if done.returncode:
    sys.exit(77)
path = folder / "a.vig.json"
caseload = Caseload.create(path)
caseload.save(Note(about="x", body="n" * 60_000))
caseload.close()
caseload = Caseload.open(path)
caseload.save(Family(code="F-1"))
assert not caseload.flush().caveats, caseload.status
(folder / "film").write_bytes(b"f" * 10_000)
again = Caseload.open(path)
again.save(Family(code="F-2"))
status = again.flush()
assert status.words().endswith(", no backup"), status
(caveat,) = status.caveats
assert caveat.sentence == "No backup can be kept in .vigtui-backups: No space left on device."
try:
    (folder / "more film").write_bytes(b"f" * 90_000)
except OSError:
    pass
again.save(Family(code="F-3"))
assert again.flush().words() == "NOT SAVED: The disk is full.", again.status
assert len(Caseload.open(path).all(Family)) == 2
assert not list(folder.glob(".vigtui-*.tmp"))
(folder / "more film").unlink()
(folder / "film").unlink()
assert again.flush().words().startswith("saved"), again.status
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
again.save(Family(code="F-4"))
assert again.flush().words() == "NOT SAVED: The disk is read-only.", again.status
subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
assert again.flush().state == "saved"
assert [family.code for family in Caseload.open(path).all(Family)] == ["F-1", "F-2", "F-3", "F-4"]
"""


def test_a_disk_that_is_really_full_and_then_really_read_only(tmp_path: Path) -> None:
    """On a small disk of its own, which only root can make: first there is no room for a copy, then none for
    the file, then it may not be written to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root to make a disk")
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-c", _FULL, folder], check=False, capture_output=True, text=True
    )
    if done.returncode in (1, 77) and "Traceback" not in done.stderr:
        pytest.skip("no disk can be made here")
    assert done.returncode == 0, done.stderr
