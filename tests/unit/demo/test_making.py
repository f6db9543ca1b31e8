"""Making the demo: once, whole, and never over what somebody has done with it since."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from vigtui.demo import make_demo
from vigtui.demo.filming import make_films
from vigtui.demo.films import FILMS
from vigtui.demo.following import FilmFollows
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import LibraryMissing
from vigtui.film.files import FileSource, fingerprint
from vigtui.film.libmpv import libmpv
from vigtui.film.probing import probe
from vigtui.store.caseload import Caseload

TWO = ("media/F-021-C2.mp4", "media/F-019-SR2.mp4")


class Told:
    """Keeps what the progress said."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.shares: list[float] = []

    def __call__(self, words: str, share: float) -> None:
        self.words.append(words)
        self.shares.append(share)


@pytest.fixture
def without_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo made where libmpv is missing."""

    def missing() -> None:
        raise LibraryMissing("libmpv is not installed.")

    told = Told()
    with monkeypatch.context() as patch:
        patch.setattr("vigtui.film.libmpv.libmpv", missing)
        path = make_demo(tmp_path, told)
    assert told.words[-1] == "The demo is without some of its film. libmpv is not installed."
    return path


def test_without_libmpv_the_caseload_is_there_and_its_film_missing(without_film: Path) -> None:
    assert without_film.name == "demo.vig.json"
    assert not [path for path in without_film.parent.iterdir() if path.name.startswith(".making")]
    caseload = Caseload.open(without_film)
    states = [recording.state for recording in caseload.all(Recording)]
    assert caseload.meta.demo
    assert caseload.findings == ()
    assert states.count(RecordingState.MISSING) == len(FILMS)
    assert RecordingState.PRESENT not in states
    caseload.close()


@pytest.mark.slow
def test_film_is_completed_later_and_matches_its_recording(without_film: Path) -> None:
    """A user who installs libmpv gets the film at the next start; clips fall where the film has them."""
    libmpv()
    _pretend_made(without_film, except_for=TWO)
    told = Told()
    assert make_demo(without_film.parent, told) == without_film
    assert told.words[-1] == "The demo is ready"
    assert told.shares == sorted(told.shares)
    caseload = Caseload.open(without_film)
    for recording in caseload.all(Recording):
        if recording.path in TWO:
            film = without_film.parent / recording.path
            facts = probe(FileSource(film))
            assert recording.state is RecordingState.PRESENT
            assert (recording.size, recording.fingerprint) == (film.stat().st_size, fingerprint(film))
            assert abs(facts.duration_ms - recording.duration_ms) <= 120
            assert (facts.width, facts.height, facts.has_sound) == (320, 180, True)
    caseload.close()
    assert sorted(each.name for each in (without_film.parent / "media").iterdir()) == sorted(
        Path(path).name for path in TWO
    )
    _second_call_changes_nothing(without_film)


def _second_call_changes_nothing(path: Path) -> None:
    """Also when a film was lost meanwhile, or deleted: it must not come back."""
    caseload = Caseload.open(path)
    lost = next(each for each in caseload.all(Recording) if each.path == TWO[0])
    caseload.save(replace(lost, state=RecordingState.MISSING))
    caseload.close()
    (path.parent / TWO[0]).unlink()
    before = path.read_bytes()
    make_demo(path.parent, Told())
    assert path.read_bytes() == before
    assert not (path.parent / TWO[0]).exists()


def _pretend_made(path: Path, except_for: tuple[str, ...]) -> None:
    """Spare the time of the other films, as if they had been made and deleted."""
    caseload = Caseload.open(path)
    with caseload.transaction("Spare"):
        for recording in caseload.all(Recording):
            if recording.state is RecordingState.MISSING and recording.path not in except_for:
                caseload.save(replace(recording, fingerprint="made", state=RecordingState.DELETED))
    caseload.close()


def test_a_film_that_cannot_be_made_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    told: list[str] = []
    trouble = make_films(tmp_path, ["F-021-C1", "F-021-C2"], told.append)
    assert "media" in trouble
    assert sorted(told) == ["F-021-C1", "F-021-C2"]


@pytest.mark.slow
def test_film_follows_a_caseload_that_is_at_work_already(without_film: Path) -> None:
    """Nobody waits for film to see the list; and `u` takes back what a person did, never the film."""
    libmpv()
    _pretend_made(without_film, except_for=TWO)
    caseload = Caseload.open(without_film)
    deleted = next(each for each in caseload.all(Recording) if each.path == TWO[1])
    ready = threading.Event()
    follows = FilmFollows(caseload, lambda: follows.words or ready.set())
    assert (follows.words, follows.is_coming(TWO[0])) == ("drawing film 1 of 2", True)
    caseload.save(replace(deleted, state=RecordingState.DELETED))
    follows.start()
    assert ready.wait(60)
    made = next(each for each in caseload.all(Recording) if each.path == TWO[0])
    assert (made.state, made.fingerprint) == (
        RecordingState.PRESENT,
        fingerprint(without_film.parent / TWO[0]),
    )
    assert not (without_film.parent / TWO[1]).exists(), "it was deleted while it was drawn"
    assert (follows.trouble, follows.is_coming(TWO[0])) == ("", False)
    undo = caseload.to_undo
    assert undo
    assert set(undo.by_key) == {(Recording.table, deleted.id)}
    caseload.close()


def test_a_caseload_that_is_closed_gets_no_more_film(
    without_film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caseload = Caseload.open(without_film)
    go_on, ended = threading.Event(), threading.Event()

    def draw(_folder: Path, wanted: Mapping[str, str], drawn: Callable[[str, int], None]) -> str:
        go_on.wait(60)
        try:
            drawn(next(iter(wanted)), 1)
        finally:
            ended.set()
        return ""

    monkeypatch.setattr("vigtui.demo.following.draw_films", draw)
    follows = FilmFollows(caseload, lambda: None)
    follows.start()
    follows.stop()
    caseload.close()
    before = without_film.read_bytes()
    go_on.set()
    assert ended.wait(60)
    assert (without_film.read_bytes(), follows.words) == (before, "")


def test_leaving_in_the_middle_ends_the_making(tmp_path: Path) -> None:
    """Quitting must not wait for all the films."""

    def leave(_name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_films(tmp_path, [f"no such film {number}" for number in range(9)], leave)


def test_a_demo_file_that_cannot_be_opened_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "demo.vig.json"
    path.write_text("")
    assert make_demo(tmp_path, Told()) == path
    assert path.read_text() == ""
