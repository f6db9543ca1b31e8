"""What would be lost: everything that was written, once nobody remembers where."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.caseloads import at_the_keyboard, write
from tests.ui.conftest import Heron, withdrawn
from tests.ui.driving import Driver, opened, told, until
from tests.ui.family_driving import place_in_family
from tests.ui.heron import TODAY
from tests.ui.snapshot import same_screens, says, screen_text
from vigtui.domain.records import Note, Rating, TrajectEntry
from vigtui.domain.vocabulary import Purpose, TrajectKind, Visibility
from vigtui.queries.search.index import Hits
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.passphrase import CoverScreen
from vigtui.ui.screens.chart import ChartScreen
from vigtui.ui.screens.clip import ClipScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.ui.screens.parts.case_film import OPENING
from vigtui.ui.screens.search import SearchScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.notes_editor import NotesEditor
from vigtui.workspace.searching import Searching

pytestmark = pytest.mark.slow


async def search(app: VigtuiApp, pilot: Driver, typed: str, found: str) -> None:
    """Search by the one key, and wait until so much is found."""
    await pilot.press("ctrl+f")
    await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.focused)
    await pilot.press(*typed)
    await until(pilot, lambda: says(app, f"{typed} ") and says(app, f" {found} found"))


async def test_a_word_is_typed_and_enter_goes_to_the_line_where_it_stands(
    path: Path, request: pytest.FixtureRequest
) -> None:
    old = TrajectEntry(
        id="old",
        family="family-heron",
        heading="Daily Life",
        kind=TrajectKind.HOPE,
        words="Marmalade on [b]toast[/b]\x1b[31m",
        date=TODAY - dt.timedelta(days=30),
        ended=TODAY - dt.timedelta(days=10),
    )
    alone = Note(
        id="alone", about="family-heron", author="person-ros", visibility=Visibility.AUTHOR, body="Marmalade"
    )
    write(path, old, alone)
    at_the_keyboard(path, "person-ellis")
    async with opened(path) as (app, pilot):
        await search(app, pilot, "quiet", "3")
        await same_screens(pilot, "search", request)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        assert place_in_family(app) == "question:question-1"
        await pilot.press("escape", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        assert place_in_family(app).startswith("entry:")
        await pilot.press("escape", "escape")
        await search(app, pilot, "marmal", "1")
        assert says(app, "Marmalade on [b]toast[/b]")
        assert "\x1b" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: says(app, "The plan as it was on"))
        assert place_in_family(app) == "entry:old"
        await search(app, pilot, "zzz", "nothing")
        assert says(app, "What is not for you to read is not searched.")


async def test_film_opens_at_its_time_and_only_where_it_may_be_shown(heron: Heron) -> None:
    note = Note(about=heron.clips["C2-1"], author=heron.supervisor, body="[00:03] Leans in, waits.")
    write(heron.path, note)
    async with opened(heron.path) as (app, pilot):
        await search(app, pilot, "leans", "1")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClipScreen) and app.screen.film.closed != OPENING)
        clip = app.screen
        assert isinstance(clip, ClipScreen)
        await until(pilot, lambda: clip.film.ms == 3000)
        assert says(app, "Leans in, waits.")
        app.workspace.caseload.save(withdrawn(heron, Purpose.SUPERVISION))
        await search(app, pilot, "knife", "1")
        await until(pilot, lambda: says(app, "film closed"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen) and app.screen.focused)
        assert place_in_family(app) == f"recording:{heron.interaction}"
        assert "Jory" in told(app)


async def test_words_that_are_being_written_are_kept_and_found(heron: Heron) -> None:
    at_the_keyboard(heron.path, heron.supervisor)
    async with opened(heron.path) as (app, pilot):
        app.push_screen(SupervisionScreen(heron.session))
        await until(pilot, lambda: isinstance(app.focused, NotesEditor))
        await pilot.press(*"pears")
        await search(app, pilot, "pears", "1")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SupervisionScreen) and app.focused)
        assert "pears" in screen_text(app)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.focused)
        await until(pilot, lambda: says(app, "1 found"))
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, CoverScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press("escape")
        await search(app, pilot, "pe", "1")


async def test_of_letters_typed_fast_the_newest_is_searched_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every one of them: on a slow machine they would queue up, and the list come long after."""
    searched, may_go_on = [], threading.Event()
    search_well = Searching.search

    def slowly(self: Searching, typed: str, *more: Any) -> Hits:
        searched.append(typed)
        assert not typed or may_go_on.wait(30)
        return search_well(self, typed, *more)

    monkeypatch.setattr(Searching, "search", slowly)
    at_the_keyboard(path, "person-ellis")
    async with opened(path) as (app, pilot):
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.focused)
        await pilot.press("q")
        await until(pilot, lambda: "q" in searched)
        await pilot.press(*"uiet")
        may_go_on.set()
        await until(pilot, lambda: says(app, " 3 found"))
    assert [each for each in searched if each] == ["q", "quiet"]


async def test_a_rating_is_opened_in_its_chart(path: Path) -> None:
    at_the_keyboard(path, "person-ellis")
    async with opened(path) as (app, pilot):
        rating = app.workspace.caseload.all(Rating)[0]
        app.workspace.caseload.save(replace(rating, words="Plums"))
        await search(app, pilot, "plums", "1")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChartScreen))
