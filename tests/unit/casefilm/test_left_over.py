"""What a killed program left of film is told or deleted, and never film that somebody may still want."""

import errno
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4, with_films
from vigtui.casefilm.deleting import delete_what_is_there
from vigtui.casefilm.encrypted.files import encrypt_film, remove_encrypted, word_files
from vigtui.casefilm.encrypted.left_over import left_over, named_films, remove_there_twice
from vigtui.casefilm.encrypted.turning import decrypt_films, delete_clear, encrypt_films, encrypted_films
from vigtui.domain.records import Recording
from vigtui.film.errors import FilmError
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.vault.derivation import Cost

LONG_AGO = (1, 1)


@pytest.fixture
def caseload(tmp_path: Path) -> Caseload:
    """An encrypted caseload with two films, one with subtitles; both are encrypted, and in clear still."""
    path = with_films(tmp_path / "c.vig.json", "jigsaw", "toast")
    (path.parent / "media" / "jigsaw.en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nWonky.\n")
    encrypting.encrypt(path, "toast and honey", Cost(n=2, r=1, p=1))
    opened = Caseload.open(path, key=unlock(path, "toast and honey"), by="Ros")
    encrypt_films(opened, lambda *_: None)
    return opened


def film_of(caseload: Caseload, name: str) -> Path:
    return caseload.folder / caseload.need(Recording, name).path


def once_more(caseload: Caseload, name: str) -> Path:
    """A film as a program leaves it that was killed before the recording could name it, long ago."""
    made = encrypt_film(caseload, caseload.folder / "media" / f"{name}.mp4")
    os.utime(made, LONG_AGO)
    return made


def test_film_that_a_killed_program_encrypted_goes_with_its_words_once_another_is_named(
    caseload: Caseload,
) -> None:
    left = once_more(caseload, "jigsaw")
    remove_there_twice(caseload, caseload)
    assert not left.exists()
    assert not word_files(left)
    assert film_of(caseload, "jigsaw").exists()
    assert word_files(film_of(caseload, "jigsaw"))


def test_what_was_encrypted_just_now_stays(caseload: Caseload) -> None:
    """Another program may be about to name it."""
    left = once_more(caseload, "jigsaw")
    os.utime(left)
    remove_there_twice(caseload, caseload)
    assert left.exists()


def test_film_that_is_nowhere_else_stays(caseload: Caseload) -> None:
    left = once_more(caseload, "toast")
    remove_encrypted(film_of(caseload, "toast"))
    remove_there_twice(caseload, caseload)
    assert left.exists()


def test_film_that_a_competing_version_names_stays(caseload: Caseload, tmp_path: Path) -> None:
    """Nobody has decided which of two versions counts."""
    left = once_more(caseload, "toast")
    named = f"media/{left.name}"
    caseload.flush()
    other = tmp_path / "elsewhere" / "c.vig.json"
    other.parent.mkdir()
    other.write_bytes(caseload.path.read_bytes())
    there = Caseload.open(other, key=unlock(other, "toast and honey"), by="Ellis")
    there.save(replace(there.need(Recording, "toast"), path=named))
    there.close()
    caseload.save(replace(caseload.need(Recording, "toast"), path="media/elsewhere.vigfilm"))
    caseload.merge(there.snapshot(), "Merge")
    assert caseload.conflicts()
    assert {named, "media/elsewhere.vigfilm"} <= named_films(caseload)
    delete_clear(caseload, [named])
    remove_there_twice(caseload, caseload)
    assert left.exists()


def test_what_is_half_made_and_words_of_no_film_are_told(caseload: Caseload) -> None:
    media = caseload.folder / "media"
    assert list(left_over(caseload, caseload)) == []
    (media / ".copying-abc").write_bytes(b"")
    (caseload.folder / ".packing-abc").mkdir()
    alone = media / f"{'a' * 32}.words-1.vigfilm"
    word_files(film_of(caseload, "jigsaw"))[0].rename(alone)
    told = list(left_over(caseload, caseload))
    assert [line.split(":")[0] for line in told] == [
        ".packing-abc",
        "media/.copying-abc",
        f"media/{alone.name}",
    ]


def test_decrypting_that_was_broken_off_leaves_no_encrypted_film(caseload: Caseload) -> None:
    """Else the caseload could not be decrypted: that film would be lost with its key."""
    once_more(caseload, "toast")
    delete_clear(caseload, ["media/jigsaw.mp4", "media/toast.mp4"])
    decrypt_films(caseload, encrypted_films(caseload), lambda each: each.id, lambda *_: None)
    assert not list(caseload.folder.rglob("*.vigfilm"))
    assert film_of(caseload, "toast").read_bytes() == MP4 + b"toast"


def test_film_whose_recording_changed_meanwhile_is_not_left_behind(tmp_path: Path) -> None:
    path = with_films(tmp_path / "c.vig.json", "jigsaw")
    encrypting.encrypt(path, "toast and honey", Cost(n=2, r=1, p=1))
    caseload = Caseload.open(path, key=unlock(path, "toast and honey"))

    def change(*_: object) -> None:
        caseload.enter(replace(caseload.need(Recording, "jigsaw"), path="media/moved.mp4"))

    done = encrypt_films(caseload, change)
    assert not done.films
    assert "changed" in done.troubles[0]
    assert not list(path.parent.rglob("*.vigfilm"))


def test_of_film_that_is_missing_or_damaged_what_is_there_goes_when_it_is_deleted(caseload: Caseload) -> None:
    missing, damaged = film_of(caseload, "jigsaw"), film_of(caseload, "toast")
    missing.unlink()
    damaged.write_bytes(damaged.read_bytes()[:30_000])
    for name in ("jigsaw", "toast"):
        delete_what_is_there(caseload, caseload.need(Recording, name).path)
    assert not word_files(missing)
    assert not damaged.exists()


def test_a_full_disk_is_said_and_leaves_the_clear_film(
    caseload: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("vigtui.casefilm.encrypted.files.write", full)
    before = sorted(caseload.folder.rglob("*"))
    with pytest.raises(FilmError, match=r"toast.mp4 could not be encrypted: the disk is full\."):
        encrypt_film(caseload, caseload.folder / "media" / "toast.mp4")
    assert sorted(caseload.folder.rglob("*")) == before
