"""Where a caseload's film lies, and the films that lie there."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from vigtui.film.files import FileSource, fingerprint_of, resolve
from vigtui.film.source import FilmSource
from vigtui.vault.film.layout import is_called_encrypted
from vigtui.vault.key import Key

if TYPE_CHECKING:
    from vigtui.vault.data_key import DataKey


class FilmHome(Protocol):
    """The `folder` that a caseload's film lies in, and the `key` with which both are encrypted; None where
    they are clear. An open caseload is one: its key may change."""

    @property
    def folder(self) -> Path: ...
    @property
    def key(self) -> Key | None: ...


class Folder(Struct, frozen=True):
    """A folder with film, of no caseload that is open."""

    folder: Path
    key: Key | None = None


def encrypts(home: FilmHome) -> bool:
    """Whether film is encrypted when it is added there."""
    return film_key(home) is not None


def film_key(home: FilmHome) -> "DataKey | None":
    """Return the key by which film there is encrypted; None where it is clear, also in a caseload that is
    encrypted as vigtui did it before it knew several ways in."""
    if home.key is None:
        return None
    from vigtui.vault.data_key import DataKey  # Lazy: a clear caseload has no use for it.

    return home.key if isinstance(home.key, DataKey) else None


def film_in(home: FilmHome, relative: str, starts_ms: int = 0, *, whole: bool = True) -> FilmSource:
    """Return the film that a recording's, or a piece's, path names. Blocks. Raises FilmError where there is
    none."""
    return film_at(home, resolve(home.folder, relative), starts_ms, whole=whole)


def film_at(home: FilmHome, path: Path, starts_ms: int = 0, *, whole: bool = True) -> FilmSource:
    """Return the film in a file, wherever that is."""
    if is_called_encrypted(path.name):
        # Lazy: a clear caseload has no use for it.
        from vigtui.casefilm.encrypted.source import EncryptedSource

        return EncryptedSource(path, home, starts_ms, whole)
    return FileSource(path, starts_ms, whole)


def copy_at(home: FilmHome, film: FilmSource, path: Path) -> FilmSource:
    """Return the working copy in a file, which is encrypted where its film is."""
    if film.clear_file is not None:
        return FileSource(path)
    # Lazy: a clear caseload has no use for it.
    from vigtui.casefilm.encrypted.source import EncryptedSource

    return EncryptedSource(path, home, original=film.path)


def content_of(film: FilmSource) -> str:
    """Return what tells a film apart by its content (see `vigtui.film.files.fingerprint`), which is the same
    when it is encrypted. Blocks. Raises OSError."""
    with film.open() as file:
        return fingerprint_of(file)


def size_of(film: FilmSource) -> int:
    """Return how many bytes a film has, encrypted or not. Blocks. Raises OSError."""
    with film.open() as file:
        return file.seek(0, 2)
