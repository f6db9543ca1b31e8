"""An editor of several lines."""

from collections.abc import Callable
from typing import Any

from textual.dom import DOMNode
from textual.widgets import TextArea


class TextEditor(TextArea):
    """A `TextArea` that nothing holds once it is closed.

    The app keeps whoever watches its theme until the next theme is chosen, so every text that was ever open
    would stay in memory with all its drawn lines. A signal can be left.
    """

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
