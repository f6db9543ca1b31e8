"""The day of somebody with several caseloads begins with all of them in one list."""

import contextlib
import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.caseloads import make, write
from tests.ui.driving import Driver, until
from tests.ui.family_driving import stop_the_calendar
from tests.ui.heron import TODAY, make_heron
from tests.ui.snapshot import same_screen, same_screens, says, screen_text
from vigtui.domain.records import Cycle, Family, Person, Session
from vigtui.domain.vocabulary import FamilyState, Role
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.search import SearchScreen
from vigtui.ui.screens.shelf import ShelfScreen
from vigtui.ui.screens.shelf.search import ShelfSearchScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key
from vigtui.workspace.own_keyring import OwnKeyring
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

CHEAP = Cost(n=2, r=1, p=1)
OWN, WORDS = "my own four words", "heron toast marsh"


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """A caseload of three with the Heron family, one with a visit, one that is encrypted, and one that was
    moved away; all were opened here."""
    stop_the_calendar(monkeypatch)
    folder = tmp_path / "work"
    folder.mkdir()
    places = Places()
    paths = {name: folder / f"{name}.vig.json" for name in ("ellis", "noor", "sol", "gone")}
    make_heron(paths["ellis"])
    make(
        paths["noor"],
        Person(id="noor", name="Noor Castell", roles=(Role.TRAINEE,)),
        Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,)),
        Family(id="plover", code="F-019", pseudonym="Plover", state=FamilyState.ACTIVE, guider="noor"),
        Cycle(family="plover", number=1, planned=TODAY + dt.timedelta(days=3)),
        Session(id="coming", supervisor="ros", trainees=("noor",), date=TODAY + dt.timedelta(days=2)),
    )
    sol = Caseload.create(paths["sol"], key=new_key(WORDS, CHEAP))
    sol.save(Person(id="ros", name="Ros Tiverton", roles=(Role.SUPERVISOR,)))
    sol.save(Family(code="F-030", pseudonym="Tern"))
    sol.close()
    for name, person in (("ellis", "person-ros"), ("noor", "ros"), ("sol", "ros")):
        caseload = Caseload.open(paths[name], key=unlock(paths[name], WORDS) if name == "sol" else None)
        places.enter(caseload.meta.id, paths[name])
        places.set("person", person)
        places.put_on_shelf(caseload.meta.id, paths[name])
        caseload.close()
    places.put_on_shelf("gone", paths["gone"])
    places.save()
    return paths


@contextlib.asynccontextmanager
async def on_shelf(size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The app as it starts without a file, everything looked at."""
    app = VigtuiApp(None, Settings(), Places())
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ShelfScreen) and says(app, "not there"))
            await until(pilot, lambda: "reading" not in screen_text(app))
            yield app, pilot
    finally:
        app.close()


async def test_a_day_is_opened_from_the_shelf_and_ends_there(
    several: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    async with on_shelf() as (app, pilot):
        await same_screens(pilot, "shelf", request)
        await pilot.press("slash", *"plover")
        await until(pilot, lambda: says(app, "1 caseload, 1 family"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and says(app, "F-019 Plover"))
        app.workspace.caseload.save(Family(code="F-020", pseudonym="Dunlin"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ShelfScreen) and says(app, "noor: 2 families"))
        await pilot.press("u")  # Nothing is undone in what is not seen.
        await pilot.press("end", "up")
        await until(pilot, lambda: says(app, "noor: 2 families"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))
        assert app.screen.address == "session coming"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ShelfScreen) and says(app, "noor: 2 families"))
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
    assert {each.code for each in _opened(several["noor"])} == {"F-019", "F-020"}


def _opened(path: Path) -> list[Family]:
    caseload = Caseload.open(path)
    caseload.close()
    return caseload.all(Family)


async def test_an_encrypted_one_is_opened_once_by_its_own_and_then_by_ones_own_passphrase(
    several: dict[str, Path],
) -> None:
    own = OwnKeyring(cost=CHEAP)
    own.make(OWN)
    async with on_shelf_with_keyring() as (app, pilot):
        await until(pilot, lambda: says(app, "sol locked"))
        assert not says(app, "Tern")
        await pilot.press("end", *["up"] * 9, "end")
        screen = app.screen
        assert isinstance(screen, ShelfScreen)
        await pilot.press("slash", *"sol", "enter")
        await _give(app, pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and says(app, "F-030 Tern"))
        await pilot.press("f7")
        await _give(app, pilot, OWN)
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and says(app, "F-030 Tern"))
    async with on_shelf_with_keyring() as (app, pilot):
        await until(pilot, lambda: "locked" not in screen_text(app))
        await pilot.press("slash", *"tern", "enter")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and says(app, "F-030 Tern"))


@contextlib.asynccontextmanager
async def on_shelf_with_keyring() -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The app as it starts for somebody who has a keyring, its passphrase given."""
    app = VigtuiApp(None, Settings(), Places())
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
            await _give(app, pilot, OWN)
            await until(pilot, lambda: isinstance(app.screen, ShelfScreen) and says(app, "not there"))
            await until(pilot, lambda: "reading" not in screen_text(app))
            yield app, pilot
    finally:
        app.close()


async def _give(app: VigtuiApp, pilot: Driver, words: str) -> None:
    await until(pilot, lambda: app.screen.query("#passphrase"))
    app.screen.query_one("#passphrase", Input).value = words
    await pilot.press("enter")


def _order(app: VigtuiApp) -> list[str]:
    """The caseloads from top to bottom."""
    return [name for name in re.findall(r"^ (\w+) ", screen_text(app), re.MULTILINE) if name.islower()][:4]


async def test_a_pack_is_taken_into_the_caseload_under_the_cursor_and_the_order_is_a_choice(
    several: dict[str, Path],
) -> None:
    async with on_shelf() as (app, pilot):
        assert _order(app) == ["noor", "ellis", "gone", "sol"]
        await pilot.press("n")
        await until(pilot, lambda: _order(app) == ["ellis", "gone", "noor", "sol"])
        await pilot.press("slash", *"noor", "down", "I")
        await until(pilot, lambda: isinstance(app.screen, FileScreen) and says(app, "or a pack"))
        assert app.workspace.caseload.path == several["noor"]
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ShelfScreen) and says(app, "4 caseloads"))
        await pilot.press("J")
        await until(pilot, lambda: says(app, "Which space?"))
    assert Places().get_of("", "shelf by name")


async def test_a_search_goes_over_all_and_goes_on_in_the_caseload(several: dict[str, Path]) -> None:
    write(several["noor"], Family(id="owl", code="F-077", pseudonym="Quiet Owl"))
    async with on_shelf() as (app, pilot):
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, ShelfSearchScreen))
        await pilot.press(*"quiet")
        await until(pilot, lambda: says(app, "4 found") and says(app, "Quiet Owl"))
        await pilot.press("pagedown", "enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and says(app, "1 found"))
        assert says(app, "Quiet Owl")


async def test_the_shelf_is_covered_when_nobody_is_there(
    several: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    async with on_shelf((120, 40)) as (app, pilot):
        same_screen(app, "shelf-120x40", request)
        await pilot.press("f7")
        await until(pilot, lambda: says(app, "The shelf is covered"))
        assert not any(word in screen_text(app) for word in ("Noor", "Plover", "ellis", "Jory"))
        await pilot.press("slash", "s", "enter")
        await until(pilot, lambda: says(app, "Noor Castell"))


async def test_what_is_taken_off_is_shown_no_more_and_one_alone_opens_as_before(
    several: dict[str, Path],
) -> None:
    async with on_shelf() as (app, pilot):
        for name in ("ellis", "gone", "noor"):
            await pilot.press("slash", *name, "down", "delete")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press("right", "enter")
            await until(pilot, lambda: isinstance(app.screen, ShelfScreen))
            await pilot.press("escape")
        await until(pilot, lambda: says(app, "1 caseload,"))
    assert all(path.exists() for name, path in several.items() if name != "gone")
    assert not Places().has_several
