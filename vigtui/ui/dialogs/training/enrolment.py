"""Who is in which programme, and the gates they have passed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from vigtui.domain.people import supervises
from vigtui.domain.records import Enrolment, Gate, Person, Programme
from vigtui.domain.training.stages import stage_at_hand
from vigtui.queries.training.ways import Way
from vigtui.ui.dialogs.choices import ConfirmScreen
from vigtui.ui.dialogs.forms import Field
from vigtui.ui.dialogs.record_form import save_asked
from vigtui.ui.dialogs.training.programmes import choose_programme
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.values.days import show_long_day
from vigtui.values.text import and_list, folded, one_line
from vigtui.wording.training.way import left_words

_STAGE_HINT = "leave it empty for the first; a later one: the stages before it were passed elsewhere"


async def enrol(screen: CaseScreen, person: Person) -> Enrolment | None:
    """Ask for a programme and from when on somebody is in it. Call it from a worker of `screen`."""
    programme = await choose_programme(screen)
    if programme is None:
        return None
    blank = Enrolment(person=person.id, programme=programme.id, started=screen.workspace.today())
    words = f"{one_line(person.name)} begins {one_line(programme.name)}"
    return await _ask(screen, blank, programme, words)


async def edit_enrolment(screen: CaseScreen, way: Way) -> Enrolment | None:
    """Change from when on somebody is in a programme, and in which stage. Call it from a worker."""
    return await _ask(
        screen, way.enrolment, way.programme, f"Change who is in {one_line(way.programme.name)}"
    )


async def _ask(
    screen: CaseScreen, enrolment: Enrolment, programme: Programme, words: str
) -> Enrolment | None:
    stages = tuple((stage.name, stage.name) for stage in programme.stages)
    fields = [
        Field("started", "Since", "date", enrolment.started, required=True),
        Field("stage", "In stage", "choice", enrolment.stage, stages, hint=_STAGE_HINT),
    ]

    def build(values: dict[str, Any]) -> Enrolment:
        return replace(enrolment, **values)

    return await save_asked(screen, one_line(programme.name), words, fields, build)


async def pass_gate(screen: CaseScreen, way: Way) -> Enrolment | None:
    """Record that a gate was passed, or, after the last, that what was reached was renewed. An assessor who
    may not assess this person is refused with a sentence. Call it from a worker."""
    place = way.progress.at_hand
    if place is None:
        return await _renew(screen, way)
    stage = way.programme.stages[place]
    if not stage.gate:
        screen.tell(f"{one_line(stage.name)} has no gate.")
        return None
    person = screen.caseload.need(Person, way.enrolment.person)
    intro = "The assessor is not the trainee's own supervisor."
    if left := [left_words(each) for each in way.progress.stages[place].open]:
        intro += f" What comes before it is not all there yet: {and_list(left)}."
    new = Gate(name=stage.gate, date=screen.workspace.today(), assessor="", supervisor=person.supervisor)

    def passed(gate: Gate) -> Enrolment:
        enrolment = replace(way.enrolment, gates=(*way.enrolment.gates, gate))
        following = stage_at_hand(enrolment, way.programme)
        name = way.programme.stages[following].name if following is not None else stage.name
        return replace(enrolment, stage=name)

    return await _ask_gate(screen, person, new, passed, f"Passed: {stage.gate}", intro)


async def edit_gate(screen: CaseScreen, way: Way, gate: Gate) -> Enrolment | None:
    """Correct when a gate was passed, and who assessed it. Call it from a worker."""

    def corrected(other: Gate) -> Enrolment:
        gates = tuple(other if each == gate else each for each in way.enrolment.gates)
        return replace(way.enrolment, gates=gates)

    person = screen.caseload.need(Person, way.enrolment.person)
    return await _ask_gate(screen, person, gate, corrected, f"Correct: {gate.name}", "")


async def remove_gate(screen: CaseScreen, way: Way, gate: Gate) -> None:
    """Ask whether a gate is taken back that was entered by mistake, and do that as one step."""
    question = f"Take back that the {one_line(gate.name)} was passed? Its stage is at hand again."
    if not await screen.ask(ConfirmScreen(question, "Take it back")):
        return
    gates = tuple(each for each in way.enrolment.gates if each != gate)
    stage = next((each.name for each in way.programme.stages if each.gate == gate.name), "")
    with screen.caseload.transaction(f"Take back: {one_line(gate.name)}"):
        screen.caseload.save(replace(way.enrolment, gates=gates, stage=stage))


async def _ask_gate(
    screen: CaseScreen,
    person: Person,
    gate: Gate,
    enrolment: Callable[[Gate], Enrolment],
    words: str,
    intro: str,
) -> Enrolment | None:
    """Ask for the day and the assessor of a gate; `enrolment` is what it makes of the person's enrolment."""
    known = screen.caseload.get(Person, gate.assessor)
    fields = [
        Field("date", "Passed on", "date", gate.date, required=True, past=True),
        Field("assessor", "Assessor", "choice", gate.assessor, _assessors(screen, person, gate.assessor)),
        Field(
            "elsewhere",
            "Or somebody else",
            value="" if known else gate.assessor,
            hint="the name of an assessor from elsewhere",
        ),
    ]

    def build(values: dict[str, Any]) -> Enrolment:
        return enrolment(replace(gate, date=values["date"], assessor=_assessor(screen, values)))

    return await save_asked(screen, gate.name, words, fields, build, intro=intro)


def _assessor(screen: CaseScreen, values: dict[str, Any]) -> str:
    """The id of the assessor; the name of one whom the caseload does not know."""
    name = values["elsewhere"]
    if bool(name) == bool(values["assessor"]):
        raise ValueError(
            "Say who assessed it: choose somebody, or write the name of somebody from elsewhere."
        )
    known = (each.id for each in screen.caseload.all(Person) if folded(each.name) == folded(name))
    return values["assessor"] or next(known, name)


def _assessors(screen: CaseScreen, person: Person, present: str) -> tuple[tuple[str, str], ...]:
    """Those who supervise here. The own supervisor is among them: choosing them says why that cannot be."""
    return tuple(
        (each.id, each.name)
        for each in screen.caseload.all(Person)
        if each.id == present or (each.active and each.id != person.id and supervises(each))
    )


async def remove_renewal(screen: CaseScreen, way: Way, day: dt.date) -> None:
    """Ask whether a renewal is taken back that was entered by mistake, and do that as one step."""
    question = f"Take back the renewal of {show_long_day(day, screen.workspace.today())}?"
    if not await screen.ask(ConfirmScreen(question, "Take it back")):
        return
    kept = tuple(each for each in way.enrolment.renewals if each != day)
    with screen.caseload.transaction("Take back a renewal"):
        screen.caseload.save(replace(way.enrolment, renewals=kept))


async def edit_renewal(screen: CaseScreen, way: Way, day: dt.date) -> Enrolment | None:
    """Correct the day on which what was reached was renewed. Call it from a worker."""
    return await _ask_renewal(screen, way, day, "Correct the day of a renewal", instead_of=day)


async def _renew(screen: CaseScreen, way: Way) -> Enrolment | None:
    if not way.programme.renew_years:
        screen.tell("Every gate is passed, and this programme asks for no renewal.")
        return None
    return await _ask_renewal(screen, way, screen.workspace.today(), "Record a renewal")


async def _ask_renewal(
    screen: CaseScreen, way: Way, day: dt.date, words: str, instead_of: dt.date | None = None
) -> Enrolment | None:
    fields = [Field("date", "Renewed on", "date", day, required=True, past=True)]

    def build(values: dict[str, Any]) -> Enrolment:
        days: set[dt.date] = {*way.enrolment.renewals, values["date"]}
        if instead_of != values["date"]:
            days.discard(instead_of or dt.date.min)
        return replace(way.enrolment, renewals=tuple(sorted(days)))

    title = f"{one_line(way.programme.name)}: a renewal"
    return await save_asked(screen, title, words, fields, build)
