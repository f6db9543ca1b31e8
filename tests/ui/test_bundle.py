"""What would be lost: a bundle for one person that nobody had to be asked twice about others' words in."""

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.caseloads import write
from tests.ui.driving import told, until
from tests.ui.family_driving import choose, family_screen, stop_the_calendar
from tests.ui.heron import FAMILY, make_heron
from tests.ui.snapshot import says
from vigtui.domain.records import Copy, Note
from vigtui.domain.vocabulary import Visibility
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.papers.bundle import DecideScreen
from vigtui.ui.widgets.tick_boxes import TickList

pytestmark = pytest.mark.slow


async def test_what_others_wrote_goes_along_only_where_it_was_ticked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_calendar(monkeypatch)
    path = make_heron(tmp_path / "heron.vig.json")
    alone = {"about": FAMILY, "visibility": Visibility.AUTHOR}
    write(
        path,
        Note(id="open", about=FAMILY, author="person-ros", body="Seen with Ros"),
        Note(id="ellis", author="person-ellis", body="Ellis alone", **alone),
        Note(id="ros", author="person-ros", body="Ros alone", **alone),
    )
    out = tmp_path / "for them"
    async with family_screen(path) as (app, pilot, screen):
        await pilot.press("B")
        await choose(app, pilot, "Jory")
        await until(pilot, lambda: isinstance(app.screen, DecideScreen) and app.screen.focused)
        assert says(app, "Not shown to you, and for them to decide on: 2 by Ros Tiverton and others.")
        ticks = app.screen.query_one(TickList)
        said = set()
        for _ in range(ticks.option_count):
            said |= {each for each in ("Seen with Ros", "Ellis alone", "Ros alone") if says(app, each)}
            await pilot.press("down")
        assert said == {"Seen with Ros", "Ellis alone"}
        assert ticks.selected == []
        ticks.select("open")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "It is in the register" in told(app))
        [copy] = app.workspace.caseload.all(Copy)
        assert (copy.file, copy.holder, copy.stays) == ("for them", "jory", True)
    everything = "".join(each.read_text() for each in out.iterdir())
    assert "Seen with Ros" in everything
    assert "alone" not in everything
