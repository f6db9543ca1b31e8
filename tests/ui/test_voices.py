"""What would be lost: people's own words, and the knowledge of which of them may be quoted."""

from pathlib import Path

import pytest

from tests.caseloads import at_the_keyboard, write
from tests.ui.driving import opened, until
from tests.ui.family_driving import fill, place_in_family
from tests.ui.heron import TODAY
from tests.ui.snapshot import same_screens, says
from vigtui.domain.records import Family, Voice
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.voices import VoicesScreen

pytestmark = pytest.mark.slow


async def test_everybodys_words_are_listed_with_who_agreed_to_their_being_quoted(
    path: Path, request: pytest.FixtureRequest
) -> None:
    wren = Family(id="wren", code="F-021", pseudonym="Wren")
    other = Voice(
        id="other", family="wren", speaker="Tess", words="[bold]It[/] helps.", date=TODAY, may_quote=True
    )
    write(path, wren, other, Voice(id="kit", speaker="Kit", words="Film showed me.", date=TODAY))
    at_the_keyboard(path, "person-ellis")
    async with opened(path) as (app, pilot):
        caseload = app.workspace.caseload
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, VoicesScreen) and app.screen.focused)
        await same_screens(pilot, "voices", request)
        await pilot.press("slash", *"sulk")
        await until(pilot, lambda: says(app, "1, 0 may be quoted"))
        assert says(app, "Nobody has agreed that others read it")
        assert says(app, "↓ List esc All")
        await pilot.press("down", "m")
        await fill(app, pilot, agreed_by="dana", agreed_on="2025-04-01")
        await until(pilot, lambda: says(app, "Dana agreed on 1 Apr that it may be quoted."))
        agreed = caseload.need(Voice, "voice-1")
        assert (agreed.may_quote, agreed.agreed_by) == (True, "dana")
        await pilot.press("m")
        await until(pilot, lambda: not caseload.need(Voice, "voice-1").may_quote)
        assert caseload.need(Voice, "voice-1").agreed_by == ""
        await pilot.press("u")
        await until(pilot, lambda: caseload.need(Voice, "voice-1").may_quote)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        assert place_in_family(app) == "voice:voice-1"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: says(app, "3, 2 may be quoted"))
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and says(app, "[bold]It[/] helps."))
