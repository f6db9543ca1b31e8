"""The backup from the screens: what a service would lose that never types a command."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, OptionList

from tests.caseloads import with_films
from tests.ui.driving import Driver, opened, told, until
from tests.ui.family_driving import choose, confirm
from tests.ui.snapshot import screen_text
from vigtui.casefilm.backup import sticks
from vigtui.casefilm.backup.making import back_up
from vigtui.casefilm.backup.place import find_place
from vigtui.casefilm.home import film_in
from vigtui.casefilm.opening import films_away
from vigtui.domain.records import Deletion, Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FileScreen, FolderScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.vault.derivation import Cost
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

WORDS = "wide honey river table"


async def test_a_stick_is_found_again_brought_up_to_date_and_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "_MOUNTED_BELOW", ())
    path, stick = with_films(tmp_path / "here" / "c.vig.json", "jigsaw", "toast"), tmp_path / "BLUE"
    stick.mkdir()
    async with opened(path) as (app, pilot):
        await pilot.press("escape", "A")
        await choose(app, pilot, "Another")
        await until(pilot, lambda: isinstance(app.screen, FolderScreen))
        app.screen.query_one(Input).value = str(stick)
        await pilot.press("enter")
        await until(
            pilot, lambda: f"{stick.name}\n" in screen_text(app) and "This folder" in screen_text(app)
        )
        await pilot.press("enter")
        assert "Make the first one there?" in " ".join((await confirm(app, pilot)).split())
        await until(pilot, lambda: "2 files of film copied" in told(app))
        await until(pilot, lambda: "   backup " in screen_text(app))
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Recording, "jigsaw"), state=RecordingState.DELETED))
        caseload.save(Deletion(recording="jigsaw", date=dt.date.today()))
        await until(pilot, lambda: "! 1 deleted" in screen_text(app))
        await pilot.press("A")
        await until(pilot, lambda: "BLUE: backup of" in screen_text(app) and isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: "has left it: 1 film" in told(app))
        await until(pilot, lambda: "! 1 deleted" not in screen_text(app))
        stick.rename(tmp_path / "pulled")
        await pilot.press("A")
        await until(pilot, lambda: "BLUE: not there" in screen_text(app) and isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: "Is the stick in" in told(app))


async def choose_backup(app: VigtuiApp, pilot: Driver) -> None:
    """On the first screen take the backup that is on the stick."""
    ways = app.screen.query_one(OptionList)
    ways.highlighted = ways.get_option_index("backup")
    await pilot.press("enter")
    await choose(app, pilot, "on BLUE")


async def test_after_a_disk_is_lost_the_first_screen_puts_all_of_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Sunday evening there is a stick, and nobody who knows a command."""
    path, stick = with_films(tmp_path / "here" / "c.vig.json", "jigsaw", "toast"), tmp_path / "BLUE"
    stick.mkdir()
    encrypting.encrypt(path, WORDS, Cost(n=2, r=1, p=1))
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    place = find_place(caseload, stick)
    back_up(caseload, place, dt.datetime.now(dt.UTC), lambda _words, _part: None)
    caseload.close()
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    monkeypatch.setattr(sticks, "_mounted", lambda: [stick])
    app = VigtuiApp(None, Settings(), Places())
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and app.screen.focused)
        await choose_backup(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press(*WORDS, "enter")
        assert "its words come back as they were then, with its film" in await confirm(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, FormScreen))  # Who are you?
        assert "2 files of film came back." in told(app)
        assert app.workspace.caseload.path == path
        assert not films_away(app.workspace.caseload)

        film = film_in(app.workspace.caseload, app.workspace.caseload.need(Recording, "toast").path)
        film.path.unlink()
        await pilot.press("escape", "o")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and app.screen.focused)
        await choose_backup(app, pilot)
        await choose(app, pilot, path.name)
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press(*WORDS, "enter")
        assert "stays as it is; film that is missing comes back" in await confirm(app, pilot)
        await until(pilot, lambda: "1 file of film came back." in told(app))
        await until(pilot, lambda: not films_away(app.workspace.caseload))
    app.close()
