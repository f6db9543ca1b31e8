"""A line to type words in, and what they leave of a list, at its end."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from vigtui.ui.widgets.keys.all_keys import bindings

_MOST_LETTERS = 200


class ListFilter(Input):
    """The words that leave less of a list; the footer tells the way back to it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")


class FilterLine(Horizontal):
    """Its `Input`, called "filter", posts what every `Input` does. `placeholder` is shown while it is
    empty. `searches` where a screen is for the words alone, and nothing is there without them."""

    DEFAULT_CSS = """
    FilterLine { height: 1; padding: 0 1; margin-top: 1; }
    FilterLine > Input { width: 1fr; background: $background; }
    FilterLine > Input:focus { background: $boost; }
    FilterLine > Static {
        width: auto; max-width: 60%; text-wrap: nowrap; text-overflow: ellipsis; color: $text-muted;
    }
    """

    def __init__(self, placeholder: str, *, searches: bool = False) -> None:
        super().__init__()
        self._placeholder, self._line = placeholder, Input if searches else ListFilter

    def compose(self) -> ComposeResult:
        yield self._line(placeholder=self._placeholder, id="filter", compact=True, max_length=_MOST_LETTERS)
        yield Static(id="counted", markup=False)

    @property
    def line(self) -> Input:
        """Where the words are typed."""
        return self.query_one(Input)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.line.value

    @property
    def is_in_use(self) -> bool:
        """Whether the next letter goes into it."""
        return self.is_mounted and self.screen.focused is self.line

    def begin(self) -> None:
        """Type here. The very next key is already this line's, however fast it comes."""
        self.screen.set_focus(self.line)

    def clear(self) -> bool:
        """Empty it; False where that changes nothing, and nobody was typing."""
        was_in_use = bool(self.words) or self.is_in_use
        self.line.value = ""
        return was_in_use

    def count(self, words: str) -> None:
        """Say at the end how much there is."""
        self.query_one(Static).update(words)
