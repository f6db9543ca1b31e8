"""The traject plan on paper, and what changed in it between two days."""

import datetime as dt

from vigtui.queries.family import FamilyRecords
from vigtui.queries.traject import days_of_change
from vigtui.reports.traject import changes_paper, plan_paper
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.names import ask_names, name_fields, names_typed
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.dialogs.record_form import to_come
from vigtui.ui.widgets.case_screen import CaseScreen

_FOR_PRINT = (
    "For the family: how are they called at home? These names stand in the print, are kept nowhere, and are "
    "forgotten afterwards. For the file, leave all empty: then it says the labels."
)


async def ask_day(screen: CaseScreen, day: dt.date) -> dt.date | None:
    """Ask for a past day; None when the form was left."""
    fields = [Field("day", "Day", "date", day, required=True, past=True)]

    def check(values: dict[str, object]) -> str:
        return to_come(fields, values, screen.workspace.today())

    values = await screen.ask(FormScreen("The plan as it was on", fields, check=check))
    return values["day"] if values else None


async def show_plan(screen: CaseScreen, records: FamilyRecords, day: dt.date) -> None:
    """Ask for the names to print, and show the plan of a day. Call it from a worker of `screen`."""
    names = await ask_names(screen, records.family, None, title="Names for this print", intro=_FOR_PRINT)
    if names is not None:
        await show_paper(screen, "Traject plan", lambda: plan_paper(records, day, names))


async def show_changes(screen: CaseScreen, records: FamilyRecords, since: dt.date | None) -> None:
    """Ask for two days and the names to print, and show what changed: from `since`, else the change before
    the last, until today. Call it from a worker of `screen`."""
    days = days_of_change(records.headings, records.traject, records.today)
    first = since or next(iter(days[-2:]), records.today)
    fields = [
        Field("one", "From", "date", first, required=True, past=True),
        Field("two", "To", "date", records.today, required=True, past=True),
        *name_fields(records.family),
    ]

    def check(values: dict[str, dt.date]) -> str:
        late = to_come(fields, values, screen.workspace.today())
        return late or ("" if values["one"] < values["two"] else "The first day is before the second.")

    values = await screen.ask(FormScreen("What changed between", fields, check=check, intro=_FOR_PRINT))
    if values is None:
        return
    one, two, names = values["one"], values["two"], names_typed(records.family, values)
    title = "What changed in the traject plan"
    await show_paper(screen, title, lambda: changes_paper(records, one, two, names))
