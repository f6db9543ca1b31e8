"""What would be lost: everything, with the disk; a family's trust, when deleted film comes back."""

import contextlib
import datetime as dt
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.caseloads import MP4, change, make, read
from vigtui.casefilm.backup import files, limits
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.making import Made, back_up, verify_backup
from vigtui.casefilm.backup.place import find_backup, find_place
from vigtui.casefilm.backup.restoring import Restored, restore
from vigtui.domain.records import Copy, Cycle, Family, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.store.caseload import Caseload
from vigtui.store.snapshot import read_snapshot
from vigtui.vault.key import Key

NOW = dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC)
WORDS = b"1\n00:00:01,000 --> 00:00:02,000\nZaunkoenig\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make(
        tmp_path / "here" / "cases.vig.json",
        Family(id="heron", code="F-017", reasons="Goldammer"),
        Cycle(id="cycle", family="heron", number=1),
        Recording(id="a", cycle="cycle", path="media/a.mp4"),
        Recording(id="b", cycle="cycle", path="media/b.mp4"),
    )
    (path.parent / "media").mkdir()
    for name in "ab":
        (path.parent / "media" / f"{name}.mp4").write_bytes(MP4 + name.encode() * 1000)
    (path.parent / "media" / "a.en.srt").write_bytes(WORDS)
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def backed_up(path: Path, stick: Path, key: Key | None = None) -> Made:
    caseload = Caseload.open(path, key=key)
    try:
        return back_up(caseload, find_place(caseload, stick), NOW, lambda _words, _part: None)
    finally:
        caseload.close()


def put_back(path: Path, stick: Path) -> Restored:
    return restore(path, *find_backup(stick, path), None, lambda _words, _part: None)


def held(stick: Path) -> bytes:
    """Everything that is anywhere on the stick."""
    return b"".join(each.read_bytes() for each in stick.rglob("*") if each.is_file())


def entry(path: Path) -> Copy:
    (found,) = read_snapshot(path).where(Copy)
    return found


def test_all_of_it_comes_back_on_another_machine(path: Path, stick: Path, tmp_path: Path) -> None:
    assert backed_up(path, stick).came == 3
    other = tmp_path / "other" / "cases.vig.json"
    done = put_back(other, stick)
    assert (done.words, done.came, done.failed) == (True, 3, ())
    assert read(other, Family, "heron").reasons == "Goldammer"
    for name in ("a.mp4", "b.mp4", "a.en.srt"):
        assert (other.parent / "media" / name).read_bytes() == (path.parent / "media" / name).read_bytes()


def test_only_what_changed_is_copied(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    os.utime(path.parent / "media" / "b.mp4", (1, 1))
    assert backed_up(path, stick).came == 0
    film = next(stick.rglob("film")).glob("*")
    before = {each.name: each.stat().st_mtime_ns for each in film}
    (path.parent / "media" / "b.mp4").write_bytes(MP4 + b"another")
    made = backed_up(path, stick)
    assert (made.came, made.stayed) == (1, 2)
    after = {each.name: each.stat().st_mtime_ns for each in next(stick.rglob("film")).glob("*")}
    assert len(after) == 3
    assert len(before.items() & after.items()) == 2
    assert b"another" in held(stick)
    assert b"b" * 1000 not in held(stick)


def test_deleted_film_leaves_it_with_what_was_said_in_it_and_never_comes_back(
    path: Path, stick: Path
) -> None:
    backed_up(path, stick)
    change(path, Recording, "a", state=RecordingState.DELETED)
    for name in ("a.mp4", "a.en.srt", "b.mp4"):
        (path.parent / "media" / name).unlink()
    assert put_back(path, stick).came == 1  # The stick was not there meanwhile: it still holds the film.
    assert not (path.parent / "media" / "a.mp4").exists()
    assert "a" in entry(path).films
    assert backed_up(path, stick).left == 1
    assert b"a" * 1000 not in held(stick)
    assert WORDS not in held(stick)
    assert entry(path).films == ("b",)
    assert entry(path).renewed == NOW


def test_an_erased_family_leaves_it_and_does_not_come_back_with_an_older_backup(
    path: Path, stick: Path
) -> None:
    backed_up(path, stick)
    older = shutil.copytree(stick, stick.with_name("older"))
    caseload = Caseload.open(path)
    caseload.erase(caseload.need(Family, "heron"))
    caseload.close()
    backed_up(path, stick)
    assert b"Goldammer" not in held(stick)
    assert b"a" * 1000 not in held(stick)
    put_back(path, older)
    assert b"Goldammer" not in path.read_bytes()
    path.write_bytes(b"torn")  # Now an earlier version beside it has to know.
    for name in "ab":
        (path.parent / "media" / f"{name}.mp4").unlink()
    versions = path.parent / ".vigtui-backups" / path.name
    versions.mkdir(parents=True, exist_ok=True)
    shutil.copy(
        next(find_backup(stick, path)[0].glob("caseload-*")), versions / "2026-11-30T100000.000000Z.vig.json"
    )
    assert put_back(path, older).words
    assert b"Goldammer" not in path.read_bytes()
    assert not (path.parent / "media" / "a.mp4").exists()


def test_film_that_was_lost_here_stays_in_it_and_comes_back(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    (path.parent / "media" / "b.mp4").unlink()
    assert backed_up(path, stick).not_here == ("media/b.mp4",)
    assert put_back(path, stick).came == 1
    assert (path.parent / "media" / "b.mp4").read_bytes() == MP4 + b"b" * 1000


def test_words_that_are_here_stay_as_they_are(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    change(path, Family, "heron", reasons="Newer")
    assert not put_back(path, stick).words
    assert read(path, Family, "heron").reasons == "Newer"


def broken(at: int, error: int) -> Callable[..., int]:
    """A system whose call number `at` fails, and every one after it: a stick that was pulled, a full disk."""
    calls = 0
    real = os.write

    def write(descriptor: int, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls > at and _is_on_stick(descriptor):
            raise OSError(error, os.strerror(error))
        return real(descriptor, data)

    return write


def _is_on_stick(descriptor: int) -> bool:
    return "/stick/" in str(Path(f"/proc/self/fd/{descriptor}").readlink())


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_the_earlier_backup_is_whole_wherever_the_disk_fails(
    path: Path, stick: Path, tmp_path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(path, stick)
    (path.parent / "media" / "a.mp4").write_bytes(MP4 + b"new")
    for at in range(100):
        with monkeypatch.context() as patch, contextlib.suppress(BackupError):
            patch.setattr(os, "write", broken(at, error))
            backed_up(path, stick)
            break
        other = tmp_path / f"{at}" / "cases.vig.json"
        assert put_back(other, stick).failed == ()
        films = [(other.parent / "media" / f"{name}.mp4").read_bytes() for name in "ab"]
        assert films[0] in (MP4 + b"a" * 1000, MP4 + b"new")
        assert films[1] == MP4 + b"b" * 1000
    assert at > 3


def test_what_does_not_read_back_does_not_count(
    path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.digest_on_disk
    with monkeypatch.context() as patch:
        patch.setattr(files, "digest_on_disk", lambda path: "" if path.parent.name == "film" else real(path))
        with pytest.raises(BackupError, match=r"read back.*goes on where this stopped"):
            backed_up(path, stick)
    folder, told = find_backup(stick, path)
    assert (told.kept, told.complete, list((folder / "film").iterdir())) == ((), False, [])
    assert entry(path).films == ("a", "b")  # It was begun, and something may lie there.
    assert entry(path).renewed is None


def test_a_stick_that_lost_a_byte_is_noticed_and_mended(path: Path, stick: Path) -> None:
    backed_up(path, stick)
    folder, told = find_backup(stick, path)
    film = next((folder / "film").glob("*.mp4"))
    film.write_bytes(film.read_bytes()[:-1] + b"!")
    assert verify_backup(folder, told, lambda _words, _part: None) == [f"film/{film.name}"]
    assert backed_up(path, stick).came == 1
    assert verify_backup(*find_backup(stick, path), lambda _words, _part: None) == []


def test_places_where_no_backup_can_be_are_refused_in_a_sentence(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    caseload = Caseload.open(path)

    def why(outer: Path) -> str:
        with pytest.raises(BackupError) as refused:
            find_place(caseload, outer)
        return str(refused.value)

    assert "Is the stick in" in why(tmp_path / "nowhere")
    assert "is no folder" in why(path)
    assert "own folder" in why(path.parent / "media")
    folder = find_place(caseload, stick).folder
    folder.symlink_to(path.parent)
    assert "a link to somewhere else" in why(stick)
    folder.unlink()
    folder.mkdir()
    (folder / "letter.odt").write_text("somebody's")
    assert "somebody else's" in why(stick)
    (folder / "README.txt").write_text("A backup of the vigtui caseload of-another\n")
    assert "another caseload" in why(stick)
    assert "in a backup" in why(folder)
    caseload.close()
    assert (folder / "letter.odt").read_text() == "somebody's"


def test_a_hostile_backup_leads_nowhere_else(path: Path, stick: Path, tmp_path: Path) -> None:
    """What is on a stick may be anybody's: film comes only to where this caseload says."""
    backed_up(path, stick)
    shutil.rmtree(path.parent / "media")
    (tmp_path / "elsewhere").mkdir()
    (path.parent / "media").symlink_to(tmp_path / "elsewhere")
    done = put_back(path, stick)
    assert done.came == 0
    assert "leads out of the caseload's folder" in done.failed[0]
    assert not list((tmp_path / "elsewhere").iterdir())


def test_nothing_in_it_tells_more_than_the_files_themselves(path: Path, stick: Path) -> None:
    """The caseload may be encrypted: the names of its films must not stand beside it."""
    backed_up(path, stick)
    folder, _ = find_backup(stick, path)
    names = [each.name for each in folder.rglob("*")]
    assert not [each for each in names if each in ("a.mp4", "b.mp4", "a.en.srt")]
    assert b"media" not in b"".join(each.read_bytes() for each in folder.glob("backup-*"))


@pytest.mark.parametrize("kind", [[], ["--encrypted"]])
def test_a_kill_at_any_moment_leaves_the_earlier_backup_or_the_new_one(
    tmp_path: Path, kind: list[str]
) -> None:
    """`make prove` does it two hundred times."""
    program = Path(__file__).with_name("backing_up.py")
    run = subprocess.run(
        [sys.executable, program, tmp_path, "4", "7", *kind], check=True, capture_output=True, text=True
    )
    found = json.loads(run.stdout)
    assert (found["torn"], found["lost"]) == (0, 0)


def test_a_stick_with_fat_will_do(path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for FAT, which most sticks have: no links and rights, no folder that is synced by itself, no
    two names that differ in large and small letters alone, and none with the signs that it knows."""

    def refuse(*_: object, **_more: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    for name in ("chmod", "link", "symlink", "fchmod", "chown", "mkfifo"):
        monkeypatch.setattr(os, name, refuse)
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}") and _is_on_stick(descriptor):  # noqa: PTH112
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    backed_up(path, stick)
    (path.parent / "media" / "b.mp4").write_bytes(MP4 + b"another")
    backed_up(path, stick)
    names = [each.relative_to(stick).as_posix() for each in stick.rglob("*")]
    assert len({each.casefold() for each in names}) == len(names)
    assert not [each for each in names if set(each) & set('"*:<>?\\|') or each.endswith((".", " "))]
    for each in stick.rglob("*"):
        os.utime(each, (1_000_000, 1_000_000))  # Its times are of two seconds, and move with the hour.
    assert backed_up(path, stick).came == 0
    assert put_back(path.with_name("other.vig.json"), stick).failed == ()


def test_film_that_a_stick_with_fat_cannot_hold_is_told_and_the_rest_goes_there(
    path: Path, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {stick} vfat rw 0 0\n")
    monkeypatch.setattr(limits, "_MOUNTS", tmp_path / "mounts")
    assert limits.largest_file(stick / "film") == 4_294_967_295
    assert limits.largest_file(path.parent) is None
    monkeypatch.setattr(limits, "_FAT_MOST", 2000)
    (path.parent / "media" / "b.mp4").write_bytes(MP4 + b"b" * 3000)
    caseload = Caseload.open(path)
    assert limits.too_large_for(caseload, stick) == ["b.mp4"]
    caseload.close()
    made = backed_up(path, stick)
    assert (made.came, made.too_large) == (2, ("b.mp4",))
    assert not find_backup(stick, path)[1].complete


def test_a_pulled_stick_is_said_plainly_and_the_next_backup_goes_on(path: Path, stick: Path) -> None:
    caseload = Caseload.open(path)
    place = find_place(caseload, stick)

    def pull(_: str, part: float) -> None:
        if part and stick.exists():
            stick.rename(stick.with_name("pulled"))

    with pytest.raises(BackupError, match=r"perhaps it was pulled out.*The next one goes on"):
        back_up(caseload, place, NOW, pull)
    stick.with_name("pulled").rename(stick)
    back_up(caseload, find_place(caseload, stick), NOW, lambda _words, _part: None)
    caseload.close()
    assert find_backup(stick, path)[1].complete


def test_a_stick_pulled_while_it_is_put_back_is_said_once_and_the_next_time_goes_on(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    backed_up(path, stick)
    other, pulled = tmp_path / "other" / "cases.vig.json", stick.with_name("pulled")

    def pull(_: str, part: float) -> None:
        if part and stick.exists():
            stick.rename(pulled)

    done = restore(other, *find_backup(stick, other), None, pull)
    assert done.came == 1
    (why,) = done.failed
    assert "perhaps it was pulled out" in why
    pulled.rename(stick)
    assert put_back(other, stick).came == 2
