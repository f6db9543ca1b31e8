"""Everything that can be found wrong in a caseload's file, apart from its film."""

import uuid
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from vigtui.domain import rules as checks
from vigtui.domain.records import (
    KINDS,
    Clip,
    Consent,
    Cycle,
    Deletion,
    Enrolment,
    Family,
    HelpingQuestion,
    Instrument,
    Note,
    Person,
    Programme,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    SkillRating,
    StatusSpan,
    Still,
    Tag,
    TrajectEntry,
    Voice,
)
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.opening import Finding, load
from vigtui.store.index import Index
from vigtui.store.merging.undo import words_for
from vigtui.values.text import one_line
from vigtui.vault.envelope import Key

Kinds = tuple[type[Record], ...]

# Which fields name other records, and of which kinds; a field may name one record or several.
REFERENCES: dict[type[Record], dict[str, Kinds]] = {
    Person: {"supervisor": (Person,)},
    Family: {"guider": (Person,), "social_worker": (Person,)},
    StatusSpan: {"family": (Family,)},
    Consent: {"family": (Family,)},
    HelpingQuestion: {"family": (Family,), "superseded_by": (HelpingQuestion,)},
    Rating: {"question": (HelpingQuestion,), "cycle": (Cycle,)},
    Cycle: {"family": (Family,)},
    Recording: {"cycle": (Cycle,)},
    Clip: {"recording": (Recording,), "questions": (HelpingQuestion,), "companion": (Clip,)},
    Still: {"clip": (Clip,)},
    Tag: {"clip": (Clip,)},
    TrajectEntry: {"family": (Family,)},
    Session: {"supervisor": (Person,), "trainees": (Person,), "programme": (Programme,)},
    SessionItem: {"session": (Session,), "clip": (Clip,), "companion": (Clip,)},
    Note: {"about": (Session, SessionItem, Family, Cycle, Clip)},
    Enrolment: {"person": (Person,), "programme": (Programme,)},
    SkillRating: {"instrument": (Instrument,), "person": (Person,), "session": (Session,)},
    Share: {"clip": (Clip,), "consent": (Consent,)},
    Deletion: {"recording": (Recording,)},
    Voice: {"family": (Family,)},
}

# Fields that hold a person's or a member's id, or just words.
PEOPLE: dict[type[Record], tuple[str, ...]] = {
    Consent: ("member", "given_by"),
    HelpingQuestion: ("owner",),
    Rating: ("rater",),
    Tag: ("who",),
    Note: ("author",),
    SkillRating: ("rater",),
    Voice: ("speaker",),
}


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
                    *_dangling(record, loaded.index, left_out),
                    *_unknown_people(record, loaded.index, members | left_out),
                    *checks.problems(record, loaded.index.find),
                )
            )
    return findings, loaded.index


def _dangling(record: Record, index: Index, left_out: Set[str]) -> Iterator[str]:
    """Yield a sentence for each reference to a record that is not there."""
    for field, kinds in REFERENCES.get(type(record), {}).items():
        value: Any = getattr(record, field)
        for reference in (value,) if isinstance(value, str) else value:
            known = reference in left_out or any(index.get(kind.table, reference) for kind in kinds)
            if reference and not known:
                yield f"“{field}” names a record that is not in the file ({reference[:60]})."


def _unknown_people(record: Record, index: Index, members: Set[str]) -> Iterator[str]:
    """Yield a sentence for each id of a person or a member who is not there."""
    for field in PEOPLE.get(type(record), ()):
        value = getattr(record, field)
        if _is_id(value) and value not in members and index.get(Person.table, value) is None:
            yield f"“{field}” names somebody who is not in the file ({value})."


def _is_id(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False
