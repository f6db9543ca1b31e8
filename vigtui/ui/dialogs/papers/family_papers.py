"""A family's papers: the pages before its visits, alone and with those of all families; the plan of a shared
review; the consent form; a summary for people outside the work; to whom something went; all that is
written of it."""

from vigtui.domain.records import Cycle, Family
from vigtui.domain.reviews import plan_of
from vigtui.domain.vocabulary import Purpose
from vigtui.queries.family import family_records
from vigtui.queries.visits import planned_visits
from vigtui.reports.families.conference import PURPOSES, conference_paper
from vigtui.reports.families.consent import blank_form, filled_form
from vigtui.reports.families.review import review_paper
from vigtui.reports.families.visit import visit_page, visit_paper
from vigtui.reports.families.written import written_paper
from vigtui.reports.paper import Paper, PaperError
from vigtui.reports.service.disclosures import disclosures_paper
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.widgets.case_screen import CaseScreen

_OUTSIDE = tuple((each.value, each.label) for each in PURPOSES)
_SUMMARY = (
    "The facts of the plan and the work side by side. Film is described only where everybody in it agreed to "
    "that purpose. What you type below stands on this paper alone."
)


async def show_visit(screen: CaseScreen, family: str) -> None:
    """Show a family's page. Call it from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()

    def make() -> Paper:
        records = family_records(caseload, family, today, screen.workspace.person)
        if records is None:
            raise PaperError("This family is no longer in the caseload.")
        return visit_paper([visit_page(records)], today)

    await show_paper(screen, "Before the visit", make)


async def show_visits(screen: CaseScreen) -> None:
    """Show the pages of the next fortnight's visits, in their order. Call it from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()

    def make() -> Paper:
        found = [
            (visit, records)
            for visit in planned_visits(caseload.all(Cycle), today)
            if (records := family_records(caseload, visit.family, today, screen.workspace.person)) is not None
        ]
        if not found:
            raise PaperError("No visit is planned in the next fortnight. A cycle's planned day makes it one.")
        return visit_paper([visit_page(records, visit) for visit, records in found], today)

    await show_paper(screen, "Before the visits of the next fortnight", make)


async def show_review(screen: CaseScreen, cycle: str) -> None:
    """Show the plan of a cycle's shared review. Call it from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()

    def make() -> Paper:
        found = caseload.get(Cycle, cycle)
        records = family_records(caseload, found.family, today) if found else None
        if found is None or records is None:
            raise PaperError("This cycle is no longer in the caseload.")
        return review_paper(records, found, plan_of(caseload.get, caseload.where, cycle))

    await show_paper(screen, "The plan of the shared review", make)


async def show_consent_form(screen: CaseScreen, family: str) -> None:
    """Show the consent form as it is recorded for a family, or a blank one where none is named. Call it from
    a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()

    def make() -> Paper:
        if not family:
            return blank_form(caseload.meta, today)
        records = family_records(caseload, family, today)
        if records is None:
            raise PaperError("This family is no longer in the caseload.")
        return filled_form(caseload.meta, records)

    await show_paper(screen, "The consent form", make)


async def show_summary(screen: CaseScreen, family: str) -> None:
    """Ask what a summary is for and what people worry about, and show it. Call it from a worker of
    `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()
    fields = [
        Field("purpose", "For", "choice", Purpose.CONFERENCE.value, _OUTSIDE, required=True),
        Field("worries", "What people around the family worry about", "words", hint="as the plan has it"),
    ]
    values = await screen.ask(FormScreen("A summary of the work", fields, intro=_SUMMARY, does="Show"))
    if values is None:
        return

    def make() -> Paper:
        records = family_records(caseload, family, today)
        if records is None:
            raise PaperError("This family is no longer in the caseload.")
        return conference_paper(records, caseload, Purpose(values["purpose"]), values["worries"])

    await show_paper(screen, "A summary of the work", make)


async def show_disclosures(screen: CaseScreen, family: str) -> None:
    """Show to whom something of a family went, and who watched. Call it from a worker of `screen`."""
    caseload, names = screen.caseload, screen.workspace.names(screen.caseload.get)
    today = screen.workspace.today()

    def make() -> Paper:
        records = family_records(caseload, family, today)
        if records is None:
            raise PaperError("This family is no longer in the caseload.")
        return disclosures_paper(names, records)

    await show_paper(screen, "To whom something went", make)


async def show_written(screen: CaseScreen, family: Family) -> None:
    """Show all that is written of a family, to be printed or exported. Call it from a worker of `screen`."""
    caseload, names = screen.caseload, screen.workspace.names(screen.caseload.get)
    screen.save_pending()
    await show_paper(screen, "What is written", lambda: written_paper(names, caseload.where, family))
