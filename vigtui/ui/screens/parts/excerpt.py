"""Words that get a few rows, and end in "…" where there are more of them."""

from rich.text import Text
from textual.geometry import Size
from textual.widgets import Static

from vigtui.ui.widgets.lines.drawing import excerpt, wrapped


class Excerpt(Static):
    """Shows as much as its style leaves rows for. A `str` is shown as it is, never as markup."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def render(self) -> Text:
        """The words, cut to the rows that there are."""
        width, height = self.content_size
        if not height or len(wrapped(self._words, width)) <= height:
            return self._words
        return Text("\n").join(excerpt(self._words, width, height))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """How many rows all the words would take."""
        return len(wrapped(self._words, width))

    @property
    def _words(self) -> Text:
        return self.content if isinstance(self.content, Text) else Text(str(self.content))
