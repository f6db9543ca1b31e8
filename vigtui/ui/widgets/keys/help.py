"""The help: what this part is for, and every key that works here now."""

from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, Markdown, Static

from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.case_screen import TellingScreen
from vigtui.ui.widgets.keys.active import active_keys
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for, with_keys


def help_words(screen: Screen[Any]) -> str:
    """The Markdown about the focused part, then about the screen. `PLAIN_HELP` is told
    where all is said in words."""
    parts: list[DOMNode] = list(screen.focused.ancestors_with_self) if screen.focused else [screen]
    plain = is_plain(screen.app)
    words = [(plain and getattr(part, "PLAIN_HELP", "")) or getattr(part, "HELP", "") for part in parts]
    return "\n\n".join(dict.fromkeys(word for word in words if word))


class HelpScreen(ModalScreen[None]):
    """Shows the help of the screen that it is opened over."""

    CSS_PATH = "../../dialogs/forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._words = with_keys(help_words(below), keys_for(below))
        self._keys = active_keys(below)

    def compose(self) -> ComposeResult:
        keys = Table.grid(padding=(0, 2))
        keys.add_column(justify="right", no_wrap=True, style="bold")
        for key in self._keys:
            keys.add_row(Text(key.shown), Text(key.words))
        with VerticalScroll(id="dialog"):
            yield Label("Help", id="dialog-title", markup=False)
            if self._words:
                yield Markdown(self._words, id="help-words")
            yield Static(keys)
        yield KeyFooter()

    def on_mount(self) -> None:
        for screen in self.app.screen_stack:
            if isinstance(screen, TellingScreen):
                screen.take_problem_back()  # It would cover the words.

    def action_scroll_by(self, by: int) -> None:
        """Read on, or back."""
        self.query_one("#dialog").scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Read on, or back, by a page."""
        self.action_scroll_by(by * max(self.query_one("#dialog").size.height - 1, 1))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)
