"""The keys of encrypted film, when its caseload goes over to another data key: no film is written again.

Before the caseload is, each film is wrapped for the new key as well; after it, for that alone. Whenever this
is broken off, the film opens with the key of the caseload that is on the disk; what is left of it is settled
at the next opening. A program that has the caseload open meanwhile follows: film that it encrypted with the
old key goes over, too.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.film.errors import FilmDamagedError, FilmLockedError
from vigtui.vault.film.layout import is_called_encrypted
from vigtui.vault.film.rewrapping import opens, opens_for_others, rewrap, settle
from vigtui.vault.key import Key


def films_of(folder: Path, key: DataKey) -> Iterator[Path]:
    """Yield the encrypted films in a folder and below it that this key opens, those too of which a part is
    missing: it may still be on its way. Raises OSError."""
    yield from (path for path in _called_encrypted(folder) if opens(path, key))


def _called_encrypted(folder: Path) -> Iterator[Path]:
    """Yield what is called an encrypted film in a folder and below it, hidden or not. Links are not
    followed."""
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(here, name)
            if is_called_encrypted(path.name) and not path.is_symlink():
                yield path


def refuse_encrypted_film(folder: Path, key: Key | None) -> None:
    """Raise CaseloadError while film in the folder is encrypted with this key, which is about to go."""
    film = next(films_of(folder, key), None) if isinstance(key, DataKey) else None
    if film is not None:
        raise CaseloadError(
            f"{one_line(str(film.relative_to(folder)))} is encrypted with the caseload's key, and would be "
            "lost with it. `vigtui check` says what it is; film that nobody needs is to be deleted first."
        )


def rewrap_films(folder: Path, old: Key | None, new: Key | None) -> None:
    """Have each film that the old key opens opened by the new one as well. Raises OSError: then the caseload
    must not go over to the new one."""
    if isinstance(old, DataKey) and isinstance(new, DataKey) and old.commitment != new.commitment:
        for path in films_of(folder, old):
            rewrap(path, old, new)


def settle_films(folder: Path, key: Key | None) -> None:
    """Have each film that this key opens opened by no other. Raises OSError."""
    if isinstance(key, DataKey):
        for path in films_of(folder, key):
            settle(path, key)


def follow_key(folder: Path, old: Key | None, new: Key | None) -> None:
    """Have film that the old key opens, and the new one does not, opened by that: somebody else has changed
    the caseload's key, and film was encrypted meanwhile. Raises OSError."""
    if isinstance(old, DataKey) and isinstance(new, DataKey) and old.commitment != new.commitment:
        for path in (each for each in films_of(folder, old) if not opens(each, new)):
            rewrap(path, old, new)
            settle(path, new)


def left_open(folder: Path, key: DataKey) -> Iterator[Path]:
    """Yield the films in a folder and below it that this key opens, and perhaps another one. Raises
    OSError."""
    for path in _called_encrypted(folder):
        with contextlib.suppress(FilmLockedError, FilmDamagedError, FileNotFoundError):
            if opens_for_others(path, key):
                yield path
