"""The traject plan: now, hope and change under the headings that the family chose."""

from collections.abc import Sequence

from rich.text import Text

from vigtui.domain.records import Record, TrajectEntry
from vigtui.queries.family import find
from vigtui.ui.dialogs.records.traject import add_entry, edit_entry, headings, rename_heading
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.screens.family.section import NOTHING_TO_REMOVE, ListSection, changing
from vigtui.ui.widgets.record_list import Row
from vigtui.values.days import show_day
from vigtui.values.text import one_line


class TrajectSection(ListSection):
    """The third part of the family screen."""

    def rows(self) -> Sequence[Row]:
        rows: list[Row] = []
        for number, heading in enumerate(self._headings()):
            entries = [entry for entry in self.records.traject if entry.heading == heading]
            title = Text(one_line(heading), style="bold" if entries else "dim")
            rows += [*([Row(Text(""))] if rows else []), Row(title, f"heading:{number}")]
            rows += [Row(self._entry_words(entry), f"entry:{entry.id}") for entry in entries]
        if not self.records.traject:
            rows.insert(0, Row(Text("Nothing written yet. a adds a line under the heading at the cursor.\n")))
        return rows

    def _headings(self) -> list[str]:
        return headings(self.records, self.host.caseload.meta.traject_headings)

    def _entry_words(self, entry: TrajectEntry) -> Text:
        day = show_day(entry.date, self.records.today)
        return Text.assemble((f"  {entry.kind.label:<8}", "dim"), one_line(entry.words), (f"   {day}", "dim"))

    def _entry(self) -> TrajectEntry | None:
        kind, identity = self.under_cursor
        return find(self.records.traject, identity) if kind == "entry" else None

    def _heading(self) -> str:
        """The heading under the cursor, "" on a line. Its key is its number: places hold no words."""
        kind, number = self.under_cursor
        return self._headings()[int(number)] if kind == "heading" else ""

    @property
    def at_hand(self) -> Sequence[Record]:
        entry, heading = self._entry(), self._heading()
        return [entry] if entry else [each for each in self.records.traject if each.heading == heading]

    @changing
    async def add_here(self) -> None:
        entry = self._entry()
        await add_entry(self.host, self.records, entry.heading if entry else self._heading())

    @changing
    async def edit_here(self) -> None:
        entry, heading = self._entry(), self._heading()
        if entry:
            await edit_entry(self.host, self.records, entry)
        elif heading:
            await rename_heading(self.host, self.records, heading)

    async def open_here(self) -> None:
        heading = self._heading()
        if heading and all(entry.heading != heading for entry in self.records.traject):
            await self.add_here()
        else:
            await self.edit_here()

    @changing
    async def remove_here(self) -> None:
        entry = self._entry()
        if entry:
            await remove_record(self.host, entry, f"the line “{one_line(entry.words)}”")
        else:
            self.host.tell(NOTHING_TO_REMOVE)
