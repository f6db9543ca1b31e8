"""The status line says what is true, and nothing that was typed is lost when saving fails."""

import contextlib
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import codes
from vigtui.domain.records import Family, Note, Tag
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups, lock
from vigtui.store.disk.saver import KeptElsewhereError, Saver, SaveStatus
from vigtui.store.errors import CannotSaveError, CaseloadExistsError

NOBODY = 65534


class Told:
    """Collects what a caseload says of its saving, and waits for a word."""

    def __init__(self, caseload: Caseload) -> None:
        self.words: list[str] = []
        self._states: list[str] = []
        self._news = threading.Condition()
        caseload.on_status = self._hear

    def _hear(self, status: SaveStatus) -> None:
        with self._news:
            self.words.append(status.words())
            self._states.append(status.state)
            self._news.notify_all()

    def wait(self, state: str) -> None:
        with self._news:
            assert self._news.wait_for(lambda: state in self._states, timeout=60)
            self._states.clear()


@contextlib.contextmanager
def full_disk(size: int = 100) -> Iterator[None]:
    """No file may grow beyond `size` bytes in this process: writing fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Root may write everywhere, so what must fail is done as somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that root and nobody can both reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_change_is_saved_by_itself_and_said_so(caseload: Caseload, path: Path) -> None:
    told = Told(caseload)
    assert caseload.status == SaveStatus("saved")
    caseload.save(Family(code="F-017"))
    assert caseload.status.words() == "saving"
    told.wait("saved")
    assert told.words[0] == "saving"
    assert caseload.status.at is not None
    assert told.words[-1] == f"saved {caseload.status.at:%H:%M}"
    assert codes(path) == ["F-017"]


def test_flush_returns_when_it_is_on_disk(caseload: Caseload, path: Path) -> None:
    caseload.save(Family(code="F-017"))
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017"]
    assert caseload.flush().state == "saved"


def test_closing_saves_and_a_closed_caseload_can_still_save(caseload: Caseload, path: Path) -> None:
    caseload.save(Family(code="F-017"))
    caseload.close()
    assert codes(path) == ["F-017"]
    caseload.save(Family(code="F-018"))
    caseload.close()
    caseload.close()
    assert codes(path) == ["F-017", "F-018"]


def test_what_was_not_flushed_is_saved_when_the_program_ends(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vigtui.store.caseload import Caseload;"
        "from vigtui.domain.records import Family;"
        "Caseload.create(Path(sys.argv[1])).save(Family(code='F-017'))"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)
    assert codes(path) == ["F-017"]


def test_a_full_disk_is_said_and_saving_goes_on_by_itself_when_there_is_room(
    caseload: Caseload, path: Path
) -> None:
    before = path.read_bytes()
    told = Told(caseload)
    with full_disk():
        caseload.save(Family(code="F-017"))
        status = caseload.flush()
        assert status.state == "not_saved"
        assert status.words() == "NOT SAVED: File too large."
        assert path.read_bytes() == before
        assert not list(path.parent.glob(".vigtui-*.tmp"))
        caseload.save(Family(code="F-018"))
        assert caseload.status.state == "not_saved"
        assert len(caseload.all(Family)) == 2
    told.wait("saved")
    assert codes(path) == ["F-017", "F-018"]


def test_a_folder_that_is_gone_is_said_and_saved_to_when_it_is_back(caseload: Caseload, path: Path) -> None:
    """The stick was pulled out, and put in again."""
    away = path.parent.rename(path.parent.with_name("away"))
    caseload.save(Family(code="F-017"))
    assert "is not there any more" in caseload.flush().why
    away.rename(path.parent)
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017"]


def test_a_file_that_was_deleted_is_written_again(caseload: Caseload, path: Path) -> None:
    path.unlink()
    caseload.save(Family(code="F-017"))
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017"]


def test_a_folder_that_may_not_be_written_to(shared: Path) -> None:
    path = shared / "a.vig.json"
    caseload = Caseload.create(path)
    caseload.save(Family(code="F-017"))
    shared.chmod(0o555)
    with somebody_else():
        assert caseload.flush().words() == "NOT SAVED: The folder of the caseload may not be written to."
    shared.chmod(0o755)
    assert caseload.flush().state == "saved"
    caseload.close()
    assert codes(path) == ["F-017"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a file that belongs to somebody else")
def test_where_a_rename_is_refused_the_file_is_written_in_place_after_a_copy(shared: Path) -> None:
    """In a folder with the sticky bit one may write another's file, and not replace it."""
    path = shared / "a.vig.json"
    caseload = Caseload.create(path)
    caseload.save(Family(code="F-017", reasons="long " * 1000))
    caseload.flush()  # as root: whoever it is later may not read the parts of Python not used yet
    path.chmod(0o666)
    shutil.rmtree(shared / ".vigtui-backups")
    shared.chmod(0o1777)
    number = path.stat().st_ino
    old = path.read_bytes()
    family = caseload.save(replace(caseload.all(Family)[0], reasons="short"))
    with somebody_else():
        assert caseload.flush().words().startswith("saved")
        caseload.save(replace(family, code="F-018"))
        assert caseload.flush().words().startswith("saved")
        caseload.close()
    assert path.stat().st_ino == number
    assert codes(path) == ["F-018"]
    assert old in [copy.read_bytes() for copy in shared.glob(".vigtui-backups/*/*.json")]
    assert not list(shared.glob(".vigtui-*.tmp"))


def test_what_somebody_else_wrote_stays_in_the_file(caseload: Caseload, path: Path) -> None:
    """Two people, one file: the later save must not swallow the earlier one."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    other = Caseload.open(path, by="Ellis")
    other.save(Family(code="F-018"))
    other.close()
    caseload.save(Family(code="F-019"))
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017", "F-018", "F-019"]
    assert [family.code for family in caseload.all(Family)] == ["F-017", "F-018", "F-019"]
    assert list(path.parent.glob("*.vig.json")) == [path]


@pytest.mark.parametrize("content", [b"", b'{"meta": {"1": {"schema": 1, "id": "x"}}}\n'])
def test_what_cannot_be_merged_is_never_overwritten(caseload: Caseload, path: Path, content: bytes) -> None:
    """Somebody put another caseload there, or a broken one: both stay, ours in a file beside it."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    path.write_bytes(content)
    caseload.save(Family(code="F-019"))
    status = caseload.flush()
    (beside,) = path.parent.glob("fenland (Ros, *).vig.json")
    assert status.state == "not_saved"
    assert status.why == (
        f"Somebody else changed fenland.vig.json. Your version is in “{beside.name}”, in the same folder."
    )
    assert path.read_bytes() == content
    assert codes(beside) == ["F-017", "F-019"]
    caseload.save(Family(code="F-020"))
    assert caseload.flush().state == "not_saved"
    caseload.close()
    assert codes(beside) == ["F-017", "F-019", "F-020"]
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert len(list(path.parent.glob("*.vig.json"))) == 2


def test_two_programs_that_save_at_the_same_moment_both_keep_their_words(
    caseload: Caseload, path: Path
) -> None:
    """All of it is in the one file, and no file is left beside it."""
    caseload.close()
    code = (
        "import sys; from pathlib import Path; from vigtui.store.caseload import Caseload;"
        "from vigtui.domain.records import Family;"
        "caseload = Caseload.open(Path(sys.argv[1]), by=sys.argv[2]); print(flush=True); input();"
        "caseload.save(Family(code=sys.argv[2])); caseload.close()"
    )
    names = ["Ros", "Ellis", "Noor"]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, path, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in names
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
    assert sorted(codes(path)) == sorted(names)
    assert list(path.parent.glob("*.vig.json")) == [path]


def test_a_name_with_slashes_makes_a_file_in_the_same_folder(caseload: Caseload, path: Path) -> None:
    caseload.by = "../../etc: Ros?"
    path.write_bytes(b"")
    caseload.save(Family(code="F-017"))
    caseload.flush()
    assert [each.name.startswith("fenland (etc Ros, ") for each in path.parent.glob("fen*(*")] == [True]


def test_a_file_that_was_only_touched_or_copied_back_is_not_a_conflict(
    caseload: Caseload, path: Path
) -> None:
    """A synced folder or a restored copy changes the date; that is nobody's edit."""
    caseload.save(Family(code="F-017"))
    caseload.flush()
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)
    caseload.save(Family(code="F-018"))
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017", "F-018"]


def test_working_on_in_another_file(caseload: Caseload, path: Path) -> None:
    """The way out when a folder stays full or gone: nothing typed is lost, and the films stay found."""
    with full_disk():
        caseload.save(Family(code="F-017"))
        assert caseload.flush().state == "not_saved"
        elsewhere = path.parent / "elsewhere.vig.json"
        with pytest.raises(CannotSaveError, match=r"elsewhere.vig.json cannot be made"):
            caseload.save_elsewhere(elsewhere)
        assert caseload.path == path
    with pytest.raises(CaseloadExistsError):
        caseload.save_elsewhere(path)
    caseload.save_elsewhere(elsewhere)
    assert (caseload.path, caseload.folder) == (elsewhere, path.parent)
    assert caseload.status.state == "saved"
    caseload.save(Family(code="F-018"))
    caseload.close()
    assert codes(elsewhere) == ["F-017", "F-018"]
    assert codes(path) == []


def test_another_programs_lock_keeps_nobody_out_and_is_said(
    caseload: Caseload, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that hangs while it holds the lock must not stop others from saving."""
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    caseload.save(Family(code="F-017"))
    with lock.locked(path) as why_not:
        assert why_not == ""
        status = caseload.flush()
    assert (status.state, status.words()[-9:]) == ("saved", ", no lock")
    assert "Another program holds the lock of fenland.vig.json" in status.caveats[0].sentence
    assert codes(path) == ["F-017"]
    caseload.save(Family(code="F-018"))
    assert caseload.flush().caveats == ()


@pytest.mark.parametrize("make", [os.mkfifo, lambda lock: lock.symlink_to("/dev/null"), Path.mkdir])
def test_what_is_no_lock_is_not_opened_and_is_said(
    caseload: Caseload, path: Path, make: Callable[[Path], object]
) -> None:
    make(backups.make_folder(path) / "lock")
    caseload.save(Family(code="F-017"))
    (caveat,) = caseload.flush().caveats
    assert caveat.sentence.startswith("fenland.vig.json cannot be locked while it is saved: ")
    assert codes(path) == ["F-017"]


def test_a_listener_that_fails_does_not_stop_the_saving(caseload: Caseload, path: Path) -> None:
    def fail(_: SaveStatus) -> None:
        raise ZeroDivisionError

    caseload.on_status = fail
    caseload.save(Family(code="F-017"))
    assert caseload.flush().state == "saved"
    caseload.save(Family(code="F-018"))
    assert caseload.flush().state == "saved"
    assert codes(path) == ["F-017", "F-018"]


def test_steady_typing_is_saved_within_a_second() -> None:
    """Waiting for a pause in the typing would wait for ever."""
    saved = threading.Event()
    saver = Saver(saved.set)
    while not saved.is_set():
        saver.changed()
        saved.wait(0.01)
    saver.stop()
    assert saver.status.state == "saved"


def test_changes_made_while_saving_are_saved_next() -> None:
    """A change that arrives during a save must not be taken for saved."""
    content, disk = [0], [0]
    writing, go_on = threading.Event(), threading.Event()

    def save() -> None:
        copy = content[0]
        writing.set()
        go_on.wait(10)
        disk[0] = copy

    saver = Saver(save)
    content[0] = 1
    saver.changed()
    first = threading.Thread(target=saver.flush)
    first.start()
    writing.wait(10)
    content[0] = 2
    saver.changed()
    assert saver.status.state == "saving"
    go_on.set()
    assert saver.flush().state == "saved"
    assert disk == [2]
    first.join()
    saver.stop()


def test_what_is_changed_while_it_saves_is_saved_when_it_is_closed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last word before leaving, typed while the one before was being saved, was lost."""
    words, on_disk = ["first"], list[str]()
    saving, closing, join = threading.Event(), threading.Event(), threading.Thread.join

    def join_late(thread: threading.Thread, timeout: float | None = None) -> None:
        closing.set()
        join(thread, timeout)

    def save() -> None:
        written = list(words)
        saving.set()
        assert closing.wait(60)
        on_disk[:] = written

    monkeypatch.setattr(threading.Thread, "join", join_late)
    saver = Saver(save)
    saver.changed()
    assert saving.wait(60)
    words.append("last")
    saver.changed()
    saver.stop()
    assert on_disk == ["first", "last"]


def test_flush_gives_up_after_its_time_and_tells_the_truth() -> None:
    blocked = threading.Event()

    def save() -> None:
        blocked.wait(10)

    saver = Saver(save)
    saver.changed()
    assert saver.flush(timeout=0.01).state == "saving"
    blocked.set()
    assert saver.flush().state == "saved"
    saver.stop()


def test_kept_elsewhere_is_not_tried_again_until_something_changes() -> None:
    tries = []

    def save() -> None:
        tries.append(1)
        raise KeptElsewhereError("It is in another file.")

    saver = Saver(save)
    saver.changed()
    safe = SaveStatus("not_saved", None, "It is in another file.", elsewhere=True)
    assert saver.flush() == saver.flush() == safe
    saver.stop()
    assert len(tries) == 1


def test_a_long_caseload_is_written_whole(caseload: Caseload, path: Path) -> None:
    """Larger than one chunk, and with a text larger than a chunk."""
    with caseload.transaction("Fill"):
        for number in range(1500):
            caseload.save(Tag(clip="c", at_ms=number, who="Dana", principle="receiving"))
        caseload.save(Note(about="c", body="é\n" * 200_000))
    caseload.close()
    assert len(json.loads(path.read_text())["tags"]) == 1500
    again = Caseload.open(path)
    again.close()
    assert again.all(Note)[0].body == "é\n" * 200_000
    assert [tag.at_ms for tag in again.all(Tag)] == list(range(1500))
