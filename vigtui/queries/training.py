"""Who is in training: each person's way through their programmes, and their supervision."""

import datetime as dt
from typing import TypeVar

from msgspec import Struct

from vigtui.domain.lookup import Where
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
from vigtui.domain.training.counting import TrainingRecords
from vigtui.domain.training.progress import Progress, progress

R = TypeVar("R", bound=Record)


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


def ways_of(where: Where, person: str, today: dt.date) -> list[Way]:
    """Return a person's ways, the one begun last first; without those whose programme is not there."""
    records = training_records(where)
    programmes = {each.id: each for each in where(Programme)}
    own = sorted(where(Enrolment, person=person), key=lambda each: (each.started, each.id), reverse=True)
    return [
        Way(each, programmes[each.programme], progress(each, programmes[each.programme], records, today))
        for each in own
        if each.programme in programmes
    ]
