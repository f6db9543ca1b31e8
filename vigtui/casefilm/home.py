"""Where a caseload's film lies, and the films that lie there."""

from pathlib import Path
from typing import Protocol

from msgspec import Struct

from vigtui.film.errors import FilmRefused
from vigtui.film.files import FileSource, fingerprint_of, resolve
from vigtui.film.source import FilmSource
from vigtui.values.text import shown_path
from vigtui.vault.key import Key

ENCRYPTED = ".vigfilm"
"""The ending of encrypted film."""


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


def film_in(home: FilmHome, relative: str, starts_ms: int = 0, *, whole: bool = True) -> FilmSource:
    """Return the film that a recording's, or a piece's, path names. Blocks. Raises FilmError where there is
    none."""
    return film_at(home, resolve(home.folder, relative), starts_ms, whole=whole)


def film_at(home: FilmHome, path: Path, starts_ms: int = 0, *, whole: bool = True) -> FilmSource:
    """Return the film in a file, wherever that is. Blocks. Raises FilmError."""
    if path.suffix == ENCRYPTED and home.key is None:
        raise FilmRefused(f"{shown_path(path.name)} is encrypted: only the caseload that it is of opens it.")
    return FileSource(path, starts_ms, whole)


def content_of(film: FilmSource) -> str:
    """Return what tells a film apart by its content (see `vigtui.film.files.fingerprint`), which is the same
    when it is encrypted. Blocks. Raises OSError."""
    with film.open() as file:
        return fingerprint_of(file)


def size_of(film: FilmSource) -> int:
    """Return how many bytes a film has, encrypted or not. Blocks. Raises OSError."""
    with film.open() as file:
        return file.seek(0, 2)
