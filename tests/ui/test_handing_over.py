"""Handing a family over on the screens: what is told on the way, and that the words alone erase it."""

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.caseloads import make
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, confirm, fill
from tests.ui.sample import make_sample
from tests.ui.snapshot import says, screen_text
from vigtui.domain.records import Family, Person
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.exchange.preview import PreviewScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.passphrase import PassphraseScreen

pytestmark = pytest.mark.slow

WORDS = "wide honey river table"


async def test_a_family_goes_from_one_screen_to_another(tmp_path: Path) -> None:
    sample, out = make_sample(tmp_path / "giver"), tmp_path / "out"
    receiver = make(tmp_path / "receiver" / "r.vig.json", Person(id="mair", name="Mair Penhale"))
    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "G")
        await choose(app, pilot, "Hand F-019")
        await fill(app, pilot, to="Mair Penhale", why="she goes on", passphrase=WORDS, again=WORDS)
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        shown = re.search(r"This goes along\s+(\d+ records)", screen_text(app))
        assert shown
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(sample.parent / "inside")
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "inside would be in the caseload's own folder"))
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: f"holds F-019 Plover whole: {shown[1]}" in told(app))

    async with opened(receiver) as (app, pilot):
        await until(pilot, lambda: "No family yet" in screen_text(app))
        await pilot.press("G")
        await choose(app, pilot, "Take over")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        await pilot.press(*WORDS, "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        lines = [line.strip(" │▌") for line in screen_text(app).splitlines()]
        receipt = next(line for line in lines if len(line.split()) == 6 and line.islower())
        await pilot.press("escape")
        await until(pilot, lambda: "F-019 Plover" in screen_text(app))

    async with opened(sample) as (app, pilot):
        await pilot.press("escape", "end", "G")
        await choose(app, pilot, "Erase F-019")
        await fill(app, pilot, words="no such words at all here")
        await until(pilot, lambda: says(app, "Nothing is erased") and says(app, "no such words at all here"))
        assert app.workspace.caseload.where(Family, code="F-019")
        await fill(app, pilot, words=receipt)
        assert "complete in the other caseload" in await confirm(app, pilot)
        await until(pilot, lambda: "F-019 Plover is erased" in told(app))
        assert not app.workspace.caseload.where(Family, code="F-019")
