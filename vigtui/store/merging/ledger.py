"""Documents and the records they hold, changed together."""

from collections.abc import Callable
from typing import TypeVar, cast

from vigtui.domain.records import KIND_OF, CaseloadMeta, Record
from vigtui.store.format import documents
from vigtui.store.format.layout import Document, Entry, Tables, first_new_number
from vigtui.store.format.memory import CaseloadDatabase, CaseloadStorage, DocumentTable
from vigtui.store.format.opening import DELETED, META, Loaded
from vigtui.store.merging import record_versions as merge
from vigtui.store.merging.kept import Key, heads_in, is_about, kept, tombstone_key, versions_key
from vigtui.store.merging.record_versions import Heads
from vigtui.store.merging.undo import Edit, Step

R = TypeVar("R", bound=Record)


class Ledger:
    """Places one document at a time through TinyDB, and notes each in a Step. Not safe between threads."""

    def __init__(self, tables: Tables, loaded: Loaded, changed: Callable[[], None]) -> None:
        self.index = loaded.index
        self._loaded = loaded
        self._numbers = loaded.numbers
        self._storage = CaseloadStorage(tables, changed)
        self._database = CaseloadDatabase(storage=lambda: self._storage)
        self._next = {name: first_new_number(table) for name, table in tables.items()}

    def snapshot(self) -> Tables:
        """Return everything as it is now. Documents are shared: they are replaced, never changed."""
        return self._storage.snapshot()

    def document(self, key: Key) -> Document | None:
        """Return the stored document itself, which must not be changed; None when there is none."""
        number = self._numbers.get(key[0], {}).get(key[1])
        return None if number is None else self._table(key[0]).document(number)

    def heads(self, key: Key) -> Heads:
        """Return the versions of a record of which none came from another."""
        several = self.document(versions_key(key))
        return heads_in(key, self.document(key), self.document(tombstone_key(key)), several)

    def competing(self, kind: type[R], record_id: str) -> list[R]:
        """Return the versions of a record, as records, without removals."""
        heads = self.heads((kind.table, record_id))
        return [documents.read(kind, head.document) for head in heads if not head.gone]

    def several(self) -> list[Key]:
        """Return the records of which there is more than one version, in the order of their ids."""
        keys = sorted(self._numbers.get(versions_key(("", ""))[0], {}))
        return [(table, record_id) for table, _, record_id in (key.partition("/") for key in keys)]

    def removed(self) -> list[Document]:
        """Return the tombstones of the records that are removed."""
        found = map(self.document, [(DELETED, each) for each in self._numbers.get(DELETED, {})])
        return [document for document in found if document is not None]

    def set_heads(self, key: Key, heads: Heads, step: Step) -> None:
        """Let these be the versions of a record."""
        seen = merge.view(heads).document
        tombstone = next((head.document for head in heads if head.gone), None)
        self._edit(key, seen, step)
        standing = self.document(tombstone_key(key))
        if seen is None or (standing is not None and is_about(key, standing)):
            self._edit(tombstone_key(key), tombstone if seen is None else None, step)
        self._edit(versions_key(key), kept(key, heads) if len(heads) > 1 else None, step)

    def add_entries(self, table: str, entries: list[Entry]) -> None:
        """Put entries into a table that are no records, as they are."""
        for entry in entries:
            self._table(table).put(self._new_number(table), entry)

    def roll_back(self, edits: list[Edit]) -> None:
        """Put everything as it was before these edits, as if they had never been."""
        for edit in reversed(edits):
            self._place(edit.key, edit.before)

    def _edit(self, key: Key, document: Document | None, step: Step) -> None:
        before = self.document(key)
        if before != document:
            step.edits.append(Edit(*key, before, document))
            self._place(key, document)

    def _place(self, key: Key, document: Document | None) -> None:
        table, record_id = key
        kind = KIND_OF.get(table)
        numbers = self._numbers.setdefault(table, {})
        if document is None:
            if record_id in numbers:
                self._table(table).drop(numbers.pop(record_id))
            if kind is not None:
                self.index.drop(table, record_id)
            return
        if record_id not in numbers:
            numbers[record_id] = self._new_number(table)
        self._table(table).put(numbers[record_id], document)
        if table == META:
            self._loaded.meta = documents.read(CaseloadMeta, document)
        elif kind is not None:
            self.index.put(documents.read(kind, document))

    def _new_number(self, table: str) -> int:
        number, taken = self._next.get(table, 1), self._storage.tables.get(table, {})
        while str(number) in taken:
            number += 1
        self._next[table] = number + 1
        return number

    def _table(self, name: str) -> DocumentTable:
        return cast("DocumentTable", self._database.table(name))
