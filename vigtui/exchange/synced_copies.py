"""Conflicted copies of a caseload: what a synced folder has laid beside it when two had changed it."""

import itertools
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from vigtui.exchange.copy_names import is_copy_name
from vigtui.exchange.incoming import Other, read_other
from vigtui.store.disk import atomic, backups
from vigtui.store.errors import CannotSaveError, CaseloadError, CaseloadLockedError
from vigtui.store.format.layout import LayoutError, document
from vigtui.store.format.opening import META, META_ID
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring


class ConflictedCopy(Struct, frozen=True):
    """A copy that lies beside a caseload. `locked`: it is encrypted with another passphrase, and so nobody
    can tell yet whether it is of the same caseload."""

    path: Path
    locked: bool = False

    @property
    def name(self) -> str:
        """Its file's name, safe to show."""
        return one_line(self.path.name)


def find_copies(caseload: Path, caseload_id: str, keyring: Keyring) -> list[ConflictedCopy]:
    """Return the conflicted copies beside the caseload with this id, by name. Reads each: call it in a
    worker. What cannot be read is no copy."""
    target = caseload.resolve()
    try:
        names = sorted(path.name for path in target.parent.iterdir() if is_copy_name(path.name, target.name))
    except OSError:
        return []
    found = (_looked_at(target.with_name(name), caseload_id, keyring) for name in names)
    return [copy for copy in found if copy is not None]


def _looked_at(path: Path, caseload_id: str, keyring: Keyring) -> ConflictedCopy | None:
    try:
        if path.is_symlink() or not path.is_file():
            return None
        tables = read_other(path).tables(keyring)
        described = document(tables.get(META, {}).get(META_ID, {}))
    except CaseloadLockedError:
        return ConflictedCopy(path, locked=True)
    except (CaseloadError, LayoutError, OSError, msgspec.MsgspecError):
        return None
    same = isinstance(described, dict) and described.get("id") == caseload_id
    return ConflictedCopy(path) if same else None


def put_away(caseload: Path, other: Other, keyring: Keyring, own: Key | None) -> Path:
    """Move a copy that was merged into the hidden folder of the caseload's copies, where it stays, and return
    where it is now. `keyring` opens it; where the caseload is encrypted with `own`, it is kept encrypted with
    that.

    Raises CannotSaveError, also when the copy was changed since it was read: then it stays where it is.
    """
    target = caseload.resolve()
    try:
        if other.path.read_bytes() != other.data:
            raise CannotSaveError(f"{other.name} was changed meanwhile. It stays where it is.")
        folder = backups.make_folder(target)
        if own is not None and not (other.is_encrypted and own.fits(other.data)):
            kept = _created(folder, other.path.name, own.encrypt([keyring.open(other.data)]))
            other.path.unlink()
        else:
            kept = _moved(folder, other.path)
        atomic.sync_folder(folder)
        atomic.sync_folder(other.path.parent)
    except OSError as error:
        why = error.strerror or error
        raise CannotSaveError(f"{other.name} is merged, but cannot be put away: {why}.") from None
    return kept


def _created(folder: Path, name: str, content: list[bytes]) -> Path:
    for path in _names(folder, name):
        try:
            atomic.create(path, content)
        except FileExistsError:
            continue
        return path
    raise AssertionError


def _moved(folder: Path, path: Path) -> Path:
    """Move a file without ever taking another's place."""
    kept = next(each for each in _names(folder, path.name) if not os.path.lexists(each))
    path.rename(kept)
    return kept


def _names(folder: Path, name: str) -> Iterable[Path]:
    """Return the name, then the same with numbers. The ending stays: encrypting finds the copies by it."""
    stem = name.removesuffix(".json")
    endings = itertools.chain([""], (f" {number}" for number in itertools.count(2)))
    return (folder / f"{stem}{again}.json" for again in endings)
