"""What would be lost: that film past its day of deletion is not opened as if nothing were to be decided."""

import ast
import datetime as dt

import pytest

from tests.caseloads import change, write
from tests.sources import modules_with
from tests.ui.conftest import Heron
from tests.ui.driving import Driver, opened, until
from tests.ui.family_driving import answer
from tests.ui.snapshot import says
from tests.ui.walking import walk
from vigtui.domain.records import Person, Recording
from vigtui.domain.vocabulary import Role
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.parts.case_film import OPENING
from vigtui.values.days import today

pytestmark = pytest.mark.slow


@pytest.fixture
def late(heron: Heron) -> Heron:
    """The family's films were to be deleted three days ago."""
    for film in (heron.interaction, heron.review):
        change(heron.path, Recording, film, delete_by=today() - dt.timedelta(days=3))
    write(heron.path, Person(name="Edda Vane", roles=(Role.SERVICE_LEAD,)))
    return heron


async def clip_screen(app: VigtuiApp, pilot: Driver, clip: str) -> ClipScreen:
    screen = ClipScreen(clip=clip)
    app.push_screen(screen)
    await until(pilot, lambda: screen.is_mounted and screen.film.closed != OPENING)
    return screen


async def test_it_opens_once_it_was_said_which_day_and_who_decides(late: Heron) -> None:
    async with opened(late.path) as (app, pilot):
        screen = await clip_screen(app, pilot, late.clips["C2-1"])
        question = await answer(app, pilot, yes=False)
        assert "3 days ago. Ellis Marr or Edda Vane decides" in question
        await until(pilot, lambda: app.screen is screen and says(app, "This film was to be deleted by"))
        assert not screen.film.is_open
        assert screen.film.state.source is None
        await pilot.press("escape")
        screen = await clip_screen(app, pilot, late.clips["C2-1"])
        await answer(app, pilot, yes=True)
        await until(pilot, lambda: screen.film.is_open)


async def test_it_is_asked_once_for_each_film_in_a_sitting(late: Heron) -> None:
    async with opened(late.path) as (app, pilot):
        screen = await clip_screen(app, pilot, late.clips["C2-1"])
        await answer(app, pilot, yes=True)
        await until(pilot, lambda: screen.film.is_open)
        await pilot.press("escape")
        other = await clip_screen(app, pilot, late.clips["C2-2"])
        await until(pilot, lambda: other.film.is_open)
        assert app.screen is other


async def test_it_is_asked_in_a_supervision_too(late: Heron) -> None:
    async with walk(late) as (app, pilot, screen):
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert not any(film.is_open for film in screen.films.all)
        while isinstance(app.screen, ConfirmScreen):
            await answer(app, pilot, yes=True)
        await until(pilot, lambda: screen.films.all[0].is_open)


async def test_film_that_is_held_opens_as_ever(late: Heron) -> None:
    change(late.path, Recording, late.interaction, hold_reason="the court asked for it")
    async with opened(late.path) as (app, pilot):
        screen = await clip_screen(app, pilot, late.clips["C2-1"])
        await until(pilot, lambda: screen.film.is_open)


async def test_a_withdrawal_while_it_is_asked_is_stronger_than_the_answer(late: Heron) -> None:
    async with opened(late.path) as (app, pilot):
        screen = await clip_screen(app, pilot, late.clips["C2-1"])
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        change(late.path, Recording, late.interaction, people=())
        await until(pilot, lambda: app.workspace.caseload.need(Recording, late.interaction).people == ())
        await answer(app, pilot, yes=True)
        await until(pilot, lambda: app.screen is screen and screen.film.refused)
        assert not screen.film.is_open


def test_no_screen_opens_film_to_be_watched_but_through_the_one_place_that_asks() -> None:
    """That takes film from the space as well, by what serves it alone."""

    def importing(name: str) -> set[str]:
        return {
            module
            for module, tree in modules_with([name], "ui")
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and name in {each.name for each in node.names}
        }

    asks, space = "ui/screens/parts/case_film.py", "ui/screens/parts/film_of_space.py"
    assert importing("open_film") == {asks, space}
    assert importing("FilmOfSpace") == {asks}
