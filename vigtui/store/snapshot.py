"""A caseload as it stands in a file: read, and not opened."""

from pathlib import Path

from msgspec import Struct

from vigtui.store.disk.file import CaseloadFile
from vigtui.store.format.layout import Tables, decode
from vigtui.store.format.opening import Finding, Loaded, load
from vigtui.store.index import Index
from vigtui.vault.key import Key


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
    """Return what these bytes hold, which are not encrypted and stand in a file called as `path`. Raises
    LayoutError or CaseloadError."""
    tables = decode(data)
    return Snapshot(path, tables, load(path, tables, lambda: None))
