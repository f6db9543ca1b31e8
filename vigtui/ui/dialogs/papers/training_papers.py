"""Papers of somebody's training, read before they are printed: portfolio, evidence, the record of a
supervision."""

import asyncio
from typing import ClassVar

from vigtui.domain.records import Person, Session
from vigtui.queries.training.identifying import Finding
from vigtui.queries.training.portfolio import portfolio
from vigtui.reports.paper import Paper, PaperError
from vigtui.reports.training.evidence import LEFT_OUT, evidence_paper
from vigtui.reports.training.portfolio import portfolio_paper
from vigtui.reports.training.supervision import session_paper
from vigtui.ui.dialogs.papers.bundle import DecideScreen
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.wording.supervision import session_name

_GONE = "This person is no longer in the caseload."
_INTRO = (
    "Families are numbered, and named nowhere. These words might tell all the same which family it is. What "
    f"you tick may stand; everything else is left out, as {LEFT_OUT}."
)


class StandingScreen(DecideScreen):
    """Asks of everything that might identify a family whether it may stand."""

    HELP: ClassVar[str] = (
        "A program cannot know what tells an outsider which family it is: quoted words, names of places, "
        "ages, days. Each is listed with the words around it. What you tick stands on the paper; what is not "
        "ticked is left out. Nothing in the caseload is changed."
    )


async def show_portfolio(screen: CaseScreen, person_id: str) -> None:
    """Show somebody's portfolio as a paper. Call it from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()
    names = screen.workspace.names(caseload.get)

    def make() -> Paper:
        person = caseload.get(Person, person_id)
        if person is None:
            raise PaperError(_GONE)
        found = portfolio(caseload.get, caseload.where, person_id, today)
        return portfolio_paper(names, caseload, person, found)

    await show_paper(screen, "A portfolio", make)


async def show_evidence(screen: CaseScreen, person_id: str) -> None:
    """Ask what may stand of what might identify a family, and show the evidence for an accreditation. Call it
    from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()
    names = screen.workspace.names(caseload.get)

    def made(standing: tuple[str, ...]) -> tuple[Paper, list[Finding]]:
        person = caseload.get(Person, person_id)
        if person is None:
            raise PaperError(_GONE)
        found = portfolio(caseload.get, caseload.where, person_id, today)
        return evidence_paper(names, caseload, person, found, standing)

    try:
        paper, findings = await asyncio.to_thread(made, ())
    except PaperError as error:
        screen.tell(str(error), problem=True)
        return
    if findings:
        lines = [(each.words, f"{each.words} ({each.why.value})", each.around) for each in findings]
        standing = await screen.ask(StandingScreen("What might tell which family it is", _INTRO, lines))
        if standing is None:
            return
        if standing:
            paper, _ = await asyncio.to_thread(made, standing)
    await show_paper(screen, "Evidence for an accreditation", lambda: paper)


async def show_session(screen: CaseScreen, session_id: str) -> None:
    """Show the record of a supervision as a paper. Call it from a worker of `screen`."""
    caseload, names = screen.caseload, screen.workspace.names(screen.caseload.get)
    screen.save_pending()

    def make() -> Paper:
        session = caseload.get(Session, session_id)
        if session is None:
            raise PaperError("This supervision is no longer in the caseload.")
        return session_paper(names, caseload.where, session)

    session = caseload.get(Session, session_id)
    name = session_name(caseload.where, session) if session else "The session"
    await show_paper(screen, f"{name}: the record as a paper", make)
