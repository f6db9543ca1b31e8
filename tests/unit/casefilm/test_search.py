"""What would be lost: film that was moved, and the promise that deleted film is not taken in again."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.film.films import make, shades
from vigtui.casefilm.home import Folder
from vigtui.casefilm.search import DELETED_ONCE, LIKELY, Lost, Survey, search
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmRefused
from vigtui.film.files import choose, fingerprint

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(64)


def put(folder: Path, path: str, content: bytes = b"") -> Path:
    """A film with this path below the folder, told from others by its content."""
    film = folder / path
    film.parent.mkdir(parents=True, exist_ok=True)
    film.write_bytes(MP4 + content)
    return film


def recorded(film: Path, path: str = "", **other: object) -> Recording:
    """The recording of a film when it was at `path`."""
    size = film.stat().st_size
    found = Recording(cycle="c", path=path or film.name, size=size, fingerprint=fingerprint(film))
    return replace(found, **other)


def unknown(survey: Survey) -> list[str]:
    return [film.path for film in survey.unknown]


def the_lost(survey: Survey) -> Lost:
    [lost] = survey.lost
    return lost


def test_film_in_its_place_needs_nothing(tmp_path: Path) -> None:
    film = put(tmp_path, "media/a.mp4")
    assert search(Folder(tmp_path), [recorded(film, "media/a.mp4")]) == Survey()


@pytest.mark.parametrize("now", ["a.mp4", "media/b.mov", "2025/März/é film.MP4", "media/a [1] $x.mp4"])
def test_a_film_is_found_again_wherever_it_went_and_whatever_it_is_called(tmp_path: Path, now: str) -> None:
    recording = recorded(put(tmp_path, now, b"a"), "media/a.mp4")
    put(tmp_path, "media/other.mp4", b"b")  # of the same size
    survey = search(Folder(tmp_path), [recording])
    assert (the_lost(survey).found, the_lost(survey).doubt) == ((now,), "")
    assert the_lost(survey).why == "media/a.mp4: the film is missing."
    assert unknown(survey) == ["media/other.mp4"]


def test_what_may_be_no_film_is_found_again_and_never_offered_as_one(tmp_path: Path) -> None:
    """libmpv plays some films that nobody knows by their first bytes; most such files are none."""
    film = tmp_path / "moved.dv"
    film.write_bytes(bytes(range(256)))
    (tmp_path / "keys.bin").write_bytes(bytes(range(255, -1, -1)))
    survey = search(Folder(tmp_path), [recorded(film, "film.dv")])
    assert the_lost(survey).found == ("moved.dv",)
    assert unknown(survey) == []


def test_films_that_changed_places_are_told_apart(tmp_path: Path) -> None:
    """Two families' films under each other's names would be shown to the wrong people."""
    first, second = put(tmp_path, "a.mp4", b"first"), put(tmp_path, "b.mp4", b"later")
    recordings = [recorded(first, "b.mp4"), recorded(second, "a.mp4")]
    assert search(Folder(tmp_path), recordings).lost == ()  # By their sizes they are in their places.
    survey = search(Folder(tmp_path), recordings, thorough=True)
    assert [each.found for each in survey.lost] == [("a.mp4",), ("b.mp4",)]
    put(tmp_path, "c.mp4", b"a long one")
    put(tmp_path, "b.mp4", b"short")
    assert [each.found for each in search(Folder(tmp_path), recordings).lost] == []
    lost = the_lost(search(Folder(tmp_path), [recorded(tmp_path / "c.mp4", "b.mp4")]))
    assert (lost.found, "not the film that was added" in lost.why) == (("c.mp4",), True)


def test_of_several_copies_the_free_one_then_the_name_then_the_nearest_comes_first(tmp_path: Path) -> None:
    paths = ("media/2025/x.mp4", "copies/a.mp4", "media/old/a.mp4", "media/old/more/a.mp4", "media/b.mp4")
    films = [put(tmp_path, path) for path in paths]
    survey = search(Folder(tmp_path), [recorded(films[0], "media/a.mp4"), recorded(films[4], "media/b.mp4")])
    assert the_lost(survey).found == (
        "media/old/a.mp4",
        "media/old/more/a.mp4",
        "copies/a.mp4",
        "media/2025/x.mp4",
        "media/b.mp4",
    )
    assert unknown(survey) == []


def test_deleted_film_is_said_and_never_offered_to_its_recording(tmp_path: Path) -> None:
    film = put(tmp_path, "back again.mp4")
    deleted = recorded(film, "media/a.mp4", state=RecordingState.DELETED)
    survey = search(Folder(tmp_path), [deleted])
    assert ([(each.recording, each.path) for each in survey.still_there], survey.lost, survey.unknown) == (
        [(deleted, "back again.mp4")],
        (),
        (),
    )
    old = replace(deleted, fingerprint="", path="back again.mp4")
    assert [each.path for each in search(Folder(tmp_path), [old]).still_there] == ["back again.mp4"]


def test_film_that_was_deleted_and_taken_in_again_is_offered_with_a_doubt(tmp_path: Path) -> None:
    deleted = recorded(put(tmp_path, "a.mp4"), "x.mp4", state=RecordingState.DELETED)
    again = recorded(tmp_path / "a.mp4", "media/a.mp4")
    assert the_lost(search(Folder(tmp_path), [deleted, again])).doubt == DELETED_ONCE
    assert search(Folder(tmp_path), [deleted, recorded(tmp_path / "a.mp4")]).still_there == ()


def test_without_a_fingerprint_only_the_one_film_of_that_name_size_and_length_is_likely(
    tmp_path: Path,
) -> None:
    film = make(tmp_path / "old.mp4", shades(20))
    (tmp_path / "moved").mkdir()
    film = film.rename(tmp_path / "moved" / "film.mp4")
    size = film.stat().st_size
    recording = Recording(cycle="c", path="media/film.mp4", size=size, duration_ms=2000)
    lost = the_lost(search(Folder(tmp_path), [recording]))
    assert (lost.found, lost.doubt) == (("moved/film.mp4",), LIKELY)
    for other in (
        replace(recording, path="media/other.mp4"),
        replace(recording, size=size + 1),
        replace(recording, duration_ms=9000),
        replace(recording, duration_ms=0, size=0),
    ):
        assert the_lost(search(Folder(tmp_path), [other])).found == ()
    both = search(Folder(tmp_path), [recording, replace(recording, id="another")])
    assert [each.found for each in both.lost] == [(), ()]
    named = search(Folder(tmp_path), [recording, recorded(film, "moved/film.mp4")])
    assert the_lost(named).found == ()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "film.mp4").write_bytes(film.read_bytes())
    assert the_lost(search(Folder(tmp_path), [recording])).found == ()


def test_nothing_is_looked_at_outside_the_folder_or_behind_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "case load"
    folder.mkdir()
    outside = put(tmp_path, "outside/a.mp4")
    (folder / "link.mp4").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent)
    (folder / "round").symlink_to(folder)
    for hidden in (".trash/a.mp4", "media/.copying-a.mp4"):
        put(folder, hidden)
    survey = search(Folder(folder), [recorded(outside, "media/a.mp4"), recorded(outside, "../outside/a.mp4")])
    assert [each.found for each in survey.lost] == [(), ()]
    assert (survey.unknown, survey.troubles) == ((), ())


def test_a_film_that_is_reached_through_a_link_or_another_spelling_is_known(tmp_path: Path) -> None:
    film = put(tmp_path, "media/Zoe\u0308.mp4")
    (tmp_path / "link.mp4").symlink_to(film)
    for path in ("link.mp4", "media/Zo\u00eb.mp4", "media\\Zo\u00eb.mp4"):
        survey = search(Folder(tmp_path), [recorded(film, path)])
        assert (survey.lost, survey.unknown) == ((), ())


@pytest.mark.parametrize(
    "name", [b"\x1b]0;stolen\x07.mp4", b"\xff\xfe.mp4", "\u202egnp.mp4".encode(), b"a\r.mp4", b"c:x.mp4"]
)
def test_a_name_that_a_caseload_cannot_keep_is_said_and_not_taken(tmp_path: Path, name: bytes) -> None:
    film = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118
    film.write_bytes(MP4)
    survey = search(Folder(tmp_path), [recorded(film, "media/a.mp4")])
    assert the_lost(survey).found == ()
    assert the_lost(survey).why.endswith("Rename the file first.")
    assert the_lost(survey).why.isprintable()
    assert [film.can_be_named for film in survey.unknown] == [False]
    with pytest.raises(FilmRefused, match="cannot keep the name"):
        choose(tmp_path, film)


def test_what_cannot_be_read_is_said_and_the_search_goes_on(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(18):  # Deeper than any path may be long.
        os.mkdir("x" * 250, dir_fd=here)
        below = os.open("x" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    put(tmp_path, "z/a.mp4")
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "notes.txt").write_text("words")
    survey = search(Folder(tmp_path), [])
    assert unknown(survey) == ["z/a.mp4"]
    [trouble] = survey.troubles
    assert "cannot be read" in trouble
    assert len(trouble) < 300


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    film = put(tmp_path, "a.mp4")
    survey = search(Folder(tmp_path / "gone"), [recorded(film)])
    assert "is missing" in the_lost(survey).why
    assert len(survey.troubles) == 1


def test_a_search_can_be_stopped_at_any_moment_and_tells_how_far_it_is(tmp_path: Path) -> None:
    for number in range(6):
        put(tmp_path, f"{number}.mp4", bytes(number))
    recordings = [recorded(tmp_path / "1.mp4"), recorded(tmp_path / "2.mp4", "gone.mp4")]
    told: list[float] = []
    search(Folder(tmp_path), recordings, told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] < 1
    for moment in range(len(told)):
        left = list(range(moment))
        with pytest.raises(IndexError):
            search(Folder(tmp_path), recordings, lambda _, left=left: left.pop())
