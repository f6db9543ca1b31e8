"""What the caseload screen reads: records, conflicts, and copies beside the file."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vigtui.domain.records import (
    KIND_OF,
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
from vigtui.domain.sessions.reading import may_read_session
from vigtui.exchange.copy_names import may_be_copy
from vigtui.foreign.files import entries
from vigtui.queries.caseload_rows import CaseloadRecords, FamilyRow
from vigtui.store.caseload import Caseload
from vigtui.store.format.opening import Finding, unread
from vigtui.wording.family import last_working_point, summary

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict


def caseload_records(caseload: Caseload) -> CaseloadRecords:
    """All that the list is made of."""
    return CaseloadRecords(
        people=caseload.all(Person),
        families=caseload.all(Family),
        spans=caseload.all(StatusSpan),
        consents=caseload.all(Consent),
        questions=caseload.all(HelpingQuestion),
        ratings=caseload.all(Rating),
        cycles=caseload.all(Cycle),
        recordings=caseload.all(Recording),
        copies=caseload.all(Copy),
        clips=caseload.all(Clip),
        sessions=caseload.all(Session),
        items=caseload.all(SessionItem),
        competing=_competing(caseload),
        ask_workers=caseload.meta.ask_workers,
        usual_cycles=caseload.meta.usual_cycles,
        lowest_rating=caseload.meta.lowest_rating,
        words_kept=caseload.meta.words_kept,
    )


def _competing(caseload: Caseload) -> dict[str, Sequence[Record | None]]:
    """Return all versions of the records by which consent is decided, where several compete."""
    found: dict[str, Sequence[Record | None]] = {}
    for kind in (Family, Recording, Consent):
        for each in caseload.competing(kind):
            removed = caseload.is_removed_in_a_version(kind, each)
            found[each] = (*caseload.versions(kind, each), *([None] if removed else []))
    return found


def families_of(caseload: Caseload, conflicts: "Iterable[Conflict]") -> set[str]:
    """Return the families about whose records something waits to be decided."""
    records = [caseload.get(KIND_OF[each.table], each.id) for each in conflicts if each.table in KIND_OF]
    if not records:
        return set()
    from vigtui.domain.belonging import family_of  # The first screen mostly does without.

    families = (family_of(caseload.get, record) for record in records)
    return {family.id for family in families if family is not None}


def names_of_copies(caseload: Caseload) -> list[str]:
    """Return the names of other versions of this file, of ours or from a synced folder, that are beside it.
    Reads what is there. Raises OSError."""
    path = caseload.path.resolve()
    if not any(may_be_copy(each.name, path.name) for each in entries(path.parent)):
        return []
    from vigtui.exchange.synced_copies import find_copies
    from vigtui.vault.keyring import Keyring

    return [copy.name for copy in find_copies(path, caseload.meta.id, Keyring(caseload.key))]


def about_family(
    row: FamilyRow, records: CaseloadRecords, today: dt.date, reader: Person | None
) -> list[str]:
    """Return what is said below the list about the family under the cursor: where it stands, the last working
    point that is the reader's to know, and what it needs."""
    cycles = [cycle for cycle in records.cycles if cycle.family == row.family.id]
    numbers = {cycle.id for cycle in cycles}
    films = [each for each in records.recordings if each.cycle in numbers]
    recordings = {each.id for each in films}
    clips = {clip.id for clip in records.clips if clip.recording in recordings}
    sessions = [each for each in records.sessions if may_read_session(reader, each)]
    point = last_working_point(clips, records.items, sessions)
    said = summary(row.family, cycles, films, today)
    lines = [said, f"Last working point: {point}" if point else ""]
    return lines + [need.sentence for need in row.needs if need.sentence not in said]


def finding_words(findings: Sequence[Finding]) -> str:
    """Return a sentence for what cannot be read, and one for what was changed since it was agreed."""
    not_read = unread(findings)
    changed = len(findings) - not_read
    told = []
    if not_read:
        one = not_read == 1
        told.append(
            f"{not_read} {'record' if one else 'records'} of this file cannot be read; "
            f"{'it stays' if one else 'they stay'} in it."
        )
    if changed:
        one = changed == 1
        told.append(
            f"{changed} agreed {'record was' if one else 'records were'} changed with another program; "
            "what was agreed is shown."
        )
    return " ".join([*told, "vigtui check tells more."])
