"""Everybody in training, as their supervisor sees them: with nothing to compare them by."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from vigtui.domain.people import may_see_way
from vigtui.domain.records import Person, Record, Session
from vigtui.domain.supervision import next_planned
from vigtui.queries.training.ways import InTraining, in_training
from vigtui.ui.dialogs.training.whose import NOBODY
from vigtui.ui.screens.navigation import OpenPortfolio, OpenSession, OpenWay
from vigtui.ui.screens.training.rows import heading, trainee_rows
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import one_line


class Trainees(RecordList):
    """A few lines for each."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("in_training")


class TraineesScreen(CaseScreen):
    """Those with whom the person who is here works come first, then the others, by name."""

    CSS_PATH = "training.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("trainees"), *bindings("back")]
    ABOUT_AT_HAND = frozenset({"portfolio", "session", "edit"})
    HELP: ClassVar[str] = (
        "Everybody in training: when they were supervised last and will be next, how many of their clips "
        "wait on the agenda, and what their next gate still asks. `{trainees.way}` shows one person's way, "
        "`{trainees.session}` opens their next session or plans one. Nobody is compared with anybody here."
    )

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Trainees(id="records")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.refresh_records()
        self._list.focus()

    @property
    def _list(self) -> Trainees:
        return self.query_one(Trainees)

    @property
    def _person(self) -> Person | None:
        return self.caseload.get(Person, self._list.key)

    @property
    def at_hand(self) -> Sequence[Record]:
        return [self._person] if self._person else []

    def refresh_records(self) -> None:
        """Read again who is in training."""
        caseload, me = self.caseload, self.workspace.person
        names = self.workspace.names(caseload.get)
        everybody = in_training(caseload.get, caseload.where, self.workspace.today())
        found = [each for each in everybody if may_see_way(me, each.person.id)]
        own = [each for each in found if me and each.person.supervisor == me.id]
        self.query_one(TitleBar).set_parts("In training", one_line(me.name) if me else "")
        rows = list(trainee_rows(names, own))
        for title, group in _by_supervisor(caseload.all(Person), [each for each in found if each not in own]):
            rows += [heading(title), *trainee_rows(names, group)]
        self._list.show(rows or [Row(Text(with_keys(NOBODY, keys_for(self)), style="dim"))])

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if self._person:
            self.post_message(OpenWay(self._person.id))

    def action_portfolio(self) -> None:
        """Show what they have gathered."""
        if self._person:
            self.post_message(OpenPortfolio(self._person.id))

    def action_session(self) -> None:
        """Open their next session, or plan one."""
        person = self._person
        if person is None:
            return
        coming = next_planned(self.caseload.all(Session), person.id, self.workspace.today())
        if coming:
            self.post_message(OpenSession(coming.id))
        else:
            self.change(lambda: self._plan(person))

    async def _plan(self, person: Person) -> None:
        from vigtui.ui.dialogs.records.session import plan_new

        session = await plan_new(self, guider=person.id)
        if session is not None:
            self.post_message(OpenSession(session.id))

    def action_edit(self) -> None:
        """Change who they are."""
        person = self._person
        if person is not None:
            self.change(lambda: self._edit(person))

    async def _edit(self, person: Person) -> None:
        from vigtui.ui.dialogs.records.person import edit_colleague

        await edit_colleague(self, person)

    def action_programmes(self) -> None:
        """Show the programmes."""
        self.change(self._programmes)

    async def _programmes(self) -> None:
        from vigtui.ui.dialogs.training.programmes import manage_programmes

        await manage_programmes(self)


def _by_supervisor(
    people: Sequence[Person], found: Sequence[InTraining]
) -> list[tuple[str, list[InTraining]]]:
    """Those of each supervisor under one heading, in the order of the headings; last those without one."""
    names = {each.id: one_line(each.name) for each in people}
    groups: dict[str, list[InTraining]] = {}
    for each in found:
        groups.setdefault(names.get(each.person.supervisor, ""), []).append(each)
    return [
        (f"With {name}" if name else "Without a supervisor here", groups[name])
        for name in sorted(groups, key=lambda name: (not name, name.casefold()))
    ]
