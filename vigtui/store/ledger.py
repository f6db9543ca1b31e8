"""Documents, the records they hold and their revisions, changed together."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar, cast

import msgspec
from msgspec.structs import replace

from vigtui.domain.records import KINDS, CaseloadMeta, Record
from vigtui.store import documents, revisions
from vigtui.store.errors import RecordInvalidError
from vigtui.store.history import Edit, Step, words_for
from vigtui.store.layout import Document, Tables
from vigtui.store.opening import DELETED, META, META_ID, Loaded
from vigtui.store.storage import CaseloadDatabase, CaseloadStorage, DocumentTable

R = TypeVar("R", bound=Record)

_KINDS: dict[str, type[Record]] = {kind.table: kind for kind in KINDS}


class Ledger:
    """Changes one document at a time through TinyDB, and notes each in a Step. Not safe between threads."""

    def __init__(self, tables: Tables, loaded: Loaded, changed: Callable[[], None]) -> None:
        self.index = loaded.index
        self.meta = loaded.meta
        self._numbers = loaded.numbers
        self._storage = CaseloadStorage(tables, changed)
        self._database = CaseloadDatabase(storage=lambda: self._storage)
        self._next = {name: max(map(int, table), default=0) + 1 for name, table in tables.items()}
        self._on_disk: dict[tuple[str, str], tuple[str, list[str]]] = {}

    def snapshot(self) -> Tables:
        """Return everything as it is now, to be written. What changes from here on is a new revision;
        versions that were replaced before anybody could have seen them on disk leave no trace."""
        self._on_disk.clear()
        return self._storage.snapshot()

    def save(self, record: R, by: str, step: Step) -> R:
        """Add or change a record and return it as it is now. Raises RecordInvalidError."""
        kind = type(record)
        existing = self.index.get(record.table, record.id)
        over = self._document(record.table, record.id)
        document = documents.write(record, over)
        try:
            checked = documents.read(kind, document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"{words_for('The', record)} cannot be saved {problem}.") from None
        if existing is not None:
            if _as_saved(checked, existing) == existing:
                return cast("R", existing)
            document["created"] = msgspec.to_builtins(existing.created)
        step.words = step.words or words_for("Change" if existing else "Add", checked)
        return cast("R", self._revise(record.table, record.id, document, by, step))

    def save_meta(self, meta: CaseloadMeta, step: Step) -> None:
        """Change what the caseload says about itself. Raises RecordInvalidError."""
        document = documents.write(meta, self._document(META, META_ID))
        try:
            documents.read(CaseloadMeta, document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"The settings cannot be saved {problem}.") from None
        if document != self._document(META, META_ID):
            self._edit(META, META_ID, document, step)

    def delete(self, table: str, record_id: str, by: str, step: Step) -> None:
        """Remove a record and leave a tombstone, which says nothing of what the record said."""
        record = self.index.get(table, record_id)
        if record is None:
            return
        step.words = step.words or words_for("Remove", record)
        tombstone: Document = {"id": record_id, "table": table}
        self._stamp(tombstone, table, record_id, by)
        self._edit(table, record_id, None, step)
        self._edit(DELETED, record_id, tombstone, step)

    def take_back(self, edit: Edit, by: str, step: Step) -> None:
        """Bring back what was before an edit, as a new revision."""
        if edit.table == META:
            self._edit(META, META_ID, edit.before, step)
        elif edit.table != DELETED and edit.before is None:
            self.delete(edit.table, edit.id, by, step)
        elif edit.table != DELETED and edit.before is not None:
            self._revise(edit.table, edit.id, dict(edit.before), by, step)

    def roll_back(self, edits: list[Edit]) -> None:
        """Put everything as it was before these edits, as if they had never been."""
        for edit in reversed(edits):
            self._place(edit.table, edit.id, edit.before)

    def _revise(self, table: str, record_id: str, document: Document, by: str, step: Step) -> Record:
        self._stamp(document, table, record_id, by)
        if self._document(DELETED, record_id) is not None:
            self._edit(DELETED, record_id, None, step)
        self._edit(table, record_id, document, step)
        return cast("Record", self.index.get(table, record_id))

    def _stamp(self, document: Document, table: str, record_id: str, by: str) -> None:
        """Write into a document which revision it is, from which, when and by whom."""
        current = self._document(table, record_id) or self._document(DELETED, record_id) or {}
        rev, ancestors = self._on_disk.setdefault((table, record_id), revisions.line_of(current))
        now = msgspec.to_builtins(dt.datetime.now(dt.UTC))
        document["rev"] = revisions.next_rev(rev, document)
        document["ancestors"] = revisions.extended(rev, ancestors)
        document["created"] = document.get("created") or now
        document["modified"] = now
        document["by"] = documents.cleaned(by) or document.get("by", "")

    def _edit(self, table: str, record_id: str, document: Document | None, step: Step) -> None:
        step.edits.append(Edit(table, record_id, self._document(table, record_id), document))
        self._place(table, record_id, document)

    def _document(self, table: str, record_id: str) -> Document | None:
        number = self._numbers.get(table, {}).get(record_id)
        return None if number is None else self._table(table).document(number)

    def _place(self, table: str, record_id: str, document: Document | None) -> None:
        number = self._numbers.get(table, {}).get(record_id)
        kind = _KINDS.get(table)
        if document is None:
            if number is not None:
                self._table(table).drop(number)
                del self._numbers[table][record_id]
            if kind is not None:
                self.index.drop(table, record_id)
            return
        if number is None:
            number = self._next.get(table, 1)
            self._numbers.setdefault(table, {})[record_id] = number
            self._next[table] = number + 1
        self._table(table).put(number, document)
        if table == META:
            self.meta = documents.read(CaseloadMeta, document)
        elif kind is not None:
            self.index.put(documents.read(kind, document))

    def _table(self, name: str) -> DocumentTable:
        return cast("DocumentTable", self._database.table(name))


def _as_saved(record: Record, existing: Record) -> Record:
    """Return the record with the store's own fields of the one that exists."""
    names = ("rev", "ancestors", "created", "modified", "by")
    kept: dict[str, Any] = {name: getattr(existing, name) for name in names}
    return replace(record, **kept)
