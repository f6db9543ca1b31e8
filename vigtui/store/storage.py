"""TinyDB over a caseload held in memory. Writing to the disk is the saver's work."""

from collections.abc import Callable
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from vigtui.store.layout import Document, Tables, document


class CaseloadStorage(Storage):
    """Memory first: `read` returns what is in memory, `write` replaces it and calls `changed`.

    `tables` is the same without a look into the entries that nobody has asked for yet.
    """

    def __init__(self, tables: Tables, changed: Callable[[], None]) -> None:
        self.tables = tables
        self._changed = changed

    def read(self) -> dict[str, dict[str, Any]]:
        for table in self.tables.values():
            for number, entry in table.items():
                table[number] = document(entry)
        return self.tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self.tables = data
        self._changed()

    def snapshot(self) -> Tables:
        """Return the tables as they are now. Documents are shared: they are replaced, never changed."""
        return {name: dict(table) for name, table in self.tables.items()}


class DocumentTable(Table):
    """A table with changes of one document that cost the same however long the table is."""

    _storage: CaseloadStorage

    def document(self, number: int) -> Document:
        """Return the stored document itself; it must not be changed."""
        table, key = self._storage.tables[self.name], str(number)
        found = table[key] = document(table[key])
        return found

    def put(self, number: int, document: Document) -> None:
        """Store the document under this number, in place of the one that is there."""
        self._storage.tables.setdefault(self.name, {})[str(number)] = document
        self._written()

    def drop(self, number: int) -> None:
        """Remove the document with this number."""
        del self._storage.tables[self.name][str(number)]
        self._written()

    def _written(self) -> None:
        self._storage.write(self._storage.tables)
        self.clear_cache()


class CaseloadDatabase(TinyDB):
    """A TinyDB whose tables are DocumentTables."""

    table_class = DocumentTable
