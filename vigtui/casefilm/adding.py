"""Taking a film into the caseload's folder: what it is, without a picture of it."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vigtui.casefilm.home import FilmHome, content_of, film_in, size_of
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError, FilmOutside, LibraryMissing
from vigtui.film.files import FileSource, choose, copy_in
from vigtui.values.text import shown_path
from vigtui.values.timecode import format_timecode

__all__ = [
    "FilmFile",
    "copy_film",
    "created_at",
    "film_remarks",
    "find_chosen",
    "path_in_folder",
    "read_film",
]

_MILLISECONDS_APART = 1_000


@dataclass(frozen=True)
class FilmFile:
    """A film in the caseload's folder, as a recording names it.

    `trouble` is a sentence when the film is not whole, or could not be looked at because libmpv is not there;
    then `duration_ms` is 0. One that is a `copy` has an original in another folder. `created` is when the
    film says it was made.
    """

    path: str
    size: int
    fingerprint: str
    duration_ms: int
    trouble: str = ""
    copy: bool = False
    created: dt.datetime | None = None


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


def copy_film(
    home: FilmHome, path: Path, name: str, progress: Callable[[float], None] | None = None
) -> FilmFile:
    """Copy a film into the caseload's media folder as `vigtui.film.files.copy_in` does, and return what it
    is. What libmpv cannot play is not copied. Blocks. Raises FilmError, OSError."""
    from vigtui.film.probing import probe

    with contextlib.suppress(LibraryMissing):
        probe(FileSource(path))
    return replace(read_film(home, copy_in(home.folder, path, name, progress)), copy=True)


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
