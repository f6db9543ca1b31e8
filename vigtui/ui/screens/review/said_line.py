"""A line in which the guider writes what is said, while the family looks at the picture."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.text_editor import LineEditor
from vigtui.values.text import one_line
from vigtui.values.timecode import format_timecode


class SaidLine(Horizontal):
    """A line for somebody's own words, there while somebody writes in it. What stands in it is given to
    `keep`, with who said it and the film's time, however the line is left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("said")
    DEFAULT_CSS = """
    SaidLine { height: 1; padding: 0 1; }
    SaidLine #said-who { width: auto; margin-right: 2; }
    SaidLine #said-words { width: 1fr; }
    """

    class Left(Message):
        """Somebody has written what they wanted to."""

    def __init__(self, keep: Callable[[str, str, int], None]) -> None:
        super().__init__(id="said")
        self._keep = keep
        self._people: Sequence[tuple[str, str]] = ()
        self._at_ms: int | None = None
        self.speaker = ""
        self.display = False

    def compose(self) -> ComposeResult:
        yield Label(id="said-who", markup=False)
        hint = "(in their own words; tab: somebody else)"
        yield LineEditor(placeholder=hint, id="said-words", compact=True, select_on_focus=False)

    def write(self, people: Sequence[tuple[str, str]], speaker: str, at_ms: int) -> None:
        """Let somebody write what one of these `people` says, each an id and how they are called."""
        self.keep()
        self._people, self.speaker, self._at_ms = people, speaker, at_ms
        self._show_who()
        self.display = True
        self.query_one(Input).focus()

    def _show_who(self) -> None:
        name = dict(self._people).get(self.speaker, "")
        self.query_one(Label).update(f"{name} {format_timecode(self._at_ms or 0)}".strip())

    def action_speaker(self) -> None:
        """Somebody else speaks."""
        ids = [identity for identity, _ in self._people]
        if ids:
            place = ids.index(self.speaker) if self.speaker in ids else -1
            self.speaker = ids[(place + 1) % len(ids)]
            self._show_who()

    def keep(self) -> None:
        """Keep what stands in the line."""
        words = self.query_one(Input)
        if self._at_ms is not None and (said := one_line(words.value)):
            words.value = ""
            self._keep(self.speaker, said, self._at_ms)

    def leave(self) -> None:
        """Keep what stands in the line, and put it away."""
        self.keep()
        self._at_ms = None
        self.display = False

    def action_leave(self) -> None:
        """Back to the film."""
        self.post_message(self.Left())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())

    def on_descendant_blur(self) -> None:
        self.leave()
