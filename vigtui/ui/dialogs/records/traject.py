"""Adding and changing lines of the traject plan. Its headings are the family's own."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.records import TrajectEntry
from vigtui.domain.vocabulary import TrajectKind
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line


def headings(records: FamilyRecords, usual: Sequence[str]) -> list[str]:
    """The service's usual headings, then those of this family's own."""
    return list(dict.fromkeys([*usual, *(entry.heading for entry in records.traject)]))


async def add_entry(screen: CaseScreen, records: FamilyRecords, heading: str = "") -> TrajectEntry | None:
    """Ask for a line of the plan and save it."""
    blank = TrajectEntry(
        family=records.family.id, heading=heading, kind=TrajectKind.NOW, words="", date=records.today
    )
    return await edit_entry(screen, records, blank, "Add to the traject plan")


async def edit_entry(
    screen: CaseScreen, records: FamilyRecords, entry: TrajectEntry, step: str = "Change the traject plan"
) -> TrajectEntry | None:
    """Change a line of the plan."""
    known = headings(records, screen.caseload.meta.traject_headings)
    fields = [
        Field("heading", "Heading", "choice", entry.heading, tuple((each, one_line(each)) for each in known)),
        Field("own", "Or their own heading", hint="in the family's words"),
        Field("kind", "This is", "choice", entry.kind.value, word_choices(TrajectKind), required=True),
        Field("words", "Words", "words", entry.words, required=True),
        Field("date", "On", "date", entry.date, required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> TrajectEntry:
        heading = values["own"] or values["heading"]
        if not heading:
            raise ValueError("Choose a heading, or write the family's own.")
        kind = TrajectKind(values["kind"])
        return replace(entry, heading=heading, kind=kind, words=values["words"], date=values["date"])

    return await save_asked(screen, "The traject plan", step, fields, build)


async def rename_heading(screen: CaseScreen, records: FamilyRecords, heading: str) -> bool:
    """Give a heading the family's own name, for all that is under it."""
    entries = [entry for entry in records.traject if entry.heading == heading]
    if not entries:
        screen.tell(
            "There is nothing under this heading yet. a adds a line; it may have a heading of their own."
        )
        return False
    fields = [Field("heading", "Heading", value=heading, required=True)]
    values = await screen.ask(FormScreen("A heading in the family's words", fields))
    if values is None or values["heading"] == heading:
        return False
    with screen.caseload.transaction(f"Rename the heading {one_line(heading)}"):
        for entry in entries:
            screen.caseload.save(replace(entry, heading=values["heading"]))
    return True
