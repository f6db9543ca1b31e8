"""TinyDB over a caseload held in memory. Writing to the disk is the saver's work."""

import copy
from collections.abc import Callable
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from vigtui.store.format.entries import document
from vigtui.store.format.layout import Document, Entry, Tables, checked, entry


class CaseloadStorage(Storage):
    """Memory first: `read` returns what is in memory, `write` replaces it and calls `changed`.

    As with a file, what `read` returns and what `write` was given is the caller's own: changing it later
    changes nothing here. `tables` is the same without a copy, and without a look into the entries that
    nobody has asked for yet.
    """

    def __init__(self, tables: Tables, changed: Callable[[], None]) -> None:
        self.tables = tables
        self._changed = changed

    def read(self) -> dict[str, dict[str, Any]] | None:
        found = {
            name: {number: _apart(item) for number, item in table.items()}
            for name, table in self.tables.items()
        }
        return found or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything. Raises TypeError or ValueError, and then nothing has changed, when this is no
        caseload that could be read again."""
        checked(data)
        self.tables = {
            name: {number: entry(item) for number, item in table.items()} for name, table in data.items()
        }
        self._changed()

    def changed(self) -> None:
        """Tell that `tables` was changed."""
        self._changed()

    def snapshot(self) -> Tables:
        """Return the tables as they are now. Documents are shared: they are replaced, never changed."""
        return {name: dict(table) for name, table in self.tables.items()}


class DocumentTable(Table):
    """A table with changes of one document that cost the same however long the table is."""

    _storage: CaseloadStorage

    def document(self, number: str) -> Document:
        """Return the stored document itself; it must not be changed."""
        table = self._storage.tables[self.name]
        found = table[number] = document(table[number])
        return found

    def put(self, number: str, document: Entry) -> None:
        """Store the document under this number, in place of the one that is there."""
        self._storage.tables.setdefault(self.name, {})[number] = document
        self._written()

    def drop(self, number: str) -> None:
        """Remove the document with this number."""
        del self._storage.tables[self.name][number]
        self._written()

    def _written(self) -> None:
        self._storage.changed()
        self.clear_cache()
        self._next_id = None


def _apart(item: Entry) -> Document:
    """Return a document that is nobody else's."""
    return copy.deepcopy(item) if isinstance(item, dict) else document(item)


class CaseloadDatabase(TinyDB):
    """A TinyDB whose tables are DocumentTables."""

    table_class = DocumentTable
