"""What counts towards a programme, in which stage, and for what does not count: why.

A cycle counts when it is filmed and reviewed, for whoever guided it, in the stage in which its second half
was done. A session counts once it was held, for everybody who was supervised in it, and a written piece once
it is finished: in the stage they name, else by their day. No order of records makes a difference.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from vigtui.domain.cycles import counts, guider_then
from vigtui.domain.records import (
    Cycle,
    Enrolment,
    Family,
    Programme,
    Record,
    Reflection,
    Session,
    TrainingDay,
)
from vigtui.domain.training.stages import stage_named, stage_on
from vigtui.domain.vocabulary import CycleKind, SessionKind, SessionMode, SessionState, TrainingDayKind
from vigtui.values.text import folded

R = TypeVar("R", bound=Record)
Own = TypeVar("Own", TrainingDay, Reflection)


class Why(Enum):
    """Why something does not count, or not yet."""

    TO_COME = auto()
    NOT_FILMED = auto()
    NOT_REVIEWED = auto()
    VERP = auto()
    INTERVISION = auto()
    OTHER_GUIDER = auto()
    BEFORE = auto()
    NOT_HELD = auto()
    NO_MINUTES = auto()
    NO_SUPERVISOR = auto()
    OTHER_PROGRAMME = auto()
    DRAFT = auto()
    NOT_ASKED = auto()
    GROUP_SHARE = auto()
    GROUP_SIZE = auto()
    NO_SUPERVISION_BEFORE = auto()
    FEW_CYCLES = auto()


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A record that does not count, and why. `stage` is the name of the stage whose group hours, or whose
    cycles with a client, it is about: `amount` of them, where `of` are wanted or may count. Of a group these
    are its trainees. `visit` is the day of the visit before which no supervision was held since `last_visit`,
    the one before it with that family; None: it was the first."""

    why: Why
    record: Record | None = None
    stage: str = ""
    amount: float = 0
    of: float = 0
    visit: dt.date | None = None
    last_visit: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TrainingRecords:
    """All that decides how far somebody has come; what is others' is passed over."""

    families: tuple[Family, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    sessions: tuple[Session, ...] = ()
    days: tuple[TrainingDay, ...] = ()
    reflections: tuple[Reflection, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts, by the place of its stage, each kind in the order of its days; and what does not."""

    cycles: dict[int, list[Cycle]]
    sessions: dict[int, list[Session]]
    days: dict[int, list[TrainingDay]]
    reflections: dict[int, list[Reflection]]
    not_counted: list[NotCounted]


def count(enrolment: Enrolment, programme: Programme, records: TrainingRecords, today: dt.date) -> Counted:
    """Sort all that is the enrolled person's: every record counts in one stage, or has a reason."""
    way = _Way(enrolment, programme, today, {each.id: each for each in records.families}, records)
    not_counted: list[NotCounted] = []

    def sorted_out(own: Iterable[R], judge: Callable[[R], int | Why | NotCounted]) -> dict[int, list[R]]:
        found: dict[int, list[R]] = defaultdict(list)
        for record in own:
            verdict = judge(record)
            if isinstance(verdict, NotCounted):
                not_counted.append(verdict)
            elif isinstance(verdict, Why):
                not_counted.append(NotCounted(verdict, record))
            else:
                found[verdict].append(record)
        return found

    return Counted(
        cycles=sorted_out(way.own_cycles(records.cycles), way.judge_cycle),
        sessions=sorted_out(way.own_sessions(records.sessions), way.judge_session),
        days=sorted_out(way.own_days(records.days), way.judge_day),
        reflections=sorted_out(way.own_reflections(records.reflections), way.judge_reflection),
        not_counted=not_counted,
    )


def completed(cycle: Cycle) -> dt.date:
    """Return the day a cycle that counts came to count."""
    return max(cycle.filmed or dt.date.min, cycle.reviewed or dt.date.min)


def is_group(session: Session) -> bool:
    """Return whether its hours are hours of group supervision."""
    among_others = session.mode is SessionMode.GROUP or len(session.trainees) > 1
    return among_others or session.kind is SessionKind.INTERVISION


@dataclass(frozen=True, slots=True)
class _Way:
    """One person's way through one programme. The place of a stage is answered for what counts."""

    enrolment: Enrolment
    programme: Programme
    today: dt.date
    families: dict[str, Family]
    records: TrainingRecords

    def own_cycles(self, cycles: Iterable[Cycle]) -> list[Cycle]:
        """The cycles that the person guided, and those of others with families that are theirs now."""
        me = self.enrolment.person
        own = [each for each in cycles if me in (each.guider, self._guider_now(each))]
        return sorted(own, key=lambda each: (self._code(each), each.number, each.id))

    def judge_cycle(self, cycle: Cycle) -> int | Why | NotCounted:
        if guider_then(cycle, self.families.get(cycle.family)) != self.enrolment.person:
            return Why.OTHER_GUIDER
        if cycle.kind is CycleKind.VERP and not self.programme.counts_verp:
            return Why.VERP
        if not counts(cycle):
            to_come = cycle.planned is not None and cycle.planned >= self.today
            missing = Why.NOT_REVIEWED if cycle.filmed else Why.NOT_FILMED
            return Why.TO_COME if to_come and not cycle.filmed else missing
        stage = self._by_day(completed(cycle))
        if isinstance(stage, int) and self.programme.stages[stage].supervision_before_visits:
            return self._visit_without_supervision(cycle) or stage
        return stage

    def _visit_without_supervision(self, cycle: Cycle) -> NotCounted | None:
        """The first of a cycle's two visits before which, since the visit before it with the same family, no
        supervision that counts was held, if there is one. One on the day of a visit is held before it."""
        with_family = [each for each in self.own_cycles(self.records.cycles) if each.family == cycle.family]
        visits = {day for each in with_family for day in (each.filmed, each.reviewed) if day}
        held = [
            each.date
            for each in self.own_sessions(self.records.sessions)
            if isinstance(self.judge_session(each), int)
        ]
        for visit in sorted({day for day in (cycle.filmed, cycle.reviewed) if day}):
            before = max((day for day in visits if day < visit), default=None)
            if not any((before or dt.date.min) < day <= visit for day in held):
                return NotCounted(Why.NO_SUPERVISION_BEFORE, cycle, visit=visit, last_visit=before)
        return None

    def own_sessions(self, sessions: Iterable[Session]) -> list[Session]:
        own = [each for each in sessions if self.enrolment.person in each.trainees]
        return sorted(own, key=lambda each: (each.date, each.id))

    def judge_session(self, session: Session) -> int | Why | NotCounted:
        if session.programme not in ("", self.programme.id):
            return Why.OTHER_PROGRAMME
        if session.state is SessionState.PLANNED:
            return Why.TO_COME if session.date >= self.today else Why.NOT_HELD
        if why := self._why_other_kind(session):
            return why
        if not session.minutes:
            return Why.NO_MINUTES
        named = stage_named(self.programme, session.stage)
        stage = self._by_day(session.date) if named is None else named
        if isinstance(stage, Why):
            return stage
        most = self.programme.stages[stage].group_size
        if most and len(session.trainees) > most:
            return NotCounted(Why.GROUP_SIZE, session, amount=len(session.trainees), of=most)
        return stage

    def _why_other_kind(self, session: Session) -> Why | None:
        """Why a session counts for nobody as one of supervision: of its kind, or nobody supervised."""
        if session.kind is SessionKind.VERP:
            return None if self.programme.counts_verp else Why.VERP
        if session.kind is SessionKind.INTERVISION:
            return None if self.programme.counts_intervision else Why.INTERVISION
        return None if session.supervisor else Why.NO_SUPERVISOR

    def own_days(self, days: Iterable[TrainingDay]) -> list[TrainingDay]:
        return sorted(self._own(days), key=lambda each: (each.date, each.id))

    def judge_day(self, day: TrainingDay) -> int | Why:
        if day.date > self.today:
            return Why.TO_COME
        stage = self._by_day(day.date)
        if day.kind is TrainingDayKind.SEMINAR or isinstance(stage, Why):
            return stage
        return self._first_asking(stage, day.what, lambda place: self.programme.stages[place].shadowing)

    def own_reflections(self, reflections: Iterable[Reflection]) -> list[Reflection]:
        own = self._own(reflections)
        return sorted(own, key=lambda each: (each.finished or dt.date.max, each.piece, each.id))

    def judge_reflection(self, reflection: Reflection) -> int | Why:
        if reflection.finished is None:
            return Why.DRAFT
        named = stage_named(self.programme, reflection.stage)
        stage = self._by_day(reflection.finished) if named is None else named
        if isinstance(stage, Why):
            return stage
        return self._first_asking(stage, reflection.piece, lambda place: self.programme.stages[place].written)

    def _own(self, records: Iterable[Own]) -> list[Own]:
        return [each for each in records if each.person == self.enrolment.person]

    def _guider_now(self, cycle: Cycle) -> str:
        family = self.families.get(cycle.family)
        return family.guider if family else ""

    def _code(self, cycle: Cycle) -> str:
        family = self.families.get(cycle.family)
        return family.code if family else ""

    def _by_day(self, day: dt.date) -> int | Why:
        if day < self.enrolment.started or not self.programme.stages:
            return Why.BEFORE
        return stage_on(self.enrolment, self.programme, day)

    def _first_asking(self, start: int, name: str, names: Callable[[int], Iterable[str]]) -> int | Why:
        """The first stage, from this one on, that asks for what has this name."""
        for place in range(start, len(self.programme.stages)):
            if folded(name.strip()) in (folded(each.strip()) for each in names(place)):
                return place
        return Why.NOT_ASKED
