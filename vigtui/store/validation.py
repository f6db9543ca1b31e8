"""Everything that can be found wrong in a caseload's file, apart from its film."""

import contextlib
from collections.abc import Iterator, Set

from vigtui.domain import rules
from vigtui.domain.ratings import is_below, scale_words
from vigtui.domain.records import KINDS, Family, Rating, Record
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.records.schema import named
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, VERSIONS, LayoutError
from vigtui.store.format.opening import Finding
from vigtui.store.index import Index
from vigtui.store.merging.steps import words_for
from vigtui.store.snapshot import Snapshot
from vigtui.values.identity import is_id
from vigtui.values.text import one_line


def validate(snapshot: Snapshot, left_out: Set[str] = frozenset()) -> list[Finding]:
    """Return what a person should look at in a caseload: entries that cannot be read, references that lead
    nowhere, and rules that are not kept. Records with the ids `left_out` are missing on purpose. A record of
    which several versions compete waits to be decided: what is shown of it until then need keep no rule."""
    loaded = snapshot.loaded
    members = {member.id for family in loaded.index.all(Family) for member in family.members}
    removed, competing = _ids(snapshot, DELETED), _ids(snapshot, VERSIONS)
    findings, find = list(loaded.findings), loaded.index.find
    for kind in KINDS:
        for record in loaded.index.all(kind):
            decided = f"{kind.table}/{record.id}" not in competing
            entry = loaded.numbers[kind.table].get(record.id, "none")
            name = f"{words_for('The', record)} (entry {entry} in {kind.table})"
            findings.extend(
                Finding(kind.table, entry, f"{name}: {one_line(problem)}")
                for problem in (
                    *_dangling(record, loaded.index, members | left_out, removed, decided=decided),
                    *(rules.problems(record, find) if decided else ()),
                    *_off_scale(record, loaded.meta.lowest_rating),
                )
            )
    return findings


def _off_scale(record: Record, lowest: int) -> Iterator[str]:
    """Yield a sentence for a rating that was given before the service's scale began where it does now."""
    if isinstance(record, Rating) and is_below(record, lowest):
        yield f"{record.value} is below this service's scale, {scale_words(lowest)}. It stays as given."


def _ids(snapshot: Snapshot, table: str) -> set[str]:
    """Return the ids in a table of the file that holds no records of its own."""
    found = set()
    for entry in snapshot.tables.get(table, {}).values():
        with contextlib.suppress(LayoutError):
            told: object = document(entry)
            found.add(str(told.get("id")) if isinstance(told, dict) else "")
    return found


def _dangling(
    record: Record, index: Index, known: Set[str], removed: Set[str], *, decided: bool
) -> Iterator[str]:
    """Yield a sentence for each reference to a record, a colleague or a member who is not there. What would
    have been emptied, had its writer known of the removal, is as good as empty, and so is, until it is
    `decided`, what may be emptied then."""
    for reference, identity in named(record):
        words = reference.ref.or_words and not is_id(identity)
        empty = reference.ref.on_removal == "clear" and (identity in removed or not decided)
        if words or empty or identity in known:
            continue
        if not any(index.get(table, identity) for table in reference.ref.tables if table != MEMBERS):
            what = "somebody who" if reference.ref.or_words else "a record that"
            yield f"“{'.'.join(reference.path)}” names {what} is not in the file ({identity[:60]})."
