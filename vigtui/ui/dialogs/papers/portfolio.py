"""A trainee's portfolio, read before it is printed."""

from vigtui.domain.consent.showing import find_clip
from vigtui.domain.records import Person
from vigtui.queries.training.portfolio import portfolio
from vigtui.reports.paper import Paper, PaperError
from vigtui.reports.training.portfolio import portfolio_paper
from vigtui.ui.dialogs.papers.paper import show_paper
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line


async def show_portfolio(screen: CaseScreen, person_id: str) -> None:
    """Show somebody's portfolio as a paper. Call it from a worker of `screen`."""
    caseload, today = screen.caseload, screen.workspace.today()
    names = screen.workspace.names(caseload.get)

    def clip_code(clip: str) -> str:
        found = find_clip(caseload.get, clip)
        return one_line(f"{found[1].family.code} {found[1].code(found[0])}") if found else ""

    def make() -> Paper:
        person = caseload.get(Person, person_id)
        if person is None:
            raise PaperError("This person is no longer in the caseload.")
        found = portfolio(caseload.get, caseload.where, person_id, today)
        return portfolio_paper(names, caseload, person, found, clip_code)

    await show_paper(screen, "A portfolio", make)
