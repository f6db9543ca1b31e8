"""What the caseload screen reads: records, conflicts, and copies beside the file."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vigtui.domain.records import KIND_OF, Person
from vigtui.domain.sessions.reading import may_read_session
from vigtui.exchange.copy_names import may_be_copy
from vigtui.foreign.files import entries
from vigtui.queries.caseload_rows import CaseloadRecords, FamilyRow
from vigtui.store.caseload import Caseload
from vigtui.store.format.opening import Finding, unread
from vigtui.wording.family import last_working_point, summary

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict


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
