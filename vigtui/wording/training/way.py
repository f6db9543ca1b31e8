"""What is said of somebody's way through a programme: what counts, what does not and why, what is to come."""

import datetime as dt
from collections.abc import Callable

from vigtui.domain.consent.showing import describe_clip
from vigtui.domain.records import (
    Cycle,
    Enrolment,
    Family,
    Gate,
    Person,
    Programme,
    Record,
    Reflection,
    Session,
    Stage,
    TrainingDay,
)
from vigtui.domain.training.counting import NotCounted, Why, is_group
from vigtui.domain.training.progress import Asked, Progress, StageProgress, Target, asked_of
from vigtui.domain.vocabulary import TrainingDayKind
from vigtui.queries.training.portfolio import Chosen
from vigtui.values.days import number_of_days, show_day, show_hours, show_long_day
from vigtui.values.text import and_list, one_line
from vigtui.wording.names import Names
from vigtui.wording.supervision import kind_words

_NUMBERS = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_CALLED = {
    Target.CLIENTS: ("client", "clients"),
    Target.CYCLES: ("cycle", "cycles"),
    Target.HOURS: ("hour of supervision", "hours of supervision"),
    Target.SESSIONS: ("supervision session", "supervision sessions"),
    Target.SEMINAR_DAYS: ("seminar day", "seminar days"),
    Target.RUNNING: ("family at work now", "families at work now"),
    Target.WRITTEN: ("written piece", "written pieces"),
    Target.SHADOWING: ("meeting sat in on", "meetings sat in on"),
}
_SHORT = {
    Target.CLIENTS: "clients",
    Target.CYCLES: "cycles",
    Target.HOURS: "supervision",
    Target.SESSIONS: "sessions",
    Target.SEMINAR_DAYS: "seminar days",
    Target.RUNNING: "at work now",
    Target.WRITTEN: "written",
    Target.SHADOWING: "sat in on",
}


def asked_words(asked: Asked) -> str:
    """Return "clients 2 of 3", "supervision 5 h 30 min of 8 h"."""
    return f"{_SHORT[asked.target]} {_much(asked, asked.done)} of {_much(asked, asked.of)}"


def _much(asked: Asked, number: float) -> str:
    """Return how much of what is asked for: hours with their minutes."""
    return show_hours(number * 60) if asked.target is Target.HOURS and number else f"{number:g}"


def stage_words(stage: StageProgress) -> str:
    """Return "clients 2 of 3, cycles 7 of 9, supervision 5 h 30 min of 8 h"."""
    found = [*(asked_words(each) for each in stage.asked), *_conditions(stage.stage)]
    return ", ".join(found) or "asks for nothing but its gate"


def counts_words(stage: StageProgress) -> str:
    """Return what counts in a stage whose gate is passed: "clients 2, cycles 7, supervision 7 h 30 min"."""
    return ", ".join(f"{_SHORT[each.target]} {_much(each, each.done)}" for each in stage.asked if each.done)


def asks_words(stage: Stage) -> str:
    """Return what a stage asks for: "asks for 3 clients, 12 cycles and 8 hours of supervision"."""
    found = [*(_asked_for(each) for each in asked_of(stage)), *_conditions(stage)]
    return f"asks for {and_list(found)}" if found else ""


def _conditions(stage: Stage) -> list[str]:
    """Return what a stage asks for besides numbers: "groups of up to 4"."""
    found = [f"groups of up to {stage.group_size}"] if stage.group_size else []
    return [*found, "supervision before every visit"] if stage.supervision_before_visits else found


def _asked_for(asked: Asked) -> str:
    if asked.missing:
        names = and_list([f"“{one_line(name)}”" for name in asked.missing])
        return f"sitting in on {names}" if asked.target is Target.SHADOWING else names
    if _has_minutes(asked, asked.of):
        return f"{show_hours(asked.of * 60)} of supervision"
    return f"{asked.of:g} {_CALLED[asked.target][asked.of != 1]}"


def _has_minutes(asked: Asked, number: float) -> bool:
    """Whether these are hours, and minutes beside them."""
    return asked.target is Target.HOURS and round(number * 60) % 60 != 0


def left_words(asked: Asked) -> str:
    """Return what is still to come: "one more client", "2 h 13 min more of supervision"."""
    if asked.missing:
        names = and_list([f"“{one_line(name)}”" for name in asked.missing])
        return f"sitting in on {names}" if asked.target is Target.SHADOWING else f"{names} to be written"
    if _has_minutes(asked, asked.left):
        return f"{show_hours(asked.left * 60)} more of supervision"
    one, several = _CALLED[asked.target]
    whole = asked.left == int(asked.left) and asked.left < len(_NUMBERS)
    number = _NUMBERS[int(asked.left)] if whole else f"{asked.left:g}"
    return f"{number} more {one if asked.left == 1 else several}"


def next_words(progress: Progress, today: dt.date) -> str:
    """Return what the next gate still asks, in one or two sentences."""
    stage = progress.stage
    if stage is None:
        return _renewal_words(progress, today) if progress.stages else "It has no stages yet."
    gate = one_line(stage.stage.gate)
    missing = [left_words(each) for each in stage.open]
    if missing:
        then = f" Then the {_as_in_a_sentence(gate)} can be asked for." if gate else ""
        return f"Next: {and_list(missing)}.{then}"
    if gate:
        return f"All that comes before it is there: the {_as_in_a_sentence(gate)} can be asked for."
    return f"All that {one_line(stage.stage.name)} asks for is there."


def _renewal_words(progress: Progress, today: dt.date) -> str:
    renewal, renewed = progress.renewal, progress.renewed
    passed = "Every gate is passed" + (f", renewed on {show_long_day(renewed, today)}." if renewed else ".")
    if renewal is None:
        return passed
    if renewal < today:
        return f"{passed} A renewal was to be by {show_long_day(renewal, today)}."
    left = number_of_days((renewal - today).days)
    return f"{passed} To be renewed by {show_long_day(renewal, today)}: {left} left."


def _as_in_a_sentence(gate: str) -> str:
    """Return a gate's name with a small letter, unless it is an abbreviation or a name."""
    first = gate.partition(" ")[0]
    return gate[:1].lower() + gate[1:] if first[1:].islower() else gate


def gate_words(names: Names, gate: Gate) -> str:
    """Return "passed on 12 May, assessed by Ros Tiverton"."""
    return f"passed on {names.day(gate.date)}, assessed by {assessor_name(names, gate)}"


def assessor_name(names: Names, gate: Gate) -> str:
    """Return who assessed a gate: a name, also of somebody who is not in the caseload, or "somebody"."""
    person = names.find(Person, gate.assessor)
    return one_line(person.name if person else gate.assessor) or "somebody"


def way_words(programme: Programme, enrolment: Enrolment, progress: Progress, today: dt.date) -> str:
    """Return "Three stages, since 12 January, Stage 2"."""
    stage = progress.stage
    where = one_line(stage.stage.name) if stage else "every gate passed" if progress.stages else ""
    since = f"since {show_day(enrolment.started, today)}"
    return ", ".join(filter(None, (one_line(programme.name), since, where)))


FamilyName = Callable[[Family | None], str]
"""How a family is called: on a screen by code and pseudonym, on paper by its code alone."""


def family_on_screen(family: Family | None) -> str:
    """Return "F-017 Heron"."""
    return one_line(f"{family.code} {family.pseudonym}") if family else "a family"


def counted_words(names: Names, record: Record, family: FamilyName = family_on_screen) -> str:
    """Return what counts, or does not: "F-017 Heron, cycle 3", "Supervision of 10 Nov, 2 h in a group"."""
    if isinstance(record, Cycle):
        return f"{family(names.find(Family, record.family))}, cycle {record.number}"
    if isinstance(record, Family):
        return family(record)
    if isinstance(record, Session):
        where = " in a group" if is_group(record) else ""
        return f"{kind_words(record)} of {names.day(record.date)}, {show_hours(record.minutes)}{where}"
    if isinstance(record, TrainingDay):
        what = one_line(record.what) or record.kind.label
        seminar = record.kind is TrainingDayKind.SEMINAR
        long = f", {record.days:g} {'day' if record.days == 1 else 'days'}" if seminar else ""
        return f"{what}, {names.day(record.date)}{long}"
    if isinstance(record, Reflection):
        return f"“{one_line(record.piece) or 'Written reflection'}”"
    return names.name(record)


def done_words(names: Names, record: Record) -> str:
    """Return when what counts was done: "filmed 3 Mar, reviewed 10 Mar"."""
    if isinstance(record, Cycle) and record.filmed and record.reviewed:
        return f"filmed {names.day(record.filmed)}, reviewed {names.day(record.reviewed)}"
    if isinstance(record, Session):
        supervisor = names.find(Person, record.supervisor)
        return f"with {one_line(supervisor.name)}, {record.state.label}" if supervisor else record.state.label
    if isinstance(record, Reflection) and record.finished:
        return f"finished {names.day(record.finished)}"
    return ""


def logbook_words(progress: Progress) -> str:
    """Return what counts in all stages: "7 cycles with 3 families, 7 h 30 min of supervision"."""
    cycles = [cycle for stage in progress.stages for cycle in stage.cycles]
    families = len({cycle.family for cycle in cycles})
    hours = show_hours(sum(stage.minutes for stage in progress.stages))
    with_whom = f" with {families} {'family' if families == 1 else 'families'}" if families else ""
    number = f"{len(cycles)} {'cycle' if len(cycles) == 1 else 'cycles'}"
    return f"{number}{with_whom}, {hours} of supervision; enter shows it"


def chosen_words(chosen: Chosen) -> str:
    """Return "F-017 SR1-1  The nod"."""
    return one_line(f"{chosen.showing.family.code} {describe_clip(chosen.clip, chosen.showing)}")


def why_words(names: Names, each: NotCounted, programme: Programme) -> str:
    """Return the reason why something does not count yet, as a colleague would say it."""
    record = each.record
    if each.why is Why.GROUP_SIZE:
        return f"a group of {_number(each.amount)}; in this stage groups of up to {_number(each.of)} count"
    if each.visit:
        last, visit = each.last_visit, names.day(each.visit)
        where = f"between those of {names.day(last)} and {visit}" if last else f"before that of {visit}"
        return f"in this stage a supervision comes before every visit; none is marked as held {where}"
    if isinstance(record, Cycle):
        return _why_cycle(names, record, each.why, programme)
    if isinstance(record, Session):
        return _why_session(names, record, each.why, programme)
    if each.why is Why.FEW_CYCLES:
        some = "one cycle" if each.amount == 1 else f"{_number(each.amount)} cycles"
        return f"{some} of the {_number(each.of)} with which a client counts; the cycles count already"
    if each.why is Why.GROUP_SHARE:
        over, most = show_hours(each.amount * 60), show_hours(each.of * 60)
        return f"{over} are over the {most} of group supervision that count in this stage"
    return _why_own(each.why)


def _why_own(why: Why) -> str:
    """Return why a training day or a written piece does not count."""
    if why is Why.DRAFT:
        return "a draft still: it counts once it is finished"
    if why is Why.TO_COME:
        return "still to come"
    if why is Why.BEFORE:
        return "was before the programme began"
    return "kept in the portfolio; the programme asks for nothing of this name from here on"


def _why_cycle(names: Names, cycle: Cycle, why: Why, programme: Programme) -> str:
    number = f"cycle {cycle.number}"
    if why is Why.NOT_REVIEWED:
        if cycle.planned and cycle.planned >= names.today:
            return f"filmed; its shared review is planned for {names.day(cycle.planned)}"
        return f"filmed; the review of {number} is not marked as held yet"
    if why is Why.TO_COME:
        return f"planned for {names.day(cycle.planned)}" if cycle.planned else "still to come"
    if why is Why.NOT_FILMED:
        return f"{number} is not marked as filmed yet"
    if why is Why.OTHER_GUIDER:
        guider = names.find(Person, cycle.guider)
        return f"guided by {one_line(guider.name) if guider else 'somebody else'}, for whom it counts"
    if why is Why.VERP:
        return f"VERP; {one_line(programme.name)} counts VIG"
    return "done before the programme began"


def _why_session(names: Names, session: Session, why: Why, followed: Programme) -> str:
    if why is Why.TO_COME:
        return "still to come"
    if why is Why.NOT_HELD:
        return "not marked as held yet"
    if why is Why.NO_MINUTES:
        return "its minutes are not entered yet"
    if why in (Why.VERP, Why.INTERVISION):
        return f"{session.kind.label} is kept; {one_line(followed.name)} counts supervision"
    if why is Why.NO_SUPERVISOR:
        return "without a supervisor: it is kept, and its hours are not hours of supervision"
    if why is Why.OTHER_PROGRAMME:
        programme = names.find(Programme, session.programme)
        return f"counts for {one_line(programme.name) if programme else 'another programme'}"
    return "held before the programme began"


def _number(number: float) -> str:
    return _NUMBERS[int(number)] if number == int(number) and 0 < number < len(_NUMBERS) else f"{number:g}"
