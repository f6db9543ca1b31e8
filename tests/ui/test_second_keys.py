"""What would be lost: help, conflicts and the film beside, where a terminal keeps F1, F10 or ctrl+b."""

from tests.ui.conftest import Heron
from tests.ui.driving import until
from tests.ui.snapshot import screen_text
from tests.ui.walking import editor, walk
from vigtui.ui.screens.merge import MergeScreen
from vigtui.ui.screens.supervision import SupervisionScreen
from vigtui.ui.widgets.keys.all_keys import TABLE
from vigtui.ui.widgets.keys.help import HelpScreen

TAKEN = {"f1", "f10", "ctrl+b"}


def test_what_such_a_key_does_another_does_too() -> None:
    for key in (key for keys in TABLE.values() for key in keys):
        assert not set(key.keys.split(",")) <= TAKEN, key.id


async def test_letters_stay_letters_in_a_note_and_a_command_is_found_by_its_words(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, screen):
        await pilot.press(*"Mum?")
        await until(pilot, lambda: "Mum?" in editor(screen, "seen_together").text)
        for words, wanted in (("conflicts", MergeScreen), ("explain", HelpScreen)):
            await pilot.press("f2")
            await until(pilot, lambda: len(app.screen_stack) > 3)
            await pilot.press(*words)
            await until(pilot, lambda words=words: words in screen_text(app).lower().partition(words)[2])
            await pilot.press("down", "enter")
            await until(pilot, lambda wanted=wanted: isinstance(app.screen, wanted))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, SupervisionScreen))
        assert "Mum?" in editor(screen, "seen_together").text


async def test_the_foot_names_a_key_that_tmux_lets_through_and_the_help_both(heron: Heron) -> None:
    async with walk(heron) as (app, pilot, _):
        await until(pilot, lambda: "F8 Beside" in screen_text(app))
        await pilot.resize_terminal(100, 100)
        await pilot.press("f1")
        await until(pilot, lambda: "F8 ctrl+b  " in screen_text(app))
        assert "  F10  What came in" in screen_text(app)  # M is a letter in the text that has the focus.
        await pilot.press("escape", "f6", "f1")
        await until(pilot, lambda: "F10 M  What came in" in screen_text(app))
