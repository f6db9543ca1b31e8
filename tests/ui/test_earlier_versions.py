"""Going back to an earlier version while the program runs, and back again."""

import datetime as dt
import re
from pathlib import Path

from tests.caseloads import write
from tests.ui.driving import Driver, opened, until
from tests.ui.snapshot import says, screen_text
from vigtui.domain.records import Consent, Family
from vigtui.domain.vocabulary import Decision, Purpose, Role
from vigtui.store import encrypting, recovery
from vigtui.store.caseload import Caseload
from vigtui.store.disk.file import unlock
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.earlier import EarlierScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.vault.derivation import Cost
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import make_caseload

WORDS = "wide honey river table"


def _worked(path: Path) -> Path:
    """A caseload with F-001 and F-002, and a version from before F-002."""
    caseload = make_caseload(path, "Fenland VIG", "Ros Tiverton", Role.SUPERVISOR)
    caseload.save(Family(code="F-001"))
    caseload.close()
    caseload = Caseload.open(path, by="Ros Tiverton")
    caseload.save(Family(code="F-002"))
    caseload.close()
    return path


async def _look(app: VigtuiApp, pilot: Driver) -> None:
    await pilot.press("b")
    await until(pilot, lambda: isinstance(app.screen, EarlierScreen))
    await until(pilot, lambda: "Reading" not in screen_text(app) and "Now: …" not in screen_text(app))


async def _put_first_back(app: VigtuiApp, pilot: Driver) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
    await pilot.press("right", "enter")
    await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))


async def test_a_version_is_put_back_and_the_one_before_that_in_turn(tmp_path: Path) -> None:
    """A wrong choice here costs nothing: what was typed until then is kept, and listed first."""
    path = _worked(tmp_path / "a.vig.json")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "F-002" in screen_text(app))
        app.workspace.caseload.save(Family(code="F-003"))
        await _look(app, pilot)
        assert "1 family, 0 cycles, 0 notes; last changed" in screen_text(app)
        versions = recovery.copies(path)
        await pilot.press(*["down"] * (len(versions) - 1))
        await until(pilot, lambda: says(app, "not in it."))
        await _put_first_back(app, pilot)
        await until(pilot, lambda: "F-001" in screen_text(app))
        assert [family.code for family in app.workspace.caseload.all(Family)] == ["F-001"]
        await _look(app, pilot)
        await until(pilot, lambda: says(app, "It brings F-002 and F-003 back."))
        assert "3 families" in screen_text(app)
        await _put_first_back(app, pilot)
        await until(pilot, lambda: "F-003" in screen_text(app))
        assert len(app.workspace.caseload.all(Family)) == 3


async def test_a_version_that_cannot_be_read_is_told_and_not_put_back(tmp_path: Path) -> None:
    path = _worked(tmp_path / "a.vig.json")
    recovery.copies(path)[0].path.write_bytes(b"torn")
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "F-002" in screen_text(app))
        await _look(app, pilot)
        assert "It cannot be read" in screen_text(app)
        await pilot.press("enter")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
    assert path.read_bytes() == before


async def test_putting_back_a_version_without_a_withdrawal_says_that_film_may_open(tmp_path: Path) -> None:
    path = _worked(tmp_path / "a.vig.json")
    write(
        path,
        Consent(
            family="heron",
            member="dana",
            purpose=Purpose.FILM,
            decision=Decision.WITHDRAWN,
            date=dt.date(2026, 11, 1),
        ),
    )
    async with opened(path) as (app, pilot):
        await _look(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        words = re.sub(r"[^\w.]+", " ", screen_text(app))  # However its lines are broken.
        assert "1 refusal or withdrawal of now is not in it" in words


async def test_of_an_encrypted_file_that_is_damaged_the_versions_say_what_they_hold(tmp_path: Path) -> None:
    path = _worked(tmp_path / "a.vig.json")
    encrypting.encrypt(path, WORDS, Cost(n=2, r=1, p=1))
    caseload = Caseload.open(path, key=unlock(path, WORDS))
    caseload.save(Family(code="F-003"))
    caseload.close()
    path.write_bytes(path.read_bytes()[:500])
    places = Places()
    places.enter("x", path)
    app = VigtuiApp(None, Settings(), places)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and app.screen.focused)
        await pilot.press("enter")
        await until(pilot, lambda: "Choose among all its earlier versions" in screen_text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press(*WORDS, "enter")
        await until(pilot, lambda: isinstance(app.screen, EarlierScreen))
        await until(pilot, lambda: says(app, "2 families, 0 cycles, 0 notes"))
    app.close()
