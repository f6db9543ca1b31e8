"""What would be lost: the program, for somebody who hears the screen or reads it on a braille line."""

from pathlib import Path

import pytest

from tests.caseloads import at_the_keyboard, note_no_viewings
from tests.ui.conftest import Heron
from tests.ui.driving import opened, until
from tests.ui.family_driving import stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.sample import make_sample
from tests.ui.snapshot import same_screen, screen_text
from tests.ui.walking import walk
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.workspace.settings import Settings

PLAIN = Settings(plain=True)
OF_TEXT = frozenset("“”‘’…é⏎←→↑↓")


def only_words(app: VigtuiApp) -> bool:
    """Whether nothing stands on the screen that a voice or a braille line has no word for."""
    drawn = {each for each in screen_text(app) if not each.isascii()}
    return drawn <= OF_TEXT


async def test_a_family_in_the_list_is_a_line_of_words(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with opened(make_sample(tmp_path), (120, 40), PLAIN) as (app, pilot):
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen) and "Heron" in screen_text(app))
        assert "1 filmed and reviewed, 2 to come; rated 3, then" in screen_text(app)
        assert only_words(app)
        same_screen(app, "plain-caseload-120x40", request)
        for key, words in (
            ("question_mark", "by code and pseudonym: first"),
            ("C", "Film and copies"),
            ("a", "Families by setting"),
            ("m", "Merge"),
        ):
            await pilot.press(key)
            await until(pilot, lambda words=words: words in screen_text(app))
            assert only_words(app), screen_text(app)
            await pilot.press("escape")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    at_the_keyboard(path, "person-ellis")
    return path


async def test_every_part_of_a_family_is_said_in_words(path: Path, request: pytest.FixtureRequest) -> None:
    async with opened(path, settings=PLAIN) as (app, pilot):
        screen = FamilyScreen(FAMILY, "cycle-2")
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_current and screen.focused is not None)
        await until(pilot, lambda: "3 March, cycle 2 filmed" in screen_text(app))
        assert only_words(app)
        same_screen(app, "plain-timeline-80x24", request)
        for key, words in (
            ("2", "2, then not rated, then 4, then 6"),
            ("3", "3 Traject (here)"),
            ("4", "filming and shared review  given"),
            ("5", " Cycle 2, making toast   filmed 3 Mar"),
            ("6", "Whose idea it was     not written down yet"),
        ):
            await pilot.press(key)
            await until(pilot, lambda words=words: words in screen_text(app))
            assert only_words(app), screen_text(app)


async def test_up_and_down_go_through_events_by_their_days_and_the_cursor_with_them(path: Path) -> None:
    async with opened(path, settings=PLAIN) as (app, pilot):
        screen = FamilyScreen(FAMILY, "cycle-1")
        app.push_screen(screen)
        await until(pilot, lambda: screen.is_current and screen.focused is not None)
        await pilot.press("home")
        seen = []
        for _ in range(4):
            await pilot.pause()
            cell = app.in_hand()
            assert cell is not None
            seen.append(screen_text(app).splitlines()[cell.y][cell.x :])
            await pilot.press("down")
        assert seen[0] == "11 February, cycle 1 filmed"
        assert len(set(seen)) == 4


async def test_a_clip_says_where_its_film_is_and_draws_none(
    heron: Heron, request: pytest.FixtureRequest
) -> None:
    async with opened(heron.path, settings=Settings(plain=True, keys={"film.window": "W"})) as (app, pilot):
        screen = ClipScreen(clip=heron.clips["C2-2"])
        app.push_screen(screen)
        await until(pilot, lambda: "loop, at 00:08.00 of 00:20" in screen_text(app))
        await until(pilot, lambda: "W shows it in a window" in screen_text(app))
        assert only_words(app)
        same_screen(app, "plain-clip-80x24", request)


async def test_a_supervision_stands_in_one_column_of_words(
    heron: Heron, request: pytest.FixtureRequest
) -> None:
    note_no_viewings(heron.path)
    async with walk(heron, settings=PLAIN) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.at_hand.state.duration_ms)
        screen.films.at_hand.pause()
        screen.films.at_hand.seek(5000)
        await until(pilot, lambda: "paused, loop, at 00:05 of 00:20" in screen_text(app))
        assert only_words(app)
        same_screen(app, "plain-supervision-80x24", request)
