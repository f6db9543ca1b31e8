"""When each stage of somebody's programme began and ended.

A stage lasts from the gate before it to its own gate; the day of a gate belongs to the stage it ends.
"""

import datetime as dt
from collections.abc import Iterator

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


def programme_problems(programme: Programme) -> Iterator[str]:
    """Yield a sentence for each reason why somebody could not go from stage to stage."""
    names = [stage.name for stage in programme.stages]
    gates = [stage.gate for stage in programme.stages if stage.gate]
    for what, found in (("stages", names), ("gates", gates)):
        if twice := next((each for each in found if found.count(each) > 1), ""):
            yield f"Two {what} are called “{twice}”. Give each its own name."
    for stage in programme.stages[:-1]:
        if not stage.gate:
            yield f"“{stage.name}” has no gate: it is the gate that ends a stage and begins the next."
    if programme.stages and all(stage.optional for stage in programme.stages):
        yield "Every stage is optional. At least one is for everybody."


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
