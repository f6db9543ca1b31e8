"""What would be lost: a key that is cut at the foot of a screen; memory, with each that was ever there."""

import gc
import weakref
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType

from tests.ui.driving import resize, until
from tests.ui.snapshot import screen_text
from vigtui.ui.widgets.keys.footer import KeyFooter


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("a", "bell", "One"), ("b", "quit", "Two")]

    def compose(self) -> ComposeResult:
        yield KeyFooter(show_command_palette=False)


async def test_keys_that_are_no_longer_shown_are_let_go() -> None:
    async with (app := Keys()).run_test() as pilot:
        await until(pilot, lambda: len(app.query("FooterKey")) == 2)
        shown = [weakref.ref(key) for key in app.query("FooterKey")]
        app.query_one(KeyFooter).refresh(recompose=True)
        await until(pilot, lambda: gc.collect() >= 0 and not any(key() for key in shown))
        assert len(app.query("FooterKey")) == 2


class ManyKeys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "bell", "First"),
        ("b", "quit", "Second"),
        ("c", "pop_screen", "Third"),
        ("f1", "help", "Help"),
    ]

    def compose(self) -> ComposeResult:
        yield KeyFooter(show_command_palette=False)

    def action_help(self) -> None:
        """Only for the footer."""


async def test_keys_are_shown_whole_or_left_out_with_a_sign_and_the_help_stays() -> None:
    async with (app := ManyKeys()).run_test(size=(38, 3)) as pilot:
        for width, shown in (
            (38, " a First  b Second  c Third  f1 Help"),
            (37, " a First  b Second  c Third  f1 Help"),
            (36, " a First  b Second  …  f1 Help"),
            (22, " a First  …  f1 Help"),
            (12, " …  f1 Help"),
            (60, " a First  b Second  c Third  f1 Help"),
        ):
            await resize(pilot, width, 3)
            await until(pilot, lambda shown=shown: screen_text(app).splitlines()[-1] == shown)
