"""Every record a caseload keeps, one Struct per table.

Records are values: frozen, compared by content, changed with `msgspec.structs.replace`. Dates are
ISO 8601 in the file; times in a film are whole milliseconds. A reference is the `id` of another record,
and an empty reference means "none". What a field is called, whom it names and which of its values is the
safer is declared with the field, in the terms of `metadata`; `schema` looks it up. The rules between records
are in `vigtui.domain.rules`.
"""

from vigtui.domain.records.caseload import CaseloadMeta, YearsKept
from vigtui.domain.records.consents import Consent
from vigtui.domain.records.cycles import Cycle, PlannedMoment
from vigtui.domain.records.families import Closure, Family, Fit, Member, Participant, StatusSpan, WordsKept
from vigtui.domain.records.film import (
    Absence,
    AgendaFilm,
    Clip,
    CodeMeaning,
    FilmPlace,
    Moment,
    Recording,
    Still,
    Tag,
)
from vigtui.domain.records.people import Availability, Person, RoleHeld
from vigtui.domain.records.portfolio import ChosenClip, Reflection, TrainingDay
from vigtui.domain.records.programmes import Enrolment, Gate, Instrument, Programme, SkillRating, Stage
from vigtui.domain.records.questions import Corrected, Description, HelpingQuestion, Rating
from vigtui.domain.records.record import Ancestor, Count, Milliseconds, Record, Score
from vigtui.domain.records.registers import Copy, Deletion, Share, Viewing, Voice
from vigtui.domain.records.supervision import (
    AgreedWords,
    Agreement,
    Amendment,
    Confirmation,
    Known,
    Note,
    PointStep,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.records.traject import Renamed, TrajectEntry, TrajectHeading

KINDS: tuple[type[Record], ...] = (
    Person,
    Family,
    StatusSpan,
    Consent,
    HelpingQuestion,
    Rating,
    Description,
    Cycle,
    Recording,
    Clip,
    Still,
    Tag,
    Moment,
    PlannedMoment,
    TrajectHeading,
    TrajectEntry,
    Session,
    SessionItem,
    Seeing,
    PointStep,
    Confirmation,
    AgreedWords,
    Note,
    Programme,
    Enrolment,
    Instrument,
    SkillRating,
    CodeMeaning,
    FilmPlace,
    AgendaFilm,
    TrainingDay,
    Reflection,
    ChosenClip,
    Share,
    Deletion,
    Viewing,
    Copy,
    Voice,
)
"""Every kind of record, in the order in which a file holds them."""

KIND_OF: dict[str, type[Record]] = {kind.table: kind for kind in KINDS}
"""The kind of record that a table holds."""

__all__ = [
    "KINDS",
    "KIND_OF",
    "Absence",
    "AgendaFilm",
    "AgreedWords",
    "Agreement",
    "Amendment",
    "Ancestor",
    "Availability",
    "CaseloadMeta",
    "ChosenClip",
    "Clip",
    "Closure",
    "CodeMeaning",
    "Confirmation",
    "Consent",
    "Copy",
    "Corrected",
    "Count",
    "Cycle",
    "Deletion",
    "Description",
    "Enrolment",
    "Family",
    "FilmPlace",
    "Fit",
    "Gate",
    "HelpingQuestion",
    "Instrument",
    "Known",
    "Member",
    "Milliseconds",
    "Moment",
    "Note",
    "Participant",
    "Person",
    "PlannedMoment",
    "PointStep",
    "Programme",
    "Rating",
    "Record",
    "Recording",
    "Reflection",
    "Renamed",
    "RoleHeld",
    "Score",
    "Seeing",
    "Session",
    "SessionItem",
    "Share",
    "SkillRating",
    "Stage",
    "StatusSpan",
    "Still",
    "Tag",
    "TrainingDay",
    "TrajectEntry",
    "TrajectHeading",
    "Viewing",
    "Voice",
    "WordsKept",
    "YearsKept",
]
