"""The traject plan on paper, and what changed in it between two days."""

import datetime as dt

from vigtui.queries.family import FamilyRecords
from vigtui.queries.traject import days_of_change
from vigtui.reports.families.traject import changes_paper, plan_paper
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.dialogs.record_form import to_come
from vigtui.ui.widgets.case_screen import CaseScreen


async def ask_day(screen: CaseScreen, day: dt.date) -> dt.date | None:
    """Ask for a past day; None when the form was left."""
    fields = [Field("day", "Day", "date", day, required=True, past=True)]

    def check(values: dict[str, object]) -> str:
        return to_come(fields, values, screen.workspace.today())

    values = await screen.ask(FormScreen("The plan as it was on", fields, check=check, does="Show"))
    return values["day"] if values else None


async def show_plan(screen: CaseScreen, records: FamilyRecords, day: dt.date) -> None:
    """Show the plan of a day. Call it from a worker of `screen`."""
    await show_paper(screen, "Traject plan", lambda: plan_paper(records, day))


async def show_changes(screen: CaseScreen, records: FamilyRecords, since: dt.date | None) -> None:
    """Ask for two days, and show what changed: from `since`, else the change before the last, else yesterday,
    until today. Call it from a worker of `screen`."""
    days = days_of_change(records.headings, records.traject, records.today)
    first = min(since or next(iter(days[-2:]), records.today), records.today - dt.timedelta(days=1))
    fields = [
        Field("one", "From", "date", first, required=True, past=True),
        Field("two", "To", "date", records.today, required=True, past=True),
    ]

    def check(values: dict[str, dt.date]) -> str:
        late = to_come(fields, values, screen.workspace.today())
        return late or ("" if values["one"] < values["two"] else "“From” has to be a day before “To”.")

    values = await screen.ask(FormScreen("What changed between", fields, check=check, does="Show"))
    if values is None:
        return
    one, two = values["one"], values["two"]
    await show_paper(screen, "What changed in the traject plan", lambda: changes_paper(records, one, two))
