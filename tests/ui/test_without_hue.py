"""What would be lost to somebody who sees no hues: where the cursor is, what is chosen, what is ticked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.geometry import Region

from tests.ui.contrast import contrast
from tests.ui.driving import opened, until
from tests.ui.heron import FAMILY
from tests.ui.snapshot import says
from tests.ui.test_merge_screen import merged
from tests.ui.test_merge_screen import path as path
from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.app.theme import THEMES
from vigtui.ui.screens.family import FamilyScreen
from vigtui.workspace.settings import Settings

pytestmark = pytest.mark.slow

Cell = tuple[str, Style]
LEAST = 3.0
STEPS = (
    ("escape", "/ to filter", "down", "#families"),
    ("s", "Plan a new session", "down", "#options"),
    ("escape,end,e,home,enter", "Pseudonym", "tab", "#dialog"),
    ("escape,home,enter", "1 Timeline", "left", "TimelineView"),
    ("", "1 Timeline", "2", "#sections"),
    ("2", "agreed 4 February", "down", "#questions RecordList"),
    ("4", "Everybody filmed", "down", "ConsentGrid"),
    ("5", "interaction", "down", "#film RecordList"),
)


def cells(app: VigtuiApp, place: Region) -> Iterator[Cell]:
    for strip in app.screen._compositor.render_strips()[place.y : place.bottom]:
        for text, style, _ in strip.crop(place.x, place.right):
            yield from ((letter, style or Style()) for letter in text)


def differ(one: Cell, other: Cell) -> bool:
    """Whether two cells are told apart in shades of grey."""
    (letter, style), (other_letter, other_style) = one, other
    if letter != other_letter or (style.bold, style.underline, style.reverse) != (
        other_style.bold,
        other_style.underline,
        other_style.reverse,
    ):
        return True
    grounds = style.bgcolor, other_style.bgcolor
    return None not in grounds and contrast(*grounds, ColorSystem.TRUECOLOR) >= LEAST


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_a_step_of_the_cursor_is_seen_in_grey(theme: str, path: Path) -> None:
    merged(path)
    caseload = Caseload.open(path)
    caseload.save(Family(code="F-001"))
    caseload.close()
    async with opened(path, (100, 30), Settings(theme=theme)) as (app, pilot):
        for keys, words, step, place in STEPS:
            await pilot.press(*filter(None, keys.split(",")))
            await until(pilot, lambda words=words: says(app, words))
            region = app.screen.query_one(place).region
            before = list(cells(app, region))
            await pilot.press(step)
            after = list(cells(app, region))
            changed = sum(differ(*pair) for pair in zip(before, after, strict=True))
            assert changed >= 2, (place, step)


async def test_ticks_are_told_by_a_sign(path: Path) -> None:
    async with opened(path, (100, 30)) as (app, pilot):
        app.push_screen(FamilyScreen(FAMILY))
        await pilot.press("5", "home", "down", "e")
        await until(pilot, lambda: says(app, "[ ]"))
        assert says(app, "[x]")
