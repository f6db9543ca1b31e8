"""A line in which somebody writes a word or two about a moment."""

from collections.abc import Callable
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from vigtui.domain.records import Moment
from vigtui.store.caseload import Caseload
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.values.text import clean, one_line


class MomentWords(Input):
    """The words themselves; the key that keeps them is in the footer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("moment_line")


class MomentLine(Horizontal):
    """A line to write about a moment, while the film plays on, or is still being made. It is there while
    somebody writes in it; what stands in it is kept however it is left."""

    DEFAULT_CSS = """
    MomentLine { height: 1; padding: 0 1; }
    MomentLine #moment-name { width: auto; margin-right: 2; }
    MomentLine #moment-words { width: 1fr; }
    """

    class Left(Message):
        """Somebody has written what they wanted to."""

    def __init__(self, caseload: Callable[[], Caseload]) -> None:
        super().__init__(id="moment-line")
        self._find_caseload = caseload
        self._moment: Moment | None = None
        self.display = False

    def compose(self) -> ComposeResult:
        yield Label(id="moment-name", markup=False)
        hint = "(a word or two, enter)"
        yield MomentWords(placeholder=hint, id="moment-words", compact=True, select_on_focus=False)

    def write(self, moment: Moment, name: str) -> None:
        """Let somebody write about this moment."""
        self.keep()
        self._moment = moment
        self.query_one(Label).update(name)
        words = self.query_one(Input)
        words.value = clean(moment.words)
        words.cursor_position = len(words.value)
        self.display = True
        words.focus()

    def keep(self) -> None:
        """Keep what stands in the line."""
        moment = self._moment
        words = one_line(self.query_one(Input).value) if moment else ""
        if moment is None or words == one_line(moment.words):
            return
        caseload = self._find_caseload()
        with caseload.transaction("Write about a moment"):
            self._moment = caseload.save(replace(moment, words=words))

    def leave(self) -> None:
        """Keep what stands in the line, and put it away."""
        self.keep()
        self._moment = None
        self.display = False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())

    def on_descendant_blur(self) -> None:
        self.leave()
