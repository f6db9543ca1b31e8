"""What would be lost: the place on a screen, for somebody whose reader follows the terminal's cursor."""

from pathlib import Path

import pytest

from tests.ui.driving import opened, until
from tests.ui.sample import make_sample
from tests.ui.snapshot import screen_text
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.caseload import CaseloadScreen

pytestmark = pytest.mark.slow


def under_cursor(app: VigtuiApp) -> str:
    """What stands on the screen from the cursor on; "" where none is seen."""
    cell = app.in_hand()
    return "" if cell is None else screen_text(app).splitlines()[cell.y][cell.x :]


@pytest.mark.parametrize(
    ("key", "seen", "at"),
    [
        ("down", "Heron", "F-021 Wren"),
        ("slash", "Heron", ""),
        ("C", "Film and copies", "No film is kept here"),
        ("f", "missing, found again", ""),
        ("m", "There is nothing to decide", ""),
        ("H", "History of", ""),
        ("question_mark", "Open what is under", "Help"),
        ("n", "A new family", ""),
        ("p", "who is here", "type to narrow"),
        ("o", "Walk through", "Go on with"),
        ("f2", "Open what is under", "Search for commands"),
        ("b", "Earlier", "There is none yet"),
    ],
)
async def test_on_every_screen_the_cursor_is_seen_where_the_person_is(
    tmp_path: Path, key: str, seen: str, at: str
) -> None:
    async with opened(make_sample(tmp_path)) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and "Heron" in screen_text(app))
        await pilot.press(key)
        await until(pilot, lambda: seen in screen_text(app))
        await until(pilot, lambda: app.in_hand() is not None)
        await until(pilot, lambda: under_cursor(app).strip().startswith(at))


async def test_arrows_take_the_cursor_into_the_list_of_commands_and_letters_back(tmp_path: Path) -> None:
    async with opened(make_sample(tmp_path)) as (app, pilot):
        await pilot.press("escape", "f2")
        await until(pilot, lambda: "Add a family" in screen_text(app))
        await pilot.press("down")
        await until(pilot, lambda: under_cursor(app).strip().startswith("s  Start or go on"))
        await pilot.press("m", "e", "r", "g", "e")
        await until(
            pilot, lambda: app.in_hand() and "merge" in screen_text(app).splitlines()[app.in_hand().y]
        )
