"""One person's way through their programme: what counts, what does not yet and why, what the gate asks."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from vigtui.domain.records import Cycle, Enrolment, Family, Gate, Person, Record, Session
from vigtui.domain.sessions.working_points import may_open_thread
from vigtui.film.pane.app import is_plain
from vigtui.queries.training.ways import Way, ways_of
from vigtui.ui.dialogs.training.whose import person_shown
from vigtui.ui.screens.navigation import OpenFamily, OpenPortfolio, OpenSession, OpenThread, OpenWay
from vigtui.ui.screens.parts.excerpt import Excerpt
from vigtui.ui.screens.training.rows import (
    counted_rows,
    heading,
    not_counted_rows,
    record_of,
    renewal_key,
    renewal_rows,
    stage_key,
    stage_rows,
)
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.footer import KeyFooter
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.record_list import RecordList, Row
from vigtui.ui.widgets.title_bar import TitleBar
from vigtui.values.text import one_line
from vigtui.wording.supervision import NOT_THEIRS
from vigtui.wording.training.people import time_words
from vigtui.wording.training.way import next_words, way_words


class WayScreen(CaseScreen):
    """The way of the person with this id, stage by stage."""

    CSS_PATH = "training.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("way"), *bindings("back")]
    ABOUT_AT_HAND = frozenset({"gate", "edit", "remove"})
    HELP: ClassVar[str] = (
        "One person's way through their programme. `{record.open}` on a stage shows what counts in it, "
        "on anything else opens it. What does not count yet is listed with the reason; below stands "
        "what the next gate still asks. `{way.gate}` records that the gate was passed, "
        "`{way.portfolio}` shows the portfolio. What each stage asks for is the service's own: "
        "`{trainees.programmes}` in the list of everybody in training."
    )

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._ways: list[Way] = []
        self._shown: tuple[str, int | None] = ("", None)

    @property
    def address(self) -> str:
        return f"way {self._person}"

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield RecordList(id="records")
        yield Excerpt(id="next")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.refresh_records()
        self._list.focus()

    @property
    def _list(self) -> RecordList:
        return self.query_one(RecordList)

    @property
    def _way(self) -> Way | None:
        """The way of which is told what counts."""
        return next((each for each in self._ways if each.enrolment.id == self._shown[0]), None)

    @property
    def at_hand(self) -> Sequence[Record]:
        record = self._record
        return [record] if record else [self._way.enrolment] if self._way else []

    @property
    def _record(self) -> Record | None:
        """The record under the cursor."""
        return record_of(self.caseload, self._list.key)

    # Showing

    def refresh_records(self) -> None:
        """Read the way again; the screen goes when its person does."""
        person, today = person_shown(self, self._person), self.workspace.today()
        if person is None:
            return
        self._ways = ways_of(self.caseload.where, self._person, today)
        way = self._way or next(iter(self._ways), None)
        if way is not None:
            self._shown = way.enrolment.id, self._shown[1] if way is self._way else None
        middle = way_words(way.programme, way.enrolment, way.progress, today) if way else ""
        title = self.query_one(TitleBar)
        title.set_parts(one_line(person.name), middle or "in no programme yet", time_words(person, today))
        self._list.show(
            self._rows() or [Row(Text(f"{key_for(self, 'way.add')} begins a programme.", style="dim"))]
        )
        self.query_one("#next", Excerpt).update(next_words(way.progress, today) if way else "")

    def _rows(self) -> list[Row]:
        names, way = self.workspace.names(self.caseload.get), self._way
        rows: list[Row] = []
        for each in self._ways:
            if len(self._ways) > 1:
                rows.append(heading(one_line(each.programme.name)))
            rows += stage_rows(
                names, each, self._place(each) if each is way else -1, plain=is_plain(self.app)
            )
            rows += renewal_rows(names, each)
        if way is None or not way.progress.stages:
            return rows
        if left := list(not_counted_rows(names, way)):
            rows += [heading("Does not count, or not yet"), *left]
        stage = way.progress.stages[self._place(way)]
        counted = list(counted_rows(names, stage)) or [Row(Text("Nothing yet.", style="dim"))]
        return [*rows, heading(f"Counts in {one_line(stage.stage.name)}"), *counted]

    def _place(self, way: Way) -> int:
        """The place of the stage of which is told what counts: the one at hand, until another is chosen."""
        last = len(way.progress.stages) - 1
        chosen = self._shown[1]
        at_hand = last if way.progress.at_hand is None else way.progress.at_hand
        return at_hand if chosen is None else min(chosen, last)

    # Doing

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        kind, _, rest = self._list.key.partition(" ")
        record = self._record
        if kind == "stage":
            enrolment, _, place = rest.partition(" ")
            self._shown = enrolment, int(place)
            self.refresh_records()
        elif isinstance(record, Session):
            self.post_message(OpenSession(record.id))
        elif isinstance(record, Cycle):
            self.post_message(OpenFamily(record.family, record.id))
        elif isinstance(record, Family):
            self.post_message(OpenFamily(record.id))
        elif record is not None:
            self.action_portfolio()

    def action_portfolio(self) -> None:
        """Show what they have gathered."""
        self.post_message(OpenPortfolio(self._person))

    def action_thread(self) -> None:
        """Show their own thread, to those who may read it."""
        if may_open_thread(self.caseload.where, self.workspace.person, self._person):
            self.post_message(OpenThread(self._person))
        else:
            self.tell(NOT_THEIRS)

    @work
    async def action_whose(self) -> None:
        """Show the way of somebody else, in the place of this one."""
        from vigtui.ui.dialogs.training.whose import choose_in_training

        app = self.app
        if person := await choose_in_training(self):
            app.pop_screen()
            app.post_message(OpenWay(person))

    def action_add(self) -> None:
        """Begin a programme."""
        self.change(self._enrol)

    async def _enrol(self) -> None:
        from vigtui.ui.dialogs.training.enrolment import enrol

        enrolment = await enrol(self, self.caseload.need(Person, self._person))
        if enrolment is not None:
            self._show_at_hand(enrolment)

    def _show_at_hand(self, enrolment: Enrolment) -> None:
        self._shown = enrolment.id, None
        self.refresh_records()

    def action_gate(self) -> None:
        """Record that the next gate was passed."""
        way = self._way
        if way is None or not way.progress.stages:
            self.tell(f"There is no gate yet: {key_for(self, 'way.add')} begins a programme.")
        else:
            self.change(lambda: self._pass_gate(way))

    async def _pass_gate(self, way: Way) -> None:
        from vigtui.ui.dialogs.training.enrolment import pass_gate

        enrolment = await pass_gate(self, way)
        if enrolment is not None:
            self._show_at_hand(enrolment)

    @property
    def _gate(self) -> Gate | None:
        """The gate that was passed at the end of the stage under the cursor."""
        way = self._way_in_hand
        stages = enumerate(way.progress.stages) if way else ()
        return next(
            (each.gate for place, each in stages if way and self._is_here(stage_key(way, place))), None
        )

    @property
    def _renewal(self) -> dt.date | None:
        """The day of the renewal under the cursor."""
        way = self._way_in_hand
        days = way.enrolment.renewals if way else ()
        return next((day for day in days if way and self._is_here(renewal_key(way, day))), None)

    @property
    def _way_in_hand(self) -> Way | None:
        """The way whose stage or renewal is under the cursor; else the one of which is told what counts."""
        identity = self._list.key.partition(" ")[2].partition(" ")[0]
        return next((each for each in self._ways if each.enrolment.id == identity), self._way)

    def _is_here(self, key: str) -> bool:
        """Whether the row with this key is under the cursor."""
        return self._list.key == key

    def action_edit(self) -> None:
        """Change the gate or the renewal under the cursor, or from when on they are in the programme."""
        from vigtui.ui.dialogs.training.enrolment import edit_enrolment, edit_gate, edit_renewal

        gate, renewal = self._gate, self._renewal
        if (way := self._way_in_hand) is None:
            self.tell(f"There is nothing to change yet: {key_for(self, 'way.add')} begins a programme.")
        elif gate is not None:
            self.change(lambda: edit_gate(self, way, gate))
        elif renewal is not None:
            self.change(lambda: edit_renewal(self, way, renewal))
        else:
            self.change(lambda: edit_enrolment(self, way))

    def action_remove(self) -> None:
        """Take back the gate or the renewal under the cursor, or take them out of the programme."""
        from vigtui.ui.dialogs.removing.removal import remove_record
        from vigtui.ui.dialogs.training.enrolment import remove_gate, remove_renewal

        gate, renewal = self._gate, self._renewal
        if (way := self._way_in_hand) is None:
            self.tell("They are in no programme.")
        elif gate is not None:
            self.change(lambda: remove_gate(self, way, gate))
        elif renewal is not None:
            self.change(lambda: remove_renewal(self, way, renewal))
        else:
            name = f"them from {one_line(way.programme.name)}"
            self.change(lambda: remove_record(self, way.enrolment, name))

    @work
    async def action_print(self) -> None:
        """Show the portfolio as a paper."""
        from vigtui.ui.dialogs.papers.training_papers import show_portfolio

        await show_portfolio(self, self._person)

    @work
    async def action_evidence(self) -> None:
        """Show the evidence for an accreditation, without what might tell which families it is about."""
        from vigtui.ui.dialogs.papers.training_papers import show_evidence

        await show_evidence(self, self._person)
