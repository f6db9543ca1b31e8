"""Waiting for an editor that shows a text in a window of its own."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter

_SECONDS_BETWEEN_LOOKS = 0.5


class OutsideScreen(ModalScreen[None]):
    """Calls `look` again and again, and once more when the person says that they are done."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("outside", "dialog")
    HELP: ClassVar[str] = (
        "The editor ended at once, perhaps because it shows the text in a window of its own. What is saved "
        "there is taken over here, until you say that you are done."
    )

    def __init__(self, look: Callable[[], object]) -> None:
        super().__init__()
        self._look = look

    def compose(self) -> ComposeResult:
        question = (
            "The editor ended at once. If it shows the text in a window of its own, write there and save: "
            "what is saved is taken over here each time."
        )
        with Vertical(id="dialog", classes="small"):
            yield Label(question, id="dialog-question", markup=False)
            with Horizontal(id="dialog-answers"):
                yield Button("Done", id="done", compact=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#done").focus()
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self._look)

    @on(Button.Pressed)
    def action_done(self) -> None:
        """Look once more, and go on here."""
        self._look()
        self.dismiss(None)
