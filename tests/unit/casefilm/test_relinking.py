"""What would be lost: the way back from a film found again, and who spoke when in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import MP4, with_films
from vigtui.casefilm.pack_list import PACK_FILE, PackList, Piece, write_list
from vigtui.casefilm.relinking import Found, beyond_doubt, look, relink
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.files import FileSource, fingerprint
from vigtui.film.sound.kept_sound import FOLDER, KeptSound, stamp
from vigtui.film.sound.waveform import Loudness
from vigtui.store.caseload import Caseload

SOUND = Loudness(b"who spoke when")


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Caseload]:
    """Two recordings, each with its film in the media folder and what was heard of it."""
    caseload = Caseload.open(with_films(tmp_path / "c.vig.json", "a", "b"), by="Ros")
    for name in ("a", "b"):
        film = tmp_path / "media" / f"{name}.mp4"
        KeptSound(tmp_path).keep(FileSource(film), stamp(FileSource(film)), SOUND)
    yield caseload
    caseload.close()


def move(caseload: Caseload) -> Path:
    """Move both films as another program does it, and return their new folder."""
    return (caseload.folder / "media").rename(caseload.folder / "archive")


def found(caseload: Caseload) -> list[Found]:
    return beyond_doubt(look(caseload, caseload.all(Recording)).lost)


def paths(caseload: Caseload) -> list[str]:
    return [recording.path for recording in caseload.all(Recording)]


def test_films_found_again_are_one_step_that_undo_takes_back(caseload: Caseload) -> None:
    move(caseload)
    caseload.save(replace(caseload.need(Recording, "b"), state=RecordingState.MISSING))
    done, troubles = relink(caseload, found(caseload))
    assert ([path for _, path in done], troubles) == (["archive/a.mp4", "archive/b.mp4"], [])
    assert paths(caseload) == ["archive/a.mp4", "archive/b.mp4"]
    assert {each.state for each in caseload.all(Recording)} == {RecordingState.PRESENT}
    assert caseload.undo() == "Find 2 films again"
    assert paths(caseload) == ["media/a.mp4", "media/b.mp4"]
    assert caseload.need(Recording, "b").state is RecordingState.MISSING


def test_a_pack_misses_nothing_and_its_pieces_belong_to_clips(caseload: Caseload) -> None:
    """A trainee's pack would look as if most of its film had been lost."""
    folder = caseload.folder
    archive = move(caseload)
    (archive / "b.mp4").rename(folder / "clip.mp4")
    caseload.save(replace(caseload.need(Recording, "b"), fingerprint="of the whole film"))
    write_list(caseload, PackList(pieces=(Piece(clip="c", path="clip.mp4", starts_ms=0),)))
    survey = look(caseload, caseload.all(Recording))
    assert [each.recording.id for each in survey.lost] == ["a"]
    assert (survey.unknown, survey.troubles) == ((), ())
    (folder / PACK_FILE).write_text("{")
    survey = look(caseload, caseload.all(Recording))
    assert [film.path for film in survey.unknown] == ["clip.mp4"]
    assert len(survey.troubles) == 1


def test_who_spoke_when_goes_along_with_the_film(caseload: Caseload) -> None:
    """To hear a film through again takes minutes; what is kept of it must never outlive it either."""
    archive = move(caseload)
    relink(caseload, found(caseload))
    assert len(list((caseload.folder / FOLDER).iterdir())) == 2
    assert KeptSound(caseload.folder).recall(FileSource(archive / "a.mp4")) == SOUND


def test_what_was_heard_is_forgotten_where_the_film_was_written_anew(caseload: Caseload) -> None:
    archive = move(caseload)
    os.utime(archive / "a.mp4", ns=(1, 1))
    relink(caseload, found(caseload))
    assert KeptSound(caseload.folder).recall(FileSource(archive / "a.mp4")) is None
    assert KeptSound(caseload.folder).recall(FileSource(archive / "b.mp4")) == SOUND
    assert len(list((caseload.folder / FOLDER).iterdir())) == 1


def test_what_was_heard_of_the_film_now_in_the_old_place_stays(caseload: Caseload) -> None:
    archive = move(caseload)
    other = caseload.folder / "media" / "a.mp4"
    other.parent.mkdir()
    other.write_bytes(MP4 + b"another film")
    KeptSound(caseload.folder).keep(FileSource(other), stamp(FileSource(other)), SOUND)
    relink(caseload, found(caseload))
    assert paths(caseload) == ["archive/a.mp4", "archive/b.mp4"]
    assert KeptSound(caseload.folder).recall(FileSource(other)) == SOUND
    assert KeptSound(caseload.folder).recall(FileSource(archive / "a.mp4")) is None


def test_what_changed_since_the_search_is_left_as_it_is(caseload: Caseload) -> None:
    archive = move(caseload)
    seen = found(caseload)
    caseload.save(replace(caseload.need(Recording, "a"), state=RecordingState.DELETED))
    (archive / "b.mp4").write_bytes(MP4 + b"z")
    done, troubles = relink(caseload, seen)
    assert (done, len(troubles)) == ([], 2)
    assert paths(caseload) == ["media/a.mp4", "media/b.mp4"]
    assert caseload.need(Recording, "a").state is RecordingState.DELETED


def test_a_film_taken_by_its_name_is_known_by_its_fingerprint_from_then_on(caseload: Caseload) -> None:
    move(caseload)
    old = caseload.save(replace(caseload.need(Recording, "a"), fingerprint="", size=0))
    before = caseload.need(Recording, "b").fingerprint
    relink(caseload, [(old, "archive/a.mp4")])
    now = caseload.need(Recording, "a")
    assert now.fingerprint == fingerprint(caseload.folder / "archive" / "a.mp4") != before
    assert now.size == len(MP4) + 1
