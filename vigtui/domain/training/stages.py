"""When each stage of somebody's programme began and ended.

A stage lasts from the gate before it to its own gate; the day of a gate belongs to the stage it ends.
"""

import datetime as dt

from vigtui.domain.records import Enrolment, Gate, Programme


def gate_passed(enrolment: Enrolment, programme: Programme, place: int) -> Gate | None:
    """Return the gate that ended the stage at this place; None while it is to come. Of stages whose gates
    have the same name the first has the first gate."""
    name = programme.stages[place].gate
    namesakes = sum(stage.gate == name for stage in programme.stages[:place])
    passed = sorted(
        (gate for gate in enrolment.gates if name and gate.name == name),
        key=lambda gate: (gate.date, gate.assessor),
    )
    return passed[namesakes] if namesakes < len(passed) else None


def stage_at_hand(enrolment: Enrolment, programme: Programme) -> int | None:
    """Return the place of the stage somebody is in; None once the last gate is passed."""
    return next((place for place, end in _ends(enrolment, programme) if end is None), None)


def stage_on(enrolment: Enrolment, programme: Programme, day: dt.date) -> int:
    """Return the place of the stage that ran on this day; after the last gate that of the last stage."""
    ends = _ends(enrolment, programme)
    return next((place for place, end in ends if end is None or day <= end), ends[-1][0])


def stage_named(programme: Programme, name: str) -> int | None:
    """Return the place of the stage of this name; None when there is none."""
    return next((place for place, stage in enumerate(programme.stages) if name and stage.name == name), None)


def _ends(enrolment: Enrolment, programme: Programme) -> list[tuple[int, dt.date | None]]:
    """Return the place of each stage and the day on which it ended. One before the stage that somebody began
    in, without a gate, was passed elsewhere. One for those who go on is left out until somebody does."""
    began = stage_named(programme, enrolment.stage) or 0
    found: list[tuple[int, dt.date | None]] = []
    for place, stage in enumerate(programme.stages):
        gate = gate_passed(enrolment, programme, place)
        if gate or not stage.optional or stage.name == enrolment.stage:
            found.append((place, gate.date if gate else dt.date.min if place < began else None))
    if not found and programme.stages:
        found.append((0, None))
    return found
