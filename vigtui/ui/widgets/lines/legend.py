"""A line that says what the signs under the cursor mean."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget

from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.lines.drawing import signs_line
from vigtui.wording.legend import Sign


class Legend(Widget):
    """Shows as many of its signs as have room, each with its meaning; nothing where all is said in words."""

    DEFAULT_CSS = "Legend { height: 1; padding: 0 1; color: $text-muted; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._signs: Sequence[Sign] = ()

    def tell(self, signs: Sequence[Sign]) -> None:
        """Explain these."""
        if signs != self._signs:
            self._signs = signs
            self.refresh()

    def render(self) -> RenderResult:
        return Text() if is_plain(self.app) else signs_line(self._signs, self.content_size.width)
