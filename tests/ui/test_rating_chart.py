"""What would be lost: how a family's own answers changed, seen at once, and a slip put right without a trace
being lost."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.caseloads import at_the_keyboard, write
from tests.ui.driving import Driver, opened, until
from tests.ui.family_driving import family_screen, fill, problem
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.domain.records import Rating
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.screens.chart import ChartScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.navigation import OpenChart, way_to
from vigtui.workspace.settings import Settings


async def chart(app: VigtuiApp, pilot: Driver) -> ChartScreen:
    await until(pilot, lambda: isinstance(app.screen, ChartScreen) and app.screen.focused)
    await pilot.pause()
    assert isinstance(app.screen, ChartScreen)
    return app.screen


async def test_one_key_from_the_questions_shows_each_rater_on_one_time_axis(
    path: Path, request: pytest.FixtureRequest
) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "c")
        screen = await chart(app, pilot)
        await same_screens(pilot, "chart", request)
        assert way_to(screen.address, app.workspace.caseload) == OpenChart(screen.address.split()[1])
        await pilot.press("home", "down")
        await until(pilot, lambda: says(app, "social worker rated 2, 4 February"))
        await pilot.press("right")
        await until(pilot, lambda: says(app, "social worker was asked on 18 February and did not rate"))
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: says(app, "question 2 of 3"))
        await pilot.press("pagedown", "right_parenthesis")
        await until(pilot, lambda: says(app, "This is the last question."))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))


async def test_a_correction_keeps_what_was_said_before(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("2", "c")
        screen = await chart(app, pilot)
        await pilot.press("home", "e")
        await fill(app, pilot, value="4", words="It was rather a four.")
        await chart(app, pilot)
        await until(pilot, lambda: says(app, "Corrected on 12 April by Ellis Marr: it was 3."))
        [rating] = screen.at_hand
        assert isinstance(rating, Rating)
        assert (rating.value, [each.value for each in rating.corrected]) == (4, [3])
        assert says(app, "It was rather a four.")
        await pilot.press("e")
        await fill(app, pilot, words="A four.")
        await chart(app, pilot)
        [rating] = screen.at_hand
        assert isinstance(rating, Rating)
        assert [each.value for each in rating.corrected] == [3]  # Other words are no other value.


async def test_a_rating_from_before_the_scale_began_at_1_is_told_and_may_stay(path: Path) -> None:
    write(path, Rating(id="zero", question="question-2", rater="dana", date=dt.date(2025, 1, 7), value=0))
    async with family_screen(path, keeps_rules=False) as (app, pilot, _):
        app.workspace.caseload.save_meta(replace(app.workspace.caseload.meta, lowest_rating=1))
        app.push_screen(ChartScreen("question-2", "zero"))
        await chart(app, pilot)
        assert says(app, "Given before ratings went from 1 to 10")
        await pilot.press("e")
        await fill(app, pilot, words="Nothing at all.")
        await until(pilot, lambda: says(app, "Nothing at all."))
        await chart(app, pilot)
        assert app.workspace.caseload.need(Rating, "zero").value == 0
        await pilot.press("r")
        await fill(app, pilot, value0="0")
        await until(pilot, lambda: "Write 1 to 10" in problem(app))


async def test_without_drawings_the_ratings_are_sentences(path: Path, request: pytest.FixtureRequest) -> None:
    at_the_keyboard(path, "person-ellis")
    async with opened(path, settings=Settings(plain=True)) as (app, pilot):
        app.push_screen(ChartScreen(app.workspace.caseload.where(Rating)[0].question))
        await chart(app, pilot)
        assert says(app, "social worker: 2, then not rated, then 4, then 6")
        await pilot.press("end")
        await until(pilot, lambda: "social worker rated 6, 8 April" in screen_text(app).splitlines()[-3])
        await same_screens(pilot, "chart-plain", request)


async def test_a_question_nobody_rated_says_what_comes_next(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        for rating in app.workspace.caseload.where(Rating, question="question-1"):
            app.workspace.caseload.delete(rating)
        app.push_screen(ChartScreen("question-1"))
        await chart(app, pilot)
        assert says(app, "Nobody has rated this question yet")
