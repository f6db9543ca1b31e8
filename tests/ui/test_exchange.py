"""Other tools on the screen: what an import makes is read first, and taken back by one key."""

from pathlib import Path

from textual.app import App
from textual.widgets import Input, Select, Static

from tests.caseloads import at_the_keyboard
from tests.ui.driving import Driver, opened, told, until
from tests.ui.family_driving import family_screen
from tests.ui.heron import make_heron
from tests.unit.exchange.formats.test_elan import aligned, eaf, tier
from vigtui.domain.records import Clip, CodeMeaning, Copy, Family, Recording, Tag
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.exchange.preview import PreviewScreen
from vigtui.ui.dialogs.files import FileScreen
from vigtui.ui.dialogs.forms import FormScreen


async def choose_file(app: App[None], pilot: Driver, path: Path) -> None:
    await until(pilot, lambda: isinstance(app.screen, FileScreen))
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


def words(app: App[None]) -> str:
    return "\n".join(str(each.content) for each in app.screen.query(Static))


async def test_a_list_of_families_is_read_before_it_is_taken_in(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("code,pseudonym,referred\nF-050,[b]Dunlin[/b],03/04/2026\nF-017,Again,\n")
    path = make_heron(tmp_path / "heron.vig.json")
    at_the_keyboard(path, "person-ellis")
    async with opened(path) as (app, pilot):
        caseload = app.workspace.caseload
        screen, before = app.screen, len(caseload.all(Family))
        await pilot.press("I")
        await choose_file(app, pilot, source)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "F-050 [b]Dunlin[/b], birth family, referred, referred 4 March 2026" in words(app)
        assert "row 3 (F-017): A family with this code is here already" in words(app)
        assert len(caseload.all(Family)) == before
        meanwhile = caseload.save(Family(code="F-050"))
        await pilot.press("enter")
        await until(pilot, lambda: "The caseload changed meanwhile." in told(app))
        caseload.delete(meanwhile)
        await pilot.press("I")
        await choose_file(app, pilot, source)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "list.csv is imported" in told(app))
        assert len(caseload.all(Family)) == before + 1
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("u")
        await until(pilot, lambda: len(caseload.all(Family)) == before)


async def test_codes_are_asked_about_once_and_what_is_made_is_one_undo(tmp_path: Path) -> None:
    """A broken file is told in a sentence; which recording, which principle and who are asked."""
    path = make_heron(tmp_path / "heron.vig.json")
    broken = tmp_path / "broken.eaf"
    broken.write_text("<!DOCTYPE x><x/>")
    source = tmp_path / "coded.eaf"
    source.write_bytes(eaf(tier("Mother", "top", aligned("a", "ts1", "ts4", "smile"))))
    async with family_screen(path) as (app, pilot, screen):
        caseload = app.workspace.caseload
        tags, clips = len(caseload.all(Tag)), len(caseload.all(Clip))
        await pilot.press("I")
        await choose_file(app, pilot, broken)
        await until(pilot, lambda: "broken.eaf cannot be imported: it has a DOCTYPE" in told(app))
        await pilot.press("I")
        await choose_file(app, pilot, source)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("down", "enter")  # Nothing tells which it is, so leaving it out stands first.
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-code0", Select).value = "receiving/body"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.query("#field-who0"))
        who = app.screen.query_one("#field-who0", Select)
        family = next(each for each in caseload.all(Family) if each.code == "F-017")
        who.value = family.members[0].id
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "“smile”: receiving: with body, eyes, smile, nod, 1" in words(app)
        await pilot.press("enter")
        await until(pilot, lambda: "coded.eaf is imported" in told(app))
        assert len(caseload.all(Tag)) == tags + 1
        assert [each.code for each in caseload.all(CodeMeaning)] == ["smile"]
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("u")
        await until(pilot, lambda: len(caseload.all(Tag)) == tags)
        assert len(caseload.all(Clip)) == clips
        assert not caseload.all(CodeMeaning)


async def test_what_leaves_for_another_tool_is_read_first_and_entered(tmp_path: Path) -> None:
    async with family_screen(make_heron(tmp_path / "heron.vig.json")) as (app, pilot, _):
        caseload = app.workspace.caseload
        assert caseload.all(Recording)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        app.screen.query_one("#field-kind", Select).value = "csv"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "Notes, stills, ratings and everything else" in words(app)
        await pilot.press("enter")
        await choose_file(app, pilot, tmp_path / "out.csv")
        await until(pilot, lambda: "It is in the register" in told(app))
        [copy] = caseload.all(Copy)
        assert copy.file == "out.csv"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").startswith('"film","clip"')
