"""What is typed faster than it is handled arrives whole, where it was meant to go."""

import gc
import threading
from concurrent.futures import Future
from weakref import ref

import pytest
from textual.events import Key
from textual.widgets import Input

from tests.ui.conftest import Heron
from tests.ui.driving import opened, until
from tests.ui.snapshot import screen_text
from tests.ui.walking import item_of, walk
from vigtui.domain.records import Family
from vigtui.store.caseload import Caseload
from vigtui.ui.app.app import VigtuiApp
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import FormScreen
from vigtui.ui.dialogs.working import WorkingScreen
from vigtui.ui.screens.caseload import CaseloadScreen
from vigtui.ui.screens.family import FamilyScreen
from vigtui.workspace.places import Places
from vigtui.workspace.settings import Settings
from vigtui.workspace.workspace import Opening


def type_at_once(app: VigtuiApp, *keys: str) -> None:
    """Let keys arrive together, as they do over SSH."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def test_the_next_item_gets_no_letter_of_the_last_ones_text(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.own.pane.state.playing)
        type_at_once(app, *"Ella", "ctrl+n")
        await until(pilot, lambda: screen.item_id == heron.items[1])
        await until(pilot, lambda: item_of(app, heron).seen_together.endswith("Ella"))
        assert item_of(app, heron, 1).seen_together == ""


async def test_what_is_typed_at_the_very_start_is_the_answer_to_who_is_here(heron: Heron) -> None:
    """Whoever knows the program presses enter before the question is there."""
    opening: Future[Caseload] = Future()
    opening.set_result(Caseload.open(heron.path))
    app = VigtuiApp(Opening(heron.path, opening), Settings(), Places())
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            type_at_once(app, "enter")
            await until(pilot, lambda: len(app.screen_stack) > 1 and app.workspace.person is not None)
            assert isinstance(app.screen, CaseloadScreen)
    finally:
        app.close()


async def test_a_form_is_saved_with_its_last_letters_each_in_its_field(heron: Heron) -> None:
    async with opened(heron.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")  # People: who is here?
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, FormScreen))
        type_at_once(app, "tab", *"Avocet", "tab", *"Ana", "ctrl+s")
        families = app.workspace.caseload
        await until(pilot, lambda: len(families.all(Family)) == 2)
        new = families.all(Family)[-1]
        assert (new.pseudonym, [member.label for member in new.members]) == ("Avocet", ["Ana"])


@pytest.mark.parametrize("key", ["n", "slash", "ctrl+f"])
async def test_the_end_of_a_long_line_is_seen_while_it_is_typed(heron: Heron, key: str) -> None:
    """A scroll bar over the only row of a field hid all of it, once that was longer than the field."""
    async with opened(heron.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter", key)
        await until(pilot, lambda: isinstance(app.focused, Input))
        assert isinstance(app.focused, Input)
        app.focused.value = "word " * 40 + "last"
        await pilot.press("home", "end")
        await until(pilot, lambda: "word last" in screen_text(app))


async def test_what_is_typed_while_a_task_ends_is_for_what_comes_behind_it(heron: Heron) -> None:
    """The first letters were lost, and those after them were keys of the screen."""
    going_on = threading.Event()
    async with walk(heron) as (app, pilot, screen):
        await until(pilot, lambda: screen.films.own.pane.state.playing)
        app.push_screen(WorkingScreen("Erasing", lambda _: going_on.wait()))
        await until(pilot, lambda: isinstance(app.screen, WorkingScreen))
        type_at_once(app, *"Ella")
        await pilot.pause()
        going_on.set()
        await until(pilot, lambda: item_of(app, heron).seen_together.endswith("Ella"))


async def test_a_screen_that_was_left_by_a_key_is_gone_from_memory(heron: Heron) -> None:
    """With all it has drawn: in a day of work, a family's words would stay where a later fault shows them."""
    async with opened(heron.path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FamilyScreen))
        left = ref(app.screen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CaseloadScreen))
        gc.unfreeze()

        def is_gone() -> bool:
            gc.collect()
            return left() is None

        await until(pilot, is_gone)
