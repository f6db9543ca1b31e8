"""Taking a film into the caseload's folder: what it is, without a picture of it."""

from dataclasses import dataclass
from pathlib import Path

from vigtui.film.errors import FilmOutside, LibraryMissing
from vigtui.film.files import choose, copy_in, fingerprint

__all__ = ["FilmFile", "copy_in", "find_chosen", "path_in_folder", "read_film"]


@dataclass(frozen=True)
class FilmFile:
    """A film in the caseload's folder, as a recording names it.

    `duration_ms` is 0, and `trouble` the sentence why, when libmpv is not there to read it.
    """

    path: str
    size: int
    fingerprint: str
    duration_ms: int
    trouble: str = ""


def find_chosen(folder: Path, path: Path) -> tuple[str, int]:
    """Return the path of a film that somebody chose relative to the caseload's `folder`, "" when it has to be
    copied in, and its size in bytes. Raises FilmError when it is no film, or OSError."""
    try:
        return choose(folder, path), path.stat().st_size
    except FilmOutside:
        return "", path.stat().st_size


def path_in_folder(folder: Path, relative: str) -> str:
    """Return the path of a film below the caseload's folder as a recording keeps it. Raises FilmError."""
    return choose(folder, folder / relative)


def read_film(folder: Path, relative: str) -> FilmFile:
    """Return what a film in the caseload's folder is. Blocks. Raises FilmError, OSError."""
    from vigtui.film.probing import probe

    path = folder / relative
    duration_ms, trouble = 0, ""
    try:
        duration_ms = probe(path).duration_ms
    except LibraryMissing as error:
        trouble = str(error)
    return FilmFile(relative, path.stat().st_size, fingerprint(path), duration_ms, trouble)
