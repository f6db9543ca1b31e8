"""What the rows of the caseload list are made of, read from a caseload or from a snapshot of one."""

from collections.abc import Sequence

from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import (
    Clip,
    Consent,
    Copy,
    Cycle,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
)
from vigtui.queries.caseload_rows import CaseloadRecords


def caseload_records(caseload: EveryVersion) -> CaseloadRecords:
    """All that the list is made of."""
    return CaseloadRecords(
        people=tuple(caseload.where(Person)),
        families=tuple(caseload.where(Family)),
        spans=tuple(caseload.where(StatusSpan)),
        consents=tuple(caseload.where(Consent)),
        questions=tuple(caseload.where(HelpingQuestion)),
        ratings=tuple(caseload.where(Rating)),
        cycles=tuple(caseload.where(Cycle)),
        recordings=tuple(caseload.where(Recording)),
        copies=tuple(caseload.where(Copy)),
        clips=tuple(caseload.where(Clip)),
        sessions=tuple(caseload.where(Session)),
        items=tuple(caseload.where(SessionItem)),
        competing=_competing(caseload),
        ask_workers=caseload.meta.ask_workers,
        usual_cycles=caseload.meta.usual_cycles,
        lowest_rating=caseload.meta.lowest_rating,
        words_kept=caseload.meta.words_kept,
    )


def _competing(caseload: EveryVersion) -> dict[str, Sequence[Record | None]]:
    """Return all versions of the records by which consent is decided, where several compete."""
    found: dict[str, Sequence[Record | None]] = {}
    for kind in (Family, Recording, Consent):
        for each in caseload.competing(kind):
            removed = caseload.is_removed_in_a_version(kind, each)
            found[each] = (*caseload.versions(kind, each), *([None] if removed else []))
    return found
