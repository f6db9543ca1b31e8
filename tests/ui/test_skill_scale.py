"""A service's own skill scale in the real app: brought in, filled in apart, read side by side."""

from pathlib import Path

import pytest

from tests.ui.conftest import Heron
from tests.ui.driving import Driver, told, until
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.test_own_seeing import prepared_by
from vigtui.domain.records import Instrument, SkillRating
from vigtui.ui.dialogs.sessions.skills import SkillsScreen

SCALE = """name = "How I was with the family"
lowest = 1
highest = 3
steps = ["a beginning", "often", "it carries the meeting"]
source = "Made up for a test"
items = ["I waited for the family’s own noticing", "I kept my turns short"]
"""


async def open_scale(pilot: Driver) -> None:
    await pilot.press("f4", *"skill", "enter")
    await until(pilot, lambda: "Which skill scale?" in screen_text(pilot.app))


async def fill_in(pilot: Driver, *steps: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, SkillsScreen))
    await pilot.press("enter")
    for number, step in enumerate(steps, start=1):
        await until(pilot, lambda number=number: f"{number} of 2:" in screen_text(pilot.app))
        await pilot.press(*step, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SkillsScreen))


async def test_a_scale_is_brought_in_and_each_fills_it_in_apart(
    heron: Heron, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "scale.toml").write_text(SCALE, encoding="utf-8")
    async with prepared_by(heron, heron.trainee) as (app, pilot, _):
        await open_scale(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Which file" in screen_text(app))
        await pilot.press(*str(tmp_path / "scale.toml"), "enter")
        await fill_in(pilot, "2", "not")
        text = screen_text(app)
        assert "Ellis        2  often" in text
        assert "Ellis        not rated" in text
    async with prepared_by(heron, heron.supervisor) as (app, pilot, _):
        await open_scale(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Ellis has filled it in." in screen_text(app))
        assert "2  often" not in screen_text(app)
        await fill_in(pilot, "3", "2")
        await until(pilot, lambda: "Ellis        2  often" in screen_text(app))
        assert len(app.workspace.caseload.all(SkillRating)) == 4
        same_screen(app, "skill-scale-80x24", request)


async def test_a_file_that_is_no_scale_is_told(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "scale.toml").write_text("total = 3", encoding="utf-8")
    async with prepared_by(heron, heron.trainee) as (app, pilot, _):
        await open_scale(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Which file" in screen_text(app))
        await pilot.press(*str(tmp_path / "scale.toml"), "enter")
        await until(pilot, lambda: "scale.toml cannot be taken as a skill scale" in told(app))
        assert not app.workspace.caseload.all(Instrument)
