"""What would be lost: the promise that a caseload from somebody else opens nothing but its own films."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.errors import FilmError, FilmMissing, FilmOutside, FilmRefused
from vigtui.film.files import (
    check_kind,
    choose,
    copy_in,
    fingerprint,
    refuse_address,
    remove_unfinished,
    resolve,
)

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(64)


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    folder = tmp_path / "case load"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "film.mp4").write_bytes(MP4)
    (tmp_path / "outside.mp4").write_bytes(MP4)
    return folder


@pytest.mark.parametrize(
    "path",
    [
        "../outside.mp4",
        "media/../../outside.mp4",
        "..\\outside.mp4",
        "media\\..\\..\\outside.mp4",
        "/etc/passwd",
        "\\\\server\\share\\film.mp4",
        "C:\\films\\film.mp4",
        "c:film.mp4",
        "http://example.org/film.mp4",
        "mpv://film",
        "edl://media/film.mp4",
        "memory://abc",
        "file:///etc/passwd",
        "-",
        "media/film.mp4\0.txt",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(caseload: Path, path: str) -> None:
    with pytest.raises(FilmRefused):
        resolve(caseload, path)


@given(st.text())
def test_no_text_at_all_gets_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder.parent / "outside.mp4").write_bytes(MP4)
    with pytest.raises(FilmError) as caught:
        resolve(folder, path)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_link_out_of_the_folder_is_refused_and_one_inside_followed(caseload: Path) -> None:
    (caseload / "media" / "out.mp4").symlink_to(caseload.parent / "outside.mp4")
    (caseload / "media" / "in.mp4").symlink_to("film.mp4")
    with pytest.raises(FilmRefused, match=r"out\.mp4"):
        resolve(caseload, "media/out.mp4")
    assert resolve(caseload, "media/in.mp4") == (caseload / "media" / "film.mp4").resolve()


def test_links_in_a_circle_are_a_missing_film(caseload: Path) -> None:
    (caseload / "a.mp4").symlink_to("b.mp4")
    (caseload / "b.mp4").symlink_to("a.mp4")
    with pytest.raises(FilmMissing):
        resolve(caseload, "a.mp4")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"#EXTM3U\nhttp://example.org/a.mp4\n", "playlist"),
        (b"[playlist]\nFile1=/etc/passwd\n", "playlist"),
        (b"# mpv EDL v0\n/etc/passwd\n", "playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "playlist"),
        (b'FILE "sound.wav" WAVE\n', "playlist"),
        (b"Dear Ros,\nthe film follows.\n", "text file"),
        ("Liebe Ros,\n".encode("utf-16"), "text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "a picture"),
        (b"RIFF\0\0\0\0WAVEfmt " + bytes(40), "sound without a picture"),
        (b"MZ" + bytes(200), "a program"),
        (b"\x7fELF\x02" + bytes(200), "a program"),
        (b"PK\x03\x04" + bytes(200), "an archive"),
        (bytes(257) + b"ustar" + bytes(200), "an archive"),
        (b"%PDF-1.7\n%\xe2\xe3" + bytes(200), "a PDF document"),
        (b"SQLite format 3\0" + bytes(200), "a database"),
    ],
)
def test_what_is_no_film_is_refused_by_its_content_whatever_its_name(
    caseload: Path, content: bytes, words: str
) -> None:
    (caseload / "media" / "named.mp4").write_bytes(content)
    with pytest.raises(FilmError, match=rf"named\.mp4.*{words}"):
        resolve(caseload, "media/named.mp4")


@pytest.mark.parametrize(
    "head",
    [
        MP4,
        b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat",
        b"\x1a\x45\xdf\xa3" + bytes(20),
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"\x00\x00\x01\xba" + bytes(20),
        (b"\x47" + bytes(187)) * 5,
        (bytes(4) + b"\x47" + bytes(187)) * 5,
        bytes(100) + (b"\x47" + bytes(187)) * 15,
        bytes(1000) + b"\x00\x00\x01\xba" + bytes(2044) + b"\x00\x00\x01\xba",
        b"\x00\x00\x00\x20uuid" + bytes(64),
        b"\x1f\x07\x00\xbf" + bytes(76),
        b"OggS" + bytes(20),
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(20),
        b"FLV\x01" + bytes(20),
        b"\x00\x00\x01\xb3" + bytes(20),
        b"DKIF" + bytes(20),
    ],
)
def test_the_kinds_that_cameras_and_phones_make_are_known(caseload: Path, head: bytes) -> None:
    path = caseload / "media" / "film"
    path.write_bytes(head)
    assert check_kind(path)


def test_what_nobody_knows_by_its_beginning_is_left_to_libmpv(caseload: Path) -> None:
    (caseload / "media" / "film.dv").write_bytes(bytes(range(256)) * 4)
    assert check_kind(resolve(caseload, "media/film.dv")) == ""


def test_a_pipe_a_device_and_a_folder_are_refused_without_waiting(caseload: Path) -> None:
    os.mkfifo(caseload / "media" / "pipe.mp4")
    for name in ("media/pipe.mp4", "media"):
        with pytest.raises(FilmRefused):
            resolve(caseload, name)
    with pytest.raises(FilmRefused, match="device"):
        check_kind(Path("/dev/zero"))


def test_a_missing_film_is_named(caseload: Path) -> None:
    with pytest.raises(FilmMissing, match=r"media/gone\.mp4"):
        resolve(caseload, "media/gone.mp4")
    for path in ("", "\ud800.mp4", "film.mp4/film.mp4", "a" * 10_000):
        with pytest.raises(FilmMissing) as caught:
            resolve(caseload, path)
        assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_accents_match_however_another_system_composed_them(caseload: Path, stored: str, asked: str) -> None:
    folder = caseload / unicodedata.normalize(stored, "Aufnahme für Zoë")
    folder.mkdir()
    film = folder / unicodedata.normalize(stored, "é 1.mp4")
    film.write_bytes(MP4)
    path = unicodedata.normalize(asked, "Aufnahme für Zoë/é 1.mp4")
    assert resolve(caseload, path) == film.resolve()


def test_a_path_written_on_windows_is_found(caseload: Path) -> None:
    assert resolve(caseload, "media\\film.mp4") == (caseload / "media" / "film.mp4").resolve()


def test_a_film_picked_by_hand_is_kept_relative_or_offered_to_be_copied(caseload: Path) -> None:
    assert choose(caseload, caseload / "media" / "film.mp4") == "media/film.mp4"
    with pytest.raises(FilmOutside, match=r"outside\.mp4.*copied in"):
        choose(caseload, caseload.parent / "outside.mp4")


def test_copying_in_never_replaces_a_film(caseload: Path) -> None:
    other = caseload.parent / "film.mp4"
    other.write_bytes(MP4 + b"another")
    told: list[float] = []
    assert copy_in(caseload, other, "film", told.append) == "media/film (2).mp4"
    assert copy_in(caseload, other, "film") == "media/film (3).mp4"
    assert (caseload / "media" / "film.mp4").read_bytes() == MP4
    assert (caseload / "media" / "film (2).mp4").read_bytes() == MP4 + b"another"
    assert told[-1] == 1.0
    assert (caseload / "media" / "film (2).mp4").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in (caseload / "media").iterdir()) == [
        "film (2).mp4",
        "film (3).mp4",
        "film.mp4",
    ]


def test_a_copy_that_was_left_unfinished_is_removed_and_one_that_is_being_made_is_not(caseload: Path) -> None:
    """Nobody sees it: it would stay when the film is deleted."""
    left, made = (caseload / "media" / f".copying-{name}" for name in ("left", "made"))
    for path in (left, made):
        path.write_bytes(MP4)
    os.utime(left, (0, 0))
    remove_unfinished(caseload)
    assert {path.name for path in (caseload / "media").iterdir()} == {"film.mp4", made.name}
    remove_unfinished(caseload / "nowhere")


def test_a_copy_is_called_by_code_and_never_leaves_the_media_folder(caseload: Path) -> None:
    film = caseload.parent / "Dana Jones.MP4"
    film.write_bytes(MP4)
    assert copy_in(caseload, film, "F-017-C1") == "media/F-017-C1.mp4"
    assert copy_in(caseload, film, "../../F 1/é") == "media/.._.._F_1_é.mp4"


def test_a_copy_that_fails_is_a_sentence_and_leaves_nothing(caseload: Path) -> None:
    (caseload / "media" / "film.mp4").unlink()
    (caseload / "media").rmdir()
    (caseload / "media").write_text("a file in the way")
    with pytest.raises(FilmError, match=r"outside\.mp4 could not be copied"):
        copy_in(caseload, caseload.parent / "outside.mp4", "film")


def test_the_fingerprint_tells_films_apart(tmp_path: Path) -> None:
    some, other = tmp_path / "some", tmp_path / "other"
    some.write_bytes(MP4)
    other.write_bytes(MP4 + b"\0")
    assert fingerprint(some) != fingerprint(other)
    other.write_bytes(MP4)
    assert fingerprint(some) == fingerprint(other)


@pytest.mark.parametrize("named", ["http://example.org/a.mp4", "https:/example.org/a.mp4", "-", "edl://a"])
def test_an_address_given_to_play_is_refused(named: str) -> None:
    with pytest.raises(FilmRefused, match="is not a file"):
        refuse_address(named)
