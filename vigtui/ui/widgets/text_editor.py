"""Where somebody writes: a line, and a text of several lines."""

from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from vigtui.ui.widgets.keys.all_keys import bindings

_MOST_STEPS = 50
_MOST_EDITS = 800
_MOST_AT_ONCE = 100
_MOST_CHARACTERS = 1_000_000


class ShortHistory(EditHistory):
    """What can be taken back in a text: the last 800 letters typed or deleted, and a million characters of
    what was pasted. The last step can be taken back however long it is.

    Textual counts steps, of any size: a letter takes more than a kilobyte there.
    """

    def record(self, edit: Edit) -> None:
        """Keep an edit, and forget the oldest steps that are too much with it."""
        super().record(edit)
        *older, newest = self.undo_stack or [[]]
        edits, characters = len(newest), _characters(newest)
        for step in reversed(older):
            edits, characters = edits + len(step), characters + _characters(step)
            if edits > _MOST_EDITS or characters > _MOST_CHARACTERS:
                step.clear()
        if len(newest) >= _MOST_AT_ONCE:
            self.checkpoint()


def _characters(step: list[Edit]) -> int:
    """How much was put in; what is pasted is a step of its own."""
    return len(step[0].text) if len(step) == 1 else len(step)


class TextEditor(TextArea):
    """A `TextArea` that nothing holds once it is closed, with a short history.

    The app keeps whoever watches its theme until the next theme is chosen, so every text that was ever open
    would stay in memory with all its drawn lines. A signal can be left.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.history = ShortHistory(
            self.history.max_checkpoints,
            self.history.checkpoint_timer,
            self.history.checkpoint_max_characters,
        )

    def watch(
        self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True
    ) -> None:
        """Watch as Textual does, but hear of another theme by the app's signal."""
        if obj is self.app and attribute_name == "theme":
            self.app.theme_changed_signal.subscribe(self, lambda _: callback())
        else:
            super().watch(obj, attribute_name, callback, init)

    def on_unmount(self) -> None:
        self.app.theme_changed_signal.unsubscribe(self)


class LineEditor(Input):
    """A line in which what was typed is taken back, and done again: a letter that is typed where all of it is
    selected takes the place of all. What is typed in one go is one step."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line_editor")

    def __init__(self, value: str = "", **named: Any) -> None:
        super().__init__(value, **named)
        self._stood, self._typing = value, ""
        self._before: deque[str] = deque(maxlen=_MOST_STEPS)
        self._undone: list[str] = []

    @on(Input.Changed)
    def _note_change(self, event: Input.Changed) -> None:
        stood, now = self._stood, event.value
        if now == stood:
            return
        self._stood = now
        longer, shorter = now.startswith(stood), stood.startswith(now)
        typing = "on" if longer else "back" if shorter and now else ""
        if not typing or typing != self._typing:
            self._before.append(stood)
        # Letters that follow what they took the place of are one step with it.
        self._typing = typing or "on"
        self._undone.clear()

    def on_blur(self) -> None:
        self._typing = ""

    def action_undo(self) -> None:
        """Take back what was typed last."""
        if self._before:
            self._undone.append(self._stood)
            self._put(self._before.pop())

    def action_redo(self) -> None:
        """Do again what was taken back."""
        if self._undone:
            self._before.append(self._stood)
            self._put(self._undone.pop())

    def _put(self, value: str) -> None:
        self._stood, self._typing = value, ""
        self.value = value
        self.cursor_position = len(value)
