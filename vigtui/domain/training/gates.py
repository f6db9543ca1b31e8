"""Who may assess a gate, and until when what was reached holds."""

import datetime as dt
from collections.abc import Iterator

from vigtui.domain.records import Enrolment, Person, Programme
from vigtui.domain.training.stages import gate_passed


def assessor_problems(
    enrolment: Enrolment, person: Person, programme: Programme | None = None
) -> Iterator[str]:
    """Yield a sentence for each gate of this person's enrolment whose assessor may not assess them."""
    for gate in enrolment.gates:
        if gate.assessor == person.id:
            yield f"{person.name} cannot be the assessor of their own {gate.name}. Choose somebody else."
        elif gate.assessor and gate.assessor == (gate.supervisor or person.supervisor):
            yield (
                f"The assessor of {person.name}'s {gate.name} is {person.name}'s own supervisor. "
                "Choose another supervisor."
            )
    if programme and programme.different_assessors:
        yield from _assessors_of_two(enrolment)


def _assessors_of_two(enrolment: Enrolment) -> Iterator[str]:
    first: dict[str, str] = {}
    for gate in sorted(enrolment.gates, key=lambda gate: (gate.date, gate.name)):
        if gate.assessor and first.setdefault(gate.assessor, gate.name) != gate.name:
            yield (
                f"The assessor of the {gate.name} assessed the {first[gate.assessor]} already. "
                "In this programme each gate has another assessor."
            )


def renewal_due(enrolment: Enrolment, programme: Programme) -> dt.date | None:
    """Return the day by which what was reached is to be renewed; None while nothing is."""
    required = [place for place, stage in enumerate(programme.stages) if not stage.optional]
    last_gate = gate_passed(enrolment, programme, required[-1]) if required else None
    if not programme.renew_years or last_gate is None:
        return None
    return _years_after(max((last_gate.date, *enrolment.renewals)), programme.renew_years)


def _years_after(day: dt.date, years: int) -> dt.date:
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
