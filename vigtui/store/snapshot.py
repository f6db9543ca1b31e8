"""A caseload as a file holds it: read, and not opened."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from vigtui.domain.records import CaseloadMeta, Record
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format import documents
from vigtui.store.format.entries import document
from vigtui.store.format.layout import VERSIONS, Document, Tables, decode
from vigtui.store.format.opening import Finding, Loaded, load
from vigtui.store.index import Index
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    removal_key,
    versions_key,
)
from vigtui.vault.key import Key

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict

R = TypeVar("R", bound=Record)


class Snapshot(Struct, frozen=True):
    """What a file holds. `key` opens it, where it is encrypted."""

    path: Path
    tables: Tables
    loaded: Loaded
    key: Key | None = None

    @property
    def index(self) -> Index:
        """The records that can be read."""
        return self.loaded.index

    @property
    def meta(self) -> CaseloadMeta:
        """What the caseload says about itself."""
        return self.loaded.meta

    def where(self, kind: type[R], /, **equals: object) -> list[R]:
        """Return the records whose fields have these values, in the order of their creation."""
        return self.index.where(kind, **equals)

    def versions(self, kind: type[R], record_id: str, /) -> tuple[R, ...]:
        """Return the record as it is shown, and then each of its versions where several compete."""
        shown = self.index.find(kind, record_id)
        if shown is None or not self._competes(kind, record_id):
            return () if shown is None else (shown,)
        changed = self._versions((kind.table, record_id)).changed
        return (shown, *(documents.read(kind, each.document) for each in changed))

    def competing(self, kind: type[Record]) -> list[str]:
        """Return the ids of the records of a kind of which several versions compete."""
        prefix = f"{kind.table}/"
        keys = self.loaded.numbers.get(VERSIONS, ())
        return sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))

    def is_removed_in_a_version(self, kind: type[Record], record_id: str, /) -> bool:
        """Whether somebody has removed the record that is shown, and another has changed it."""
        key = (kind.table, record_id)
        return self._competes(kind, record_id) and bool(self._versions(key).removals)

    def conflicts(self) -> "list[Conflict]":
        """Return what several people have changed, and nobody has decided yet. The records are then shown as
        those who open it see them."""
        if not self.loaded.numbers.get(VERSIONS):
            return []
        from vigtui.store.merging.ledger import Ledger  # Lazy: it imports TinyDB.

        ledger = Ledger(self.tables, self.loaded, lambda: None)
        ledger.refresh()
        return list(ledger.conflicts())

    def unused(self, kind: type[Record], /) -> list[Document]:
        """Return the entries of a kind that cannot be read, or have the id of another."""
        return self.loaded.unused(self.tables, kind.table)

    def _competes(self, kind: type[Record], record_id: str) -> bool:
        return f"{kind.table}/{record_id}" in self.loaded.numbers.get(VERSIONS, ())

    def _versions(self, key: RecordKey) -> RecordVersions:
        standing = (self._document(each) for each in (key, removal_key(key), versions_key(key)))
        return read_versions(key, *standing)

    def _document(self, key: RecordKey) -> Document | None:
        table, record_id = key
        number = self.loaded.numbers.get(table, {}).get(record_id)
        return None if number is None else document(self.tables[table][number])

    @property
    def findings(self) -> list[Finding]:
        """The entries that cannot be read."""
        return self.loaded.findings

    @property
    def folder(self) -> Path:
        """Where the film is."""
        return self.path.absolute().parent


def read_snapshot(path: Path, key: Key | None = None) -> Snapshot:
    """Read the caseload at `path`. Raises CaseloadError as opening does."""
    file = CaseloadFile(path, key)
    tables, plain = file.read()
    return Snapshot(path, tables, load(path, tables, file.backup, plain=plain), key)


def snapshot_of(path: Path, data: bytes) -> Snapshot:
    """Return what these bytes hold, which are not encrypted and are in a file called as `path`. Raises
    LayoutError or CaseloadError."""
    tables = decode(data)
    return Snapshot(path, tables, load(path, tables, lambda: None))
