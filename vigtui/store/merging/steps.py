"""What was changed, step by step: for undo, for the screens, and for messages about it."""

import datetime as dt
from collections.abc import Collection
from functools import cached_property

import msgspec
from msgspec import Struct, field

from vigtui.domain.conflicts import Said
from vigtui.domain.records import KIND_OF, CaseloadMeta, Record
from vigtui.store.format import documents
from vigtui.store.format.entries import READABLE
from vigtui.store.format.layout import DELETED, VERSIONS, Document
from vigtui.store.merging.record_versions import RecordKey, RecordVersions
from vigtui.values.text import clean, one_line

_LABELS = ("code", "title", "name", "number", "label")


class Change(Struct, frozen=True, dict=True):
    """The versions of one record before and after. `came`: they came from elsewhere, and nobody here made
    them; that is taken back by putting back the versions that were here."""

    before: RecordVersions
    after: RecordVersions
    came: bool = False

    @property
    def key(self) -> RecordKey:
        return self.after.key

    @cached_property
    def was(self) -> Record | CaseloadMeta | None:
        """The record as it was shown before; None when it was not there, or cannot be read."""
        return _shown(self.before)

    @cached_property
    def now(self) -> Record | CaseloadMeta | None:
        """The record as it is shown after it."""
        return _shown(self.after)

    def then(self, later: "Change") -> "Change":
        """Return this change and a later one of the same record as one."""
        return Change(self.before, later.after, self.came or later.came)

    @property
    def author(self) -> Said:
        """Who made the last of the versions, and when."""
        newest = self.after.shown or next((each.document for each in self.after.removals), {})
        document = documents.cleaned({name: newest.get(name) for name in ("by", "modified")})
        return Said(None, str(document["by"] or ""), str(document["modified"] or ""))


def _shown(found: RecordVersions) -> Record | CaseloadMeta | None:
    try:
        return documents.read(READABLE[found.key[0]], found.shown) if found.shown is not None else None
    except documents.UnreadableError:
        return None


class Step(Struct):
    """Changes that are taken back together, one a record. What others wrote into the file has no `words`."""

    words: str
    by_key: dict[RecordKey, Change] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        """What was changed, in the order in which it was begun."""
        return list(self.by_key.values())

    def note(self, change: Change) -> None:
        """Add a change, to what was changed before in the same record."""
        first = self.by_key.get(change.key)
        change = first.then(change) if first is not None else change
        if change.before != change.after:
            self.by_key[change.key] = change
        else:
            self.by_key.pop(change.key, None)

    def without(self, keys: Collection[RecordKey]) -> "Step":
        """Return the step as if these records had not been touched."""
        return Step(self.words, {key: each for key, each in self.by_key.items() if key not in keys})

    def extend(self, other: "Step") -> None:
        """Add what was done in a step within this one."""
        for change in other.changes:
            self.note(change)

    @property
    def tables(self) -> frozenset[str]:
        """The tables whose content has changed."""
        found: set[str] = set()
        for change in self.changes:
            if change.before.shown != change.after.shown:
                found.add(change.key[0])
            if max(len(change.before.versions), len(change.after.versions)) > 1:
                found.add(VERSIONS)
            if change.before.removals or change.after.removals:
                found.add(DELETED)
        return frozenset(found)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the records that were changed."""
        return frozenset(record_id for _, record_id in self.by_key)


class Removed(Struct, frozen=True):
    """A record that was removed: `what` it was ("clip"), by whom, and when, if that is known."""

    what: str
    by: str
    at: dt.datetime | None


def removed_of(removal: Document) -> Removed | None:
    """Return what is said of a removal; None for a kind that this version does not know."""
    kind = KIND_OF.get(str(removal.get("table")))
    try:
        at = msgspec.convert(removal.get("modified"), dt.datetime | None)
    except msgspec.ValidationError:
        at = None
    return Removed(kind.singular, clean(str(removal.get("by") or "")), at) if kind else None


def words_for(verb: str, record: Record) -> str:
    """Return what a change of one record is called: "Change family F-017"."""
    label = next((getattr(record, name) for name in _LABELS if getattr(record, name, "")), "")
    return f"{verb} {record.singular} {one_line(str(label))[:40]}".strip()
