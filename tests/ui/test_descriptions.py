"""What would be lost: the client's own words for the child and the relationship, before and after."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Select

from tests.caseloads import write
from tests.ui.driving import until
from tests.ui.family_driving import back, choose, confirm, family_screen, fill, problem
from tests.ui.heron import FAMILY
from tests.ui.snapshot import same_screens, says
from vigtui.domain.records import Description
from vigtui.domain.vocabulary import Described, DescribedWhen
from vigtui.ui.dialogs.forms import FormScreen


async def test_the_start_and_the_end_stand_side_by_side(path: Path, request: pytest.FixtureRequest) -> None:
    said = {
        (Described.CHILD, DescribedWhen.START): "He shuts me out.",
        (Described.CHILD, DescribedWhen.END): "He goes quiet to think, and then he shows me.",
        (Described.RELATIONSHIP, DescribedWhen.START): "Two planets.",
    }
    days = {DescribedWhen.START: dt.date(2025, 2, 4), DescribedWhen.END: dt.date(2025, 4, 8)}
    write(
        path,
        *(
            Description(family=FAMILY, speaker="dana", of=of, when=when, words=words, date=days[when])
            for (of, when), words in said.items()
        ),
    )
    async with family_screen(path) as (_, pilot, _):
        await pilot.press("2", "end", "up", "up")
        await same_screens(pilot, "descriptions", request)


async def test_descriptions_are_added_changed_and_removed(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):

        def said() -> list[tuple[Described, DescribedWhen, str]]:
            found = app.workspace.caseload.where(Description, family=FAMILY)
            return [(each.of, each.when, each.words) for each in found]

        await pilot.press("2", "a")
        await choose(app, pilot, "describes")
        await fill(app, pilot, date="2025-02-04")
        assert problem(app) == "Nothing is written down yet."
        both = {"child": "He shuts me out.", "relationship": "Two planets."}
        await fill(app, pilot, **both)
        await back(app, pilot)
        assert len(said()) == 2
        await pilot.press("a")
        await choose(app, pilot, "describes")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert app.screen.query_one("#field-when", Select).value == "end"
        await fill(app, pilot, child="He goes quiet to think, and then he shows me.")
        await back(app, pilot)
        assert (Described.CHILD, DescribedWhen.END, "He goes quiet to think, and then he shows me.") in said()
        await pilot.press("end", "up", "up")
        assert screen.section.place.startswith("described:0")
        await pilot.press("e")
        await choose(app, pilot, "at the start")
        await fill(app, pilot, words="He shuts me out, all the time.")
        await back(app, pilot)
        assert says(app, "He shuts me out, all")
        await pilot.press("delete")
        await choose(app, pilot, "at the end")
        assert "how Dana described the child at the end" in await confirm(app, pilot)
        await back(app, pilot)
        assert len(said()) == 2
        await pilot.press("u")
        await until(pilot, lambda: len(said()) == 3)
