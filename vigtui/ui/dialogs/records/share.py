"""To whom a clip may be shown, and recording that it was: only with everybody's consent for that."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from vigtui.domain.consent.access import agreed_then
from vigtui.domain.consent.audiences import audiences
from vigtui.domain.consent.showing import Showing
from vigtui.domain.records import Clip, Share
from vigtui.domain.vocabulary import Purpose
from vigtui.film.pane.app import is_plain
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.values.text import one_line
from vigtui.wording.access import AudienceLine, audience_lines, why_closed

_INSIDE = (Purpose.FILM, Purpose.SUPERVISION)


async def record_share(screen: CaseScreen, clip: Clip, showing: Showing) -> Share | None:
    """Ask to whom and for what `clip` was shown, and save that. Call it from a worker.

    Refused, with the sentence that says whose consent is missing, unless everybody in the film had agreed to
    that purpose on that day.
    """
    caseload = screen.caseload
    purposes = [purpose for purpose in Purpose if purpose not in _INSIDE]
    fields = [
        Field(
            "purpose",
            "For",
            "choice",
            choices=tuple((purpose.value, purpose.label) for purpose in purposes),
            required=True,
        ),
        Field("audience", "Shown to", required=True, hint="By role: the social worker, the CP conference"),
        Field("date", "On", "date", screen.workspace.today(), required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> Share:
        purpose, day = Purpose(values["purpose"]), values["date"]
        decision = agreed_then(caseload, showing.recording.id, purpose, day)
        if not decision.allowed:
            raise ValueError(why_closed(decision, screen.workspace.today()))
        return Share(
            clip=clip.id,
            audience=values["audience"],
            purpose=purpose,
            date=day,
            consent=next(iter(decision.consents), ""),
        )

    code = showing.code(clip)
    intro = "The clips are the family's: nobody outside sees one unless everybody in it has agreed to that."
    return await save_asked(
        screen, f"{code} was shown", f"Record sharing of {code}", fields, build, intro=intro
    )


class AudiencesScreen(ModalScreen[None]):
    """Shows a line for each audience: that they may see it, or why not."""

    CSS_PATH = "../forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("audiences", "dialog")
    HELP: ClassVar[str] = (
        "To whom this clip may be shown today, and why not to others: everybody who is in the film has to "
        "agree to each purpose. `x` on the clip records that it was shown."
    )

    def __init__(self, title: str, lines: Sequence[AudienceLine]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Label(one_line(self._title), id="dialog-title", markup=False)
            with VerticalScroll(id="audiences"):
                yield Static(self._drawn())
        yield KeyFooter(show_command_palette=False)

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
