"""Whose way, or whose portfolio, is to be shown."""

from vigtui.domain.people import may_see_way, sees_others_ways
from vigtui.domain.records import Enrolment, Person
from vigtui.queries.training.ways import in_training
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.ui.widgets.keys.said import keys_for, with_keys
from vigtui.values.text import one_line

NOT_YOURS = (
    "A way is a trainee's own, for them, their supervisors and the service's lead to see: "
    "{caseload.person} says who is here."
)
ANOTHERS_DRAFT = "A draft is its writer's alone until they say that it is finished."
ANOTHERS_PIECE = "Its writer alone changes it."
NOBODY = "Nobody is in training yet: {caseload.person} on the caseload adds a colleague who is a trainee."


def person_shown(screen: CaseScreen, identity: str) -> Person | None:
    """Return the person whose way or portfolio `screen` shows. None where they are gone, or whoever is here
    may not see it: that is said, and the screen is left."""
    person = screen.caseload.get(Person, identity)
    if person is not None and may_see_way(screen.workspace.person, identity):
        return person
    gone = "This person is no longer in the caseload."
    screen.leave(gone if person is None else with_keys(NOT_YOURS, keys_for(screen)))
    return None


async def whose_way(screen: CaseScreen, likely: str) -> str:
    """Return the id of whose way to show, "" for nobody: to somebody in training their own; to others that
    of the person who is `likely` meant, their own, or whichever they choose. Call it from a worker of
    `screen`."""
    me = screen.workspace.person
    if me is not None and not sees_others_ways(me):
        return me.id
    for person in (likely, me.id if me else ""):
        if person and any(screen.caseload.where(Enrolment, person=person)):
            return person
    return await choose_in_training(screen)


async def choose_in_training(screen: CaseScreen) -> str:
    """Return the id of whoever in training is chosen; "" for nobody."""
    caseload, me = screen.caseload, screen.workspace.person
    found = in_training(caseload.get, caseload.where, screen.workspace.today())
    options = [(each.person.id, _words(each.person)) for each in found if may_see_way(me, each.person.id)]
    return (
        await screen.ask(ChooseScreen("Whose way?", options, empty=with_keys(NOBODY, keys_for(screen)))) or ""
    )


def _words(person: Person) -> str:
    return ", ".join([one_line(person.name), *(role.label for role in person.roles)])
