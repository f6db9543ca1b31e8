"""Two people in two programs with one file: what one does the other sees, and nobody's words are lost."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.message import Message

from tests.ui.driving import Driver, opened, until
from tests.ui.heron import FAMILY, make_heron
from vigtui.app import VigtuiApp
from vigtui.domain.records import Clip, Family, Note, Person, SessionItem
from vigtui.screens.clip import ClipScreen
from vigtui.screens.family import FamilyScreen
from vigtui.screens.supervision import SupervisionScreen
from vigtui.store import watcher
from vigtui.store.caseload import Caseload
from vigtui.widgets.base import VigScreen
from vigtui.widgets.choices import ChooseScreen
from vigtui.widgets.forms import FormScreen
from vigtui.widgets.line_list import LineList
from vigtui.widgets.navigation import OpenClip, OpenFamily, OpenSession
from vigtui.widgets.notes_editor import NotesEditor
from vigtui.widgets.title_bar import TitleBar
from vigtui.widgets.written import OthersLine

ROS, ELLIS = "person-ros", "person-ellis"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_heron(tmp_path / "heron.vig.json")


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
async def at_work(path: Path, person: str) -> AsyncIterator[tuple[VigtuiApp, Driver]]:
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: app.workspace.person or isinstance(app.screen, ChooseScreen))
        if isinstance(app.screen, ChooseScreen):
            await pilot.press("escape")
        app.workspace.enter(app.workspace.caseload.need(Person, person))
        yield app, pilot


async def shown(app: VigtuiApp, pilot: Driver, way: Message, kind: type[VigScreen]) -> None:
    """Go to a screen as the program does; pushed from here, it might take the other program for its own."""
    app.post_message(way)
    await until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)
    await until(pilot, lambda: app.screen.query(TitleBar).first()._left)


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
    async with at_work(path, ELLIS) as (ellis, his), at_work(path, ROS) as (ros, hers):
        await until(hers, lambda: ros.screen.query_one(TitleBar).others == "also here: Ellis Marr")
        here, there = await walking(ellis, his, "seen_together"), await walking(ros, hers, "working_point")
        await write(his, "She waits.")
        seen = ros.screen.query_one("#seen_together", NotesEditor)
        await until(hers, lambda: seen.text == here.text == "She waits.")
        assert ros.focused is there
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


async def test_two_who_begin_a_note_about_the_same_clip_in_one_name_both_keep_it(
    path: Path, blind: None
) -> None:
    """Nobody at home said who they are: the note is one, and neither text is hidden behind the other."""
    async with at_work(path, ROS) as (one, first), at_work(path, ROS) as (two, second):
        for app, pilot, words in ((one, first, "jam"), (two, second, "honey")):
            await shown(app, pilot, OpenClip("clip-film-2-1"), ClipScreen)
            await pilot.press("n")
            await write(pilot, words)
        await saved_and_seen((one, first), (two, second))
        for app in (one, two):
            (note,) = app.workspace.caseload.where(Note, about="clip-film-2-1")
            (conflict,) = app.workspace.caseload.conflicts()
            assert {said.value for said in conflict.fields["body"]} == {"jam", "honey"}
            assert note.body in ("jam", "honey")


async def test_the_cursor_stays_at_its_words_while_another_writes_in_the_text(
    path: Path, quick: None
) -> None:
    other = Caseload.open(path, by="Ellis Marr")
    other.save(replace(other.need(SessionItem, "item-2"), seen_together="one\ntwo"))
    other.flush()
    async with at_work(path, ROS) as (ros, hers):
        editor = await walking(ros, hers, "seen_together")
        await hers.press("left")
        other.save(replace(other.need(SessionItem, "item-2"), seen_together="zero\none\ntwo"))
        await until(hers, lambda: editor.text == "zero\none\ntwo")
        assert editor.cursor_location == (2, 2)
        await write(hers, "x")
        assert editor.text == "zero\none\ntwxo"
    other.close()
    assert Caseload.open(path).need(SessionItem, "item-2").seen_together == "zero\none\ntwxo"


async def test_the_filter_and_the_cursor_of_the_list_stay(path: Path, quick: None) -> None:
    other = Caseload.open(path, by="Ellis Marr")
    other.save(Family(code="F-018", pseudonym="Herring"))
    other.flush()
    async with at_work(path, ROS) as (ros, hers):
        await hers.press("slash", "h", "e", "r", "down", "down")
        families = ros.screen.query_one("#families", LineList)
        await until(hers, lambda: len([line for line in families._lines if line.id]) == 2)
        current = families.current
        other.save(Family(code="F-001", pseudonym="Hermit"))
        await until(hers, lambda: len([line for line in families._lines if line.id]) == 3)
        assert families.current == current
        assert ros.screen.query_one("#filter").value == "her"
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
    async with at_work(path, ROS) as (ros, hers):
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
