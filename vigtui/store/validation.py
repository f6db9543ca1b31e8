"""Everything that can be found wrong in a caseload's file, apart from its film."""

import uuid
from collections.abc import Iterator, Set
from pathlib import Path

from vigtui.domain import rules
from vigtui.domain.records import KINDS, Family, Record
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.schema import named
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.opening import Finding, load
from vigtui.store.index import Index
from vigtui.store.merging.steps import words_for
from vigtui.values.text import one_line
from vigtui.vault.key import Key


def check(path: Path, key: Key | None = None) -> list[Finding]:
    """Return what a person should look at in the caseload at `path`: entries that cannot be read,
    references that lead nowhere, and rules that are not kept. Raises CaseloadError as opening does."""
    return examine(path, key)[0]


def examine(
    path: Path, key: Key | None = None, left_out: Set[str] = frozenset()
) -> tuple[list[Finding], Index]:
    """Return what `check` finds, and the records in which it was found. Records with the ids `left_out` are
    missing on purpose. Raises CaseloadError."""
    file = CaseloadFile(path, key)
    tables, plain = file.read()
    loaded = load(path, tables, file.backup, plain=plain)
    members = {member.id for family in loaded.index.all(Family) for member in family.members}
    findings = list(loaded.findings)
    for kind in KINDS:
        for record in loaded.index.all(kind):
            entry = str(loaded.numbers[kind.table][record.id])
            name = f"{words_for('The', record)} (entry {entry} in {kind.table})"
            findings.extend(
                Finding(kind.table, entry, f"{name}: {one_line(problem)}")
                for problem in (
                    *_dangling(record, loaded.index, members, left_out),
                    *rules.problems(record, loaded.index.find),
                )
            )
    return findings, loaded.index


def _dangling(record: Record, index: Index, members: Set[str], left_out: Set[str]) -> Iterator[str]:
    """Yield a sentence for each reference to a record, a colleague or a member who is not there."""
    for reference, identity in named(record):
        tables = reference.ref.tables
        words = reference.ref.or_words and not _is_id(identity)
        if words or identity in left_out or (MEMBERS in tables and identity in members):
            continue
        if not any(index.get(table, identity) for table in tables if table != MEMBERS):
            what = "somebody who" if reference.ref.or_words else "a record that"
            yield f"“{'.'.join(reference.path)}” names {what} is not in the file ({identity[:60]})."


def _is_id(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False
