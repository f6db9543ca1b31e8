"""What would be lost: memory, with every key that was ever shown at the foot of a screen."""

import gc
import weakref
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType

from tests.ui.driving import until
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
