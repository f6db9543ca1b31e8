"""Who is at the keyboard: choosing a person of the caseload, or adding one."""

from vigtui.domain.caseload_groups import with_roles
from vigtui.domain.records import Person
from vigtui.domain.vocabulary import Role
from vigtui.widgets.base import VigScreen
from vigtui.widgets.choices import ChooseScreen
from vigtui.widgets.forms import Field, FormScreen

_NEW = ""


def person_fields(*, with_service: bool = False) -> list[Field]:
    """The fields for somebody who begins to use a caseload."""
    fields = [
        Field("name", "Your name", required=True, hint="as it stands under your notes"),
        Field(
            "role",
            "You work as",
            "choice",
            value=Role.SUPERVISOR.value,
            choices=tuple((role.value, role.label) for role in Role),
            required=True,
        ),
    ]
    if with_service:
        fields.insert(0, Field("service", "Service", hint="the service's name, shown at the top"))
    return fields


async def choose_person(screen: VigScreen) -> Person | None:
    """Ask who is at the keyboard. Answers None when the question was left."""
    caseload = screen.caseload
    people = [person for person in caseload.all(Person) if person.active]
    if people:
        options = [(person.id, with_roles(person)) for person in people]
        chosen = await screen.ask(ChooseScreen("Who is using vigtui?", [*options, (_NEW, "Somebody else…")]))
        if chosen is None:
            return None
        if chosen != _NEW:
            return caseload.need(Person, chosen)
    values = await screen.ask(FormScreen("Who is using vigtui?", person_fields()))
    if values is None:
        return None
    return caseload.save(Person(name=values["name"], roles=(Role(values["role"]),)))
