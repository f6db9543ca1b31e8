"""What would be lost: when a consent is taken back, somebody who is asked for the copy that they have."""

import datetime as dt
from pathlib import Path

import pytest

from tests.caseloads import at_the_keyboard, read, write
from tests.ui.driving import told, until
from tests.ui.family_driving import answer, choose, confirm, family_screen, fill, stop_the_calendar
from tests.ui.heron import FAMILY, TODAY, make_heron
from tests.ui.snapshot import says, screen_text
from vigtui.domain.records import Consent, Copy, Deletion, Family, Share
from vigtui.domain.vocabulary import CopyKind, FamilyState
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.screens.register import RegisterScreen

pytestmark = pytest.mark.slow

CUT = Copy(id="cut", family=FAMILY, kind=CopyKind.CUT, about="C2-2", holder="Kit Farrow", date=TODAY)
BACK = Copy(id="back", family=FAMILY, kind=CopyKind.PACK, about="old", date=TODAY, given_back=TODAY)
OUT = "One copy about F-017 Heron is out, with Kit Farrow."


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample family, of whom one copy is out and one came back."""
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    write(path, CUT, BACK, by="Ellis Marr")
    at_the_keyboard(path, "person-ellis")
    return path


@pytest.mark.parametrize("decision", ["withdrawn", "refused"])
async def test_taking_back_a_consent_tells_what_is_out_and_shows_it(path: Path, decision: str) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision=decision, given_by="Dana")
        assert (await confirm(app, pilot)).startswith(OUT)
        assert app.workspace.caseload.where(Consent, member="jory", decision=decision)
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and app.screen.focused)
        assert says(app, "cut clip, C2-2")


async def test_a_consent_that_is_given_asks_nothing(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision="given", given_by="Dana")
        await until(pilot, lambda: app.screen is screen and says(app, "given by Dana on 12 April"))


async def test_where_nothing_is_out_nothing_is_asked(path: Path) -> None:
    write(path, removed=[CUT, read(path, Share, "share-1")])
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("4", "right", "enter")
        await fill(app, pilot, decision="withdrawn", given_by="Dana")
        await until(pilot, lambda: app.screen is screen and says(app, "withdrawn by Dana on 12 April"))


async def test_deleting_film_tells_it_in_passing_and_asks_with_the_last(path: Path) -> None:
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("5", "home", "down")
        for left in reversed(range(6)):
            await pilot.press("delete")
            await choose(app, pilot, "Delete the film")
            await fill(app, pilot, why="Its day has come")
            await confirm(app, pilot)
            if left:
                await until(
                    pilot, lambda: app.screen is screen and told(app) == f"{OUT} C lists what is out."
                )
                app.clear_notifications()
                await pilot.press("down")
                while not screen.section.place.startswith("recording:"):
                    await pilot.press("down")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and app.screen.focused)
        assert (await answer(app, pilot, yes=False)).startswith(OUT)
        await until(pilot, lambda: app.screen is screen)
        assert len(app.workspace.caseload.all(Deletion)) == 6


async def test_closing_a_family_tells_it_once(path: Path) -> None:
    write(path, Family(id="wren", code="F-021", pseudonym="Wren", state=FamilyState.ACTIVE))
    write(path, Copy(id="other", family="wren", about="stick", date=TODAY - dt.timedelta(days=1)))
    async with family_screen(path, "wren") as (app, pilot, screen):
        await pilot.press("d")
        await choose(app, pilot, "details")
        await fill(app, pilot, state="ended")
        question = await answer(app, pilot, yes=False)
        assert question.startswith("One copy about F-021 Wren is out. Show it,")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("d")
        await choose(app, pilot, "details")
        await fill(app, pilot, reason="aims met")
        await until(pilot, lambda: app.screen is screen)
        assert app.workspace.caseload.need(Family, "wren").closure.reason == "aims met"


async def test_what_was_shown_under_a_consent_is_told_when_it_is_taken_back(path: Path) -> None:
    """Whoever saw a clip under it: those, and not what was shown under another consent."""
    write(path, removed=[CUT])
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("4")
        for _step in range(5):
            await pilot.press("down")
        await pilot.press("enter")
        await fill(app, pilot, decision="withdrawn", given_by="Dana")
        question = await answer(app, pilot, yes=False)
        assert question == (
            "Shown under it: clip C2-1 to the social worker (20 Mar). Show it, to write to whoever saw it?"
        )


async def test_each_line_is_ticked_once_whoever_has_the_copy_was_written_to(path: Path) -> None:
    async with family_screen(path) as (app, pilot, _):
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and app.screen.focused)
        while "cut clip, C2-2." not in screen_text(app):
            await pilot.press("down")
        await pilot.press("w")
        await until(pilot, lambda: says(app, "Asked for on 12 April."))
        assert app.workspace.caseload.need(Copy, "cut").asked == TODAY
        await pilot.press("w")
        await until(pilot, lambda: app.workspace.caseload.need(Copy, "cut").asked is None)
