"""The backup from the screens: what a service would lose that never types a command."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.caseloads import with_films
from tests.ui.driving import opened, told, until
from tests.ui.family_driving import choose, confirm, fill
from tests.ui.snapshot import screen_text
from vigtui.casefilm.backup import sticks
from vigtui.domain.records import Deletion, Recording
from vigtui.domain.vocabulary import RecordingState


async def test_a_stick_is_found_again_brought_up_to_date_and_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "_MOUNTED_BELOW", ())
    path, stick = with_films(tmp_path / "here" / "c.vig.json", "jigsaw", "toast"), tmp_path / "BLUE"
    stick.mkdir()
    async with opened(path) as (app, pilot):
        await pilot.press("escape", "A")
        await choose(app, pilot, "Another")
        await fill(app, pilot, folder=str(stick))
        assert "Make the first one there?" in " ".join((await confirm(app, pilot)).split())
        await until(pilot, lambda: "2 files of film copied" in told(app))
        await until(pilot, lambda: "   backup " in screen_text(app))
        caseload = app.workspace.caseload
        caseload.save(replace(caseload.need(Recording, "jigsaw"), state=RecordingState.DELETED))
        caseload.save(Deletion(recording="jigsaw", date=dt.date.today()))
        await until(pilot, lambda: "! 1 deleted" in screen_text(app))
        await pilot.press("A")
        await until(pilot, lambda: "BLUE: backup of" in screen_text(app) and isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: "has left it: 1 film" in told(app))
        await until(pilot, lambda: "! 1 deleted" not in screen_text(app))
        stick.rename(tmp_path / "pulled")
        await pilot.press("A")
        await until(pilot, lambda: "BLUE: not there" in screen_text(app) and isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: "Is the stick in" in told(app))
