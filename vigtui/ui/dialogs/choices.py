"""Two small questions: yes or no, and one of a list."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from vigtui.ui.widgets.hanging import Hanging
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.search import filtered
from vigtui.values.text import clean, folded, one_line

Answer = TypeVar("Answer")
_FEW = 8
"""So many options or fewer have a dialog of their own height; more have one that scrolls."""
_STAYS = 4
"""So many lines a list of few keeps while somebody types; a small window has no room for more."""


class ConfirmScreen(ModalScreen[bool]):
    """A question with two answers. The safe one has the focus; escape chooses it."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm", "dialog")
    HELP: ClassVar[str] = (
        "Arrows go from answer to answer, enter gives it. Escape leaves everything as it is."
    )

    def __init__(self, question: str, yes: str, no: str = "Keep") -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="small"):
            yield Label(clean(self._question), id="dialog-question", markup=False)
            with Horizontal(id="dialog-answers"):
                yield Button(Content(one_line(self._no)), id="no", compact=True)
                yield Button(Content(one_line(self._yes)), id="yes", compact=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_no(self) -> None:
        """Choose the safe answer."""
        self.dismiss(result=False)


class NarrowingLine(Input):
    """Where somebody types what narrows the list below it. Enter takes what is under the cursor there."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("narrowing")


class NarrowingScreen(ModalScreen[Answer | None]):
    """A dialog with a typing line over a list (`#options`): the line keeps the focus, the arrows move in the
    list, escape answers None."""

    CSS_PATH = "forms.tcss"

    in_list = False
    """Whether the arrows were used last, not letters."""

    @property
    def in_hand(self) -> Widget | None:
        """Where the terminal's own cursor belongs."""
        return self.query_one("#options") if self.in_list else self.focused

    @on(Input.Changed)
    def _back_in_line(self) -> None:
        self.in_list = False

    def action_move(self, by: int) -> None:
        """Move the highlight."""
        self.in_list = True
        options = self.query_one("#options", OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_cancel(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)


class ChooseScreen(NarrowingScreen[str]):
    """One of a list: type to narrow it, arrows to move, enter to choose, escape to leave.

    `options` are pairs of the value answered and the words shown; the cursor begins on that of the value
    `at`, else on the first. `empty` is said when there are none, `intro` under the title.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("choose", "dialog")
    HELP: ClassVar[str] = "Type any words of a line to find it, enter chooses the line under the cursor."

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        *,
        empty: str = "",
        intro: str = "",
        at: str | None = None,
    ) -> None:
        super().__init__()
        self._title, self._intro, self._at = one_line(title), intro, at
        self._options = [(value, one_line(words)) for value, words in options]
        self._empty = empty or "There is nothing to choose from."
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="choose few" if len(self._options) <= _FEW else "choose"):
            yield Label(self._title, id="dialog-title", markup=False)
            if self._intro:
                yield Static(clean(self._intro), id="dialog-intro", markup=False)
            yield NarrowingLine(placeholder="type to narrow the list", id="narrow", compact=True)
            options = OptionList(id="options", compact=True, markup=False)
            options.styles.min_height = min(_STAYS, len(self._options))
            yield options
        yield KeyFooter()

    def on_mount(self) -> None:
        self._narrow("")
        self.query_one("#narrow").focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        kept = filtered(self._options, words, lambda option: folded(option[1]))
        self._shown = [value for value, _ in kept]
        shown = self.query_one("#options", OptionList)
        shown.clear_options()
        if kept:
            shown.add_options(Option(Hanging(text)) for _, text in kept)
            at = self._at if not words else None
            shown.highlighted = 0 if at is None or at not in self._shown else self._shown.index(at)
        else:
            words_for_none = "Nothing matches what you typed." if self._options else self._empty
            shown.add_option(Option(Content(words_for_none), disabled=True))

    @on(Input.Submitted)
    def _take_highlighted(self) -> None:
        highlighted = self.query_one("#options", OptionList).highlighted
        if highlighted is not None and self._shown:
            self.dismiss(self._shown[highlighted])

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])
