"""What would be made, or would leave, and what is left out and why: read before anything is changed."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import one_line

Answer = Literal["go_on", "answers"]


class PreviewScreen(ModalScreen[Answer | None]):
    """Two lists, each under its heading, and a `note` below; answers whether to go on, or, where there are
    `answers` of the person's own, to give others."""

    CSS_PATH: ClassVar[CSSPathType] = ["../forms.tcss", "preview.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("preview", "dialog")
    HELP: ClassVar[str] = (
        "Nothing has been changed or written yet. `{preview.go_on}` goes on with what is listed first; "
        "what is listed below is left out, for the reason that is given. An import is one step: "
        "`{app.undo}` takes it back."
    )

    def __init__(
        self,
        title: str,
        going: tuple[str, Sequence[str]],
        left_out: tuple[str, Sequence[str]],
        *,
        note: str = "",
        answers: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._lists, self._note, self._answers = title, (going, left_out), note, answers

    def compose(self) -> ComposeResult:
        below, lines = self._lists[1]
        more = f" (below: {below[:1].lower()}{below[1:]}, {len(lines)})" if lines else ""
        with Vertical(id="dialog"):
            yield Label(one_line(f"{self._title}{more}"), id="dialog-title", markup=False)
            with VerticalScroll(id="lists"):
                for heading, lines in self._lists:
                    yield Label(heading, classes="heading", markup=False)
                    yield Static("\n".join(map(_indented, lines)) or "Nothing", classes="lines", markup=False)
            if self._note:
                yield Static(self._note, id="limits", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#lists").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answers are changed where there are any."""
        return self._answers if action == "answers" else super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Go on."""
        self.dismiss("go_on")

    def action_answers(self) -> None:
        """Give other answers."""
        self.dismiss("answers")

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _indented(line: str) -> str:
    """One line, which keeps the blanks that put it below another."""
    return " " * (len(line) - len(line.lstrip(" "))) + one_line(line)
