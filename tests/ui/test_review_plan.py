"""The plan of a shared review: made in a few keys before the visit, from the family."""

import datetime as dt
from pathlib import Path

import pytest

from tests.caseloads import MP4, write
from tests.ui.driving import Driver, resize, until
from tests.ui.family_driving import choose, confirm, family_screen, fill, stop_the_calendar
from tests.ui.heron import TODAY, make_heron
from tests.ui.snapshot import same_screen, same_screens, says, screen_text
from vigtui.domain.records import Consent, Family, PlannedMoment, Still
from vigtui.domain.reviews import in_order
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.filming import FilmingScreen
from vigtui.ui.screens.navigation import OpenReview, way_to
from vigtui.ui.screens.review import PlanScreen

pytestmark = pytest.mark.slow

STILL = Still(id="still", clip="clip-film-2-2", at_ms=24_000, caption="both laugh")
PLANNED = (
    PlannedMoment(
        id="first", cycle="cycle-2", order=1, clip="clip-film-2-1", ask="What do you see?", wait_for="the nod"
    ),
    PlannedMoment(id="second", cycle="cycle-2", order=2, clip="clip-film-2-2", still="still"),
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stop_the_calendar(monkeypatch)
    made = make_heron(tmp_path / "heron.vig.json")
    write(made, STILL)
    return made


def plan(caseload: Caseload) -> list[tuple[str, str]]:
    """The clips and stills that are planned, in their order."""
    return [(each.clip, each.still) for each in in_order(caseload.all(PlannedMoment))]


async def plan_screen(app: VigtuiApp, pilot: Driver) -> PlanScreen:
    await until(pilot, lambda: isinstance(app.screen, PlanScreen) and app.screen.focused)
    assert isinstance(app.screen, PlanScreen)
    return app.screen


async def test_all_clips_are_planned_in_three_keys_from_the_family(path: Path) -> None:
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("R")
        await plan_screen(app, pilot)
        assert says(app, "Nothing is planned yet.")
        assert "Begin" not in screen_text(
            app
        )  # A key that stands there and does nothing is taken for a fault.
        assert "Words" not in screen_text(app)
        await pilot.press("a", "enter")
        await until(pilot, lambda: len(plan(caseload)) == 2)
        assert plan(caseload) == [("clip-film-2-1", ""), ("clip-film-2-2", "")]
        await until(pilot, lambda: says(app, "Begin a Add e Words"))
        await pilot.press("u")
        await until(pilot, lambda: plan(caseload) == [])


async def test_a_still_is_added_what_to_ask_is_written_and_the_order_changed(path: Path) -> None:
    write(path, PLANNED[0])
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("R")
        screen = await plan_screen(app, pilot)
        await pilot.press("a")
        await choose(app, pilot, "still")
        await until(pilot, lambda: plan(caseload) == [("clip-film-2-1", ""), ("clip-film-2-2", "still")])
        await until(pilot, lambda: screen.is_current and says(app, "still 00:24"))
        await pilot.press("e")
        await fill(app, pilot, ask="And then?", wait_for="his hand")
        await until(pilot, lambda: says(app, "Wait for: his hand"))
        await pilot.press("ctrl+up")
        await until(pilot, lambda: plan(caseload) == [("clip-film-2-2", "still"), ("clip-film-2-1", "")])
        await pilot.press("delete")
        assert await confirm(app, pilot) == "Remove C2-2 from the plan?"
        await until(pilot, lambda: plan(caseload) == [("clip-film-2-1", "")])
        assert caseload.get(Still, "still")


async def test_the_plan_is_shown_whole_printed_and_found_again(
    path: Path, request: pytest.FixtureRequest
) -> None:
    write(path, *PLANNED)
    media = path.parent / "media"
    media.mkdir()
    (media / "F-017-film-2.mp4").write_bytes(MP4)
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        await pilot.press("R")
        screen = await plan_screen(app, pilot)
        assert way_to(screen.address, app.workspace.caseload) == OpenReview("cycle-2")
        await same_screens(pilot, "review-plan", request)
        await resize(pilot, 120, 40)
        same_screen(app, "review-plan-120x40", request)
        await resize(pilot, 80, 24)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and says(app, "Wait for: the nod"))
        await pilot.press("escape", "d")
        await until(pilot, lambda: isinstance(app.screen, FilmingScreen) and says(app, "Shared review now"))


async def test_whose_consent_is_missing_is_said_while_it_is_planned(path: Path) -> None:
    withdrawn = {"family": "family-heron", "member": "jory", "purpose": Purpose.FILM}
    write(path, *PLANNED, Consent(**withdrawn, decision=Decision.WITHDRAWN, date=dt.date(2025, 4, 10)))
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        await pilot.press("R")
        await plan_screen(app, pilot)
        assert says(app, "stays closed")
        assert says(app, "was withdrawn on 10 April.")


async def test_film_that_is_missing_is_said_while_it_is_planned(path: Path) -> None:
    """In front of the family it would be too late to look for it."""
    write(path, *PLANNED)
    async with family_screen(path, record="cycle-2") as (app, pilot, _):
        await pilot.press("R")
        await plan_screen(app, pilot)
        await until(pilot, lambda: says(app, "stays closed"))
        assert says(app, "Film is missing; f on the family looks for it.")


async def test_without_a_cycle_it_is_said_what_is_first_and_no_review_is_offered(path: Path) -> None:
    write(path, Family(id="new", code="F-030", referred=TODAY))
    async with family_screen(path, "new") as (app, pilot, _):
        await until(pilot, lambda: says(app, "No cycle yet. a adds the first."))
        assert not says(app, "Review")
