"""Conflicted copies of a caseload: what a synced folder has laid beside it when two had changed it."""

import itertools
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from vigtui.exchange.copy_names import is_called_alike, may_be_copy
from vigtui.exchange.incoming import MOST_BYTES, Other
from vigtui.foreign.files import entries, read_file
from vigtui.store.disk import atomic, backups
from vigtui.store.disk.temporary import sync_folder
from vigtui.store.errors import CannotSaveError, CaseloadError, CaseloadLockedError
from vigtui.values.text import one_line
from vigtui.vault.key import Key
from vigtui.vault.keyring import Keyring

# Of all files that are looked into.
_MOST_BYTES = 512_000_000


class ConflictedCopy(Struct, frozen=True):
    """A copy that is beside a caseload. `locked`: it is encrypted with another passphrase, and so nobody
    can tell yet whether it is of the same caseload."""

    path: Path
    locked: bool = False

    @property
    def name(self) -> str:
        """Its file's name, safe to show."""
        return one_line(self.path.name)


def find_copies(caseload: Path, caseload_id: str, keyring: Keyring) -> list[ConflictedCopy]:
    """Return the conflicted copies beside the caseload with this id, by name. They are known by the id in
    them, whatever they are called. Reads each, up to a limit in all: call it in a worker. What cannot be read
    is no copy."""
    target = caseload.resolve()
    try:
        beside = [path for path in entries(target.parent) if may_be_copy(path.name, target.name)]
    except OSError:
        return []
    found, left = [], _MOST_BYTES
    for path in sorted(beside):
        other = _read(path, min(left, MOST_BYTES))
        if other is not None:
            left -= len(other.data)
            found.append(_looked_at(other, caseload_id, target.name, keyring))
    return [copy for copy in found if copy is not None]


def _read(path: Path, most: int) -> Other | None:
    try:
        return Other(path, read_file(path, most, follow_links=False))
    except OSError:
        return None


def _looked_at(other: Other, caseload_id: str, original: str, keyring: Keyring) -> ConflictedCopy | None:
    try:
        if other.caseload_id(keyring) == caseload_id:
            return ConflictedCopy(other.path)
    except CaseloadLockedError:
        if is_called_alike(other.path.name, original):
            return ConflictedCopy(other.path, locked=True)
    except CaseloadError:
        pass
    return None


def put_away(caseload: Path, other: Other, keyring: Keyring, own: Key | None) -> Path:
    """Move a copy that was merged into the hidden folder of the caseload's copies, where it stays, and return
    where it is now. `keyring` opens it; where the caseload is encrypted with `own`, it is kept encrypted with
    that.

    Raises CannotSaveError, also when the copy was changed since it was read: then it stays where it is.
    """
    target = caseload.resolve()
    try:
        if read_file(other.path, MOST_BYTES, follow_links=False) != other.data:
            raise CannotSaveError(f"{other.name} was changed meanwhile. It stays where it is.")
        folder = backups.make_folder(target)
        if own is not None and not (other.is_encrypted and own.fits(other.data)):
            kept = _created(folder, other.path.name, own.encrypt([keyring.open(other.data)]), target)
            other.path.unlink()
        else:
            kept = _moved(folder, other.path)
        sync_folder(folder)
        sync_folder(other.path.parent)
    except OSError as error:
        why = error.strerror or error
        raise CannotSaveError(f"{other.name} is merged, but cannot be moved away: {why}.") from None
    return kept


def _created(folder: Path, name: str, content: list[bytes], like: Path) -> Path:
    for path in _names(folder, name):
        try:
            atomic.create(path, content, like=like)
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
