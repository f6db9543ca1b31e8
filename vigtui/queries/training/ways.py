"""Who is in training: each person's way through their programmes, and their supervision."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from vigtui.domain.lookup import Find, Where
from vigtui.domain.people import roles_on
from vigtui.domain.records import (
    Cycle,
    Enrolment,
    Family,
    Person,
    Programme,
    Reflection,
    Session,
    SessionItem,
    TrainingDay,
)
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.supervision import last_held, next_planned
from vigtui.domain.training.counting import TrainingRecords
from vigtui.domain.training.progress import Progress, progress
from vigtui.domain.vocabulary import Role, SessionState


class Way(Struct, frozen=True):
    """Somebody's way through one programme."""

    enrolment: Enrolment
    programme: Programme
    progress: Progress


def training_records(where: Where) -> TrainingRecords:
    """Return all that decides how far somebody has come."""
    return TrainingRecords(
        tuple(where(Family)),
        tuple(where(Cycle)),
        tuple(where(Session)),
        tuple(where(TrainingDay)),
        tuple(where(Reflection)),
    )


def ways_of(where: Where, person: str, today: dt.date, records: TrainingRecords | None = None) -> list[Way]:
    """Return a person's ways, the one begun last first; without those whose programme is not there. `records`
    are those of `training_records`, where they were read already."""
    records = records or training_records(where)
    programmes = {each.id: each for each in where(Programme)}
    own = sorted(where(Enrolment, person=person), key=lambda each: (each.started, each.id), reverse=True)
    return [
        Way(each, programmes[each.programme], progress(each, programmes[each.programme], records, today))
        for each in own
        if each.programme in programmes
    ]


class InTraining(Struct, frozen=True):
    """Somebody on the way, as their supervisor sees it: the last session and the next, how many clips wait on
    the agenda of sessions to come, and their ways."""

    person: Person
    last: Session | None
    next: Session | None
    waiting: int
    ways: tuple[Way, ...]


def in_training(find: Find, where: Where, today: dt.date) -> list[InTraining]:
    """Return everybody who works here and is a trainee, or is in a programme, by name."""
    enrolled = {each.person for each in where(Enrolment)}
    people = [
        each
        for each in where(Person)
        if each.active and (each.id in enrolled or Role.TRAINEE in roles_on(each, today))
    ]
    records = training_records(where)
    sessions = records.sessions
    waiting = _clips_waiting(find, where, sessions, today)
    return [
        InTraining(
            person=each,
            last=last_held(sessions, each.id),
            next=next_planned(sessions, each.id, today),
            waiting=waiting[each.id],
            ways=tuple(ways_of(where, each.id, today, records)),
        )
        for each in sorted(people, key=lambda each: (each.name.casefold(), each.id))
    ]


def _clips_waiting(find: Find, where: Where, sessions: Iterable[Session], today: dt.date) -> Counter[str]:
    """Return how many of each trainee's own clips are on the agenda of sessions to come."""
    coming = [each for each in sessions if each.state is SessionState.PLANNED and each.date >= today]
    return Counter(
        trainee
        for session in coming
        for item in where(SessionItem, session=session.id)
        if item.clip and (trainee := whose(find, session, item))
    )
