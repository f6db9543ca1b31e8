"""From one caseload to another while the program runs."""

from pathlib import Path

from tests.ui.driving import Driver, opened, until
from tests.ui.snapshot import screen_text
from vigtui.domain.records import Family
from vigtui.domain.vocabulary import Role
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.workspace.workspace import make_caseload


def _made(path: Path, code: str) -> Path:
    caseload = make_caseload(path, f"Service of {code}", "Ros Tiverton", Role.SUPERVISOR)
    caseload.save(Family(code=code))
    caseload.close()
    return path


async def _choose(app: VigtuiApp, pilot: Driver, path: Path) -> None:
    await pilot.press("o")
    await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
    words = [str(option.prompt) for option in app.screen.query_one("#ways").options]
    await pilot.press(*["down"] * words.index("Open a caseload…"), "enter")
    await until(pilot, lambda: isinstance(app.screen, FileScreen))
    await pilot.press(*str(path), "enter")


async def test_another_caseload_opens_and_the_first_one_is_saved(tmp_path: Path) -> None:
    first, second = _made(tmp_path / "a.vig.json", "F-001"), _made(tmp_path / "b.vig.json", "F-002")
    async with opened(first) as (app, pilot):
        await until(pilot, lambda: "F-001" in screen_text(app))
        app.workspace.caseload.save(Family(code="F-009"))
        await _choose(app, pilot, second)
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and "F-002" in screen_text(app))
        assert "F-001" not in screen_text(app)
    again = Caseload.open(first)
    assert {family.code for family in again.all(Family)} == {"F-001", "F-009"}
    again.close()


async def test_opening_the_caseload_that_is_open_goes_on_with_it(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.vig.json", "F-001")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "F-001" in screen_text(app))
        caseload = app.workspace.caseload
        await _choose(app, pilot, path)
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        caseload.save(Family(code="F-009"))
        await until(pilot, lambda: "F-009" in screen_text(app))
        assert app.workspace.caseload is caseload
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
