"""What would be lost: a space that nobody can make, join or look into without typing commands."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec import Struct
from textual.widgets import Input

from tests.caseloads import make
from tests.ui.driving import Driver, resize, told, until
from tests.ui.snapshot import same_screen, says, screen_text
from tests.ui.test_vault import give, opening
from tests.unit.exchange.spaces.machines import CHEAP, PASSPHRASE
from vigtui.domain.records import Family, Person
from vigtui.exchange.agenda_films.standing import FilmStanding
from vigtui.exchange.spaces.erased import ErasedFamily
from vigtui.exchange.spaces.joining import FOLDER_ENDING, join_anew, make_space
from vigtui.exchange.spaces.membership import Membership, load_membership
from vigtui.exchange.spaces.once import send_now
from vigtui.exchange.spaces.standing import SpaceStanding, WriterStanding
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.store.encrypting import encrypt
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.dialogs.spaces import anew
from vigtui.ui.dialogs.spaces.code import CodeScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.navigation import ShownToFamily, StatusChanged
from vigtui.ui.screens.review.screen import ReviewScreen
from vigtui.ui.screens.space import SpaceScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values import clocks
from vigtui.vault.unlocking import new_key
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 5, 20, 14, 3).astimezone()
ROS = Person(id="person-ros", name="Ros Tiverton")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An encrypted caseload of somebody who works alone."""
    path = make(tmp_path / "ros" / "fenland.vig.json", ROS, Family(code="F-017"))
    encrypt(path, PASSPHRASE, CHEAP)
    return path


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A folder that others keep in step."""
    folder = tmp_path / "synced"
    folder.mkdir()
    return folder


async def space_screen(app: VigtuiApp, pilot: Driver) -> None:
    await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
    await give(pilot, PASSPHRASE)
    await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
    await pilot.press("y")
    await until(pilot, lambda: isinstance(app.screen, SpaceScreen))


async def choose(app: VigtuiApp, pilot: Driver, path: Path) -> None:
    """Type a path where a file or a folder is asked for."""
    await until(pilot, lambda: isinstance(app.screen, FileScreen))
    app.screen.query_one("#narrow", Input).value = str(path)
    await pilot.press("enter")


async def agree(app: VigtuiApp, pilot: Driver) -> None:
    """Give the answer that is not the safe one."""
    await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
    await pilot.press("right", "enter")


def code_of(path: Path, caseload: Caseload) -> str:
    membership = load_membership(caseload)
    assert membership is not None, path
    return membership.code


async def test_a_space_is_made_looked_into_given_a_new_code_and_left(path: Path, synced: Path) -> None:
    async with opening(path) as (app, pilot):
        await space_screen(app, pilot)
        assert says(app, "A space is a folder")
        assert says(app, "m Make")
        await pilot.press("m")
        await choose(app, pilot, synced)
        await until(pilot, lambda: says(app, "This folder"))
        await pilot.press("enter")
        await agree(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, CodeScreen))
        first = code_of(path, app.workspace.caseload)
        assert first == "".join(each for each in _code_lines(app) if each.isalnum())
        (folder,) = synced.glob(f"*{FOLDER_ENDING}")
        ellis = join_anew(path.parent / "ellis.vig.json", folder, first, new_key(PASSPHRASE, CHEAP), "Ellis")
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "Ellis") and says(app, "in step"))
        await pilot.press("n")
        await agree(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, CodeScreen))
        second = code_of(path, app.workspace.caseload)
        await pilot.press("enter")
        assert first != second
        ellis.save(Family(code="F-021"))
        send_now(ellis)
        ellis.close()
        await until(pilot, lambda: says(app, "1 file in the space opens with another code."))
        await pilot.press("l")
        await agree(app, pilot)
        await until(pilot, lambda: "in the space no more" in told(app))
        await until(pilot, lambda: says(app, "m Make"))
        assert not app.workspace.in_space


def _code_lines(app: VigtuiApp) -> str:
    return str(app.screen.query_one("#code").render())


async def test_whoever_has_no_copy_joins_from_the_first_screen_and_may_mistype(
    path: Path, synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "new_key", lambda words, name: new_key(words, CHEAP, name=name))
    code, folder = made(path, synced)
    target = tmp_path / "ellis.vig.json"
    app = VigtuiApp(None, Settings(lock_minutes=0), Places())
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
            await pilot.press("down", "down", "enter")
            await choose(app, pilot, folder)
            await until(pilot, lambda: says(app, "Not in the folder"))
            await choose(app, pilot, folder / "ellis")
            await until(pilot, lambda: says(app, "Keep it in another folder"))
            await choose(app, pilot, tmp_path / "ellis")  # As it is typed: it ends as a caseload does.
            await until(pilot, lambda: isinstance(app.screen, FormScreen))
            mistyped = ("2" if code[0] != "2" else "3") + code[1:]
            words = {"name": "Ellis Marr", "passphrase": PASSPHRASE, "again": PASSPHRASE}
            for name, typed in {"code": mistyped, **words}.items():
                app.screen.query_one(f"#field-{name}", Input).value = typed
            await pilot.press("enter")  # It is found where it was typed, before anything else is.
            await until(pilot, lambda: says(app, "The code is mistyped"))
            assert app.focused is app.screen.query_one("#field-code")
            app.screen.query_one("#field-name").focus()
            await pilot.press("ctrl+s")
            await until(pilot, lambda: app.focused is app.screen.query_one("#field-code"))
            app.screen.query_one("#field-code", Input).value = code.lower()
            await pilot.press("ctrl+s")
            await until(pilot, lambda: says(app, "F-017"))
            await until(pilot, lambda: app.workspace.in_space.startswith("in step"))
            assert [each.code for each in app.workspace.caseload.all(Family)] == ["F-017"]
            assert app.workspace.caseload.encrypted
            assert app.workspace.caseload.path == target
    finally:
        app.close()


def made(path: Path, synced: Path) -> tuple[str, Path]:
    """Make a space of a caseload; return its code and folder."""
    caseload = Caseload.open(path, by="Ros Tiverton", key=unlock(path, PASSPHRASE))
    membership = make_space(caseload, synced)
    caseload.close()
    return membership.code, membership.path


class StoodStill(Struct):
    """A space in which nothing moves, as a screen sees it."""

    standing: SpaceStanding
    membership: Membership
    words: str = "not sent: 3 min"
    films: FilmStanding = FilmStanding(3, 1, 2_122_240, dt.date(2026, 5, 24), dt.date(2026, 6, 2))

    def stop(self) -> None:
        """There is nothing to stop."""


class InFrontOfAFamily(CaseScreen):
    SEEN_BY_FAMILY = True


def other(name: str, machine: str, **more: object) -> WriterStanding:
    values = {"heard": NOW, "has_until": NOW, "there": True, **more}
    return WriterStanding(name, name, machine, **values)


def full_of_trouble() -> StoodStill:
    may_3 = NOW - dt.timedelta(days=17)
    standing = SpaceStanding(
        "not_sent",
        NOW - dt.timedelta(minutes=3),
        "No space left on device",
        (
            other("Ellis Marr", "laptop"),
            other("Ellis Marr", "home", has_until=None, heard=NOW - dt.timedelta(days=1)),
            other("Noor Castell", "office", heard=may_3, has_until=may_3, silent=True, holds_erased=True),
            other("Sol Achter", "laptop", there=False),
        ),
        not_whole=1,
        keeps_versions=True,
        erased=True,
        files=4,
        free=3,
        families=(ErasedFamily(code="F-003", by="Noor Castell", at=may_3, had_changed=True),),
    )
    where = "/home/ros/Sync/fenland 01a22bcb-2ad1-72fd-9a61-80981610d94b.space"
    return StoodStill(standing, Membership(writer="w", code="", folder=where, machine="office"))


async def test_what_is_not_as_it_should_be_is_seen_on_one_screen_and_told_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(clocks, "now", lambda: NOW)
    async with opening(path) as (app, pilot):
        await space_screen(app, pilot)
        app.clear_notifications()
        await pilot.pause()
        same_screen(app, "space-none-80x24", request)
        app.workspace.space = full_of_trouble()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        assert ReviewScreen.SEEN_BY_FAMILY
        await app.push_screen(InFrontOfAFamily())
        app.post_message(StatusChanged())
        await pilot.pause()
        assert "NOT SENT" not in told(app)  # It may name another family, and is told when this one has left.
        await app.pop_screen()
        app.post_message(ShownToFamily(""))
        await until(pilot, lambda: "NOT SENT" in told(app))
        assert told(app).count("had changed in it is gone") == 1
        await pilot.press("y")
        await until(pilot, lambda: says(app, "Sol Achter"))
        app.post_message(StatusChanged())
        await pilot.pause()
        assert "NOT SENT" not in told(app)  # It is told once, and stands on the screen.
        for width, height in ((80, 24), (120, 40)):
            await resize(pilot, width, height)
            same_screen(app, f"space-{width}x{height}", request)
        assert "Noor Castell (office)" in screen_text(app)
        await pilot.press("down", "down", "down")
        assert says(app, "if that machine is used no more, delete deletes it")
