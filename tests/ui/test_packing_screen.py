"""Making a pack on the screen: what leaves the house is read before it leaves."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from tests.ui.conftest import Heron
from tests.ui.driving import told, until
from tests.ui.family_driving import answer, family_screen, fill
from tests.ui.heron import make_heron
from tests.ui.walking import walk
from vigtui.casefilm.home import Folder
from vigtui.casefilm.pack_list import read_list
from vigtui.domain.records import Copy
from vigtui.domain.vocabulary import CopyKind
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.papers.packing import PackScreen

pytestmark = pytest.mark.slow


async def test_a_session_is_packed_where_the_person_says_once_it_is_read(
    heron: Heron, tmp_path: Path
) -> None:
    async with walk(heron) as (app, pilot, screen):
        screen.films.pause()
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, PackScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, PackScreen))
        lines = [str(line.content) for line in app.screen.query(Static)]
        assert "F-017 SR2-1: 0:03 of film" in lines
        assert any(line.startswith("A passphrase for the pack is asked for next") for line in lines)
        await pilot.press("enter")
        await fill(app, pilot, passphrase="", again="")
        assert "This pack is not encrypted" in await answer(app, pilot, yes=False)
        await until(pilot, lambda: isinstance(app.screen, FileScreen))
        app.screen.query_one(Input).value = str(tmp_path / "for Ros")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "for Ros").exists())
        made = "for Ros is made, with the film of 3 clips. `vigtui merge` takes it back."
        await until(pilot, lambda: f"{made} It is in the register" in told(app))
        [copy] = app.workspace.caseload.all(Copy)
        assert copy.kind is CopyKind.PACK
        assert copy.file == "for Ros"
    listed = read_list(Folder(tmp_path / "for Ros"))
    assert listed
    assert {piece.clip for piece in listed.pieces} == {
        heron.clips[each] for each in ("SR2-1", "C2-2", "SR2-2")
    }


async def test_a_familys_pack_is_read_before_it_is_made(tmp_path: Path) -> None:
    async with family_screen(make_heron(tmp_path / "heron.vig.json")) as (app, pilot, screen):
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, PackScreen))
        lines = [str(line.content) for line in app.screen.query(Static)]
        assert any("F-017" in line for line in lines)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
