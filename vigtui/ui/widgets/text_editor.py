"""An editor of several lines."""

from collections.abc import Callable
from typing import Any

from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.dom import DOMNode
from textual.widgets import TextArea

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
