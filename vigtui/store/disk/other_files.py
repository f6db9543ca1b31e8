"""The other files of a caseload in its folder: its earlier versions, and those beside it that hold the same
one, whatever they are called."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from vigtui.foreign.files import entries, open_file, read_own
from vigtui.store.disk import aside, backups
from vigtui.store.format.opening import caseload_id
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

SPACE = "space.json"
"""What is kept of a caseload's space, in the hidden folder of its copies; encrypted as the caseload is."""
ERASING = "erasing-"
"""How the notes of what is still to be deleted of what was erased begin; encrypted as the caseload is."""


def read(path: Path) -> bytes | None:
    """Return what is in an ordinary file, None where there is none that can be read."""
    try:
        with open_file(path, follow_links=False) as file:
            return read_own(file)
    except OSError:
        return None


def opened(data: bytes, keyring: Keyring) -> bytes | None:
    """Return what these bytes hold, or None when nothing here opens them."""
    try:
        return keyring.open(data)
    except (WrongKeyError, DamagedError):
        return None


def identity(path: Path, keyring: Keyring) -> str:
    """Return the id of the caseload at `path`, "" where there is none that the keyring opens."""
    data = read(path)
    clear = None if data is None else opened(data, keyring)
    return "" if clear is None else caseload_id(clear)


def earlier(target: Path) -> Iterator[Path]:
    """Yield the earlier versions of the caseload: what is `kept`, and the versions that were put aside."""
    yield from kept(target)
    yield from sorted(path for path in entries(target.parent) if aside.put_aside_at(path, target))


def kept(target: Path) -> list[Path]:
    """Return what is kept in the caseload's folder: backups, copies that were merged and put away, signs."""
    return sorted(path for path in backups.entries_of(target) if path.name.endswith(".json"))


def is_sign(path: Path) -> bool:
    """Whether this says who has the caseload open, of which space it is, or what is to be deleted, and is no
    version of anything."""
    return path.name.startswith(("open-", ERASING)) or path.name == SPACE


def is_in_space(caseload: Path) -> bool:
    """Whether a space may be kept for the caseload at this path. Costs a question or two to the disk."""
    return next(spaces_of(caseload.resolve()), None) is not None


def spaces_of(target: Path) -> Iterator[Path]:
    """Yield what is kept of the caseload's space, or was kept of one that had another name then: only the
    caseload's key tells."""
    yield from (path for folder in hidden_folders_of(target) if (path := folder / SPACE).is_file())


def hidden_folders_of(target: Path) -> Iterator[Path]:
    """Yield the hidden folder of a caseload, and those of caseloads that are not there any more: it may have
    been called so."""
    own = backups.folder_of(target)
    yield own
    with contextlib.suppress(OSError):
        for folder in sorted(entries(own.parent)):
            if folder != own and not target.with_name(folder.name).exists():
                yield folder


def names_beside(target: Path) -> set[str]:
    """Return what the caseloads beside the target are called, or were called once."""
    try:
        beside = [path for path in entries(target.parent) if path.name.casefold().endswith(".json")]
    except OSError:
        return set()
    names = {path.name for path in beside if aside.put_aside_at(path, target) is None}
    with contextlib.suppress(OSError):
        names.update(path.name for path in entries(backups.folder_of(target).parent))
    return names - {target.name}
