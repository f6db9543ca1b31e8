"""Whose way, or whose portfolio, is to be shown."""

from vigtui.domain.records import Enrolment, Person
from vigtui.queries.training import in_training
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line

_NOBODY = "Nobody is in training yet: p on the caseload adds a colleague who is a trainee."


async def whose_way(screen: CaseScreen, likely: str) -> str:
    """Return the id of the person who is `likely` meant, or who is here, if they are in a programme; else of
    whoever is chosen, "" for nobody. Call it from a worker of `screen`."""
    me = screen.workspace.person
    for person in (likely, me.id if me else ""):
        if person and any(screen.caseload.where(Enrolment, person=person)):
            return person
    return await choose_in_training(screen)


async def choose_in_training(screen: CaseScreen) -> str:
    """Return the id of whoever in training is chosen; "" for nobody."""
    found = in_training(screen.caseload.where, screen.workspace.today())
    options = [(each.person.id, _words(each.person)) for each in found]
    return await screen.ask(ChooseScreen("Whose way?", options, empty=_NOBODY)) or ""


def _words(person: Person) -> str:
    return ", ".join([one_line(person.name), *(role.label for role in person.roles)])
