"""What would be lost: erasing on request that can be shown, from a script as well."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from tests.caseloads import MP4, change, make, write
from vigtui.domain.film.places import mark
from vigtui.domain.records import (
    ChosenClip,
    Clip,
    Cycle,
    Deletion,
    Family,
    Person,
    PointStep,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.vocabulary import PointState, RecordingState
from vigtui.store.snapshot import read_snapshot

DAY = dt.date(2026, 11, 1)
RECORDS = (
    Family(id="heron", code="F-017", pseudonym="Heron", reasons="Zaunkönig"),
    Family(id="wren", code="F-021"),
    Cycle(id="cycle", family="heron", number=1),
    Recording(id="film", cycle="cycle", path="media/film.mp4"),
    Recording(id="gone", cycle="cycle", path="media/gone.mp4", state=RecordingState.DELETED),
    Deletion(recording="gone", date=DAY, why="Zaunkönig"),
    Clip(id="clip", recording="film", in_ms=0, out_ms=1000),
    Session(id="session", supervisor="ros", date=DAY),
    SessionItem(id="item", session="session", clip="clip", seen_together="Zaunkönig looks up"),
    SessionItem(id="other", session="session", seen_together="Of another family"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make(tmp_path / "c.vig.json", *RECORDS)
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film.mp4").write_bytes(MP4)
    return path


def erase(
    path: Path, code: str, *words: str, what: str = "--family", typed: str = ""
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vigtui", "erase", str(path), what, code, *words]
    return subprocess.run(command, capture_output=True, text=True, input=typed, check=False)


def test_a_family_is_erased_with_its_film_and_the_agenda_items_about_it(path: Path) -> None:
    done = erase(path, "F-017", "--yes")
    assert done.returncode == 0
    assert "F-017 Heron is erased" in done.stdout
    assert not (path.parent / "media" / "film.mp4").exists()
    held = [each for each in path.parent.rglob("*") if each.is_file() and "Zaunkönig" in each.read_text()]
    assert held == []
    snapshot = read_snapshot(path)
    assert [each.id for each in snapshot.where(Family)] == ["wren"]
    assert [each.id for each in snapshot.where(SessionItem)] == ["other"]


def test_what_somebody_in_training_wrote_about_its_clips_goes_too(path: Path) -> None:
    clip = next(each for each in read_snapshot(path).where(Clip))
    write(
        path,
        Person(id="ellis", name="Ellis"),
        Reflection(id="about", person="ellis", piece="Waiting", body="Zaunkönig waits.", clips=(clip.id,)),
        Reflection(id="other", person="ellis", piece="Turns", body="Short turns."),
        ChosenClip(id="chosen", person="ellis", clip=clip.id, why="Zaunkönig goes on."),
    )
    asked = erase(path, "F-017", typed="n\n")
    assert "1 written piece about its clips" in asked.stdout
    assert erase(path, "F-017", "--yes").returncode == 0
    held = [each for each in path.parent.rglob("*") if each.is_file() and "Zaunkönig" in each.read_text()]
    assert held == []
    snapshot = read_snapshot(path)
    assert [each.id for each in snapshot.where(Reflection)] == ["other"]
    assert not snapshot.where(ChosenClip)


def test_what_people_saw_by_themselves_goes_too_and_how_a_working_point_shows(path: Path) -> None:
    """Own words about the family's clips: of its agenda items, and of a working point agreed elsewhere."""
    practised = PointState.PRACTISED
    write(
        path,
        Person(id="ellis", name="Ellis"),
        Seeing(item="item", person="ellis", words="Zaunkönig waits.", begun=True),
        PointStep(item="item", state=practised, date=DAY, clip="clip", words="Zaunkönig, here"),
        PointStep(item="other", state=practised, date=DAY, clip="clip", words="Zaunkönig, there"),
        PointStep(id="stays", item="other", state=PointState.SETTLED, date=DAY),
    )
    assert erase(path, "F-017", "--yes").returncode == 0
    held = [each for each in path.parent.rglob("*") if each.is_file() and "Zaunkönig" in each.read_text()]
    assert held == []
    assert [each.id for each in read_snapshot(path).where(PointStep)] == ["stays"]


def test_a_clip_or_a_recording_is_erased_by_its_code(path: Path) -> None:
    """Where several have one code, nothing goes."""
    change(path, Clip, "clip", order=1)
    asked = erase(path, "F-017 C1-1", what="--clip", typed="n\n")
    assert "F-017 C1-1 goes, with 1 agenda item of supervisions about it." in asked.stdout
    assert "The film of its recording stays." in asked.stdout
    assert erase(path, "F-017 C1-2", "--yes", what="--clip").returncode == 1
    assert erase(path, "F-017 c1-1", "--yes", what="--clip").returncode == 0
    assert [each.id for each in read_snapshot(path).where(SessionItem)] == ["other"]
    assert (path.parent / "media" / "film.mp4").exists()
    several = erase(path, "F-017 C1", "--yes", what="--recording")
    assert "2 recordings have the code F-017 C1. Nothing was erased." in several.stderr
    assert "media/film.mp4 and media/gone.mp4" in several.stderr
    assert erase(path, "media/film.mp4", "--yes", what="--recording").returncode == 0
    assert not (path.parent / "media" / "film.mp4").exists()
    assert [each.id for each in read_snapshot(path).where(Recording)] == ["gone"]


def test_nothing_is_erased_before_somebody_has_said_so(path: Path) -> None:
    assert erase(path, "F-017", typed="n\n").returncode == 1
    assert erase(path, "F-999", "--yes").returncode == 1
    assert (path.parent / "media" / "film.mp4").exists()
    assert len(read_snapshot(path).where(Family)) == 2


def test_film_that_is_missing_is_told_and_keeps_no_word(path: Path) -> None:
    (path.parent / "media" / "film.mp4").unlink()
    (path.parent / "media").rmdir()
    asked = erase(path, "F-017", typed="n\n")
    assert "1 of these films is not where it was added (media/film.mp4)" in asked.stdout
    write(path, mark())
    asked = erase(path, "F-017", typed="n\n")
    assert "1 of these films is not on this machine: whoever has it loses it when" in asked.stdout
    assert erase(path, "F-017", "--yes").returncode == 0
    assert [each.id for each in read_snapshot(path).where(Family)] == ["wren"]


def test_a_family_whose_film_is_held_stays(path: Path) -> None:
    change(path, Recording, "film", hold_reason="asked for by the court")
    done = erase(path, "F-017", "--yes")
    assert done.returncode == 1
    assert "asked for by the court" in done.stderr
    assert (path.parent / "media" / "film.mp4").exists()


def test_a_film_that_another_family_names_too_stays(path: Path) -> None:
    write(
        path,
        Cycle(id="second", family="wren", number=1),
        Recording(id="same", cycle="second", path="media/film.mp4"),
    )
    assert erase(path, "F-017", "--yes").returncode == 0
    assert (path.parent / "media" / "film.mp4").exists()


def test_where_a_film_cannot_be_deleted_no_word_is_erased(path: Path) -> None:
    film = path.parent / "media" / "film.mp4"
    film.unlink()
    film.mkdir()
    (film / "inside").write_text("not a film")
    done = erase(path, "F-017", "--yes")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(read_snapshot(path).where(Family)) == 2
