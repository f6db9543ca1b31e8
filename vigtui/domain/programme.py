"""How far a person has come in a training programme, whose targets are the service's data.

A stage lasts from the gate before it to its own gate. A cycle counts in the stage in which its second half
(filming, shared review) was done; a session in the stage it names, else by its date.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigtui.domain.cycles import counts
from vigtui.domain.records import Cycle, Enrolment, Family, Gate, Person, Programme, Session, Stage
from vigtui.domain.vocabulary import SessionState


@dataclass(frozen=True, slots=True)
class StageProgress:
    """What has been done in a stage: families with a cycle that counts, such cycles, hours of supervision."""

    stage: Stage
    clients: int
    cycles: int
    hours: float
    gate: Gate | None

    @property
    def reached(self) -> bool:
        """Whether every target is met. The gate is a meeting of its own."""
        target = self.stage
        return self.clients >= target.clients and self.cycles >= target.cycles and self.hours >= target.hours

    def words(self) -> str:
        """Return "2 of 3 clients, 7 of 9 cycles, 5.5 of 8 hours", leaving out what has no target."""
        stage = self.stage
        parts = [
            f"{done:g} of {target:g} {what}"
            for done, target, what in (
                (self.clients, stage.clients, "clients"),
                (self.cycles, stage.cycles, "cycles"),
                (self.hours, stage.hours, "hours"),
            )
            if target
        ]
        return ", ".join(parts)


def progress(
    enrolment: Enrolment,
    programme: Programme,
    *,
    families: Iterable[Family],
    cycles: Iterable[Cycle],
    sessions: Iterable[Session],
) -> list[StageProgress]:
    """Return the progress in every stage of `programme`. Records of other people are passed over."""
    own = {family.id for family in families if family.guider == enrolment.person}
    done = [cycle for cycle in cycles if cycle.family in own and counts(cycle)]
    held = [
        session
        for session in sessions
        if enrolment.person in session.trainees and session.state is not SessionState.PLANNED
    ]
    found = []
    for place, stage in enumerate(programme.stages):
        its_cycles = [cycle for cycle in done if _stage_at(enrolment, programme, completed(cycle)) == place]
        its_sessions = [each for each in held if _stage_of_session(enrolment, programme, each) == place]
        found.append(
            StageProgress(
                stage=stage,
                clients=len({cycle.family for cycle in its_cycles}),
                cycles=len(its_cycles),
                hours=round(sum(session.minutes for session in its_sessions) / 60, 1),
                gate=_gate(enrolment, stage),
            )
        )
    return found


def completed(cycle: Cycle) -> dt.date:
    """Return the day a cycle that counts came to count."""
    return max(cycle.filmed or dt.date.min, cycle.reviewed or dt.date.min)


def assessor_problems(enrolment: Enrolment, person: Person) -> Iterator[str]:
    """Yield a sentence for each gate of this person's enrolment whose assessor may not assess them."""
    for gate in enrolment.gates:
        if gate.assessor == person.id:
            yield f"{person.name} cannot be the assessor of their own {gate.name}. Choose somebody else."
        elif gate.assessor and gate.assessor == person.supervisor:
            yield (
                f"The assessor of {person.name}'s {gate.name} is {person.name}'s own supervisor. "
                "Choose another supervisor."
            )


def _gate(enrolment: Enrolment, stage: Stage) -> Gate | None:
    return next((gate for gate in enrolment.gates if stage.gate and gate.name == stage.gate), None)


def _stage_at(enrolment: Enrolment, programme: Programme, day: dt.date) -> int:
    """Return the place of the stage that ran on `day`; the day of a gate belongs to the stage it ends."""
    for place, stage in enumerate(programme.stages):
        gate = _gate(enrolment, stage)
        if gate is None or day <= gate.date:
            return place
    return len(programme.stages) - 1


def _stage_of_session(enrolment: Enrolment, programme: Programme, session: Session) -> int:
    for place, stage in enumerate(programme.stages):
        if session.stage == stage.name:
            return place
    return _stage_at(enrolment, programme, session.date)
