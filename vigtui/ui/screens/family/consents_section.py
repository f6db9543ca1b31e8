"""Consents: the grid of members and purposes, and what was decided about the cell under the cursor."""

from collections.abc import Sequence

from rich.console import Group
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from vigtui.domain.consent.decisions import decide, grid
from vigtui.domain.records import Consent, Record
from vigtui.queries.family import find
from vigtui.ui.dialogs.records.consent import (
    add_decision,
    after_decisions,
    history,
    remove_decision,
    sign_decisions,
)
from vigtui.ui.screens.family.section import NOTHING_TO_REMOVE, Section, changing
from vigtui.ui.widgets.consent_grid import ConsentGrid
from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.text import counted, one_line
from vigtui.wording.access import decision_words, everybody_agrees, why_closed
from vigtui.wording.family import quoted


class ConsentsSection(Section):
    """The fourth part of the family screen. Its place is "member purpose" of the cell under the cursor."""

    def compose(self) -> ComposeResult:
        yield ConsentGrid()
        with VerticalScroll(id="history", can_focus=False):
            yield Static(id="consent-words")

    @property
    def grid(self) -> ConsentGrid:
        """The grid itself."""
        return self.query_one(ConsentGrid)

    @property
    def place(self) -> str:
        row = self.grid.row
        return f"{row.asked.id} {self.grid.purpose.value}" if row else ""

    def fill(self, place: str) -> None:
        records = self.records
        self.grid.show(grid(records.asked, records.consents, records.today), records.today)
        member, _, purpose = place.rpartition(" ")
        self.grid.move_to(member, purpose)

    def move_to(self, record: str) -> None:
        if consent := find(self.records.consents, record):
            self.grid.move_to(consent.member, consent.purpose.value)

    @on(ConsentGrid.Moved)
    def _tell_about(self) -> None:
        self.query_one("#consent-words", Static).update(self._words())

    def _words(self) -> Group | Text:
        row, purpose, records = self.grid.row, self.grid.purpose, self.records
        if row is None:
            return Text(
                f"Nobody is in this family yet. {key_for(self, 'family.details')} adds its members.",
                style="dim",
            )
        decision = decide(records.asked_for_work, records.decisions, purpose, records.today)
        whole = why_closed(decision, records.today) or everybody_agrees(purpose)
        if not records.asked_for_work:
            whole = "Nobody in this family is recorded as being filmed yet."
        lines = [
            Text(words)
            for each in history(records, row.asked.id, purpose)
            for words in (decision_words(each, records.today), _view_words(each))
            if words
        ]
        return Group(
            *([Text(self.unsigned, style="bold"), Text("")] if self.unsigned else []),
            Text(f"{one_line(row.asked.label)}: {purpose.label}", style="bold"),
            *(lines or [Text("Not asked yet.", style="dim")]),
            Text(""),
            Text(whole),
        )

    @property
    def unsigned(self) -> str:
        """What is said while something is marked and not signed; "" while nothing is."""
        if not (number := len(self.grid.marks)):
            return ""
        what = counted(number, "decision is", "decisions are")
        return f"{what} marked and not signed yet: enter signs, escape takes back."

    @property
    def at_hand(self) -> Sequence[Record]:
        row = self.grid.row
        return history(self.records, row.asked.id, self.grid.purpose) if row else []

    @on(ConsentGrid.Opened)
    def _opened(self) -> None:
        self.work_on(self.open_here)

    @on(ConsentGrid.PaperAsked)
    def _paper_asked(self) -> None:
        self.work_on(self._show_form)

    async def _show_form(self) -> None:
        family = self.records.family.id
        tasks = [
            ("Blank, to be filled in by hand", lambda: self._show_paper("")),
            ("As it is recorded now", lambda: self._show_paper(family)),
        ]
        await self.choose_task("The consent form", tasks)

    async def _show_paper(self, family: str) -> None:
        from vigtui.ui.dialogs.papers.family_papers import show_consent_form

        await show_consent_form(self.host, family)

    @on(ConsentGrid.Signed)
    def _signed(self) -> None:
        self.work_on(self.open_here)

    @changing
    async def open_here(self) -> None:
        row = self.grid.row
        if self.grid.marks:
            if saved := await sign_decisions(self.host, self.records, self.grid.marks):
                self.grid.action_clear()
                await after_decisions(self.host, self.records, saved)
        elif row:
            await add_decision(self.host, self.records, row.asked, self.grid.purpose)
        else:
            await self.edit_family()

    add_here = edit_here = open_here

    @changing
    async def remove_here(self) -> None:
        row = self.grid.row
        if row:
            await remove_decision(self.host, self.records, row.asked, self.grid.purpose)
        else:
            self.host.tell(NOTHING_TO_REMOVE)


def _view_words(consent: Consent) -> str:
    """What the child said; "" where nothing is written down."""
    return f"  the child's own view: {quoted(consent.child_view)}" if consent.child_view else ""
