"""Film that is encrypted with its caseload: nothing of it stays in clear, and none is lost."""

import io
from pathlib import Path

import pytest

from tests.caseloads import MP4, with_films
from tests.permissions import permission
from vigtui.casefilm.encrypted.carrying import carry
from vigtui.casefilm.encrypted.files import encrypt_words, opened_beside, word_files
from vigtui.casefilm.encrypted.turning import (
    clear_films,
    decrypt_films,
    delete_clear,
    encrypt_films,
    encrypted_films,
    same_in_clear,
)
from vigtui.casefilm.home import Folder, content_of, film_in
from vigtui.casefilm.opening import open_film, why_not_there
from vigtui.casefilm.relinking import beyond_doubt, look, relink
from vigtui.domain.records import Recording
from vigtui.film.errors import FilmError, FilmRefused
from vigtui.film.subtitles import lines_of
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.errors import CaseloadError
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring

WORDS, OTHER_WORDS = "toast and honey", "honey and toast"
CHEAP = Cost(n=2, r=1, p=1)
SAID = "1\n00:00:00,000 --> 00:00:01,000\nWonky.\n"


def quiet(*_: object) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A caseload with two films, one of them with words."""
    found = with_films(tmp_path / "work" / "c.vig.json", "jigsaw", "toast")
    (found.parent / "media" / "jigsaw.en.srt").write_text(SAID)
    encrypting.encrypt(found, WORDS, CHEAP)
    return found


@pytest.fixture
def caseload(path: Path) -> Caseload:
    with_film = Caseload.open(path, key=unlock(path, WORDS), by="Ros")
    encrypt_films(with_film, quiet)
    return with_film


def recording(caseload: Caseload, name: str = "jigsaw") -> Recording:
    return caseload.need(Recording, name)


def clear_text(folder: Path) -> list[str]:
    """The names of the files in which film or its words can be read."""
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(sign in path.read_bytes() for sign in (MP4, b"Wonky", b"jigsaw"))
    ]


def test_once_the_clear_film_is_deleted_nothing_of_it_is_in_the_folder(caseload: Caseload) -> None:
    assert clear_films(caseload) == {}
    assert "jigsaw.mp4" in clear_text(caseload.folder)
    assert delete_clear(caseload, ["media/jigsaw.mp4", "media/toast.mp4"]) == []
    assert clear_text(caseload.folder) == []
    film = open_film(caseload, permission(recording(caseload)))
    with film.open() as file:
        assert file.read() == MP4 + b"jigsaw"
    assert [line.text for line in lines_of(film)] == ["Wonky."]


def test_encrypting_that_was_broken_off_goes_on_with_what_is_left(path: Path) -> None:
    def stop_at_the_second(number: int, _: int, part: float) -> None:
        if number == 2 and part > 0:
            raise KeyboardInterrupt

    with_film = Caseload.open(path, key=unlock(path, WORDS))
    with pytest.raises(KeyboardInterrupt):
        encrypt_films(with_film, stop_at_the_second)
    assert len(clear_films(with_film)) == len(encrypted_films(with_film)) == 1
    assert not list(path.parent.glob("media/.*"))
    assert len(encrypt_films(with_film, quiet).films) == 1
    assert clear_films(with_film) == {}


def test_film_that_changed_on_the_disk_is_told_and_the_other_opens(caseload: Caseload) -> None:
    damaged = film_in(caseload, recording(caseload).path)
    with damaged.path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xff\xfe\xfd")
    with pytest.raises(FilmError, match="changed"):
        damaged.check()
    assert "changed" in why_not_there(caseload, recording(caseload).path)
    assert why_not_there(caseload, recording(caseload, "toast").path) == ""


def test_only_the_key_of_the_caseload_opens_film(caseload: Caseload) -> None:
    with pytest.raises(FilmRefused, match="only the caseload"):
        film_in(Folder(caseload.folder), recording(caseload).path).check()


def test_of_two_films_that_changed_places_neither_is_shown(caseload: Caseload) -> None:
    """Who agreed to one has not agreed to the other."""
    one, other = (film_in(caseload, recording(caseload, name).path).path for name in ("jigsaw", "toast"))
    one.rename(one.with_name("between"))
    other.rename(one)
    one.with_name("between").rename(other)
    for name in ("jigsaw", "toast"):
        assert "renamed or exchanged" in why_not_there(caseload, recording(caseload, name).path)


def test_film_is_found_again_by_its_content(caseload: Caseload) -> None:
    delete_clear(caseload, ["media/jigsaw.mp4", "media/toast.mp4"])
    here = film_in(caseload, recording(caseload).path).path
    (caseload.folder / "moved").mkdir()
    here.rename(caseload.folder / "moved" / here.name)
    found = beyond_doubt(look(caseload, caseload.all(Recording)).lost)
    assert found == [(recording(caseload), f"moved/{here.name}")]
    relink(caseload, found)
    assert content_of(film_in(caseload, recording(caseload).path)) == recording(caseload).fingerprint


def test_clear_film_that_is_left_is_named_wherever_it_lies(caseload: Caseload) -> None:
    (caseload.folder / "toast once more.mov").write_bytes(MP4 + b"toast")
    wanted = ["media/jigsaw.mp4", "media/toast.mp4", "toast once more.mov"]
    assert same_in_clear(caseload, caseload.all(Recording)) == wanted


def test_another_passphrase_opens_the_film_and_the_old_one_does_not(caseload: Caseload, path: Path) -> None:
    name, before = recording(caseload).path, caseload.key
    size = (caseload.folder / name).stat().st_size
    caseload.close()
    done = encrypting.change_passphrase(path, Keyring(WORDS), OTHER_WORDS, CHEAP)
    now = Folder(path.parent, done.key)
    with film_in(now, name).open() as file:
        assert file.read() == MP4 + b"jigsaw"
    assert [line.text for line in lines_of(film_in(now, name))] == ["Wonky."]
    assert film_in(now, name).path.stat().st_size == size
    with pytest.raises(FilmError, match="not at hand"):
        film_in(Folder(path.parent, before), name).check()


def test_a_caseload_is_not_written_in_clear_while_its_film_is_encrypted(
    caseload: Caseload, path: Path
) -> None:
    caseload.close()
    with pytest.raises(CaseloadError, match="would be lost"):
        encrypting.decrypt(path, Keyring(WORDS))
    assert b"jigsaw" not in path.read_bytes()


def test_decrypted_film_is_what_it_was_with_its_words(caseload: Caseload) -> None:
    delete_clear(caseload, ["media/jigsaw.mp4", "media/toast.mp4"])
    done = decrypt_films(caseload, encrypted_films(caseload), lambda each: f"F-001-{each.id}", quiet)
    assert not done.troubles
    assert not encrypted_films(caseload)
    film = open_film(caseload, permission(recording(caseload)))
    assert film.path == caseload.folder / "media" / "F-001-jigsaw.mp4"
    assert film.path.read_bytes() == MP4 + b"jigsaw"
    assert [line.text for line in lines_of(film)] == ["Wonky."]
    assert not word_files(film.path)
    assert not list(caseload.folder.rglob("*.vigfilm"))


def test_film_whose_words_cannot_be_decrypted_leaves_nothing_in_clear(caseload: Caseload) -> None:
    """It is said to stay as it was: then it must not lie in clear beside that."""
    delete_clear(caseload, ["media/jigsaw.mp4", "media/toast.mp4"])
    words = word_files(film_in(caseload, recording(caseload).path).path)[0]
    words.write_bytes(words.read_bytes()[:-1])
    done = decrypt_films(caseload, [recording(caseload).path], lambda each: f"F-001-{each.id}", quiet)
    assert done.troubles
    assert clear_text(caseload.folder) == []


def test_film_that_is_not_brought_elsewhere_takes_no_words_along_from_there(
    caseload: Caseload, tmp_path: Path
) -> None:
    """A film there may have the same name but for its ending: what is said in it is nobody else's."""
    film = recording(caseload).path
    words = word_files(film_in(caseload, film).path)[0]
    words.write_bytes(words.read_bytes()[:-1])
    there = tmp_path / "other" / "media"
    there.mkdir(parents=True)
    (there / "F-002-C1.mov").write_bytes(MP4)
    (there / "F-002-C1.srt").write_text(SAID)
    with pytest.raises(FilmError):
        carry(caseload, film, Folder(there.parent), "F-002-C1")
    assert sorted(each.name for each in there.iterdir()) == ["F-002-C1.mov", "F-002-C1.srt"]


def test_words_never_take_the_place_of_others(caseload: Caseload) -> None:
    """Of a film's subtitle files one may be missing: those that come take its place, and nobody else's."""
    film = film_in(caseload, recording(caseload).path).path
    encrypt_words(caseload, film, io.BytesIO(b"Second."), ".nl.srt")
    word_files(film)[0].unlink()
    encrypt_words(caseload, film, io.BytesIO(b"Third."), ".de.srt")
    files = [opened_beside(caseload, film, each)[0] for each in word_files(film)]
    assert {each.read() for each in files} == {b"Second.", b"Third."}
    for each in files:
        each.close()
