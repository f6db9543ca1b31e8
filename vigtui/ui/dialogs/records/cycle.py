"""Adding and changing cycles and statuses."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.cycles import next_number
from vigtui.domain.people import guides, supervises
from vigtui.domain.records import Cycle, Person, StatusSpan
from vigtui.domain.vocabulary import CycleKind, Setting, StatusKind
from vigtui.queries.family import FamilyRecords
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.widgets.case_screen import CaseScreen

_GUIDER_HINT = "where it was not the family's guider of now: the cycle counts for this person"


async def add_cycle(screen: CaseScreen, records: FamilyRecords) -> Cycle | None:
    """Ask for the next cycle and save it."""
    kind = CycleKind.VERP if records.family.setting is Setting.PROFESSIONAL else CycleKind.VIG
    number = next_number(records.cycles)
    blank = Cycle(family=records.family.id, number=number, kind=kind, planned=records.today)
    fields = _first_fields(blank)
    return await _ask_cycle(screen, f"Cycle {number}", f"Add cycle {number}", fields, blank)


async def edit_cycle(screen: CaseScreen, cycle: Cycle) -> Cycle | None:
    """Change a cycle's days and words."""
    fields = [
        *_first_fields(cycle),
        Field("filmed", "Filmed", "date", cycle.filmed, past=True),
        Field("edited", "Clips edited", "date", cycle.edited, past=True),
        Field("reviewed", "Shared review", "date", cycle.reviewed, past=True),
        Field("next_step", "Next step", "words", cycle.next_step),
        Field("guider", "Guided by", "choice", cycle.guider, _guiders(screen, cycle), hint=_GUIDER_HINT),
    ]
    return await _ask_cycle(screen, f"Cycle {cycle.number}", f"Change cycle {cycle.number}", fields, cycle)


def _guiders(screen: CaseScreen, cycle: Cycle) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.id, each.name)
        for each in screen.caseload.all(Person)
        if each.id == cycle.guider or (each.active and (guides(each) or supervises(each)))
    )


def _first_fields(cycle: Cycle) -> list[Field]:
    return [
        Field("activity", "Activity", value=cycle.activity, hint="jigsaw, making toast, bedtime story..."),
        Field("planned", "Planned for", "date", cycle.planned),
        Field("kind", "Method", "choice", cycle.kind.value, word_choices(CycleKind), required=True),
    ]


async def _ask_cycle(
    screen: CaseScreen, title: str, words: str, fields: list[Field], before: Cycle
) -> Cycle | None:
    def build(values: dict[str, Any]) -> Cycle:
        return replace(before, **{**values, "kind": CycleKind(values["kind"])})

    return await save_asked(screen, title, words, fields, build)


async def add_status(screen: CaseScreen, records: FamilyRecords) -> StatusSpan | None:
    """Ask for a status and its days and save it."""
    blank = StatusSpan(family=records.family.id, kind=StatusKind.EARLY_HELP, start=records.today)
    return await edit_status(screen, blank, adding=True)


async def edit_status(screen: CaseScreen, span: StatusSpan, *, adding: bool = False) -> StatusSpan | None:
    """Change a status and its days."""
    present = "" if adding else span.kind.value
    fields = [
        Field("kind", "Status", "choice", present, word_choices(StatusKind), required=True),
        Field("start", "From", "date", span.start, required=True),
        Field("end", "To", "date", span.end, hint="empty while it goes on"),
    ]

    def build(values: dict[str, Any]) -> StatusSpan:
        return replace(span, kind=StatusKind(values["kind"]), start=values["start"], end=values["end"])

    words = "Add a status" if adding else f"Change the status {span.kind.label}"
    intro = "Statuses overlap: each has its own days."
    return await save_asked(screen, "A plan or status", words, fields, build, intro=intro)
