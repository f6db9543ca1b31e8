"""The lines of the traject plan, and its headings. What was in the plan stays in that of earlier days.

A family that changes a heading has all of them from then on: what its service changes later changes none.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from vigtui.domain.records import Renamed, TrajectEntry, TrajectHeading
from vigtui.domain.vocabulary import TrajectKind
from vigtui.queries.family import FamilyRecords
from vigtui.queries.traject import plan_on
from vigtui.ui.dialogs.choices import ChooseScreen, ConfirmScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import ask_record
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.dialogs.removing.removal import remove_record
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import folded, one_line


async def add_entry(screen: CaseScreen, records: FamilyRecords, heading: str = "") -> TrajectEntry | None:
    """Ask for a line of the plan and save it."""
    blank = TrajectEntry(
        family=records.family.id, heading=heading, kind=TrajectKind.NOW, words="", date=records.today
    )
    line = await _ask_line(screen, records, blank)
    if line is None:
        return None
    with screen.caseload.transaction("Add to the traject plan"):
        return _save_line(screen, records, line)


async def edit_entry(screen: CaseScreen, records: FamilyRecords, before: TrajectEntry) -> TrajectEntry | None:
    """Change a line of the plan. Where it is different by now, that is a new line, and this one stays in the
    plans of earlier days."""
    line = await _ask_line(screen, records, before)
    if line is None or line == before:
        return None
    said = (line.words, line.kind, line.heading) != (before.words, before.kind, before.heading)
    anew = said and before.date < records.today and await _is_new(screen)
    with screen.caseload.transaction("Change the traject plan"):
        if anew:
            begins = line.date if line.date != before.date else records.today
            screen.caseload.save(replace(before, ended=begins))
            line = TrajectEntry(
                family=line.family,
                heading=line.heading,
                kind=line.kind,
                words=line.words,
                date=begins,
                instead_of=before.id,
            )
        return _save_line(screen, records, line)


def _save_line(screen: CaseScreen, records: FamilyRecords, line: TrajectEntry) -> TrajectEntry:
    """Save a line, and its heading where the plan has none of that name."""
    plan = plan_on(records.today, records.headings, records.traject)
    if all(each.words != line.heading for each in plan.headings):
        last = max((each.order for each in records.headings), default=-1)
        new = TrajectHeading(family=line.family, words=line.heading, order=last + 1, since=line.date)
        _save_headings(screen, [*records.headings, new])
    return screen.caseload.save(line)


async def _is_new(screen: CaseScreen) -> bool:
    """Whether a line is different by now, and was not only written down wrong."""
    options = [
        ("new", "It is different now: the earlier line stays in the plan of earlier days"),
        ("slip", "A slip in typing: correct the line"),
    ]
    return await screen.ask(ChooseScreen("The line has changed", options)) != "slip"


async def take_out(screen: CaseScreen, records: FamilyRecords, line: TrajectEntry) -> None:
    """Take a line out of the plan from today on, or remove one that was entered by mistake."""
    name = f"the line “{one_line(line.words)}”"
    options = [
        ("ended", "It no longer holds: it leaves the plan today, and stays in that of earlier days"),
        ("mistake", "It was entered by mistake: remove it"),
    ]
    choice: str | None = "mistake"
    if line.date < records.today:
        choice = await screen.ask(ChooseScreen(f"Take out {name}", options))
    if choice == "mistake":
        await remove_record(screen, line, name)
    elif choice:
        with screen.caseload.transaction("Take a line out of the traject plan"):
            screen.caseload.save(replace(line, ended=records.today))


async def _ask_line(screen: CaseScreen, records: FamilyRecords, line: TrajectEntry) -> TrajectEntry | None:
    """Ask what a line says; None when the form was left."""
    plan = plan_on(records.today, records.headings, records.traject)
    known = dict.fromkeys([*(each.words for each in plan.headings), *filter(None, [line.heading])])
    fields = [
        Field("heading", "Heading", "choice", line.heading, tuple((each, one_line(each)) for each in known)),
        Field("own", "Or their own heading", hint="in the family's words"),
        Field("kind", "This is", "choice", line.kind.value, word_choices(TrajectKind), required=True),
        Field("words", "Words", "words", line.words, required=True),
        Field("date", "On", "date", line.date, required=True, past=True),
    ]

    def build(values: dict[str, Any]) -> TrajectEntry:
        heading = values["own"] or values["heading"]
        if not heading:
            raise ValueError("Choose a heading, or write the family's own.")
        kind = TrajectKind(values["kind"])
        return replace(line, heading=heading, kind=kind, words=values["words"], date=values["date"])

    return await ask_record(screen, "The traject plan", fields, build)


async def add_heading(screen: CaseScreen, records: FamilyRecords) -> None:
    """Add a heading at the end of the plan; nothing need be under it."""
    words = await _ask_heading(screen, records, "A heading in the family's words", "")
    if not words:
        return
    last = max((each.order for each in records.headings), default=-1)
    new = TrajectHeading(family=records.family.id, words=words, order=last + 1, since=records.today)
    with screen.caseload.transaction(f"Add the heading {one_line(words)}"):
        _save_headings(screen, [*records.headings, new])


async def rename_heading(screen: CaseScreen, records: FamilyRecords, heading: TrajectHeading) -> None:
    """Give a heading the family's own name, with all that is under it. Plans of earlier days keep the name
    that it had."""
    words = await _ask_heading(screen, records, "A heading in the family's words", heading.words)
    if not words or words == heading.words:
        return
    earlier = Renamed(words=heading.words, until=records.today)
    renamed = replace(heading, words=words, renamed=(*heading.renamed, earlier))
    with screen.caseload.transaction(f"Rename the heading {one_line(heading.words)}"):
        _save_headings(screen, [renamed if each.id == heading.id else each for each in records.headings])
        for line in records.traject:
            if line.heading == heading.words:
                screen.caseload.save(replace(line, heading=words))


async def drop_heading(screen: CaseScreen, records: FamilyRecords, heading: TrajectHeading) -> None:
    """Take a heading out of the plan from today on, with the lines under it."""
    plan = plan_on(records.today, records.headings, records.traject)
    lines = [line for each in plan.headings if each.id == heading.id for line in each.lines]
    under = {0: "", 1: " The line under it leaves the plan with it."}.get(
        len(lines), f" The {len(lines)} lines under it leave the plan with it."
    )
    question = f"Drop “{one_line(heading.words)}”?{under} The plans of earlier days keep all of it."
    if not await screen.ask(ConfirmScreen(question, "Drop it", "Keep it")):
        return
    dropped = replace(heading, ended=records.today)
    with screen.caseload.transaction(f"Drop the heading {one_line(heading.words)}"):
        _save_headings(screen, [dropped if each.id == heading.id else each for each in records.headings])
        for line in lines:
            screen.caseload.save(replace(line, ended=records.today))


def move_heading(screen: CaseScreen, records: FamilyRecords, heading: TrajectHeading, by: int) -> None:
    """Put a heading `by` places further on in today's plan, as far as there is one."""
    plan = plan_on(records.today, records.headings, records.traject)
    shown = [each.id for each in plan.headings if each.id]
    ordered = sorted(records.headings, key=lambda each: (each.id not in shown, each.order))
    place = shown.index(heading.id) + by
    if not 0 <= place < len(shown):
        return
    ordered.insert(place, ordered.pop(shown.index(heading.id)))
    moved = [replace(each, order=order) for order, each in enumerate(ordered)]
    with screen.caseload.transaction("Put the headings of the traject plan in order"):
        _save_headings(screen, moved)


async def _ask_heading(screen: CaseScreen, records: FamilyRecords, title: str, present: str) -> str:
    """Ask for a heading; "" when the form was left."""
    plan = plan_on(records.today, records.headings, records.traject)
    taken = {folded(each.words) for each in plan.headings} - {folded(present)}

    def check(values: dict[str, str]) -> str:
        return "The plan has this heading already." if folded(values["heading"]) in taken else ""

    fields = [Field("heading", "Heading", value=present, required=True)]
    values = await screen.ask(FormScreen(title, fields, check=check))
    return str(values["heading"]) if values else ""


def _save_headings(screen: CaseScreen, headings: Sequence[TrajectHeading]) -> None:
    for each in headings:
        if screen.caseload.get(TrajectHeading, each.id) != each:
            screen.caseload.save(each)
