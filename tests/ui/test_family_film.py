"""Film of a family: taken in from anywhere, found again, kept as long as it may be, and truly deleted."""

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, SelectionList, Static

from tests.caseloads import change, write
from tests.ui.driving import Driver, told, until
from tests.ui.family_driving import (
    answer,
    back,
    choose,
    confirm,
    family_screen,
    fill,
    problem,
    stop_the_calendar,
)
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.snapshot import same_screens, screen_text
from vigtui.domain.consent.access import Permission, Refusal, Use, named_by_several_families, permit
from vigtui.domain.records import Clip, Consent, Copy, Cycle, Deletion, Family, Recording
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, RecordingState
from vigtui.film.files import FileSource, fingerprint
from vigtui.film.sound.kept_sound import FOLDER, KeptSound, stamp
from vigtui.film.sound.waveform import Loudness
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen


@pytest.fixture
def path(tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, whose first film is really there."""
    stop_the_calendar(monkeypatch)
    folder = tmp_path / "case load é"
    (folder / "media").mkdir(parents=True)
    shutil.copy(film, folder / "media" / "F-017-film-1.mp4")
    return make_heron(folder / "heron.vig.json")


async def choose_film(app: VigtuiApp, pilot: Driver, path: Path) -> None:
    await until(pilot, lambda: isinstance(app.screen, FileScreen))
    app.screen.query_one("#narrow", Input).value = str(path)
    await pilot.press("enter")
    await pilot.pause()


async def begin_adding(app: VigtuiApp, pilot: Driver, film: Path) -> None:
    """From the third cycle in the film part to the film being chosen."""
    await pilot.press("5", "home", "a")
    await choose(app, pilot, "A recording of")
    await choose_film(app, pilot, film)


async def test_a_film_in_the_caseloads_folder_is_referenced_where_it_is(path: Path, film: Path) -> None:
    elsewhere = path.parent / "von März" / "Küche, 2.mp4"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(film.read_bytes() + b"\0")
    async with family_screen(path) as (app, pilot, _):
        await begin_adding(app, pilot, elsewhere)
        await fill(app, pilot)
        await back(app, pilot)
        [recording] = [each for each in app.workspace.caseload.all(Recording) if "März" in each.path]
        assert recording.path == "von März/Küche, 2.mp4"
        assert (recording.cycle, recording.kind) == ("cycle-1", RecordingKind.SHARED_REVIEW)
        assert 19_500 <= recording.duration_ms <= 20_500
        assert recording.size == elsewhere.stat().st_size
        assert len(recording.fingerprint) == 64
        assert [each.name for each in (path.parent / "media").iterdir()] == ["F-017-film-1.mp4"]


async def test_a_film_from_outside_is_copied_in_only_when_asked(
    path: Path, film: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "stick" / "film é.mp4"
    outside.parent.mkdir()
    outside.write_bytes(film.read_bytes() + b"\0")
    async with family_screen(path) as (app, pilot, _):
        await begin_adding(app, pilot, outside)
        assert "is outside the caseload's folder" in await confirm(app, pilot)
        await fill(app, pilot, kind="interaction")
        await back(app, pilot)
        [recording] = [
            each
            for each in app.workspace.caseload.all(Recording)
            if "C1" in each.path and "film" not in each.path
        ]
        assert recording.path == "media/F-017-C1.mp4"
        assert (path.parent / recording.path).read_bytes() == outside.read_bytes()
        [original] = app.workspace.caseload.where(Copy, family=FAMILY)
        assert "in the folder that it was copied from" in original.about
        assert original.holder == "person-ellis"
        assert "film" not in original.file
        await pilot.press("a")
        await choose(app, pilot, "A recording of")
        await choose_film(app, pilot, outside)
        await confirm(app, pilot)
        await until(pilot, lambda: "is there already" in told(app))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("notes.mp4", b"just words\n" * 50, "notes.mp4"), ("empty.mp4", b"", "empty: 0 bytes")],
)
async def test_what_is_no_film_is_refused_with_a_sentence(
    path: Path, name: str, content: bytes, sentence: str
) -> None:
    (path.parent / name).write_bytes(content)
    async with family_screen(path) as (app, pilot, screen):
        before = len(app.workspace.caseload.all(Recording))
        await begin_adding(app, pilot, path.parent / name)
        await until(pilot, lambda: sentence in told(app))
        await until(pilot, lambda: isinstance(app.screen, FileScreen))  # to choose another
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert len(app.workspace.caseload.all(Recording)) == before


async def test_a_film_that_was_missing_is_found_again(path: Path, film: Path) -> None:
    moved = path.parent / "moved.mp4"
    moved.write_bytes(film.read_bytes() + b"\0")
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Recording, "film-2"), fingerprint=fingerprint(moved)))
        await begin_adding(app, pilot, moved)
        await until(pilot, lambda: "Found again: the interaction of F-017, cycle 2" in told(app))
        assert caseload.need(Recording, "film-2").path == "moved.mp4"
        assert len(caseload.all(Recording)) == 6


async def test_a_shared_review_that_is_added_shows_that_it_happened(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        caseload.save(Cycle(id="cycle-4", family="family-heron", number=4, filmed=TODAY))
        for film in caseload.where(Recording, cycle="cycle-1"):
            caseload.save(replace(film, cycle="cycle-4"))
        caseload.save(replace(caseload.need(Recording, "review-1"), cycle="cycle-1"))
        (path.parent / "review.mp4").write_bytes(
            (path.parent / "media/F-017-film-1.mp4").read_bytes() + b"\0"
        )
        await pilot.pause()
        await pilot.press("5", "end", "up", "up", "a")
        await choose(app, pilot, "A recording of cycle 4")
        await choose_film(app, pilot, path.parent / "review.mp4")
        await fill(app, pilot, filmed="2025-04-12")
        await back(app, pilot)
        assert caseload.need(Cycle, "cycle-4").reviewed == TODAY
        await pilot.press("u")
        await until(pilot, lambda: caseload.need(Cycle, "cycle-4").reviewed is None)


async def test_film_whose_clips_a_shared_review_discusses_is_not_called_one(path: Path) -> None:
    """A clip of a shared review has a client clip beside it."""
    change(path, Clip, "clip-review-1-1", companion="clip-film-1-1")
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("5", "home", "down", "e")
        assert screen.section.place == "recording:film-1"
        await fill(app, pilot, kind=RecordingKind.SHARED_REVIEW.value)
        await until(pilot, lambda: "C1-1 is discussed by a clip of a shared review" in problem(app))
        assert app.workspace.caseload.need(Recording, "film-1").kind is RecordingKind.INTERACTION


async def test_a_copy_of_a_film_that_was_left_unfinished_is_gone_once_the_caseload_is_opened(
    path: Path,
) -> None:
    left = path.parent / "media" / ".copying-left"
    left.write_bytes((path.parent / "media" / "F-017-film-1.mp4").read_bytes())
    os.utime(left, (0, 0))
    async with family_screen(path) as (_, pilot, _):
        await until(pilot, lambda: not left.exists())


async def test_deleting_film_deletes_the_file_and_keeps_the_words(path: Path) -> None:
    """What a service promised a family about its film must be true on the disk."""
    file = path.parent / "media" / "F-017-film-1.mp4"
    KeptSound(path.parent).keep(FileSource(file), stamp(FileSource(file)), Loudness(b"who spoke when"))
    async with family_screen(path) as (app, pilot, screen):
        app.workspace.caseload.by = "Ellis Marr"
        await pilot.press("5", "home", "down", "delete")
        assert screen.section.place == "recording:film-1"
        await choose(app, pilot, "Delete the film")
        await fill(app, pilot, why="The family asked for it")
        question = await confirm(app, pilot)
        assert "media/F-017-film-1.mp4" in question
        assert "The words of C1-1 and C1-2 stay." in question
        await until(pilot, lambda: app.workspace.caseload.all(Deletion))
        await back(app, pilot)
        assert not file.exists()
        assert not list((path.parent / FOLDER).iterdir())
        caseload = app.workspace.caseload
        [stub] = caseload.all(Deletion)
        assert (stub.recording, stub.date, stub.why, stub.by) == (
            "film-1",
            TODAY,
            "The family asked for it",
            "Ellis Marr",
        )
        assert caseload.need(Recording, "film-1").state is RecordingState.DELETED
        assert caseload.need(Clip, "clip-film-1-1").caption.startswith("Jory holds a piece still.")
        assert "film deleted on 12 April by Ellis Marr: The family asked for it" in " ".join(
            screen_text(app).split()
        )
        await pilot.press("delete")
        await choose(app, pilot, "Remove it")
        await until(pilot, lambda: "What was written about it stays" in told(app))
    again = Caseload.open(path)
    assert again.need(Recording, "film-1").state is RecordingState.DELETED
    again.close()


async def test_film_that_is_held_is_not_deleted(path: Path) -> None:
    file = path.parent / "media" / "F-017-film-1.mp4"
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("5", "home", "down", "e")
        await fill(app, pilot, hold_reason="The court asked for it")
        await back(app, pilot)
        assert "held: The court asked for it" in screen_text(app)
        await pilot.press("delete")
        await choose(app, pilot, "Delete the film")
        await until(pilot, lambda: "This film is held: The court asked for it." in told(app))
        await pilot.press("delete")
        await choose(app, pilot, "Erase it for good")
        await until(pilot, lambda: "(F-017 C1) is not erased: the film is held" in told(app))
        assert app.screen is screen
        assert file.exists()


async def test_a_recording_is_erased_once_its_code_was_typed(path: Path) -> None:
    """With what was kept of it: who spoke when, its clips, and every way back."""
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("5", "home", "down", "delete")
        await choose(app, pilot, "Erase it for good")
        await until(pilot, lambda: "its film, 2 clips" in " ".join(screen_text(app).split()))
        await fill(app, pilot, code="F-017")
        assert problem(app) == "Type F-017 C1 to erase it, or leave with escape."
        await fill(app, pilot, code="f-017 c1")
        await until(pilot, lambda: "(F-017 C1) is erased, here and in" in told(app))
        await back(app, pilot)
        caseload = app.workspace.caseload
        assert caseload.get(Recording, "film-1") is None
        assert "clip-film-1-1" not in {each.id for each in caseload.all(Clip)}
        await until(pilot, lambda: screen.section.place != "recording:film-1")
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in told(app))
    assert not (path.parent / "media" / "F-017-film-1.mp4").exists()
    files = [each for each in path.parent.rglob("*.json") if each.is_file()]
    assert not [each.name for each in files if "Jory holds a piece still" in each.read_text()]


async def test_a_film_that_is_not_there_says_so_and_its_deletion_can_be_recorded(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("5", "home", "down", "down")
        await until(pilot, lambda: "F-017-film-2.mp4 is not in" in screen_text(app))
        assert "F-017-film-1.mp4 is not in" not in screen_text(app)
        await pilot.press("delete")
        await choose(app, pilot, "Delete the film")
        await fill(app, pilot, why="Overdue")
        assert "No file is touched." in await confirm(app, pilot)
        await until(pilot, lambda: app.workspace.caseload.all(Deletion))


async def test_the_films_of_a_family_read_well(
    path: Path, film: Path, request: pytest.FixtureRequest
) -> None:
    for name in ("film-2", "film-3", "review-1", "review-2", "review-3"):
        shutil.copy(film, path.parent / "media" / f"F-017-{name}.mp4")
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("5", "home", "down")
        await until(pilot, lambda: "is not in" not in screen_text(app))
        await same_screens(pilot, "family-film", request)


async def test_who_is_in_a_film_is_said_by_keyboard_and_decides_whose_consent_counts(path: Path) -> None:
    """A sibling who said no is not in this film: it can be shown once that is said."""
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        for purpose in (Purpose.FILM, Purpose.SUPERVISION):
            caseload.save(
                Consent(family=FAMILY, member="jory", purpose=purpose, decision=Decision.REFUSED, date=TODAY)
            )

        def decided() -> object:
            return permit(caseload, "film-1", Use.WATCH, Purpose.SUPERVISION, TODAY)

        assert isinstance(decided(), Refusal)
        await pilot.press("5", "home", "down", "e")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-people", SelectionList).focus()
        await pilot.press("down", "space")
        await fill(app, pilot, visitors="Gran, ellis marr")
        assert (await confirm(app, pilot)).startswith("Jory refused on 12 April. Are they not in this film")
        await back(app, pilot)
        assert "not in it: Jory (Ellis Marr, 12 Apr)" in screen_text(app)
        assert caseload.need(Recording, "film-1").people == ("dana", "Gran", "person-ellis")
        await until(pilot, lambda: "Dana, Gran and Ellis Marr" in " ".join(screen_text(app).split()))
        refused = decided()
        assert isinstance(refused, Refusal)
        assert [each.label for each in refused.missing] == ["Gran"]
        await pilot.press("4", "right", "right", "enter")
        await fill(app, pilot, decision="given")
        await pilot.press("down", "enter")
        await fill(app, pilot, decision="given")
        await until(pilot, lambda: isinstance(decided(), Permission))
        await until(pilot, lambda: "Gran (visitor)" in screen_text(app))


async def test_a_recording_of_nobody_and_one_of_tomorrow_are_refused_with_a_sentence(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("5", "home", "down", "e")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-people", SelectionList).deselect_all()
        await pilot.press("ctrl+s")
        problem = app.screen.query_one("#dialog-problem", Static)
        await until(pilot, lambda: "Say who is in the recording" in str(problem.content))
        app.screen.query_one("#field-people", SelectionList).select_all()
        app.screen.query_one("#field-filmed", Input).value = "2025-04-13"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "13 April is after today, 12 April" in str(problem.content))


async def test_whoever_may_be_in_a_film_stays_in_it_and_one_who_comes_back_is_no_longer_said_to_be_absent(
    path: Path,
) -> None:
    """A tick too few must not open the film of somebody who withdrew."""
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        for sure in (False, True):
            await pilot.press("5", "home", "down", "e")
            await until(pilot, lambda: isinstance(app.screen, FormScreen))
            app.screen.query_one("#field-people", SelectionList).deselect("jory")
            await fill(app, pilot)
            await answer(app, pilot, yes=sure)
            await back(app, pilot)
            film = caseload.need(Recording, "film-1")
            said = [(each.who, each.by, each.on) for each in film.absent]
            assert said == ([("Jory", "person-ellis", TODAY)] if sure else [])
            assert film.people == (("dana",) if sure else ("dana", "jory"))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-people", SelectionList).select("jory")
        await fill(app, pilot)
        await back(app, pilot)
        assert caseload.need(Recording, "film-1").absent == ()


@pytest.mark.parametrize("sure", [False, True])
@pytest.mark.parametrize("how", ["Change Jory", "Remove Jory"])
async def test_somebody_who_withdrew_leaves_a_family_s_films_only_by_an_answer_that_is_kept(
    path: Path, how: str, sure: bool
) -> None:
    purpose, no = Purpose.SUPERVISION, Decision.WITHDRAWN
    write(path, Consent(family=FAMILY, member="jory", purpose=purpose, decision=no, date=TODAY))
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload

        def may_be_watched() -> bool:
            return isinstance(permit(caseload, "film-1", Use.WATCH, purpose, TODAY), Permission)

        await pilot.press("d")
        await choose(app, pilot, how)
        if how.startswith("Change"):
            await fill(app, pilot, filmed=False)
        else:
            assert "so do the films that Jory is in" in await confirm(app, pilot)
        assert (await answer(app, pilot, yes=sure)).startswith(
            "Jory withdrew on 12 April. Are they in none of these 6 films (C1, "
        )
        await back(app, pilot)
        assert may_be_watched() == sure
        assert {len(film.absent) for film in caseload.all(Recording)} == {int(sure)}
        await pilot.press("u")
        await until(pilot, lambda: {film.people for film in caseload.all(Recording)} == {None})
        assert not may_be_watched()


async def test_unticking_somebody_in_the_family_takes_them_out_of_no_film(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("d")
        await choose(app, pilot, "Change Jory")
        await fill(app, pilot, filmed=False)
        await answer(app, pilot, yes=False)
        await back(app, pilot)
        films = app.workspace.caseload.all(Recording)
        assert {film.people for film in films} == {("dana", "jory")}
        await pilot.press("u")
        await until(pilot, lambda: {film.people for film in app.workspace.caseload.all(Recording)} == {None})


async def test_a_film_that_another_family_names_says_so(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        with caseload.transaction("Another family"):
            caseload.save(Family(id="wren", code="F-018"))
            caseload.save(Cycle(id="wren-1", family="wren", number=1))
            caseload.save(
                Recording(cycle="wren-1", path=caseload.need(Recording, "film-1").path, people=("Mo",))
            )
        await pilot.press("5")
        await until(pilot, lambda: "A recording of F-018 names this film too" in screen_text(app))
        await pilot.press("home", "down", "delete")
        await choose(app, pilot, "The film belongs to F-018")
        await until(pilot, lambda: "A recording of F-018" not in screen_text(app))
        assert caseload.need(Recording, "film-1").path == ""
        assert not named_by_several_families(caseload)
        assert (path.parent / "media" / "F-017-film-1.mp4").exists()
