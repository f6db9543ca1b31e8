"""What would be lost: a letter by name, from a program that keeps no names."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from tests.caseloads import change, write
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, family_screen, fill
from tests.ui.heron import FAMILY
from tests.ui.snapshot import same_screen, says
from vigtui.domain.records import Family, Member, Note
from vigtui.domain.vocabulary import Visibility
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.papers.paper import PaperScreen
from vigtui.ui.screens.family import FamilyScreen


async def test_the_letter_is_read_written_and_no_name_stays_behind(
    path: Path, request: pytest.FixtureRequest
) -> None:
    write(path, Note(about=FAMILY, author="person-ellis", visibility=Visibility.AUTHOR, body="Mine alone."))
    out = path.with_name("out") / "letter.html"
    out.parent.mkdir()
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("L")
        await fill(app, pilot, name0="Marguerite", name1="Joseph", own_words="See you in May.")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and says(app, "Dear Marguerite,"))
        same_screen(app, "letter-80x24", request)
        words = str(app.screen.query_one("#words", Static).content)
        assert not any(each in words for each in ("Dana", "Jory", "Mine alone", "F-017"))
        assert "See you in May." in words
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: "It is in the register" in told(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
    assert "Marguerite" in out.read_text()
    for file in path.parent.rglob("*"):
        if file.is_file() and file != out:
            assert not any(name in file.read_bytes() for name in (b"Marguerite", b"Joseph")), file


async def test_of_several_grown_ups_one_is_chosen(path: Path) -> None:
    members = tuple(Member(label=label, relation="parent") for label in ("Dana", "Luc"))
    change(path, Family, FAMILY, members=(*members, Member(label="Jory", relation="4")))
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("L")
        await choose(app, pilot, "Luc")
        await fill(app, pilot, name1="Lucien")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen) and says(app, "Dear Lucien,"))


async def test_a_family_without_members_has_nobody_to_write_to(path: Path) -> None:
    async with opened(path) as (app, pilot):
        family = app.workspace.caseload.save(Family(code="F-099"))
        app.push_screen(FamilyScreen(family.id))
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        await pilot.press("L")
        await until(pilot, lambda: "Nobody is in this family yet" in told(app))
