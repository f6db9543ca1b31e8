"""What would be lost: a service lead, who has no caseload, sees the sum of all, and which are late."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.ui.driving import until
from tests.ui.family_driving import fill, stop_the_calendar
from tests.ui.heron import TODAY
from tests.ui.snapshot import same_screen, same_screens, says
from vigtui.exchange.audits.exports import CaseloadCounts, Export, put_export
from vigtui.exchange.audits.weekly import place_in, week_before
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.audit.collected import CollectedScreen
from vigtui.ui.screens.navigation import OpenCollected
from vigtui.ui.screens.welcome import WelcomeScreen
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings

COUNTS = {
    "families": 40,
    "setting/birth": 25,
    "setting/foster": 15,
    "state/active": 30,
    "state/at_work": 40,
    "cycles/done": 61,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where twenty caseloads have put their counts, one of them late."""
    stop_the_calendar(monkeypatch)
    folder = tmp_path / "collected"
    folder.mkdir()
    for number in range(20):
        put(folder, f"case-{number:02}", TODAY - dt.timedelta(days=7 if number == 4 else 0))
    return folder


def put(folder: Path, name: str, day: dt.date = TODAY) -> Path:
    span, made = week_before(day), dt.datetime.combine(day, dt.time(9), dt.UTC)
    counts = [CaseloadCounts(name, COUNTS, ["state/referred", "state/contracting"])]
    put_export(Export(1, span.start, span.end, made, 5, counts), place_in(folder, name))
    return place_in(folder, name)


async def test_a_lead_without_a_caseload_chooses_the_folder_once_and_then_sees_the_sum_at_a_key(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    app = VigtuiApp(None, Settings(), Places())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("end", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, FolderScreen))
        app.screen.query_one("#narrow", Input).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "This folder"))
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "19 of 20 caseloads counted; 1 late"))
    app.close()
    app = VigtuiApp(None, Settings(), Places())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "19 of 20 caseloads counted; 1 late"))
        await same_screens(pilot, "collected", request)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and says(app, "Of 19 caseloads"))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
    app.close()


async def test_what_changes_in_the_folder_shows_and_what_is_missing_is_named_and_let_go(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    app = VigtuiApp(None, Settings(), Places(), collected=OpenCollected(folder))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: says(app, "19 of 20 caseloads"))
        await pilot.press("6", "e")
        await fill(app, pilot, about="Ellis and Ros")
        await until(pilot, lambda: isinstance(app.screen, CollectedScreen) and says(app, "Ellis and Ros"))
        place_in(folder, "case-04").unlink()
        place_in(folder, "case-05").write_text("{")
        await until(pilot, lambda: says(app, "18 of 20 caseloads counted; 1 not there, 1 cannot be read"))
        await pilot.press("slash", *"ellis", "down")
        await until(pilot, lambda: says(app, "not there; last of 5 Apr"))
        await pilot.press("f7")
        await until(pilot, lambda: says(app, "The counts are covered"))
        assert not says(app, "Ellis")
        assert not says(app, "18 of")
        await pilot.press("p", "6")
        await until(pilot, lambda: isinstance(app.screen, CollectedScreen) and says(app, "Ellis and Ros"))
        same_screen(app, "collected-120x40", request)
        await pilot.press("slash", *"ellis", "down", "delete")
        await until(pilot, lambda: says(app, "Expect no more counts of Ellis and Ros?"))
        await pilot.press("right", "enter")
        await until(pilot, lambda: says(app, "18 of 19 caseloads counted; 1 cannot be read"))
        folder.rename(folder.with_name("elsewhere"))
        await until(pilot, lambda: says(app, "What was read before is shown."))
        folder.mkdir()
        await pilot.press("escape", "r")
        await until(pilot, lambda: says(app, "0 of 19 caseloads counted; 19 not there"))
        await until(pilot, lambda: not says(app, "p Paper"))
    app.close()
