"""What an audit is counted from."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from msgspec import Struct

from vigtui.domain.lookup import EveryVersion, by_field
from vigtui.domain.records import (
    CaseloadMeta,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    StatusSpan,
)
from vigtui.values.text import folded, one_line

R = TypeVar("R", bound=Record)

KINDS: tuple[type[Record], ...] = (
    Person,
    Family,
    StatusSpan,
    Consent,
    HelpingQuestion,
    Rating,
    Cycle,
    Recording,
    Session,
    Deletion,
)
"""All kinds of record that are counted, or decide how another is."""

Versions = Mapping[str, Sequence[Record | None]]
"""By id all versions of the records by which consent is decided, where several compete; None: a removal."""


class AuditRecords(Struct, frozen=True):
    """All records of one caseload that an audit looks at, by their kind, in any order."""

    meta: CaseloadMeta
    kinds: Mapping[type[Record], Sequence[Record]]
    competing: Versions = {}

    def all(self, kind: type[R]) -> Sequence[R]:
        """Return the records of a kind."""
        return cast("Sequence[R]", self.kinds.get(kind, ()))

    def versions(self, record: R) -> Sequence[R | None]:
        """Return a record, and its competing versions if there are any."""
        return cast("Sequence[R | None]", (record, *self.competing.get(record.id, ())))


class Caseload:
    """The records of a caseload, and what is looked up in them again and again: people by their ids, and the
    service's reasons for an end by their folded words."""

    def __init__(self, records: AuditRecords) -> None:
        self.records = records
        self.people = {each.id: each for each in records.all(Person)}
        self.reasons = {folded(reason): reason for reason in map(one_line, records.meta.endings) if reason}


class FamilyRecords(Struct):
    """The records of one family, as far as an audit looks at them."""

    family: Family
    spans: Sequence[StatusSpan] = ()
    consents: Sequence[Consent] = ()
    questions: Sequence[HelpingQuestion] = ()
    ratings: Sequence[Rating] = ()
    cycles: Sequence[Cycle] = ()
    recordings: Sequence[Recording] = ()
    deletions: Sequence[Deletion] = ()


def audit_records(source: EveryVersion) -> AuditRecords:
    """Return what an audit looks at of an open caseload, or of one that is only read."""
    competing: dict[str, Sequence[Record | None]] = {}
    for kind in (Family, Recording, Consent):
        for each in source.competing(kind):
            removed = source.is_removed_in_a_version(kind, each)
            competing[each] = (*source.versions(kind, each), *([None] if removed else []))
    return AuditRecords(source.meta, {kind: tuple(source.where(kind)) for kind in KINDS}, competing)


def by_family(records: AuditRecords) -> list[FamilyRecords]:
    """Return each family with its records."""
    spans, consents = by_field(records.all(StatusSpan), "family"), by_field(records.all(Consent), "family")
    questions, ratings = (
        by_field(records.all(HelpingQuestion), "family"),
        by_field(records.all(Rating), "question"),
    )
    cycles, films = by_field(records.all(Cycle), "family"), by_field(records.all(Recording), "cycle")
    deletions = by_field(records.all(Deletion), "recording")
    found = []
    for family in records.all(Family):
        own = [film for cycle in cycles[family.id] for film in films[cycle.id]]
        found.append(
            FamilyRecords(
                family,
                spans[family.id],
                consents[family.id],
                questions[family.id],
                [rating for question in questions[family.id] for rating in ratings[question.id]],
                cycles[family.id],
                own,
                [deletion for film in own for deletion in deletions[film.id]],
            )
        )
    return found
