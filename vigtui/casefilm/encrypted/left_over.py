"""What programs that were killed left of film in a caseload's folder: told, and deleted where it is certain
that nobody misses it."""

import contextlib
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vigtui.casefilm.encrypted.files import film_of_words, opened, remove_encrypted
from vigtui.casefilm.home import FilmHome, film_in
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import RecordingState
from vigtui.film.errors import FilmError
from vigtui.film.files import MEDIA_FOLDER, UNFINISHED
from vigtui.film.source import FilmSource
from vigtui.foreign.files import NotAnOrdinaryFileError, entries
from vigtui.values.text import shown_path
from vigtui.vault.film.layout import is_called_encrypted

_ABANDONED_SECONDS = 3600
_PIECE = 1 << 20
_DAY = 86_400
UNPACKED = ".taking-over-"
"""What the name of the hidden folder begins with into which a hand-over is unpacked."""
_HALF_MADE = {
    UNFINISHED: "film that was not copied or encrypted to its end. vigtui deletes it.",
    ".packing-": "a pack that was not finished. Delete it.",
    ".cutting-": "a clip that was not finished. Delete it.",
    UNPACKED: "a hand-over that was being taken over, unpacked. vigtui deletes it.",
}


def named_films(records: EveryVersion) -> set[str]:
    """Return the paths of the film that recordings name, in any version of them, also in one that cannot be
    read."""
    shown = records.where(Recording)
    versions = (each for one in shown for each in records.versions(Recording, one.id))
    unread = (str(entry.get("path", "")) for entry in records.unused(Recording))
    return {each.path for each in versions} | set(unread)


def remove_there_twice(home: FilmHome, records: EveryVersion, seconds: float = _ABANDONED_SECONDS) -> None:
    """Delete encrypted film that no recording names, in any version, that is older than so many seconds, and
    that is there once more, encrypted or clear, byte for byte, as a recording names it: a program was killed
    between the film and the record. Blocks. Raises FilmError, OSError."""
    for film in _unnamed(home, records):
        if time.time() - film.lstat().st_mtime >= seconds:
            with opened(home, film) as content:
                size = content.size
            named = records.where(Recording, state=RecordingState.PRESENT, size=size)
            if any(_is_the_same(home, film, each) for each in named):
                remove_encrypted(film)


def remove_abandoned(folder: Path, prefix: str = UNPACKED) -> None:
    """Remove the hidden folders of this name that programs which were killed left in a folder a day ago or
    longer. Blocks."""
    for path in folder.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and time.time() - status.st_mtime > _DAY:
                shutil.rmtree(path)


def left_over(home: FilmHome, records: EveryVersion) -> Iterator[str]:
    """Say what was not finished in the caseload's folder, and which encrypted words belong to no film.
    Blocks. Raises OSError."""
    for folder in (home.folder, home.folder / MEDIA_FOLDER):
        for path in _entries(folder):
            where = shown_path(path.relative_to(home.folder).as_posix())
            what = next((words for start, words in _HALF_MADE.items() if path.name.startswith(start)), "")
            if what:
                yield f"{where}: {what}"
    named = _ids(records)
    for path in _entries(home.folder / MEDIA_FOLDER):
        film = film_of_words(path)
        if film is not None and film.stem not in named and not film.exists():
            where = shown_path(path.relative_to(home.folder).as_posix())
            yield f"{where}: what is said in a film that is not there. Delete it if nobody needs it."


def _unnamed(home: FilmHome, records: EveryVersion) -> list[Path]:
    named = _ids(records)
    return [
        path
        for path in _entries(home.folder / MEDIA_FOLDER)
        if is_called_encrypted(path.name) and film_of_words(path) is None and path.stem not in named
    ]


def _ids(records: EveryVersion) -> set[str]:
    """The ids of the encrypted films that are named, wherever they lie."""
    return {PurePosixPath(path.replace("\\", "/")).stem for path in named_films(records)}


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entries(folder))
    except (FileNotFoundError, NotAnOrdinaryFileError):
        return []


def _is_the_same(home: FilmHome, film: Path, recording: Recording) -> bool:
    """Whether the film of a recording is there, and is this one."""
    try:
        other: FilmSource = film_in(home, recording.path)
        with opened(home, film) as one, other.open() as content:
            while piece := one.read(_PIECE):
                if piece != content.read(_PIECE):
                    return False
            return not content.read(1)
    except (FilmError, OSError):
        return False
