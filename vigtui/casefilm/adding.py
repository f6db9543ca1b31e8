"""Taking a film into the caseload's folder: what it is, without a picture of it."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vigtui.casefilm.deleting import delete_film
from vigtui.casefilm.home import FilmHome, content_of, encrypts, film_at, film_in, size_of
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError, FilmOutside, LibraryMissing
from vigtui.film.files import FileSource, choose, copy_in
from vigtui.store.caseload import Caseload
from vigtui.values.text import shown_path
from vigtui.values.timecode import format_timecode

__all__ = [
    "FilmFile",
    "copy_film",
    "created_at",
    "film_remarks",
    "find_chosen",
    "is_to_encrypt",
    "leave_unnamed",
    "path_in_folder",
    "read_film",
]

_MILLISECONDS_APART = 1_000


@dataclass(frozen=True)
class FilmFile:
    """A film in the caseload's folder, as a recording names it.

    `trouble` is a sentence when the film is not whole, or could not be looked at because libmpv is not there;
    then `duration_ms` is 0. One that was copied in, or encrypted, has its `original` there. `created` is when
    the film says it was made.
    """

    path: str
    size: int
    fingerprint: str
    duration_ms: int
    trouble: str = ""
    original: Path | None = None
    created: dt.datetime | None = None


def find_chosen(home: FilmHome, path: Path) -> tuple[str, int]:
    """Return the path of a film that somebody chose relative to the caseload's folder, "" when it has to be
    copied in, or encrypted, and its size in bytes. Raises FilmError when it is no film, or OSError."""
    try:
        relative = choose(home.folder, path)
    except FilmOutside:
        relative = ""
    return "" if is_to_encrypt(home, path) else relative, path.stat().st_size


def is_to_encrypt(home: FilmHome, path: Path) -> bool:
    """Whether a film that is taken into the caseload has to be encrypted for that."""
    return encrypts(home) and film_at(home, path).clear_file is not None


def path_in_folder(folder: Path, relative: str) -> str:
    """Return the path of a film below the caseload's folder as a recording keeps it. Raises FilmError."""
    return choose(folder, folder / relative)


def copy_film(
    home: FilmHome, path: Path, name: str, progress: Callable[[float], None] | None = None
) -> FilmFile:
    """Copy a film into the caseload's folder as `vigtui.film.files.copy_in` does, or, where that is
    encrypted, encrypt it there under a name that says nothing; and return what it is. What libmpv cannot play
    is not copied. Blocks. Raises FilmError, OSError."""
    from vigtui.film.probing import probe

    with contextlib.suppress(LibraryMissing):
        probe(FileSource(path))
    if encrypts(home):
        from vigtui.casefilm.encrypted.files import encrypt_film

        made = encrypt_film(home, path, progress or (lambda _: None))
        relative = made.relative_to(home.folder).as_posix()
    else:
        relative = copy_in(home.folder, path, name, progress)
    return replace(read_film(home, relative), original=path)


def read_film(home: FilmHome, relative: str) -> FilmFile:
    """Return what a film in the caseload's folder is. Blocks. Raises FilmError, OSError."""
    from vigtui.film.probing import probe

    film = film_in(home, relative)
    duration_ms, trouble, created = 0, "", None
    try:
        facts = probe(film)
        duration_ms, trouble, created = facts.duration_ms, facts.remark, facts.created
    except LibraryMissing as error:
        trouble = str(error)
    return FilmFile(relative, size_of(film), content_of(film), duration_ms, trouble, created=created)


def leave_unnamed(caseload: Caseload, film: FilmFile) -> None:
    """Delete what was copied in or encrypted for a recording that was not made after all; its original is
    where it was. Blocks."""
    if film.original is not None and not caseload.where(Recording, path=film.path):
        with contextlib.suppress(FilmError, OSError):
            delete_film(caseload, film.path)


def created_at(home: FilmHome, recording: Recording) -> dt.datetime | None:
    """Return when a recording's film says it was made; None when it does not, or is not there. Blocks."""
    from vigtui.film.probing import probe

    try:
        return probe(film_in(home, recording.path)).created
    except FilmError:
        return None


def film_remarks(home: FilmHome, recordings: Iterable[Recording]) -> Iterator[str]:
    """Say of each film that is there what is wrong with its length: it is not whole, or it lasts otherwise
    than its recording says. Blocks."""
    from vigtui.film.probing import probe

    for recording in recordings:
        if recording.state is not RecordingState.PRESENT or not recording.path:
            continue
        name = shown_path(recording.path)
        try:
            facts = probe(film_in(home, recording.path))
        except LibraryMissing:
            return
        except FilmError:
            continue  # Films that are missing or damaged are reported already.
        if facts.remark:
            yield f"{name}: {facts.remark}"
        if recording.duration_ms and abs(facts.duration_ms - recording.duration_ms) > _MILLISECONDS_APART:
            lasts, said = format_timecode(facts.duration_ms), format_timecode(recording.duration_ms)
            yield f"{name}: the film lasts {lasts}; its recording says {said}."
