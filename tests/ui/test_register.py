"""What would be lost: the one list of all film and copies, and a copy that nobody is asked to give back."""

import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, Static

from tests.caseloads import at_the_keyboard, write
from tests.ui.driving import Driver, opened, until
from tests.ui.family_driving import confirm, family_screen, fill, problem, stop_the_calendar
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.snapshot import same_screen, says
from vigtui.domain.records import Copy, Family, Recording
from vigtui.domain.vocabulary import CopyKind
from vigtui.store.snapshot import read_snapshot
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.register import RegisterScreen
from vigtui.ui.widgets.line_list import LineList

pytestmark = pytest.mark.slow

Opened = tuple[VigtuiApp, Driver, RegisterScreen]


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


PACK = Copy(
    id="pack", family=FAMILY, kind=CopyKind.PACK, about="supervision 2", holder="person-ros", date=day(-30)
)
COPIES = (
    PACK,
    Copy(
        id="cut",
        family=FAMILY,
        kind=CopyKind.CUT,
        about="C2-2, 12 s",
        holder="Kit Farrow",
        organisation="social work",
        date=day(-9),
        until=day(-1),
    ),
    Copy(id="letter", family=FAMILY, kind=CopyKind.PAPER, about="traject letter", date=day(-4), stays=True),
    Copy(id="wren-pack", family="wren", kind=CopyKind.PACK, about="supervision 2", date=day(-30)),
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family with its film, one more, and what is out of them."""
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    (tmp_path / "media").mkdir()
    for film in read_snapshot(path).where(Recording):
        (tmp_path / film.path).touch()
    write(path, Family(id="wren", code="F-021", pseudonym="Wren"), *COPIES, by="Ellis Marr")
    at_the_keyboard(path, "person-ellis")
    return path


@contextlib.asynccontextmanager
async def registered(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Opened]:
    """The register of all families, reached from the list by its key."""
    async with opened(path, size) as (app, pilot):
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and app.screen.focused)
        assert isinstance(app.screen, RegisterScreen)
        yield app, pilot, app.screen


async def go_to(pilot: Driver, screen: RegisterScreen, key: str) -> None:
    await pilot.press("home")
    for _ in range(20):
        if screen.query_one(LineList).current == key:
            return
        await pilot.press("down")
    raise AssertionError(f"there is no {key}")


def now(app: VigtuiApp, identity: str) -> Copy:
    return app.workspace.caseload.need(Copy, identity)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_all_that_is_anywhere_is_on_one_list(
    path: Path, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    async with registered(path, size) as (app, _, _screen):
        same_screen(app, f"register-{size[0]}x{size[1]}", request)


async def test_film_on_another_machine_is_not_said_to_be_here(path: Path, tmp_path: Path) -> None:
    """In a space the supervisor's list names the trainee's film."""
    (tmp_path / "media").rename(tmp_path / "elsewhere")
    async with registered(path) as (app, pilot, screen):
        await until(pilot, lambda: says(app, "─ not here ─"))
        assert not says(app, "media/")
        await pilot.press("end")
        await until(pilot, lambda: says(app, "6 recordings, 7 clips. Its film is not on this machine."))
        (tmp_path / "elsewhere").rename(tmp_path / "media")
        screen.refresh_records()
        await until(pilot, lambda: says(app, "─ here ─") and says(app, "media/"))


async def test_a_copy_comes_back_or_is_destroyed_and_that_is_undone(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "copies:pack")
        await pilot.press("b")
        await fill(app, pilot, on=day(1).isoformat())
        assert "is after today" in problem(app)
        await fill(app, pilot, on=day(-40).isoformat())
        assert "is before" in problem(app)
        await fill(app, pilot, on=day(-2).isoformat())
        await until(pilot, lambda: app.screen is screen)
        assert now(app, "pack").given_back == day(-2)
        assert now(app, "wren-pack").given_back is None
        await until(pilot, lambda: screen.query_one(LineList).current == "copies:wren-pack")
        await go_to(pilot, screen, "copies:pack")
        assert says(app, "Came back on 10 April.")
        await pilot.press("u")
        await until(pilot, lambda: now(app, "pack").given_back is None)
        await go_to(pilot, screen, "copies:pack")
        await pilot.press("b")
        await fill(app, pilot, what="destroyed")
        await until(pilot, lambda: now(app, "pack").destroyed == TODAY)


async def test_what_holds_film_of_two_families_comes_back_for_both(path: Path) -> None:
    write(
        path,
        *(
            Copy(id=family, family=family, kind=CopyKind.PACK, about="both", thing="one", date=day(-9))
            for family in (FAMILY, "wren")
        ),
    )
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "copies:wren")
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.focused)
        assert says(app, "concerns F-017 and F-021; this holds for all.")
        await fill(app, pilot)
        await until(pilot, lambda: now(app, FAMILY).given_back == now(app, "wren").given_back == TODAY)
        await go_to(pilot, screen, "copies:wren")
        await pilot.press("e")
        await fill(app, pilot, given_back="", holder="Ros Tiverton")
        await until(pilot, lambda: now(app, FAMILY).given_back is None)
        assert now(app, FAMILY).holder == "Ros Tiverton"
        assert now(app, FAMILY).family == FAMILY


async def test_a_copy_that_somebody_knows_of_is_added_and_removed(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await pilot.press("a")
        await fill(app, pilot, family="wren", holder="Ellis Marr")
        assert problem(app) == "Say what it holds, or the name of the file."
        await fill(app, pilot, about="the film of C1, on a stick")
        await until(pilot, lambda: says(app, "the film of C1"))
        [stick] = app.workspace.caseload.where(Copy, about="the film of C1, on a stick")
        assert (stick.family, stick.holder, stick.date) == ("wren", "Ellis Marr", TODAY)
        await go_to(pilot, screen, f"copies:{stick.id}")
        await pilot.press("delete")
        await confirm(app, pilot)
        await until(pilot, lambda: app.workspace.caseload.get(Copy, stick.id) is None)


async def test_changing_one_thing_about_a_copy_leaves_who_has_it(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "copies:pack")
        await pilot.press("e")
        await fill(app, pilot, reason="supervision")
        await until(pilot, lambda: now(app, "pack").reason == "supervision")
        assert now(app, "pack").holder == "person-ros"


async def test_typing_finds_and_escape_shows_all_again_and_then_leaves(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await pilot.press("slash", *"letter")
        await until(pilot, lambda: says(app, "out 0") and not says(app, "supervision 2"))
        await pilot.press("down", "p")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        words = app.screen.query_one("#words", Static)
        await until(pilot, lambda: "traject letter" in str(words.content))
        assert "supervision 2" not in str(words.content)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("escape")
        await until(pilot, lambda: says(app, "supervision 2"))
        assert screen.query_one("#filter", Input).value == ""
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen)


async def test_enter_opens_the_family_and_c_there_its_own_register(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        await go_to(pilot, screen, "recordings:film-1")
        await until(pilot, lambda: says(app, "d Delete") and not says(app, "b Back"))
        await pilot.press("b", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and app.screen.focused)
        assert says(app, "F-017 Heron")
        assert not says(app, "F-021")


async def test_the_register_of_a_family_that_is_removed_meanwhile_closes(path: Path) -> None:
    async with family_screen(path, "wren") as (app, pilot, _):
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and app.screen.focused)
        caseload = app.workspace.caseload
        with caseload.transaction("Remove Wren"):
            caseload.delete(now(app, "wren-pack"))
            caseload.delete(caseload.need(Family, "wren"))
        await until(pilot, lambda: not isinstance(app.screen, RegisterScreen | FamilyScreen))


async def test_film_that_is_overdue_is_first(path: Path) -> None:
    async with registered(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Recording, "film-1"), delete_by=day(-30)))
        await until(pilot, lambda: says(app, "overdue 2"))
        await pilot.press("home")
        assert screen.query_one(LineList).current == "recordings:film-1"
