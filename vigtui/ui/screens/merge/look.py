"""What a file would bring, before anything is taken in."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Label, Static

from vigtui.ui.screens.merge.showing import BOLD, DIM
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import shortened
from vigtui.wording.arrivals import Foreseen
from vigtui.wording.changes import in_groups


class LookScreen(ModalScreen[bool]):
    """Lists what the file called `name` would bring, and answers whether to take it in."""

    CSS_PATH: ClassVar[CSSPathType] = ["../../dialogs/forms.tcss", "merge.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("take_in", "dialog")
    HELP: ClassVar[str] = (
        "Nothing has been changed yet. `{take_in.take}` takes in everything that is listed, as one step; "
        "`{app.undo}` undoes it. The file itself stays as it is."
    )

    def __init__(self, name: str, foreseen: Foreseen) -> None:
        super().__init__()
        self._name, self._foreseen = shortened(name, 60), foreseen

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(f"{self._name}: take this in?", id="dialog-title", markup=False)
            with VerticalScroll(id="arrivals"):
                yield Static(Text("\n").join(self._lines()))
        yield KeyFooter()

    def _lines(self) -> Iterator[Text]:
        if not self._foreseen.told and not self._foreseen.questions:
            yield Text("There is nothing in it that is not here already.")
        for group, told in in_groups(self._foreseen.told):
            yield Text(group.heading, style=BOLD)
            yield from (Text(f"  {each.line}") for each in told)
        if self._foreseen.questions:
            yield Text("To be decided afterwards, both versions are kept", style=BOLD)
            yield from (Text(f"  {each.line}", style=DIM) for each in self._foreseen.questions)

    def on_mount(self) -> None:
        self.query_one("#arrivals").focus()

    def action_take(self) -> None:
        """Take it in."""
        self.dismiss(result=True)

    def action_cancel(self) -> None:
        """Leave everything as it is."""
        self.dismiss(result=False)
