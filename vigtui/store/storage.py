"""TinyDB over a caseload held in memory. Writing to the disk is the saver's work."""

from collections.abc import Callable
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from vigtui.store.layout import Document, Tables


class CaseloadStorage(Storage):
    """Memory first: `read` returns what is in memory, `write` replaces it and calls `changed`."""

    def __init__(self, tables: Tables, changed: Callable[[], None]) -> None:
        self._tables = tables
        self._changed = changed

    def read(self) -> Tables:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._tables = data
        self._changed()

    def snapshot(self) -> Tables:
        """Return the tables as they are now. Documents are shared: they are replaced, never changed."""
        return {name: dict(table) for name, table in self._tables.items()}


class DocumentTable(Table):
    """A table with changes of one document that cost the same however long the table is."""

    def document(self, number: int) -> Document:
        """Return the stored document itself; it must not be changed."""
        tables: Tables = self._storage.read() or {}
        return tables[self.name][str(number)]

    def put(self, number: int, document: Document) -> None:
        """Store the document under this number, in place of the one that is there."""
        tables: Tables = self._storage.read() or {}
        tables.setdefault(self.name, {})[str(number)] = document
        self._written(tables)

    def drop(self, number: int) -> None:
        """Remove the document with this number."""
        tables: Tables = self._storage.read() or {}
        del tables[self.name][str(number)]
        self._written(tables)

    def _written(self, tables: Tables) -> None:
        self._storage.write(tables)
        self.clear_cache()


class CaseloadDatabase(TinyDB):
    """A TinyDB whose tables are DocumentTables."""

    table_class = DocumentTable
