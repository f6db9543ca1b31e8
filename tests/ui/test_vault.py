"""An encrypted caseload on the screen: asked for its passphrase, locked when nobody is there."""

import contextlib
import re
import shutil
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.widgets import Input

from tests.ui.conftest import Heron
from tests.ui.driving import Driver, is_left, until
from tests.ui.snapshot import screen_text
from tests.ui.walking import at, editor
from vigtui.domain.records import Person, SessionItem
from vigtui.store import encrypting
from vigtui.store.caseload import Caseload
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.errors import CaseloadLockedError
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.passphrase import CoverScreen, LockScreen, PassphraseScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.values import clocks
from vigtui.vault.derivation import Cost
from vigtui.vault.keyring import Keyring
from vigtui.vault.recovery_words import read
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening, open_caseload

WORDS = "toast and honey"
VERSION_1 = Path(__file__).parents[1] / "unit" / "vault" / "version1" / "fenland.vig.json"
NEVER = Settings(lock_minutes=0)


@pytest.fixture
def encrypted(heron: Heron) -> Heron:
    encrypting.encrypt(heron.path, WORDS, Cost(n=2, r=8, p=1))
    return heron


@contextlib.asynccontextmanager
async def opening(path: Path, settings: Settings = NEVER) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    """The app as the command line starts it on this file."""
    caseload: Future[Caseload] = Future()
    places = Places()
    try:
        caseload.set_result(open_caseload(path, None, places))
    except Exception as error:
        caseload.set_exception(error)
    app = VigtuiApp(Opening(path, caseload), settings, places)
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            yield app, pilot
    finally:
        app.close()


async def give(pilot: Driver, words: str) -> None:
    """Type a passphrase once it can be typed, and wait until it has been tried."""
    asking = pilot.app.screen
    line = asking.query_one("#passphrase", Input)
    await until(pilot, lambda: line.has_focus and not line.disabled)
    line.value = words
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not asking or (line.value == "" and not line.disabled))


async def test_the_passphrase_opens_it(encrypted: Heron) -> None:
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, "wrong words")
        assert "This is not the passphrase" in screen_text(app)
        assert "wrong words" not in screen_text(app)
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "F-017" in screen_text(app))


async def test_after_three_wrong_ones_it_ends_and_says_so(encrypted: Heron) -> None:
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        for _ in range(3):
            await give(pilot, "wrong words")
        await until(pilot, lambda: is_left(app))
        assert app.return_code == 1


async def test_whoever_leaves_the_question_can_open_another(encrypted: Heron) -> None:
    """And it can be tried again from the first screen."""
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        assert not is_left(app)


async def test_a_new_caseload_can_be_encrypted_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "new.vig.json"
    app = VigtuiApp(None, NEVER, Places())
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
            await pilot.press("down", "enter")
            await until(pilot, lambda: app.screen.query("#narrow"))
            app.screen.query_one("#narrow", Input).value = str(path)
            await pilot.press("enter")
            await until(pilot, lambda: app.screen.query("#field-passphrase"))
            for name, typed in (("name", "Ros Tiverton"), ("passphrase", WORDS), ("again", "other")):
                app.screen.query_one(f"#field-{name}", Input).value = typed
            await pilot.press("ctrl+s")
            await until(pilot, lambda: "not the same" in screen_text(app))
            app.screen.query_one("#field-again", Input).value = WORDS
            assert WORDS not in screen_text(app)
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
    finally:
        app.close()
    assert is_encrypted(path)
    assert b"Ros Tiverton" not in path.read_bytes()


@contextlib.asynccontextmanager
async def at_work(
    heron: Heron, settings: Settings = NEVER
) -> AsyncIterator[tuple[VigtuiApp, Driver, SupervisionScreen]]:
    """A supervision with film in an encrypted caseload."""
    async with opening(heron.path, settings) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        app.workspace.enter(app.workspace.caseload.need(Person, heron.supervisor))
        screen = SupervisionScreen(heron.session)
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_mounted and screen.films.at_hand.playing)
        yield app, pilot, screen


def seen_together(heron: Heron) -> str:
    """What the file says was seen together at the first item."""
    caseload = open_caseload(heron.path, WORDS)
    caseload.close()
    return caseload.need(SessionItem, heron.items[0]).seen_together


async def test_locked_nothing_is_seen_and_nothing_but_the_passphrase_works(
    encrypted: Heron, tmp_path: Path
) -> None:
    """Somebody walks by while the supervisor makes tea."""
    async with at_work(encrypted) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.state.position_ms > 4000)
        notes = editor(screen, "seen_together")
        notes.focus()
        notes.insert("half a thou")
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, LockScreen) and not screen.films.at_hand.playing)
        app.notify("F-017 was changed by somebody else")
        await pilot.press("escape", "f1", "f2", "ctrl+n", "f3", "ctrl+s", "f5", "q")
        shown = screen_text(app)
        assert isinstance(app.screen, LockScreen)
        assert "vigtui is locked" in shown
        for word in ("F-017", "Heron", "Sulking", "half", "Dana"):
            assert word not in shown
        assert not screen.films.at_hand.playing
        where = screen.films.at_hand.state.position_ms
        await give(pilot, "somebody's guess")
        assert app.locked
        assert not is_left(app)
        await give(pilot, WORDS)
        await until(pilot, lambda: app.screen is screen)
        assert at(screen.films.at_hand, where)
        assert "half a thou" in notes.text
        notes.focus()
        await pilot.press("g")
        assert "half a thoug" in notes.text
    assert seen_together(encrypted).endswith("half a thoug")
    files = [each for each in tmp_path.rglob("*") if each.is_file() and each.suffix != ".mp4"]
    assert {"heron.vig.json", "places.json"} <= {each.name for each in files}
    for each in files:
        for word in (b"half a thou", b"Sulking", b"Ros Tiverton", b"Jory"):
            assert word not in each.read_bytes(), each


async def test_what_comes_while_it_is_locked_waits_under_the_cover(encrypted: Heron) -> None:
    """A question that a slow disk asks late must not uncover the screen."""
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        cover = app.screen
        app.push_screen(ConfirmScreen("Jory's clip: keep it?", "Keep"))
        await until(pilot, lambda: isinstance(app.screen, LockScreen) and app.screen is not cover)
        assert "Jory" not in screen_text(app)
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))


async def test_it_locks_by_itself_and_can_be_left(encrypted: Heron) -> None:
    async with opening(encrypted.path, Settings(lock_minutes=0.0005)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        assert "F-017" not in screen_text(app)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: is_left(app))


async def test_after_a_laptop_slept_the_first_key_only_locks(
    encrypted: Heron, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lid was closed for an hour: no timer went on, and whoever opens it sees one picture, and types."""
    async with opening(encrypted.path, Settings()) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        slept = SimpleNamespace(monotonic=time.monotonic, time=lambda: time.time() + 3600)
        monkeypatch.setattr(clocks, "time", slept)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))


async def test_a_clear_caseload_is_covered_and_says_that_this_is_all(heron: Heron) -> None:
    """A laptop that is left open shows no family to whoever passes."""
    async with opening(heron.path, Settings(lock_minutes=0.0005)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, CoverScreen))
    async with opening(heron.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, CoverScreen))
        shown = screen_text(app)
        assert "F-017" not in shown
        assert "It is not encrypted" in shown
        await pilot.press("escape", "f1", "P")
        assert isinstance(app.screen, CoverScreen)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, CoverScreen))


async def test_a_passphrase_that_somebody_changed_meanwhile_is_asked_for(encrypted: Heron) -> None:
    """What is typed from then on would be saved nowhere until a restart."""
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        encrypting.change_passphrase(encrypted.path, Keyring(WORDS), "another sentence", Cost(n=2, r=8, p=1))
        app.workspace.caseload.save(Person(name="Noor Castell"))
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "F7 asks again" in screen_text(app))
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        await give(pilot, "another sentence")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await until(pilot, lambda: app.workspace.caseload.status.state == "saved")
    caseload = open_caseload(encrypted.path, "another sentence")
    caseload.close()
    assert "Noor Castell" in [person.name for person in caseload.all(Person)]


async def test_ways_in_are_added_and_taken_away_by_who_knows_a_passphrase(encrypted: Heron) -> None:
    """A trainee leaves, a colleague comes, and the words lie in the safe."""
    new = "owl noise story"
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await pilot.press("P")
        await until(pilot, lambda: "There is no recovery key" in screen_text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, "wrong words")
        assert "This is not the passphrase" in screen_text(app)
        await give(pilot, WORDS)
        await until(pilot, lambda: app.screen.query("#field-name"))
        for name, typed in (("name", "Noor"), ("passphrase", new), ("again", new)):
            app.screen.query_one(f"#field-{name}", Input).value = typed
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "passphrase “Noor”" in screen_text(app))
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        words = read(" ".join(re.findall(r"\d+ ([a-z]+)", screen_text(app).partition("These")[0])[-12:]))
        await pilot.press("right", "enter")
        await until(pilot, lambda: "recovery key, since" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Take the passphrase" in screen_text(app))
        question = app.screen
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.screen is not question and isinstance(app.screen, ChooseScreen))
        app.workspace.caseload.save(Person(name="Noor Castell"))
    with pytest.raises(CaseloadLockedError):
        open_caseload(encrypted.path, WORDS)
    caseload = open_caseload(encrypted.path, new)
    caseload.close()
    assert "Noor Castell" in [person.name for person in caseload.all(Person)]
    assert encrypting.recover(encrypted.path, words)


async def test_a_caseload_in_the_first_layout_is_changed_once_somebody_says_so(tmp_path: Path) -> None:
    path = Path(shutil.copy(VERSION_1, tmp_path))
    words = "heron toast marsh é"
    for layout, answer in ((1, ("enter",)), (2, ("right", "enter"))):
        caseload: Future[Caseload] = Future()
        caseload.set_result(open_caseload(path, words))
        places = Places()
        app = VigtuiApp(Opening(path, caseload), NEVER, places)
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                await until(pilot, lambda app=app: isinstance(app.screen, ConfirmScreen))
                assert "first layout" in screen_text(app)
                await pilot.press(*answer)
                await until(pilot, lambda app=app: CaseloadScreen in map(type, app.screen_stack))
                app.workspace.caseload.save(Person(name=f"Noor {layout}"))
                places.set("asked for the second layout", None)  # A person is asked once.
        finally:
            app.close()
        assert f'"vigtui-vault":{layout}'.encode() in path.read_bytes()
    again = open_caseload(path, words)
    again.close()
    assert {"Noor 1", "Noor 2"} <= {person.name for person in again.all(Person)}


async def test_an_encrypted_caseload_that_is_in_clear_is_told_before_it_is_shown(encrypted: Heron) -> None:
    """Somebody has laid another file in its place: nobody types a family's words into it unawares."""
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    encrypting.decrypt(encrypted.path, Keyring(WORDS))
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "was encrypted when you had it open last" in " ".join(screen_text(app).split())
        assert "F-017" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: CaseloadScreen in map(type, app.screen_stack))
    async with opening(encrypted.path) as (app, pilot):
        await until(pilot, lambda: CaseloadScreen in map(type, app.screen_stack))
