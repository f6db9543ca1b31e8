"""To whom a clip may be shown, and why not to others."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from vigtui.domain.consent.audiences import audiences
from vigtui.domain.consent.showing import Showing
from vigtui.domain.records import Clip
from vigtui.film.pane.app import is_plain
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import one_line
from vigtui.wording.access import AudienceLine, audience_lines


class AudiencesScreen(ModalScreen[None]):
    """Shows a line for each audience: that they may see it, or why not."""

    CSS_PATH = "../forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("audiences", "dialog")
    HELP: ClassVar[str] = (
        "To whom this clip may be shown today, and why not to others: everybody who is in the film has to "
        "agree to each purpose. `{clip.share}` on the clip gives it to somebody, or records that it was "
        "shown."
    )

    def __init__(self, title: str, lines: Sequence[AudienceLine]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(one_line(self._title), id="dialog-title", markup=False)
            with VerticalScroll(id="audiences"):
                yield Static(self._drawn())
        yield KeyFooter()

    def _drawn(self) -> Table:
        table = Table.grid(padding=(0, 1))
        for each in self._lines:
            sign = ("may" if each.may else "no") if is_plain(self.app) else each.sign
            style = "bold" if each.may else ""
            table.add_row(Text(sign, style=style), Text(each.who, style=style), Text(each.why))
        return table

    def on_mount(self) -> None:
        self.query_one("#audiences").focus()

    def action_close(self) -> None:
        """Back to the clip."""
        self.dismiss()


async def show_audiences(screen: CaseScreen, clip: Clip, showing: Showing) -> None:
    """Show to whom a clip may be shown today. Call it from a worker of `screen`."""
    today = screen.workspace.today()
    lines = audience_lines(audiences(screen.caseload, showing.recording.id, today), today)
    await screen.ask(AudiencesScreen(f"{showing.code(clip)}: what may I show, and to whom?", lines))
