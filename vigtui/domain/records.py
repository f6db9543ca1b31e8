"""Every record a caseload keeps, one Struct per table.

Records are values: frozen, compared by content, changed with `msgspec.structs.replace`. Dates are
ISO 8601 in the file; times in a film are whole milliseconds. A reference is the `id` of another record,
and an empty reference means "none". The rules between records live in the modules beside this one.
"""

import datetime as dt
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, field

from vigtui.domain.vocabulary import (
    CycleKind,
    Decision,
    FamilyState,
    Hours,
    Purpose,
    RecordingKind,
    RecordingState,
    Role,
    SessionMode,
    SessionState,
    Setting,
    StatusKind,
    TrajectKind,
    Visibility,
)
from vigtui.values.identity import new_id

Milliseconds = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
Score = Annotated[int, Meta(ge=0, le=10)]


class Ancestor(Struct, frozen=True, array_like=True):
    """The last version that one run of the program made of a record: its revision, when and by whom, and at
    which generation the run last changed each field that it changed; "created" is that of the making."""

    rev: str
    at: dt.datetime | None = None
    by: str = ""
    fields: dict[str, int] = {}


class Record(Struct, frozen=True, kw_only=True):
    """What every record has. All but `id` is set by the store when the record is saved: its revision `rev`,
    the runs it came from and the fields its own run `changed`, when and by whom."""

    table: ClassVar[str]

    id: str = field(default_factory=new_id)
    rev: str = ""
    ancestors: tuple[Ancestor, ...] = ()
    changed: dict[str, int] = {}
    created: dt.datetime | None = None
    modified: dt.datetime | None = None
    by: str = ""


class Person(Record, frozen=True, kw_only=True):
    """Somebody who works: never a family member."""

    table = "people"

    name: str
    roles: tuple[Role, ...] = ()
    profession: str = ""
    hours: Hours = Hours.FULL_TIME
    itc_date: dt.date | None = None
    supervisor: str = ""
    active: bool = True


class Member(Struct, frozen=True, kw_only=True):
    """A person in a family, by a label that is not their real name."""

    id: str = field(default_factory=new_id)
    label: str
    relation: str = ""
    filmed: bool = True


class Fit(Struct, frozen=True, kw_only=True):
    """Why VIG fits this family now, in the guider's own words."""

    timescales: str = ""
    formulation: str = ""
    chronology: str = ""


class Closure(Struct, frozen=True, kw_only=True):
    """How the work ended."""

    reason: str = ""
    words: str = ""


class Family(Record, frozen=True, kw_only=True):
    """A family by its code and pseudonym. Real names stay in the service's own system."""

    table = "families"

    code: str
    pseudonym: str = ""
    guider: str = ""
    social_worker: str = ""
    setting: Setting = Setting.BIRTH
    state: FamilyState = FamilyState.REFERRED
    referred: dt.date | None = None
    reasons: str = ""
    whose_idea: str = ""
    fit: Fit = Fit()
    closure: Closure = Closure()
    members: tuple[Member, ...] = ()


class StatusSpan(Record, frozen=True, kw_only=True):
    """One status over a span of days, both inclusive. No end means it goes on."""

    table = "status_spans"

    family: str
    kind: StatusKind
    start: dt.date
    end: dt.date | None = None


class Consent(Record, frozen=True, kw_only=True):
    """One decision by or for one member about one purpose. The latest by date holds."""

    table = "consents"

    family: str
    member: str
    purpose: Purpose
    decision: Decision
    given_by: str = ""
    date: dt.date
    until: dt.date | None = None


class HelpingQuestion(Record, frozen=True, kw_only=True):
    """A helping question in its owner's own words. A new wording is a new question that supersedes it."""

    table = "questions"

    family: str
    owner: str
    words: str
    agreed: dt.date | None = None
    ended: dt.date | None = None
    superseded_by: str = ""


class Rating(Record, frozen=True, kw_only=True):
    """One rater's answer on one day. `value` None means asked and not rated, which is not 0."""

    table = "ratings"

    question: str
    rater: str
    date: dt.date
    cycle: str = ""
    value: Score | None = None
    words: str = ""


class Cycle(Record, frozen=True, kw_only=True):
    """One recording, then one shared review. It counts only when both have happened."""

    table = "cycles"

    family: str
    number: Annotated[int, Meta(ge=1)]
    kind: CycleKind = CycleKind.VIG
    planned: dt.date | None = None
    filmed: dt.date | None = None
    edited: dt.date | None = None
    reviewed: dt.date | None = None
    activity: str = ""
    next_step: str = ""


class Recording(Record, frozen=True, kw_only=True):
    """A film. `path` is relative to the caseload's folder, with forward slashes; `size` is in bytes."""

    table = "recordings"

    cycle: str
    kind: RecordingKind = RecordingKind.INTERACTION
    path: str = ""
    duration_ms: Milliseconds = 0
    size: Count = 0
    fingerprint: str = ""
    filmed: dt.date | None = None
    delete_by: dt.date | None = None
    hold_reason: str = ""
    state: RecordingState = RecordingState.PRESENT


class Clip(Record, frozen=True, kw_only=True):
    """A moment of a recording, from `in_ms` up to `out_ms`. `companion` is the client clip that this
    shared-review clip discusses."""

    table = "clips"

    recording: str
    in_ms: Milliseconds
    out_ms: Milliseconds
    title: str = ""
    caption: str = ""
    questions: tuple[str, ...] = ()
    shown_in_review: bool = False
    order: int = 0
    companion: str = ""


class Still(Record, frozen=True, kw_only=True):
    """One frame of a clip worth keeping; `at_ms` counts from the start of the recording."""

    table = "stills"

    clip: str
    at_ms: Milliseconds
    caption: str = ""


class Tag(Record, frozen=True, kw_only=True):
    """Who did what at a moment of a clip: `who` is a member or the guider, `principle` and `item` are
    ids of `principles`. `at_ms` counts from the start of the recording."""

    table = "tags"

    clip: str
    at_ms: Milliseconds
    who: str
    principle: str
    item: str = ""


class TrajectEntry(Record, frozen=True, kw_only=True):
    """One line of the traject plan, under a heading the family chose."""

    table = "traject"

    family: str
    heading: str
    kind: TrajectKind
    words: str
    date: dt.date


class Agreement(Struct, frozen=True, kw_only=True):
    """Who agreed a supervision record, and when."""

    by: tuple[str, ...]
    at: dt.datetime


class Amendment(Struct, frozen=True, kw_only=True):
    """A dated, signed addition to an agreed record."""

    by: str
    at: dt.datetime
    words: str


class Session(Record, frozen=True, kw_only=True):
    """A supervision session."""

    table = "sessions"

    supervisor: str
    trainees: tuple[str, ...] = ()
    date: dt.date
    minutes: Count = 0
    mode: SessionMode = SessionMode.ONE_TO_ONE
    programme: str = ""
    stage: str = ""
    state: SessionState = SessionState.PLANNED
    opening: str = ""
    strengths: str = ""
    agreed: Agreement | None = None
    amendments: tuple[Amendment, ...] = ()


class SessionItem(Record, frozen=True, kw_only=True):
    """One item of a supervision session's agenda; `agreed` as the session's, once its record is."""

    table = "session_items"

    session: str
    order: int = 0
    clip: str = ""
    companion: str = ""
    trainee_question: str = ""
    seen_together: str = ""
    working_point: str = ""
    next_step: str = ""
    agreed: Agreement | None = None


class Note(Record, frozen=True, kw_only=True):
    """Markdown about one thing: `about` is the id of a session, a family, a cycle or a clip."""

    table = "notes"

    about: str
    author: str = ""
    visibility: Visibility = Visibility.SESSION
    body: str = ""


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

    name: str
    stages: tuple[Stage, ...] = ()


class Gate(Struct, frozen=True, kw_only=True):
    """A gate passed, and who assessed it: never the trainee's own supervisor."""

    name: str
    date: dt.date
    assessor: str


class Enrolment(Record, frozen=True, kw_only=True):
    """A person in a programme."""

    table = "enrolments"

    person: str
    programme: str
    started: dt.date
    stage: str = ""
    gates: tuple[Gate, ...] = ()


class Instrument(Record, frozen=True, kw_only=True):
    """A service's own skill scale."""

    table = "instruments"

    name: str
    items: tuple[str, ...] = ()
    highest: Annotated[int, Meta(ge=1)] = 5


class SkillRating(Record, frozen=True, kw_only=True):
    """One item of an instrument, as rated by the trainee or by the supervisor."""

    table = "skill_ratings"

    instrument: str
    person: str
    rater: str
    session: str = ""
    item: str
    value: Count | None = None
    words: str = ""


class Share(Record, frozen=True, kw_only=True):
    """A clip shown to somebody outside the work, and the consent that allowed it."""

    table = "shares"

    clip: str
    audience: str
    purpose: Purpose
    date: dt.date
    consent: str = ""


class Deletion(Record, frozen=True, kw_only=True):
    """What stays when film is deleted: which, when, by whom and why."""

    table = "deletions"

    recording: str
    date: dt.date
    why: str = ""


class Voice(Record, frozen=True, kw_only=True):
    """What a parent, child, carer or worker said of the work, verbatim."""

    table = "voices"

    family: str = ""
    speaker: str
    words: str
    date: dt.date
    may_quote: bool = False


KINDS: tuple[type[Record], ...] = (
    Person,
    Family,
    StatusSpan,
    Consent,
    HelpingQuestion,
    Rating,
    Cycle,
    Recording,
    Clip,
    Still,
    Tag,
    TrajectEntry,
    Session,
    SessionItem,
    Note,
    Programme,
    Enrolment,
    Instrument,
    SkillRating,
    Share,
    Deletion,
    Voice,
)
KIND_OF: dict[str, type[Record]] = {kind.table: kind for kind in KINDS}
"""The kind of record that a table holds."""


class CaseloadMeta(Struct, frozen=True, kw_only=True):
    """What a caseload file says about itself, and the settings that belong to the data.

    `film_kept_days` is how long a service keeps film after the work with a family ends.
    """

    schema: int = 1
    id: str = field(default_factory=new_id)
    service: str = ""
    demo: bool = False
    film_kept_days: Annotated[int, Meta(ge=0, le=36_500)] = 60
    traject_headings: tuple[str, ...] = (
        "Basic Communication",
        "Daily Life",
        "Development of the Child",
        "Development of the Parent",
        "Neighbourhood/Community",
    )
