"""Film that was moved by hand is found again with one key, and nothing is taken that is not sure."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import at_the_keyboard
from tests.ui.driving import Driver, opened, told, until
from tests.ui.family_driving import choose, confirm, family_screen, fill, stop_the_calendar
from tests.ui.heron import make_heron
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.domain.records import Cycle, Family, Recording
from vigtui.domain.vocabulary import RecordingKind, RecordingState
from vigtui.film.files import fingerprint
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.lost_film.screen import Films, LostFilmScreen

NAMES = ("film-1", "film-2", "film-3", "review-1", "review-2", "review-3")
Opened = tuple[VigtuiApp, Driver, LostFilmScreen]


@pytest.fixture
def path(tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, each recording with a film of its own where it says."""
    stop_the_calendar(monkeypatch)
    (tmp_path / "media").mkdir()
    path = make_heron(tmp_path / "heron.vig.json")
    caseload = Caseload.open(path, by="Ellis Marr")
    for number, name in enumerate(NAMES):
        recording = caseload.need(Recording, name)
        file = tmp_path / recording.path
        file.write_bytes(film.read_bytes() + bytes(number + 1))
        caseload.save(replace(recording, size=file.stat().st_size, fingerprint=fingerprint(file)))
    caseload.close()
    at_the_keyboard(path, "person-ellis")
    return path


def media(path: Path, name: str) -> Path:
    return path.parent / "media" / f"F-017-{name}.mp4"


def move(path: Path, name: str, to: str) -> Path:
    target = path.parent / to
    target.parent.mkdir(exist_ok=True)
    return media(path, name).rename(target)


def now(app: VigtuiApp, name: str) -> Recording:
    return app.workspace.caseload.need(Recording, name)


def has_looked(app: VigtuiApp) -> bool:
    """Whether the line under the title tells what was found."""
    told = screen_text(app).splitlines()[2].strip()
    return bool(told) and not told.startswith("Looking")


@contextlib.asynccontextmanager
async def looking(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
    """The screen, reached from the list of families, when it has looked through the folder."""
    async with opened(path, size) as (app, pilot):
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, LostFilmScreen) and app.screen.is_mounted)
        screen = app.screen
        assert isinstance(screen, LostFilmScreen)
        await until(pilot, lambda: has_looked(app))
        yield app, pilot, screen


async def go_to(pilot: Driver, screen: LostFilmScreen, key: str) -> None:
    await pilot.press("home")
    films = screen.query_one(Films)
    for _ in range(films.option_count):
        if films.key.startswith(key):
            return
        await pilot.press("down")
    raise AssertionError(f"there is no {key}")


async def test_where_nothing_is_lost_it_says_so_and_leaving_ends_the_search(path: Path) -> None:
    async with looking(path) as (app, pilot, _):
        assert says(app, "Every recording has its film, and every film in the folder has its recording.")
        await pilot.press("enter", "a", "f", "escape", "f", "escape")
        await until(pilot, lambda: not isinstance(app.screen, LostFilmScreen))


async def test_one_film_is_taken_and_the_step_undone(path: Path) -> None:
    move(path, "film-1", "archive/jigsaw.mp4")
    async with looking(path) as (app, pilot, _):
        assert says(app, "media/F-017-film-1.mp4 → archive/jigsaw.mp4")
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "Every recording has its film"))
        assert now(app, "film-1").path == "archive/jigsaw.mp4"
        await pilot.press("u")
        await until(pilot, lambda: says(app, "1 found again"))
        assert now(app, "film-1").path == "media/F-017-film-1.mp4"


async def test_all_that_is_sure_is_taken_at_once_and_the_rest_left(
    path: Path, request: pytest.FixtureRequest
) -> None:
    move(path, "film-1", "archive/jigsaw.mp4")
    move(path, "film-2", "archive/film-2.mp4")
    shutil.copy(path.parent / "archive" / "film-2.mp4", path.parent / "archive" / "copy.mp4")
    media(path, "film-3").unlink()
    caseload = Caseload.open(path)
    move(path, "review-1", "archive/F-017-review-1.mp4")
    caseload.save(replace(caseload.need(Recording, "review-1"), fingerprint="", duration_ms=20_000))
    caseload.save(replace(caseload.need(Recording, "review-2"), state=RecordingState.DELETED))
    caseload.close()
    media(path, "new").write_bytes(b"\x00\x00\x00\x20ftypisom" + bytes(5000))
    async with looking(path) as (app, pilot, _):
        await same_screens(pilot, "lost-film", request)
        await pilot.press("a")
        await until(pilot, lambda: now(app, "film-1").path == "archive/jigsaw.mp4")
        assert now(app, "film-2").path == "archive/copy.mp4"
        await until(pilot, lambda: says(app, "1 found again"))
        assert now(app, "review-1").path == "media/F-017-review-1.mp4"
        assert now(app, "review-2").state is RecordingState.DELETED
        await pilot.press("u")
        await until(pilot, lambda: now(app, "film-1").path == "media/F-017-film-1.mp4")
        assert now(app, "film-2").path == "media/F-017-film-2.mp4"


async def test_a_person_decides_between_copies_and_on_what_is_only_likely(path: Path) -> None:
    move(path, "film-1", "a/x.mp4")
    shutil.copy(path.parent / "a" / "x.mp4", path.parent / "y.mp4")
    likely = move(path, "film-2", "archive/F-017-film-2.mp4")
    caseload = Caseload.open(path)
    caseload.save(replace(caseload.need(Recording, "film-2"), fingerprint="", duration_ms=20_000))
    caseload.close()
    async with looking(path) as (app, pilot, screen):
        await go_to(pilot, screen, "lost:film-1")
        await pilot.press("enter")
        await choose(app, pilot, "a/x")
        await until(pilot, lambda: now(app, "film-1").path == "a/x.mp4")
        await until(pilot, lambda: says(app, "1 found again, 1 without a recording"))
        await go_to(pilot, screen, "lost:film-2")
        await pilot.press("a", "enter")
        assert "no fingerprint proves it" in await confirm(app, pilot)
        await until(pilot, lambda: now(app, "film-2").path == "archive/F-017-film-2.mp4")
        assert now(app, "film-2").fingerprint == fingerprint(likely)


async def test_a_film_without_a_recording_is_added_to_a_family(path: Path, film: Path) -> None:
    media(path, "review-3").unlink()
    caseload = Caseload.open(path)
    caseload.delete(caseload.need(Recording, "review-3"))
    caseload.close()
    (path.parent / "Zoë’s film.mp4").write_bytes(film.read_bytes())
    async with looking(path) as (app, pilot, _):
        assert says(app, "Without a recording (1) Zoë’s film.mp4")
        await pilot.press("enter")
        await choose(app, pilot, "Heron")
        await choose(app, pilot, "Cycle 3")
        await fill(app, pilot)
        await until(pilot, lambda: says(app, "Every recording has its film"))
        [added] = app.workspace.caseload.where(Recording, path="Zoë’s film.mp4")
        assert (added.cycle, added.kind) == ("cycle-3", RecordingKind.SHARED_REVIEW)
        assert 19_500 <= added.duration_ms <= 20_500


async def test_film_that_was_deleted_and_came_back_can_be_deleted_again(path: Path) -> None:
    caseload = Caseload.open(path)
    caseload.save(replace(caseload.need(Recording, "film-1"), state=RecordingState.DELETED))
    caseload.close()
    back = move(path, "film-1", "from stick.mp4")
    async with looking(path) as (app, pilot, _):
        assert says(app, "Deleted, but still here (1)")
        await pilot.press("a", "enter")
        assert "from stick.mp4 is the film of a recording that was deleted." in await confirm(app, pilot)
        await until(pilot, lambda: says(app, "Every recording has its film"))
        assert not back.exists()
        assert now(app, "film-1").state is RecordingState.DELETED


async def test_the_film_part_of_a_family_leads_there_and_back(path: Path) -> None:
    media(path, "film-1").unlink()
    move(path, "film-2", "b.mp4")
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("5", "home", "down", "down")
        await until(pilot, lambda: says(app, "f looks for it."))
        await pilot.press("f")
        await until(pilot, lambda: says(app, "1 found again, 1 missing"))
        films = app.screen.query_one(Films)
        assert films.key.startswith("lost:film-")
        await go_to(pilot, app.screen, "lost:film-1")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))


async def test_what_cannot_be_changed_is_only_shown(path: Path) -> None:
    move(path, "film-1", "b.mp4")
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":999'))
    async with looking(path) as (app, pilot, _):
        await pilot.press("a")
        await until(pilot, lambda: "newer vigtui" in told(app))
        assert now(app, "film-1").path == "media/F-017-film-1.mp4"


async def test_a_film_that_two_families_name_is_found_and_told(path: Path) -> None:
    """It may show one family to those who work with another, and stays closed until that is decided."""
    caseload = Caseload.open(path)
    with caseload.transaction("Another family"):
        caseload.save(Family(id="wren", code="F-018"))
        caseload.save(Cycle(id="wren-1", family="wren", number=1))
        film = caseload.need(Recording, "film-1")
        theirs = caseload.save(Recording(cycle="wren-1", path=film.path, people=("Mo",)))
    caseload.close()
    async with looking(path) as (app, pilot, screen):
        assert says(app, "2 named by two families")
        await go_to(pilot, screen, f"shared:{theirs.id}")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
