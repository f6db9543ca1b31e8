"""What would be lost: a service's figures at one key, and that small ones stay on the own screen."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.caseloads import at_the_keyboard, make
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import fill, stop_the_calendar
from tests.ui.heron import TODAY
from tests.ui.snapshot import same_screen, says
from vigtui.demo.loader import load_demo
from vigtui.domain.records import Person
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.files import FolderScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.audit import AuditScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.workspace.counts.weekly import counts_folder

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's families, as their service lead looks at them."""
    stop_the_calendar(monkeypatch)
    records = load_demo(TODAY).records
    path = make(tmp_path / "fenland.vig.json", *records)
    [lead] = [each for each in records if isinstance(each, Person) and each.name == "Hal Brennock"]
    at_the_keyboard(path, lead.id)
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_shows_the_figures_of_half_a_year(
    path: Path, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    async with opened(path, size) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AuditScreen) and app.screen.focused)
        same_screen(app, f"audit-{size[0]}x{size[1]}", request)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen.focused)
        same_screen(app, f"weekly-counts-{size[0]}x{size[1]}", request)


async def test_a_span_is_chosen_a_family_opened_and_paper_tells_no_small_number(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AuditScreen) and app.screen.focused)
        screen = app.screen
        assert isinstance(screen, AuditScreen)
        half_a_year = screen.span
        await pilot.press("3")
        await until(pilot, lambda: says(app, "Rated: "))
        await pilot.press("1")
        await until(pilot, lambda: says(app, "Birth family: "))
        await pilot.press("left", "plus")
        await until(pilot, lambda: screen.span.end < TODAY - dt.timedelta(days=300))
        await pilot.press("right", "minus")
        await until(pilot, lambda: screen.span == half_a_year)
        await pilot.press("right")
        await until(pilot, lambda: "This span ends today." in told(app))
        await pilot.press("D")
        await fill(app, pilot, start="2025-01-01", end=TODAY.isoformat())
        await until(pilot, lambda: screen.span.start == dt.date(2025, 1, 1) and app.screen is screen)
        assert says(app, "Birth family: ")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        await until(pilot, lambda: says(app, "one under 5"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen.focused)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))


async def test_counts_are_put_where_they_are_collected_once_somebody_said_so(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "collected"
    folder.mkdir()
    async with opened(path) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AuditScreen) and app.screen.focused)
        await pilot.press("w")
        await until(pilot, lambda: says(app, "without small numbers, names and words"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FolderScreen))
        app.screen.query_one("#narrow", Input).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "This folder"))
        await pilot.press("enter")
        await until(pilot, lambda: "The counts until" in told(app))
        [written] = folder.iterdir()
        assert app.workspace.caseload.meta.id in written.name
    written.unlink()
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "The counts until" in told(app))
        assert written.exists()
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, AuditScreen) and app.screen.focused)
        await pilot.press("w")
        await until(pilot, lambda: says(app, "Put them there no more"))
        assert counts_folder(app.workspace.places) == folder
        await pilot.press("down", "enter")
        await until(pilot, lambda: "put nowhere any more" in told(app))
        assert counts_folder(app.workspace.places) is None
        assert written.exists()
