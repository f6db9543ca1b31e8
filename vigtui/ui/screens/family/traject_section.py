"""The traject plan: now, hope and change under the family's headings, as it is and as it was on any day."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType

from vigtui.domain.records import Record, TrajectEntry, TrajectHeading
from vigtui.queries.family import find
from vigtui.queries.traject import Plan, days_of_change, plan_on
from vigtui.ui.dialogs.records.traject import (
    add_entry,
    add_heading,
    drop_heading,
    edit_entry,
    move_heading,
    rename_heading,
    take_out,
)
from vigtui.ui.screens.family.section import NOTHING_TO_REMOVE, ListSection, Task, changing
from vigtui.ui.widgets.keys.all_keys import bindings
from vigtui.ui.widgets.keys.said import key_for
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_day, show_long_day
from vigtui.values.text import one_line

_NOT_OF_THE_PLAN = "This heading is there for the lines under it. Change their heading instead."


class TrajectSection(ListSection):
    """The third part of the family screen. A plan of a past day is looked at; today's is changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("traject")

    _day: dt.date | None = None
    """The past day whose plan is shown, None for today's."""

    @property
    def plan(self) -> Plan:
        """The plan that is shown."""
        return plan_on(self._day or self.records.today, self.records.headings, self.records.traject)

    def rows(self) -> Sequence[Row]:
        rows: list[Row] = []
        for number, heading in enumerate(self.plan.headings):
            title = Text(one_line(heading.words), style="bold" if heading.lines else "dim")
            rows += [*([Row(Text(""))] if rows else []), Row(title, f"heading:{heading.id or number}")]
            rows += [Row(self._entry_words(entry), f"entry:{entry.id}") for entry in heading.lines]
        if self._day:
            day = show_long_day(self._day, self.records.today)
            later = key_for(self.host, "traject.later")
            rows.insert(0, Row(Text(f"The plan as it was on {day}. {later} leads on to today's.\n")))
        elif not any(heading.lines for heading in self.plan.headings):
            add = key_for(self.host, "family.add")
            rows.insert(
                0, Row(Text(f"Nothing written yet. {add} adds a line under the heading at the cursor.\n"))
            )
        return rows

    def move_to(self, record: str) -> None:
        """A line or a heading that has left the plan is shown in the plan of the day when it was there."""
        found = find(self.records.traject, record) or find(self.records.headings, record)
        if found and found.ended and found.ended <= self.records.today:
            self._day = found.ended - dt.timedelta(days=1)
        super().move_to(record)

    def _entry_words(self, entry: TrajectEntry) -> Text:
        day = show_day(entry.date, self.records.today)
        return Text.assemble((f"  {entry.kind.label:<8}", "dim"), one_line(entry.words), (f"   {day}", "dim"))

    def _entry(self) -> TrajectEntry | None:
        kind, identity = self.under_cursor
        return find(self.records.traject, identity) if kind == "entry" else None

    def _heading(self) -> TrajectHeading | None:
        """The heading under the cursor; None where it is there for its lines alone."""
        kind, identity = self.under_cursor
        return find(self.records.headings, identity) if kind == "heading" else None

    @property
    def at_hand(self) -> Sequence[Record]:
        entry, heading = self._entry(), self._heading()
        if entry:
            return [entry]
        under = [each for each in self.records.traject if heading and each.heading == heading.words]
        return [heading, *under] if heading and heading.rev else under

    # Today's plan

    @changing
    async def add_here(self) -> None:
        entry, heading = self._entry(), self._heading()
        if self._is_todays():
            words = entry.heading if entry else heading.words if heading else ""
            await add_entry(self.host, self.records, words)

    @changing
    async def edit_here(self) -> None:
        entry, heading = self._entry(), self._heading()
        if not self._is_todays():
            return
        if entry:
            await edit_entry(self.host, self.records, entry)
        elif heading:
            await rename_heading(self.host, self.records, heading)
        else:
            self.host.tell(_NOT_OF_THE_PLAN)

    async def open_here(self) -> None:
        heading = self._heading()
        if heading and not any(each.lines for each in self.plan.headings if each.id == heading.id):
            await self.add_here()
        else:
            await self.edit_here()

    @changing
    async def remove_here(self) -> None:
        entry, heading = self._entry(), self._heading()
        if not self._is_todays():
            return
        if entry:
            await take_out(self.host, self.records, entry)
        elif heading:
            await drop_heading(self.host, self.records, heading)
        else:
            self.host.tell(NOTHING_TO_REMOVE)

    def action_new_heading(self) -> None:
        """Add a heading."""
        self.work_on(self._add_heading)

    def action_move(self, by: int) -> None:
        """Put the heading under the cursor earlier or later."""
        self.work_on(self._moving(by))

    @changing
    async def _add_heading(self) -> None:
        if self._is_todays():
            await add_heading(self.host, self.records)

    def _moving(self, by: int) -> Task:
        heading = self._heading()

        @changing
        async def move(section: "TrajectSection") -> None:
            if not section._is_todays():
                return
            if heading is None:
                section.host.tell("Put the cursor on a heading to move it.")
            else:
                move_heading(section.host, section.records, heading, by)

        return lambda: move(self)

    def _is_todays(self) -> bool:
        """Whether today's plan is shown, which can be changed; says so where it is not."""
        if self._day:
            later = key_for(self.host, "traject.later")
            self.host.tell(
                f"This is the plan of a past day. {later} leads on to today's, which can be changed."
            )
        return self._day is None

    # Other days, and paper

    def action_day(self, by: int) -> None:
        """Show the plan as it was after the change before, or after the next; after the last it is
        today's."""
        records, shown = self.records, self._day or self.records.today
        days = days_of_change(records.headings, records.traject, records.today)
        place = sum(day <= shown for day in days) - 1 + by
        if place >= 0 and (by < 0 or self._day):
            self._go_to(days[place] if place < len(days) - 1 else records.today)
            return
        self.host.tell("The plan begins here." if by < 0 else "This is today's plan.")

    def _go_to(self, day: dt.date) -> None:
        self._day = day if day < self.records.today else None
        self.fill("")

    @work(exclusive=True, group="task")
    async def action_type_day(self) -> None:
        """Show the plan as it was on a day that is typed."""
        from vigtui.ui.dialogs.papers.traject_papers import ask_day

        day = await ask_day(self.host, self._day or self.records.today)
        if day is not None:
            self._go_to(day)

    @work(exclusive=True, group="task")
    async def action_changes(self) -> None:
        """Show what changed between two days."""
        from vigtui.ui.dialogs.papers.traject_papers import show_changes

        await show_changes(self.host, self.records, self._day)

    @work(exclusive=True, group="task")
    async def action_print(self) -> None:
        """Show the plan of the day that is shown as a paper."""
        from vigtui.ui.dialogs.papers.traject_papers import show_plan

        await show_plan(self.host, self.records, self._day or self.records.today)
