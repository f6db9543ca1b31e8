"""A line below a text that says who changed it at the same time."""

from rich.text import Text
from textual.widgets import Static

from vigtui.ui.widgets.keys.said import keys_for
from vigtui.workspace.drafts import Draft


class OthersLine(Static):
    """A line below a text, there only while others have changed the text too."""

    DEFAULT_CSS = """
    OthersLine { display: none; height: auto; padding: 0 0 0 1; color: $warning; }
    """

    def tell(self, draft: Draft | None, text: str) -> None:
        """Say who wrote something else than `text`, which is shown; show nothing when nobody did."""
        words = draft.others_words(text, keys_for(self)) if draft else ""
        self.update(Text(words))
        self.display = bool(words)
