"""Two people in two programs with one file: what one does the other sees, and nobody's words are lost."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.message import Message
from textual.widgets import Input

from tests.caseloads import MP4, change
from tests.ui.driving import Driver, opened, until
from tests.ui.heron import FAMILY, make_heron
from vigtui.domain.records import Clip, Family, Person, Recording, Session, SessionItem
from vigtui.domain.vocabulary import SessionState
from vigtui.store.caseload import Caseload
from vigtui.store.sharing import watcher
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.navigation import OpenClip, OpenFamily, OpenSession
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.line_list import LineList
from vigtui.ui.widgets.lines.others_line import OthersLine
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.ui.widgets.title_bar import TitleBar

pytestmark = pytest.mark.slow

ROS, ELLIS = "person-ros", "person-ellis"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_heron(tmp_path / "heron.vig.json")
    change(made, Session, "session-2", state=SessionState.HELD)
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs look at the file all the time."""
    monkeypatch.setattr(watcher, "SECONDS", 0.02)
    monkeypatch.setattr(watcher, "SIGNS_SECONDS", 0.1)


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs look at the file when the test says so."""
    monkeypatch.setattr(watcher, "SECONDS", 3600.0)


@contextlib.asynccontextmanager
async def at_work(
    path: Path, person: str, *, keeps_rules: bool = True
) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    async with opened(path, keeps_rules=keeps_rules) as (app, pilot):
        await until(pilot, lambda: app.workspace.person or isinstance(app.screen, ChooseScreen))
        if isinstance(app.screen, ChooseScreen):
            await pilot.press("escape")
        app.workspace.enter(app.workspace.caseload.need(Person, person))
        yield app, pilot


async def shown(app: VigtuiApp, pilot: Driver, way: Message, kind: type[CaseScreen]) -> None:
    """Go to a screen as the program does; pushed from here, it might take the other program for its own."""
    app.post_message(way)
    await until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)
    await until(pilot, lambda: str(app.screen.query(TitleBar).first().render()).strip())


async def walking(app: VigtuiApp, pilot: Driver, text: str) -> NotesEditor:
    """The walk through the session to come, in the text of this name."""
    await shown(app, pilot, OpenSession("session-2", "item-2"), SupervisionScreen)
    editor = app.screen.query_one(f"#{text}", NotesEditor)
    editor.focus()
    await pilot.pause()
    return editor


async def write(pilot: Driver, words: str) -> None:
    await pilot.press(*("space" if letter == " " else letter for letter in words))


async def saved_and_seen(*programs: tuple[VigtuiApp, Driver]) -> None:
    """Each has saved what was typed, and has seen what the others saved."""
    for app, pilot in programs:
        editors = app.screen.query(NotesEditor)
        await until(pilot, lambda editors=editors: all(each.text == each._kept for each in editors))
        await asyncio.to_thread(app.workspace.caseload.flush)
    for app, _ in (*programs, *programs):
        await asyncio.to_thread(app.workspace.caseload.look)
        await asyncio.to_thread(app.workspace.caseload.flush)


def others_line(app: VigtuiApp, editor: NotesEditor) -> str:
    line = app.screen.query_one(f"#{editor.id}-others", OthersLine)
    return str(line.content) if line.display else ""


async def test_what_one_types_the_other_sees_without_touching_a_key(path: Path, quick: None) -> None:
    """Whoever comes second writes on in what they see: nothing is in conflict."""
    async with at_work(path, ELLIS) as (ellis, his), at_work(path, ROS) as (ros, hers):
        await until(hers, lambda: ros.screen.query_one(TitleBar).others == "also here: Ellis Marr")
        here, there = await walking(ellis, his, "seen_together"), await walking(ros, hers, "seen_together")
        await write(his, "two.")
        await until(hers, lambda: there.text == "two.")
        await write(hers, "One ")
        await until(his, lambda: here.text == "One two." and here.cursor_location == (0, 8))
        assert (ellis.focused, ros.focused) == (here, there)
        assert not ros.workspace.caseload.conflicts()
    assert not list(path.parent.rglob("open-*"))


async def test_two_people_who_type_in_the_same_text_both_keep_their_words(path: Path, blind: None) -> None:
    async with at_work(path, ELLIS) as (ellis, his), at_work(path, ROS) as (ros, hers):
        here, there = await walking(ellis, his, "seen_together"), await walking(ros, hers, "seen_together")
        await write(his, "He waits")
        await write(hers, "She smiles")
        await saved_and_seen((ellis, his), (ros, hers))
        await until(his, lambda: others_line(ellis, here))
        await until(hers, lambda: others_line(ros, there))
        assert others_line(ellis, here) == "Ros Tiverton changed this too. F10 shows both."
        assert others_line(ros, there) == "Ellis Marr changed this too. F10 shows both."
        assert (here.text, there.text) == ("He waits", "She smiles")
        await write(his, " still")
        await write(hers, " back")
        await saved_and_seen((ellis, his), (ros, hers))
        for app in (ellis, ros):
            (conflict,) = app.workspace.caseload.conflicts()
            both = {said.value for said in conflict.fields["seen_together"]}
            assert both == {"He waits still", "She smiles back"}
            assert app.workspace.caseload.need(SessionItem, "item-2").seen_together in both
        assert (here.text, there.text) == ("He waits still", "She smiles back")
        ros.workspace.caseload.resolve(conflict, {"seen_together": "Both."})
        await saved_and_seen((ros, hers), (ellis, his))
        await until(his, lambda: here.text == "Both." and not others_line(ellis, here))


async def test_the_filter_the_cursor_and_the_scroll_of_the_list_stay(path: Path, quick: None) -> None:
    other = Caseload.open(path, by="Ellis Marr")
    with other.transaction("Add families"):
        for number in range(30):
            other.save(Family(code=f"F-{number + 100}", pseudonym=f"Herring {number}"))
    other.flush()
    async with at_work(path, ROS) as (ros, hers):
        families = ros.screen.query_one("#families", LineList)
        await hers.press("slash", *"herr", "down", *["down"] * 14)
        await until(hers, lambda: families.scroll_offset.y > 0)
        current, top = families.current, families.scroll_offset.y
        other.save(Family(code="F-001", pseudonym="Herring of old"))
        await until(hers, lambda: any("F-001" in line.draw(80).plain for line in families._lines))
        assert (families.current, families.scroll_offset.y) == (current, top + 1)
        assert ros.screen.query_one("#filter", Input).value == "herr"
        families.scroll_to(y=0, animate=False)
        await hers.pause()
        other.save(Family(code="F-999", pseudonym="Herring to come"))
        await until(hers, lambda: any("F-999" in line.draw(80).plain for line in families._lines))
        assert (families.current, families.scroll_offset.y) == (current, 0)
    other.close()


async def test_a_form_that_is_open_saves_onto_what_it_showed(path: Path, quick: None) -> None:
    """Saved over the newer clip, the form would take back what somebody else wrote meanwhile."""
    other = Caseload.open(path, by="Ellis Marr")
    async with at_work(path, ROS) as (ros, hers):
        await shown(ros, hers, OpenClip("clip-film-2-1"), ClipScreen)
        await hers.press("c")
        await until(hers, lambda: isinstance(ros.screen, FormScreen))
        clip = other.need(Clip, "clip-film-2-1")
        other.save(replace(clip, caption="Jam.", shown_in_review=False))
        await until(hers, lambda: ros.workspace.caseload.need(Clip, clip.id).caption == "Jam.")
        await write(hers, "Honey")
        await hers.press("tab", "end", "x", "ctrl+s")
        await until(hers, lambda: isinstance(ros.screen, ClipScreen))
        now = ros.workspace.caseload.need(Clip, clip.id)
        assert (now.title, now.shown_in_review) == ("Honey", False)
        (conflict,) = ros.workspace.caseload.conflicts()
        assert {said.value for said in conflict.fields["caption"]} == {
            "Jam.",
            clip.caption.replace("she", "shex"),
        }
    other.close()


async def test_a_form_stays_open_when_its_family_is_removed_and_saving_brings_it_back(
    path: Path, quick: None
) -> None:
    other = Caseload.open(path, by="Ellis Marr")
    async with at_work(path, ROS, keeps_rules=False) as (ros, hers):
        await shown(ros, hers, OpenFamily(FAMILY), FamilyScreen)
        screen = ros.screen
        caseload, family = ros.workspace.caseload, other.need(Family, FAMILY)
        await hers.press("d")
        await until(hers, lambda: ros.screen is not screen)
        other.delete(family)
        await until(hers, lambda: caseload.get(Family, FAMILY) is None)
        await hers.pause()
        assert ros.screen is not screen
        await hers.press("escape")
        await until(hers, lambda: ros.screen is not screen)
    other.close()


async def test_the_film_of_a_family_that_a_colleague_erases_leaves_the_disk(path: Path, quick: None) -> None:
    film = path.parent / "film.mp4"
    film.write_bytes(MP4)
    caseload = Caseload.open(path)
    for each in caseload.all(Recording):
        caseload.save(replace(each, path=film.name, hold_reason=""))
    caseload.close()
    async with at_work(path, ROS, keeps_rules=False) as (app, pilot):
        colleague = Caseload.open(path, by="Ellis")
        colleague.erase(colleague.need(Family, FAMILY))
        colleague.close()
        await until(pilot, lambda: not film.exists())
        assert app.workspace.caseload.get(Family, FAMILY) is None
