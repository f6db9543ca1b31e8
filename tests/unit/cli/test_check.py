"""`vigtui check`: film that is missing, moved, deleted or unknown is told, and only what is sure is taken."""

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.caseloads import MP4, at_the_keyboard, change, read, with_films, write
from vigtui.casefilm.encrypted.files import encrypt_into
from vigtui.casefilm.encrypted.turning import delete_clear, encrypt_films
from vigtui.casefilm.home import Folder
from vigtui.cli.check import Report, check
from vigtui.domain.film.places import mark
from vigtui.domain.records import Cycle, Deletion, Family, Person, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import ReadOnlyError
from vigtui.vault.derivation import Cost
from vigtui.vault.key import Key
from vigtui.vault.unlocking import new_key

CHEAP = Cost(n=2, r=1, p=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A caseload with the recordings a, b and c, and the film of each where it says."""
    return with_films(tmp_path / "c.vig.json", *"abc")


def run(path: Path, key: Key | None = None, *, relinking: bool = False) -> Report:
    return check(path, lambda _: None, key, relinking=relinking)


def test_film_that_was_moved_is_told_and_nothing_is_changed(path: Path) -> None:
    before = path.read_bytes()
    (path.parent / "media").rename(path.parent / "März")
    (path.parent / "März" / "c.mp4").unlink()
    report = run(path)
    assert report.relinked == []
    assert len(report.findings) == 3
    assert report.findings[0].endswith("It is at März/a.mp4 now: --relink takes it from there.")
    assert report.findings[2] == "media/c.mp4: the film is missing."
    assert path.read_bytes() == before


def test_relinking_takes_what_is_sure_saves_it_and_tells_the_rest(path: Path) -> None:
    write(path, Person(id="ellis", name="Ellis Marr"))
    at_the_keyboard(path, "ellis")
    media = (path.parent / "media").rename(path.parent / "film")
    (media / "copy").mkdir()
    (media / "copy" / "a.mp4").write_bytes((media / "a.mp4").read_bytes())
    (media / "c.mp4").write_bytes(MP4 + b"another")
    report = run(path, relinking=True)
    assert report.relinked == [
        "media/a.mp4 -> film/a.mp4 (the same film: film/copy/a.mp4)",
        "media/b.mp4 -> film/b.mp4",
    ]
    assert report.findings == [
        "media/c.mp4: the film is missing.",
        "film/c.mp4: no recording names this film.",
    ]
    assert (read(path, Recording, "a").path, read(path, Recording, "a").by) == ("film/a.mp4", "Ellis Marr")
    again = run(path, relinking=True)
    assert again.relinked == []
    assert "film/copy/a.mp4: no recording names this film." in again.findings


def test_film_that_was_deleted_is_told_wherever_it_is_and_never_taken(path: Path) -> None:
    """Deleting a family's film is a promise; a copy from a stick must not quietly come back to life."""
    media = path.parent / "media"
    for name in "ab":
        change(path, Recording, name, state=RecordingState.DELETED)
        write(path, Deletion(recording=name, date=dt.date.today()))
    (media / "b.mp4").rename(media / "from stick.mp4")
    assert run(path, relinking=True) == Report(
        [],
        [
            "media/a.mp4: recorded as deleted, and the film is still there.",
            "media/from stick.mp4: the film media/b.mp4, recorded as deleted.",
        ],
    )
    assert read(path, Recording, "b").path == "media/b.mp4"
    change(path, Recording, "a", path="../outside.mp4", fingerprint="", size=0)
    (path.parent.parent / "outside.mp4").write_bytes(MP4)
    assert not any("outside.mp4: recorded as deleted" in finding for finding in run(path).findings)


def test_film_of_the_same_name_only_is_left_for_a_person_to_decide(path: Path) -> None:
    change(path, Recording, "a", fingerprint="", duration_ms=0)
    (path.parent / "media" / "a.mp4").rename(path.parent / "a.mp4")
    report = run(path, relinking=True)
    assert report.relinked == []
    assert "Perhaps it is a.mp4" in report.findings[-1]
    assert read(path, Recording, "a").path == "media/a.mp4"


def test_film_whose_content_changed_is_told(path: Path) -> None:
    (path.parent / "media" / "a.mp4").write_bytes(MP4 + b"z")
    assert run(path).findings == ["media/a.mp4: not the film that was added; its content differs."]


def test_in_a_space_film_that_another_machine_has_is_no_fault(path: Path) -> None:
    write(path, mark())
    (path.parent / "media" / "a.mp4").unlink()
    (path.parent / "media" / "b.mp4").write_bytes(MP4 + b"z")
    found = run(path)
    assert found.elsewhere == 1
    assert found.findings == ["media/b.mp4: not the film that was added; its content differs."]


def test_a_caseload_that_cannot_be_changed_says_so_and_stays(path: Path) -> None:
    (path.parent / "media").rename(path.parent / "film")
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":999'))
    before = path.read_bytes()
    with pytest.raises(ReadOnlyError, match="newer vigtui"):
        run(path, relinking=True)
    assert path.read_bytes() == before


def test_the_command_prints_each_film_found_again_and_no_escape_sequence(path: Path) -> None:
    media = path.parent / "media"
    (media / "a.mp4").rename(media / "new a.mp4")
    hostile = os.fsencode(media) + b"/\x1b]0;stolen\x07\xff.mp4"
    os.rename(media / "b.mp4", hostile)  # noqa: PTH104  a name that is not text
    done = subprocess.run(
        [sys.executable, "-m", "vigtui", "check", str(path), "--relink"],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "media/a.mp4 -> media/new a.mp4"
    assert lines[1].endswith("Rename the file first.")
    assert all(line.isprintable() for line in lines)
    os.rename(hostile, media / "b.mp4")  # noqa: PTH104
    assert run(path) == Report([], [])


def test_a_film_that_two_families_name_is_told(path: Path) -> None:
    film = read(path, Recording, "a")
    write(
        path,
        Family(id="wren", code="F-018"),
        Cycle(id="wren-1", family="wren", number=1),
        Recording(cycle="wren-1", path=film.path, people=("Mo",)),
    )
    told = [each for each in run(path).findings if "name this film" in each]
    assert told == [f"{film.path}: recordings of F-001 and F-018 name this film; closed for all."]


def test_of_an_encrypted_caseload_all_is_told_that_is_clear_changed_or_of_another_key(path: Path) -> None:
    (path.parent / "media" / "a.en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nWonky.\n")
    encrypting.encrypt(path, "toast and honey", CHEAP)
    key = unlock(path, "toast and honey")
    caseload = Caseload.open(path, key=key)
    encrypt_films(caseload, lambda *_: None)
    a, b = (path.parent / caseload.need(Recording, name).path for name in "ab")
    other = encrypt_into(Folder(path.parent, new_key("another", CHEAP)), io.BytesIO(MP4), ".mp4")
    caseload.close()
    assert len(run(path, key).findings) == 8  # Each clear film twice, subtitles, and what has another key.
    delete_clear(caseload, [f"media/{name}.mp4" for name in "abc"])
    assert run(path, key).findings == [f"{other.name} is encrypted with a key that is not at hand."]
    other.unlink()
    with a.open("r+b") as file:
        file.seek(500_000)
        file.write(b"!")
    b.rename(b.with_name("renamed.vigfilm"))
    (path.parent / "letter.txt").write_text(f'"{caseload.meta.id}"')
    assert run(path, key).findings == [
        f"media/{b.name}: the film is missing.",
        f"renamed.vigfilm was renamed or exchanged: it is {b.name}.",
        "letter.txt: holds the caseload in clear. Delete it if nobody needs it.",
    ]
    changed = check(path, lambda _: None, key, whole=True).findings[-1]
    assert changed == f"media/{a.name} was changed after it was encrypted, at 0.5 of 1.0 MB."
