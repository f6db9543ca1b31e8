"""Having films opened by another data key: nothing of them is written again but a slot of the header.

When a caseload goes over to a new data key, each film is rewrapped for it, then the caseload is saved with
it, then each film is settled. Whenever that is broken off, each film opens with the key of the caseload that
is on the disk.
"""

import contextlib
import errno
import os
from pathlib import Path
from typing import BinaryIO

from vigtui.foreign.files import open_file
from vigtui.vault.data_key import DataKey
from vigtui.vault.film import header
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.header import EMPTY_SLOT, Header
from vigtui.vault.film.layout import SLOTS, place_of_slot


def opens(path: Path, key: DataKey) -> bool:
    """Whether the key opens the header of an encrypted film, be the film whole or not. Raises OSError, and
    FilmLockedError when the key was wiped: of that no film may be said to be another's."""
    if key.is_wiped:
        raise FilmLockedError
    with open_file(path) as file, contextlib.suppress(FilmLockedError, FilmDamagedError):
        return bool(header.read(file.fileno()).opened_by(key))
    return False


def opens_for_others(path: Path, key: DataKey) -> bool:
    """Whether a film that this key opens may be opened by another one as well. Raises as `opens`."""
    with open_file(path) as file, contextlib.suppress(FilmDamagedError):
        found = header.read(file.fileno())
        others = sum(slot != EMPTY_SLOT for slot in found.slots) > 1
        return others and len(found.opened_by(key)) == 1
    return False


def rewrap(path: Path, old: DataKey, new: DataKey) -> None:
    """Have a film that `old` opens opened by `new`, too, and synced. A third key that opened it opens it no
    more. Raises FilmLockedError when neither opens it, FilmDamagedError, or OSError."""
    with _opened(path) as file:
        found = header.read(file.fileno())
        if not _opens(new, found):
            used, inside = next(iter(found.opened_by(old).items()))
            other = (used + 1) % SLOTS
            _write(file, other, found.slot_for(other, inside, new))
        os.fsync(file.fileno())


def settle(path: Path, key: DataKey) -> None:
    """Have a film opened by this key alone. Raises FilmLockedError when it does not open it, and
    FilmDamagedError: then nothing is changed; or OSError."""
    with _opened(path) as file:
        found = header.read(file.fileno())
        opened = found.opened_by(key)
        for number, slot in enumerate(found.slots):
            if number not in opened and slot != EMPTY_SLOT:
                _write(file, number, EMPTY_SLOT)
        os.fsync(file.fileno())


def _opened(path: Path) -> BinaryIO:
    return path.open("r+b", buffering=0)


def _opens(key: DataKey, found: Header) -> bool:
    try:
        return bool(found.opened_by(key))
    except (FilmLockedError, FilmDamagedError):
        return False


def _write(file: BinaryIO, number: int, slot: bytes) -> None:
    file.seek(place_of_slot(number))
    if file.write(slot) != len(slot):
        raise OSError(errno.EIO, "the header could not be written", file.name)
