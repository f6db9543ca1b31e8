"""How far somebody has come in each stage of a programme, and what its gate still asks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from vigtui.domain.records import (
    Cycle,
    Enrolment,
    Family,
    Gate,
    Programme,
    Reflection,
    Session,
    Stage,
    TrainingDay,
)
from vigtui.domain.training.counting import (
    Counted,
    NotCounted,
    TrainingRecords,
    Why,
    count,
    is_group,
)
from vigtui.domain.training.gates import renewal_due
from vigtui.domain.training.stages import gate_passed, stage_at_hand
from vigtui.domain.vocabulary import FamilyState, TrainingDayKind
from vigtui.values.text import folded


class Target(Enum):
    """What a stage may ask for."""

    CLIENTS = auto()
    CYCLES = auto()
    HOURS = auto()
    SESSIONS = auto()
    SEMINAR_DAYS = auto()
    RUNNING = auto()
    WRITTEN = auto()
    SHADOWING = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stage asks for: how much is `done` of how much, and the names of what is `missing`, if it is
    asked for by name."""

    target: Target
    done: float
    of: float
    missing: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return self.done >= self.of

    @property
    def left(self) -> float:
        """How much is still to come."""
        return max(0, round(self.of - self.done, 2))


@dataclass(frozen=True, slots=True)
class StageProgress:
    """What counts in a stage. `group_minutes` are those of group supervision, all of them: of `minutes` only
    as many are part as the stage lets count. `running` are families at work now, while the stage is open."""

    stage: Stage
    gate: Gate | None
    clients: tuple[str, ...]
    cycles: tuple[Cycle, ...]
    sessions: tuple[Session, ...]
    days: tuple[TrainingDay, ...]
    reflections: tuple[Reflection, ...]
    minutes: int
    group_minutes: int
    running: int

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 2)

    @property
    def seminar_days(self) -> float:
        return sum(day.days for day in self.days if day.kind is TrainingDayKind.SEMINAR)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All that the stage asks for, in the order in which it is told."""
        return tuple(each for each in self._all_asked() if each.of)

    @property
    def open(self) -> tuple[Asked, ...]:
        """What is still to come before the gate. The gate is a meeting of its own."""
        return tuple(each for each in self.asked if not each.met)

    def _all_asked(self) -> Iterator[Asked]:
        stage = self.stage
        yield Asked(Target.CLIENTS, len(self.clients), stage.clients)
        yield Asked(Target.CYCLES, len(self.cycles), stage.cycles)
        yield Asked(Target.HOURS, self.hours, stage.hours)
        yield Asked(Target.SESSIONS, len(self.sessions), stage.sessions)
        yield Asked(Target.SEMINAR_DAYS, self.seminar_days, stage.seminar_days)
        yield Asked(
            Target.RUNNING, stage.running_clients if self.gate else self.running, stage.running_clients
        )
        yield _by_name(Target.WRITTEN, stage.written, [each.piece for each in self.reflections])
        sat_in = [day.what for day in self.days if day.kind is TrainingDayKind.SHADOWING]
        yield _by_name(Target.SHADOWING, stage.shadowing, sat_in)


@dataclass(frozen=True, slots=True)
class Progress:
    """Somebody's way through a programme. `at_hand` is the place of the stage they are in, None once the last
    gate is passed; `renewal` is the day by which what was reached is to be renewed, `renewed` that on which
    it was last."""

    stages: tuple[StageProgress, ...]
    at_hand: int | None
    not_counted: tuple[NotCounted, ...]
    renewal: dt.date | None
    renewed: dt.date | None = None

    @property
    def stage(self) -> StageProgress | None:
        """The stage somebody is in."""
        return None if self.at_hand is None else self.stages[self.at_hand]


def progress(
    enrolment: Enrolment, programme: Programme, records: TrainingRecords, today: dt.date
) -> Progress:
    """Return how far the enrolled person has come. Records of other people are passed over."""
    counted = count(enrolment, programme, records, today)
    running = sum(
        family.guider == enrolment.person and family.state is FamilyState.ACTIVE
        for family in records.families
    )
    stages = tuple(
        _stage(counted, place, stage, gate_passed(enrolment, programme, place), running)
        for place, stage in enumerate(programme.stages)
    )
    at_hand = stage_at_hand(enrolment, programme)
    open_ones = [] if at_hand is None else [stages[at_hand]]
    more = [each for stage in open_ones for each in _left_out(stage, records.families)]
    renewal, renewed = renewal_due(enrolment, programme), max(enrolment.renewals, default=None)
    return Progress(stages, at_hand, (*counted.not_counted, *more), renewal, renewed)


def asked_of(stage: Stage) -> tuple[Asked, ...]:
    """Return all that a stage asks for, before anything is done."""
    return StageProgress(stage, None, (), (), (), (), (), 0, 0, 0).asked


def _stage(counted: Counted, place: int, stage: Stage, gate: Gate | None, running: int) -> StageProgress:
    cycles = tuple(counted.cycles.get(place, ()))
    sessions = tuple(counted.sessions.get(place, ()))
    group = sum(each.minutes for each in sessions if is_group(each))
    alone = sum(each.minutes for each in sessions) - group
    return StageProgress(
        stage=stage,
        gate=gate,
        clients=tuple(family for family, number in _clients(cycles) if number >= stage.cycles_per_client),
        cycles=cycles,
        sessions=sessions,
        days=tuple(counted.days.get(place, ())),
        reflections=tuple(counted.reflections.get(place, ())),
        minutes=alone + min(group, most_group_minutes(stage, group)),
        group_minutes=group,
        running=running,
    )


def most_group_minutes(stage: Stage, otherwise: int) -> int:
    """Return how many minutes of group supervision count in a stage: its share of the hours that are asked
    for, or `otherwise` where all do."""
    if stage.group_share is None or not stage.hours:
        return otherwise
    return round(stage.group_share * stage.hours * 60)


def _clients(cycles: tuple[Cycle, ...]) -> list[tuple[str, int]]:
    return list(Counter(cycle.family for cycle in cycles).items())


def _left_out(stage: StageProgress, families: tuple[Family, ...]) -> Iterator[NotCounted]:
    """What counts only in part: hours of groups beyond their share, clients with few cycles yet."""
    most = most_group_minutes(stage.stage, stage.group_minutes)
    if stage.group_minutes > most:
        over = round((stage.group_minutes - most) / 60, 2)
        yield NotCounted(Why.GROUP_SHARE, None, stage.stage.name, over, round(most / 60, 2))
    found = {family.id: family for family in families}
    for identity, number in _clients(stage.cycles):
        if number < stage.stage.cycles_per_client:
            family = found.get(identity)
            yield NotCounted(Why.FEW_CYCLES, family, stage.stage.name, number, stage.stage.cycles_per_client)


def _by_name(target: Target, names: tuple[str, ...], done: list[str]) -> Asked:
    known = {folded(each.strip()) for each in done}
    missing = tuple(name for name in names if folded(name.strip()) not in known)
    return Asked(target, len(names) - len(missing), len(names), missing)
