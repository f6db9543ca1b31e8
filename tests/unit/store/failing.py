"""What is done on a disk that fails at one moment, and what must then be true. Used by test_faults.py, which
takes a sample, and by `python -m tests.bench faults`, which takes every fault at every call.

Each scene returns how many calls it made of the system, and raises AssertionError when something was lost.
"""

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.unit.store.faulty import ERRORS, Fault, FaultyDisk
from vigtui.domain.records import Family
from vigtui.store import recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk import temporary
from vigtui.store.errors import CaseloadError, CaseloadMissingError

Scene = Callable[[Path, Fault], int]


def saving(folder: Path, fault: Fault, *, no_rename: bool = False) -> int:
    """Change something, fail to save it, and save it when the cause has gone."""
    path = folder / "work.vig.json"
    caseload = _made(path)
    with FaultyDisk(folder) as disk:
        disk.no_rename = no_rename
        disk.break_at(fault)
        family = caseload.save(Family(code="F-2"))
        status = caseload.flush()
        with disk.sound():
            found = _codes(path, also_copy=no_rename and fault.lasting)
        assert found[:1] == ["F-1"], "what was said to be saved is lost"
        assert [each.code for each in caseload.all(Family)] == ["F-1", "F-2"]
        if status.state == "saved":
            assert found == ["F-1", "F-2"], "it was said to be saved, and is not"
        else:
            _plain(status.why)
        disk.repair()
        caseload.save(Family(code="F-3"))
        assert caseload.flush().state == "saved", caseload.status.words()
        caseload.close()
    assert family.id
    assert _codes(path) == ["F-1", "F-2", "F-3"]
    _tidy(path, [path])
    return len(disk.calls)


def saving_in_place(folder: Path, fault: Fault) -> int:
    """The same in a folder where no file can take another's place."""
    return saving(folder, fault, no_rename=True)


def making(folder: Path, fault: Fault) -> int:
    """Make a new caseload: it is there, whole, or a sentence says why not."""
    path = folder / "new.vig.json"
    with FaultyDisk(folder) as disk:
        disk.break_at(fault)
        try:
            Caseload.create(path).close()
        except CaseloadError as error:
            _plain(error.sentence)
        disk.repair()
    if path.exists():
        assert _codes(path) == []
        _tidy(path, [path])
    else:
        Caseload.create(path).close()
        _tidy(path, [path])
    return len(disk.calls)


def opening(folder: Path, fault: Fault) -> int:
    """Open a caseload: all of it, or a sentence; a file that cannot be read is not an empty one."""
    path = folder / "work.vig.json"
    _made(path).close()
    before = path.read_bytes()
    with FaultyDisk(folder) as disk:
        disk.break_at(fault)
        try:
            caseload = Caseload.open(path)
            caseload.close()
            assert [family.code for family in caseload.all(Family)] == ["F-1"]
        except CaseloadMissingError:
            raise AssertionError("a disk that fails is taken for a file that is not there") from None
        except CaseloadError as error:
            _plain(error.sentence)
        disk.repair()
    assert path.read_bytes() == before
    return len(disk.calls)


def putting_back(folder: Path, fault: Fault, *, no_rename: bool = False) -> int:
    """Put an older version back: it stands there, or what stood there does; nothing is lost either way."""
    path = folder / "work.vig.json"
    caseload = _made(path)
    caseload.save(Family(code="F-2"))
    caseload.close()
    (copy,) = recovery.copies(path)
    with FaultyDisk(folder) as disk:
        disk.no_rename = no_rename
        disk.break_at(fault)
        try:
            recovery.put_back(path, copy.path)
        except CaseloadError as error:
            _plain(error.sentence)
        disk.repair()
    aside = [each.path for each in recovery.copies(path) if each.put_aside]
    versions = [_codes(each) for each in (path, *aside)]
    assert ["F-1", "F-2"] in versions, "what stood there is lost"
    assert _codes(copy.path) == ["F-1"]
    recovery.put_back(path, copy.path)
    assert _codes(path) == ["F-1"]
    _tidy(path)
    return len(disk.calls)


SCENES: dict[str, Scene] = {
    "saving": saving,
    "saving in place": saving_in_place,
    "making": making,
    "opening": opening,
    "putting back": putting_back,
}


def faults_at(number: int) -> Iterator[Fault]:
    """Every fault that is tried at this call."""
    for error in ERRORS:
        for lasting, late in ((False, False), (True, False), (False, True)):
            yield Fault(number, error, lasting=lasting, late=late)
    yield Fault(number, short=True)
    yield Fault(number, errno.ENOSPC, short=True, lasting=True)


def play(scene: Scene, folder: Path, fault: Fault) -> int:
    """Play a scene in a new folder, which is gone afterwards."""
    stage = Path(tempfile.mkdtemp(dir=folder))
    try:
        return scene(stage, fault)
    except Exception as error:
        error.add_note(f"{fault} of {scene.__name__}")
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def calls_of(scene: Scene, folder: Path) -> int:
    """Return how many calls a scene makes of the system."""
    return play(scene, folder, Fault(0))


def _made(path: Path) -> Caseload:
    """A caseload with one family, opened anew: a copy of it is due before the next save."""
    caseload = Caseload.create(path, by="Ros")
    caseload.save(Family(code="F-1"))
    caseload.close()
    return Caseload.open(path, by="Ros")


def _codes(path: Path, *, also_copy: bool = False) -> list[str]:
    """Return what is on the disk, or in the copy that is offered where a torn file is allowed for."""
    try:
        caseload = Caseload.open(path)
    except CaseloadError as error:
        if not also_copy or error.backup is None:
            raise AssertionError(f"the file is torn: {error}") from error
        caseload = Caseload.open(error.backup)
    caseload.close()
    return [family.code for family in caseload.all(Family)]


def _plain(why: str) -> None:
    assert why.endswith("."), why
    assert "Errno" not in why, why
    assert "error in vigtui" not in why, why


def _tidy(path: Path, files: list[Path] | None = None) -> None:
    """After the next start nothing is left lying about, and no version is beside the file for nothing."""
    run, temporary._RUN = temporary._RUN, "00000000"
    try:
        Caseload.open(path).close()
    finally:
        temporary._RUN = run
    assert not list(path.parent.rglob("*.tmp")), "a temporary file is left"
    if files is not None:
        assert list(path.parent.glob("*.json")) == files
    assert path.stat().st_mode & 0o777 == 0o600
