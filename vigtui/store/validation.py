"""Everything that can be found wrong in a caseload's file, apart from its film."""

from collections.abc import Iterator, Set

from vigtui.domain import rules
from vigtui.domain.records import KINDS, Family, Record
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.schema import named
from vigtui.store.format.opening import DELETED, Finding, Loaded
from vigtui.store.merging.steps import words_for
from vigtui.store.snapshot import Snapshot
from vigtui.values.identity import is_id
from vigtui.values.text import one_line


def validate(snapshot: Snapshot, left_out: Set[str] = frozenset()) -> list[Finding]:
    """Return what a person should look at in a caseload: entries that cannot be read, references that lead
    nowhere, and rules that are not kept. Records with the ids `left_out` are missing on purpose."""
    loaded = snapshot.loaded
    members = {member.id for family in loaded.index.all(Family) for member in family.members}
    findings = list(loaded.findings)
    for kind in KINDS:
        for record in loaded.index.all(kind):
            entry = str(loaded.numbers[kind.table][record.id])
            name = f"{words_for('The', record)} (entry {entry} in {kind.table})"
            findings.extend(
                Finding(kind.table, entry, f"{name}: {one_line(problem)}")
                for problem in (
                    *_dangling(record, loaded, members, left_out),
                    *rules.problems(record, loaded.index.find),
                )
            )
    return findings


def _dangling(record: Record, loaded: Loaded, members: Set[str], left_out: Set[str]) -> Iterator[str]:
    """Yield a sentence for each reference to a record, a colleague or a member who is not there. What was
    removed while somebody else named it is no fault, unless the record belonged to it."""
    for reference, identity in named(record):
        tables = reference.ref.tables
        words = reference.ref.or_words and not is_id(identity)
        removed = not reference.ref.owner and identity in loaded.numbers[DELETED]
        known = identity in left_out or (MEMBERS in tables and identity in members)
        if words or removed or known:
            continue
        if not any(loaded.index.get(table, identity) for table in tables if table != MEMBERS):
            what = "somebody who" if reference.ref.or_words else "a record that"
            yield f"“{'.'.join(reference.path)}” names {what} is not in the file ({identity[:60]})."
