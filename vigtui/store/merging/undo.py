"""What was changed, step by step, so that it can be taken back."""

import datetime as dt

import msgspec
from msgspec import Struct, field

from vigtui.domain.records import KIND_OF, Record
from vigtui.store.format.layout import Document
from vigtui.values.text import clean, one_line

STEPS = 200

_LABELS = ("code", "title", "name", "number", "label")


class Edit(Struct, frozen=True):
    """One document before and after a change. None: it was not there."""

    table: str
    id: str
    before: Document | None
    after: Document | None

    @property
    def key(self) -> tuple[str, str]:
        """The table and the id of the document."""
        return self.table, self.id


class Step(Struct):
    """Edits that are taken back together."""

    words: str
    edits: list[Edit] = field(default_factory=list)

    def documents(self, key: tuple[str, str]) -> tuple[Document | None, Document | None]:
        """Return a document as it was before the step, and after it; None where the step did not touch it."""
        edits = [edit for edit in self.edits if edit.key == key]
        return (edits[0].before, edits[-1].after) if edits else (None, None)


class Change(Struct, frozen=True):
    """What a step changed, for those who show it. What others wrote into the file has no `words`."""

    tables: frozenset[str]
    ids: frozenset[str]
    words: str
    edits: tuple[Edit, ...]


class Removed(Struct, frozen=True):
    """A record that was removed: `what` it was ("clip"), by whom, and when, if that is known."""

    what: str
    by: str
    at: dt.datetime | None


def removed_of(tombstone: Document) -> Removed | None:
    """Return what a tombstone tells; None for one that this version does not know."""
    kind = KIND_OF.get(str(tombstone.get("table")))
    try:
        at = msgspec.convert(tombstone.get("modified"), dt.datetime | None)
    except msgspec.ValidationError:
        at = None
    return Removed(kind.singular, clean(str(tombstone.get("by") or "")), at) if kind else None


def change_of(step: Step) -> Change:
    """Return what the listeners are told of a step."""
    return Change(
        tables=frozenset(edit.table for edit in step.edits),
        ids=frozenset(edit.id for edit in step.edits),
        words=step.words,
        edits=tuple(step.edits),
    )


def words_for(verb: str, record: Record) -> str:
    """Return what a change of one record is called: "Change family F-017"."""
    label = next((getattr(record, name) for name in _LABELS if getattr(record, name, "")), "")
    return f"{verb} {record.singular} {one_line(str(label))[:40]}".strip()
