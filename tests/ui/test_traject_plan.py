"""What would be lost: a plan under a family's own headings, and what it said on the day they agreed it."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.caseloads import write
from tests.ui.driving import told, until
from tests.ui.family_driving import back, choose, confirm, family_screen, fill
from tests.ui.heron import FAMILY, TODAY
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.domain.records import Note, TrajectEntry, TrajectHeading
from vigtui.domain.vocabulary import Visibility
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.family import FamilyScreen


def shown(screen: FamilyScreen) -> list[str]:
    """The headings on the screen, in their order."""
    lines = screen_text(screen.app).splitlines()[3:-1]
    return [
        line.strip() for line in lines if line.startswith(" ") and not line.startswith("  ") and line.strip()
    ]


async def test_headings_are_added_renamed_ordered_and_dropped_and_a_past_day_keeps_them(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("3", "n")
        await fill(app, pilot, heading="The library")
        await back(app, pilot)
        assert shown(screen)[-1] == "The library"  # Nothing need be under it.
        await pilot.press("home", "e")
        await fill(app, pilot, heading="How we talk")
        await back(app, pilot)
        await pilot.press("ctrl+down")
        await until(pilot, lambda: shown(screen)[:2] == ["Daily Life", "How we talk"])
        await pilot.press("ctrl+up")
        await until(pilot, lambda: shown(screen)[:2] == ["How we talk", "Daily Life"])
        await pilot.press("delete")
        assert "The 2 lines under it leave the plan with it" in await confirm(app, pilot)
        await back(app, pilot)
        assert "How we talk" not in shown(screen)
        await pilot.press("left_parenthesis")
        await until(pilot, lambda: says(app, "The plan as it was on 8 April"))
        assert shown(screen)[1] == "Basic Communication"
        assert says(app, "Nursery notices too.")
        assert "The library" not in shown(screen)
        await pilot.press("a")
        await until(pilot, lambda: "the plan of a past day" in told(app))
        await pilot.press("right_parenthesis")
        await until(pilot, lambda: shown(screen)[0] == "Daily Life")
        await pilot.press("u")
        await until(pilot, lambda: "How we talk" in shown(screen))


async def test_the_plan_of_any_past_day_can_be_looked_at(path: Path, request: pytest.FixtureRequest) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("3", "D")
        await fill(app, pilot, day="2025-03-01")
        await until(pilot, lambda: says(app, "as it was on 1 March"))
        await same_screens(pilot, "traject-past", request)
        await pilot.press("left_parenthesis", "left_parenthesis", "left_parenthesis")
        await until(
            pilot, lambda: says(app, "as it was on 4 February") and "The plan begins here" in told(app)
        )


async def test_a_line_that_is_different_now_stays_in_the_plan_of_earlier_days(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        caseload = app.workspace.caseload
        await pilot.press("3", "down", "down", "e")
        await fill(app, pilot, kind="change", words="Nursery notices as well.")
        await choose(app, pilot, "different now")
        await back(app, pilot)
        [new] = [each for each in caseload.where(TrajectEntry) if each.instead_of]
        assert (new.date, caseload.need(TrajectEntry, new.instead_of).ended) == (TODAY, TODAY)
        await pilot.press("home", "down", "delete")
        await choose(app, pilot, "no longer holds")
        await back(app, pilot)
        assert not says(app, "Dana notices quiet")
        await pilot.press("D")
        await fill(app, pilot, day="2025-03-01")
        await until(pilot, lambda: says(app, "as it was on 1 March"))
        assert says(app, "Dana notices quiet as a message.")
        assert says(app, "Nursery notices too.")
        assert not says(app, "Story before bath")
        await pilot.press("b")
        await fill(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        assert says(app, "Before: Nursery notices too. (hope) Now: Nursery notices as well. (change)")
        assert says(app, "No longer in the plan: Dana notices quiet as a message.")


async def test_a_slip_in_typing_is_corrected_in_the_plan_of_every_day(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        before = len(app.workspace.caseload.where(TrajectEntry))
        await pilot.press("3", "down", "e")
        await fill(app, pilot, words="Dana notices quiet as a message")
        await choose(app, pilot, "slip")
        await back(app, pilot)
        assert len(app.workspace.caseload.where(TrajectEntry)) == before


async def test_the_plan_is_printed_with_the_names_of_home(path: Path) -> None:
    """And nothing that somebody keeps for themselves: a paper is read by others."""
    write(path, Note(about=FAMILY, author="person-ellis", visibility=Visibility.AUTHOR, body="Mine alone."))
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("3", "p")
        await until(
            pilot, lambda: isinstance(app.screen, PaperScreen) and says(app, "Traject plan: Dana and Jory")
        )
        assert says(app, "Dana notices quiet as a message.")
        await pilot.press("n")
        await fill(app, pilot, name0="Maria", name1="")
        await until(pilot, lambda: says(app, "Traject plan: Maria and ______"))
        assert says(app, "Maria notices quiet as a message.")
        assert says(app, "How it is now:")
        words = str(app.screen.query_one("#words", Static).content)
        assert "Reference: F-017" in words
        assert not any(each in words for each in ("Dana", "Jory", "Heron", "Mine alone"))


async def test_a_family_that_renames_a_heading_keeps_all_five_as_its_own(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("3", "end", "e")
        await fill(app, pilot, heading="Our street")
        await back(app, pilot)
        known = app.workspace.caseload.where(TrajectHeading)
        assert len(known) == 5
        assert [each.words for each in known if each.renamed] == ["Our street"]
        assert known[-1].renamed[0].until == dt.date(2025, 4, 12)
        assert shown(screen)[-1] == "Our street"
