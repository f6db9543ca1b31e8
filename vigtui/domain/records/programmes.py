"""Training: programmes, who is in them, and a service's own skill scales."""

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from vigtui.domain.records.metadata import Label, Ref
from vigtui.domain.records.record import Colleague, Count, Record, Text

ProgrammeId = Annotated[str, Ref(("programmes",), on_removal="refuse")]


class Stage(Struct, frozen=True, kw_only=True):
    """One stage of a programme and what it asks for: nothing where a number is 0. A gate is the meeting that
    ends it.

    A client counts once `cycles_per_client` of their cycles count in the stage. Of the `hours`, no more than
    `group_share` (0 to 1) come from group supervision; None: all of them may. `running_clients` are families
    at work now. In a group of more than `group_size` a session does not count; 0: in any it does. With
    `supervision_before_visits` a cycle counts where one was held before its filming and before its review,
    since the visit before. `written` are the pieces to write, `shadowing` the meetings to sit in on, by their
    names.
    """

    name: str
    clients: Count = 0
    cycles: Count = 0
    cycles_per_client: Annotated[Count, Label("cycles with each client")] = 0
    hours: Annotated[float, Meta(ge=0)] = 0
    group_share: Annotated[
        Annotated[float, Meta(ge=0, le=1)] | None, Label("largest share of group supervision")
    ] = None
    group_size: Annotated[Count, Label("largest group of trainees")] = 0
    sessions: Annotated[Count, Label("supervision sessions")] = 0
    supervision_before_visits: Annotated[bool, Label("whether supervision comes before every visit")] = False
    seminar_days: Annotated[float, Meta(ge=0), Label("seminar days")] = 0
    running_clients: Annotated[Count, Label("clients at work now")] = 0
    written: Annotated[tuple[str, ...], Label("written pieces")] = ()
    shadowing: Annotated[tuple[str, ...], Label("meetings to sit in on")] = ()
    gate: str = ""
    optional: Annotated[bool, Label("whether it is for those who go on")] = False


class Programme(Record, frozen=True, kw_only=True):
    """A training programme. Services differ, so its targets are data.

    What is reached at the gate of its last stage is renewed every `renew_years`; 0: never. `counts_verp`:
    cycles of VERP count as those of VIG do, and sessions of VERP as group supervision. `counts_intervision`:
    so do those of intervision. `different_assessors`: nobody assesses two gates of one person.
    """

    table = "programmes"
    singular, plural = "programme", "programmes"

    name: str
    stages: tuple[Stage, ...] = ()
    renew_years: Annotated[Count, Label("years to a renewal")] = 0
    counts_verp: Annotated[bool, Label("whether VERP counts")] = False
    counts_intervision: Annotated[bool, Label("whether intervision counts")] = False
    different_assessors: Annotated[bool, Label("whether each gate has another assessor")] = False


class Gate(Struct, frozen=True, kw_only=True):
    """A gate passed, and who assessed it: never the trainee's own supervisor. `supervisor` is whoever
    supervised them then; "": whoever does now."""

    name: str
    date: Annotated[dt.date, Label("day")]
    assessor: Annotated[str, Ref(("people",), on_removal="refuse", or_words=True)]
    supervisor: Annotated[Colleague, Label("supervisor then")] = ""


class Enrolment(Record, frozen=True, kw_only=True):
    """A person in a programme. `stage` is the one they are in, or began in. `renewals` are the days on which
    what they reached was renewed."""

    table = "enrolments"
    singular, plural = "enrolment", "enrolments"

    person: Annotated[str, Ref(("people",), owner=True, on_removal="refuse")]
    programme: ProgrammeId
    started: Annotated[dt.date, Label("start")]
    stage: str = ""
    gates: tuple[Gate, ...] = ()
    renewals: tuple[dt.date, ...] = ()


class Instrument(Record, frozen=True, kw_only=True):
    """A service's own skill scale: its items, each rated from `lowest` to `highest`, with words for each step
    from the lowest on, if it has any, and where it comes from."""

    table = "instruments"
    singular, plural = "skill scale", "skill scales"

    name: str
    items: tuple[str, ...] = ()
    lowest: Annotated[int, Meta(ge=0), Label("lowest value")] = 0
    highest: Annotated[int, Meta(ge=1), Label("highest value")] = 5
    steps: Annotated[tuple[str, ...], Label("words for the steps")] = ()
    source: Annotated[str, Label("where it comes from")] = ""


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
