"""Training: programmes, who is in them, and a service's own skill scales."""

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from vigtui.domain.records.metadata import Label, Ref
from vigtui.domain.records.record import Colleague, Count, Record, Text

ProgrammeId = Annotated[str, Ref(("programmes",), on_removal="refuse")]


class Stage(Struct, frozen=True, kw_only=True):
    """One stage of a programme and what it asks for. A gate is the meeting that ends it."""

    name: str
    clients: Count = 0
    cycles: Count = 0
    hours: Annotated[float, Meta(ge=0)] = 0
    gate: str = ""


class Programme(Record, frozen=True, kw_only=True):
    """A training programme. Services differ, so its targets are data."""

    table = "programmes"
    singular, plural = "programme", "programmes"

    name: str
    stages: tuple[Stage, ...] = ()


class Gate(Struct, frozen=True, kw_only=True):
    """A gate passed, and who assessed it: never the trainee's own supervisor."""

    name: str
    date: Annotated[dt.date, Label("day")]
    assessor: Annotated[str, Ref(("people",), on_removal="refuse", or_words=True)]


class Enrolment(Record, frozen=True, kw_only=True):
    """A person in a programme."""

    table = "enrolments"
    singular, plural = "enrolment", "enrolments"

    person: Annotated[str, Ref(("people",), owner=True, on_removal="refuse")]
    programme: ProgrammeId
    started: Annotated[dt.date, Label("start")]
    stage: str = ""
    gates: tuple[Gate, ...] = ()


class Instrument(Record, frozen=True, kw_only=True):
    """A service's own skill scale."""

    table = "instruments"
    singular, plural = "skill scale", "skill scales"

    name: str
    items: tuple[str, ...] = ()
    highest: Annotated[int, Meta(ge=1), Label("highest value")] = 5


class SkillRating(Record, frozen=True, kw_only=True):
    """One item of an instrument, as rated by the trainee or by the supervisor."""

    table = "skill_ratings"
    singular, plural = "skill rating", "skill ratings"

    instrument: Annotated[str, Label("skill scale"), Ref(("instruments",), on_removal="refuse")]
    person: Colleague
    rater: Annotated[str, Ref(("people",), on_removal="refuse", or_words=True)]
    session: Annotated[str, Label("supervision"), Ref(("sessions",), owner=True, on_removal="cascade")] = ""
    item: str
    value: Count | None = None
    words: Text = ""
