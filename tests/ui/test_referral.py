"""What would be lost: why a family came, whose idea it was, and how the work ended, in words that can be
counted."""

from pathlib import Path

import pytest

from tests.caseloads import change
from tests.ui.driving import opened, until
from tests.ui.family_driving import back, choose, confirm, family_screen, fill
from tests.ui.heron import FAMILY
from tests.ui.snapshot import same_screens, says
from vigtui.domain.records import Closure, Family, Fit, StatusSpan
from vigtui.domain.vocabulary import FamilyState
from vigtui.ui.screens.family import FamilyScreen


async def test_a_referral_is_read_in_one_place(path: Path, request: pytest.FixtureRequest) -> None:
    change(
        path,
        Family,
        FAMILY,
        whose_idea="The court's; Dana was willing",
        reasons="Dana and Jory lose each other when he goes quiet.",
        fit=Fit(timescales="Six months until the review.", formulation="", chronology="Two homes before."),
        closure=Closure(reason="aims met", words="“I don't have to fill the gap.”"),
    )
    async with family_screen(path) as (_, pilot, _):
        await pilot.press("6")
        await same_screens(pilot, "family-referral", request)


async def test_each_line_is_changed_by_itself(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        await pilot.press("6", "down", "e")
        await fill(app, pilot, whose_idea="Dana's own")
        await back(app, pilot)
        assert caseload.need(Family, FAMILY).whose_idea == "Dana's own"
        await pilot.press("a")
        await choose(app, pilot, "How the work ended")
        await fill(app, pilot, reason="closed to social care", words="“We talk now.”")
        await back(app, pilot)
        family = caseload.need(Family, FAMILY)
        assert (family.closure.reason, family.whose_idea) == ("closed to social care", "Dana's own")
        await pilot.press("end")
        await until(pilot, lambda: says(app, "closed to social care"))
        before = len(caseload.where(StatusSpan))
        await pilot.press("a")
        await choose(app, pilot, "A plan or status")
        await fill(app, pilot, kind="proceedings", start="2025-03-01", end="")
        await back(app, pilot)
        screen.section.query_one("RecordList").show(screen.section.rows(), "status:span-cp")
        await pilot.press("delete")
        await confirm(app, pilot)
        await until(pilot, lambda: len(caseload.where(StatusSpan)) == before)


async def test_a_family_without_a_question_is_told_that_one_can_still_come(path: Path) -> None:
    async with opened(path) as (app, pilot):
        family = app.workspace.caseload.save(
            Family(code="F-031", state=FamilyState.REFERRED, whose_idea="The court's")
        )
        app.push_screen(FamilyScreen(family.id))
        await back(app, pilot)
        await pilot.press("6")
        await until(pilot, lambda: says(app, "a question can still come of it"))
        assert says(app, "not written down yet")
        assert not says(app, "How the work ended")


async def test_the_service_says_how_work_may_end_and_what_a_plan_begins_with(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("escape", "p")
        await choose(app, pilot, "The service's settings")
        await fill(app, pilot, endings="aims met\n\n the family moved \naims met", traject_headings="At home")
        await until(pilot, lambda: app.workspace.caseload.meta.endings == ("aims met", "the family moved"))
        assert app.workspace.caseload.meta.traject_headings == ("At home",)
