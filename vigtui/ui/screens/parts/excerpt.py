"""Words that get a few rows, and end in "…" where there are more of them."""

from rich.containers import Lines
from rich.text import Text
from textual.geometry import Size
from textual.widgets import Static


class Excerpt(Static):
    """Shows as much as its style leaves rows for. A `str` is shown as it is, never as markup."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def render(self) -> Text:
        """The words, cut to the rows that there are."""
        width, height = self.content_size
        lines = self._lines(width)
        if not height or len(lines) <= height:
            return self._words
        kept = lines[:height]
        kept[-1].rstrip()
        kept[-1].append("…")
        kept[-1].truncate(width, overflow="ellipsis")
        return Text("\n").join(kept)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """How many rows all the words would take."""
        return len(self._lines(width))

    @property
    def _words(self) -> Text:
        return self.content if isinstance(self.content, Text) else Text(str(self.content))

    def _lines(self, width: int) -> Lines:
        return self._words.wrap(self.app.console, max(1, width)) if self._words else Lines()
