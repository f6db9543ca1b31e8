"""The people who work with a caseload: who is at the keyboard, and those they work with."""

from typing import Any

from msgspec.structs import replace

from vigtui.domain.people import supervises, with_past
from vigtui.domain.records import Enrolment, Person, Programme
from vigtui.domain.training.gates import assessor_problems
from vigtui.domain.vocabulary import Hours, Role
from vigtui.queries.caseload_groups import with_roles
from vigtui.ui.dialogs.choices import ChooseScreen
from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.records.family import word_choices
from vigtui.ui.dialogs.service import edit_service
from vigtui.ui.dialogs.training.spans import (
    Read,
    read_availability,
    read_roles,
    typed_availability,
    typed_roles,
    why_not,
)
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.text import one_line

_WHO = "People: who is here?"
_SO_FAR = "{name} so far. Whoever you choose signs what is written from now on."
_TIME = "one a line: “on leave, 4 Oct to 10 Jan”"
_ROLES = "one a line: “trainee, 4 Oct 2024 to 1 May”; a change of today keeps what was"
_NOBODY = "nobody else here is a supervisor yet"
_NEW, _TYPED, _ADD, _CHANGE, _SERVICE = "", "typed", "add", "change", "service"


def person_fields(name: str = "", *, with_service: bool = False) -> list[Field]:
    """The fields for somebody who begins to use a caseload, with the `name` that they gave before."""
    fields = [
        Field("name", "Your name", value=name, required=True, hint="as it signs your notes"),
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


async def choose_person(screen: CaseScreen) -> Person | None:
    """Ask who is at the keyboard, or add and change others who work here, or the service's settings.

    Answers whoever is at the keyboard from now on; None when that stays as it is. Call it from a worker of
    `screen`.
    """
    caseload = screen.caseload
    people = [person for person in caseload.all(Person) if person.active]
    here = screen.workspace.person
    # Whoever joined a space has just typed their name.
    typed = "" if here or caseload.by in {each.name for each in people} else one_line(caseload.by)
    if people:
        options = [(person.id, with_roles(person)) for person in people]
        if typed:
            options.insert(0, (_TYPED, f"{typed}, new in this caseload…"))
        options += [(_NEW, "Somebody else…"), (_ADD, "Add a colleague…"), (_CHANGE, "Change a person…")]
        options.append((_SERVICE, "The service's settings…"))
        intro = _SO_FAR.format(name=one_line(here.name)) if here else ""
        chosen = await screen.ask(ChooseScreen(_WHO, options, intro=intro, at=here.id if here else None))
        if chosen is None:
            return None
        if chosen == _ADD:
            await edit_colleague(screen)
            return None
        if chosen == _CHANGE:
            return await _change_person(screen)
        if chosen == _SERVICE:
            await edit_service(screen)
            return None
        if chosen not in (_NEW, _TYPED):
            return caseload.need(Person, chosen)
        typed = typed if chosen == _TYPED else ""
    values = await screen.ask(FormScreen("Who are you?", person_fields(typed)))
    if values is None:
        return None
    return caseload.save(Person(name=values["name"], roles=(Role(values["role"]),)))


async def edit_colleague(
    screen: CaseScreen, person: Person | None = None, *, supervisor: str = "", intro: str = ""
) -> Person | None:
    """Add somebody who works here, perhaps with the supervisor of this id, or change who `person` is.

    Answers them as saved, or None.
    """
    supervisors = tuple(
        (each.id, each.name)
        for each in screen.caseload.all(Person)
        if each.id == (person.supervisor if person else "")
        or (each.active and supervises(each) and (person is None or each.id != person.id))
    )
    present, today = person or Person(name="", supervisor=supervisor), screen.workspace.today()
    nobody = "" if supervisors else _NOBODY
    time, roles = typed_availability(present.availability), typed_roles(present.roles_held)

    def by_days(name: str, label: str, lines: str, hint: str, read: Read) -> Field:
        return Field(name, label, "words", lines, hint=hint, wrong=lambda typed: why_not(read, typed, today))

    fields = [
        Field("name", "Name", value=present.name, required=True, hint="as the caseload shows it"),
        Field("roles", "Works as", "choices", present.roles, word_choices(Role), required=True),
        Field("supervisor", "Supervisor", "choice", present.supervisor, supervisors, hint=nobody),
        Field("profession", "Profession", value=present.profession, hint="health visitor, psychologist..."),
        Field("hours", "Time for VIG", "choice", present.hours.value, word_choices(Hours), required=True),
        Field("itc_date", "Initial training", "date", present.itc_date, hint="its day"),
        Field("active", "Works here now", "yes_no", present.active),
        by_days("availability", "Time, by days", time, _TIME, read_availability),
        by_days("roles_held", "Roles, by days", roles, _ROLES, read_roles),
    ]

    def build(values: dict[str, Any]) -> Person:
        roles = tuple(Role(role) for role in values["roles"])
        typed = {
            "roles": roles,
            "hours": Hours(values["hours"]),
            "availability": read_availability(values["availability"], today),
            "roles_held": read_roles(values["roles_held"], today),
        }
        changed = replace(present, **{**values, **typed})
        if person:
            changed = with_past(person, changed, today)
        for enrolment in screen.caseload.where(Enrolment, person=changed.id):
            programme = screen.caseload.get(Programme, enrolment.programme)
            if problem := next(assessor_problems(enrolment, changed, programme), ""):
                raise ValueError(problem)
        return changed

    title = "Change a person" if person else "Somebody who works here"
    words = f"Change {present.name}" if person else "Add a colleague"
    return await save_asked(screen, title, words, fields, build, intro=intro)


async def _change_person(screen: CaseScreen) -> Person | None:
    """Change one of the people. Answers them when they are who is at the keyboard."""
    people = screen.caseload.all(Person)
    chosen = await screen.ask(ChooseScreen("Change whom?", [(each.id, with_roles(each)) for each in people]))
    changed = await edit_colleague(screen, screen.caseload.need(Person, chosen)) if chosen else None
    me = screen.workspace.person
    return changed if changed and me and changed.id == me.id else None
