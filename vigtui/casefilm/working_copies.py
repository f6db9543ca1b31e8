"""Working copies of film that is heavy: where they lie, which is seen, and when they go.

They lie beside the caseload, in a hidden folder, so that whoever deletes the film there deletes them too. A
copy's name is made of its film's content: it says nothing, and stays right when the film is moved. Of
encrypted film it is made of the film's name: whoever has a film must not learn that a caseload has it too.
Its copy is encrypted as well.
"""

import contextlib
import datetime as dt
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from vigtui.casefilm.home import FilmHome, content_of, copy_at
from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Recording
from vigtui.domain.vocabulary import Purpose, RecordingState
from vigtui.film import files
from vigtui.film.errors import FilmError
from vigtui.film.files import WorkingCopy
from vigtui.film.source import FilmSource
from vigtui.foreign.files import NotAnOrdinaryFileError, entries
from vigtui.store.disk.temporary import sync_folder
from vigtui.store.erasing_notes import ErasedFilm
from vigtui.vault.film.layout import ENDING, is_called_encrypted

FOLDER = ".vigtui-copies"
_COPY, _NONE, UNFINISHED = ".mp4", ".none", ".making-"
_ENDINGS = (_COPY, ENDING, _NONE)
_VERSION = 1
"""Of how copies are made: a higher one, and those of an earlier one are made again."""
_ABANDONED_SECONDS = 3600
_DAY = 86_400


def permit_copy(records: EveryVersion, recording: str, on: dt.date) -> Permission | None:
    """Return the permission to make, and to keep, a working copy of a recording's film, if there is one:
    everybody in it has to agree to filming."""
    decision = permit(records, recording, Use.WATCH, Purpose.FILM, on)
    return decision if isinstance(decision, Permission) else None


def seen_of(home: FilmHome, film: FilmSource) -> FilmSource:
    """Return what is seen of a film of the caseload: its working copy where there is one, else the
    film itself. Blocks."""
    with contextlib.suppress(FilmError, OSError):
        copy = _place(home.folder, _mark(film), _ending(film))
        if copy.is_file() and not copy.is_symlink():
            seen = copy_at(home, film, copy)
            seen.open().close()  # One that was changed on the disk, or of another key, is not seen.
            if time.time() - copy.stat().st_mtime > _DAY:
                os.utime(copy)  # those that nobody has seen for longest go first
            return WorkingCopy(film, seen)
    return film


def needs_copy(home: FilmHome, film: FilmSource) -> bool:
    """Whether it is still to be found out if this film needs a working copy, or that is still to be made; one
    that cannot be opened is deleted. Raises OSError."""
    mark = _mark(film)
    copy = _place(home.folder, mark, _ending(film))
    try:
        copy_at(home, film, copy).open().close()
    except (FilmError, OSError):
        copy.unlink(missing_ok=True)
        return not _place(home.folder, mark, _NONE).exists()
    return False


def unfinished_copy(folder: Path, film: FilmSource) -> Path:
    """Return where a copy of a film is made, and make the folder for it. Raises OSError."""
    made = _copies(folder)
    made.mkdir(mode=0o700, exist_ok=True)
    return made / f"{UNFINISHED}{os.getpid()}-{time.monotonic_ns()}{_ending(film)}"


def keep_copy(folder: Path, film: FilmSource, unfinished: Path) -> None:
    """Let a copy that is complete be seen from now on, readable by its owner alone. Raises OSError."""
    unfinished.chmod(0o600)
    unfinished.replace(_place(folder, _mark(film), _ending(film)))
    sync_folder(_copies(folder))


def keep_none(folder: Path, film: FilmSource) -> None:
    """Remember that a film needs no working copy, or can have none. Raises OSError."""
    _copies(folder).mkdir(mode=0o700, exist_ok=True)
    _place(folder, _mark(film), _NONE).touch(mode=0o600)


def forget_copy(folder: Path, film: FilmSource) -> None:
    """Delete the working copy of a film. Raises OSError."""
    _forget(folder, _mark(film))


def forget_copy_of(folder: Path, film: Recording | ErasedFilm) -> None:
    """Delete the working copy of a recording's film, which need not be there any more. Raises OSError."""
    _forget(folder, _mark_of(film))


def _forget(folder: Path, mark: str) -> None:
    with contextlib.suppress(NotAnOrdinaryFileError):  # Then none was kept.
        for ending in _ENDINGS:
            _place(folder, mark, ending).unlink(missing_ok=True)


def forget_copies_without_consent(
    folder: Path, records: EveryVersion, on: dt.date, most_bytes: int | None = None
) -> None:
    """Delete the working copies of film that no recording names, or that may not be seen any more; and with
    `most_bytes` those that nobody has seen for longest, until the others take no more. Blocks. Raises
    OSError."""
    found = list(_entries(folder))
    if not found:
        return
    kept = set(_may_stay(records, on))
    for path in found:
        if _is_unfinished(path):
            if time.time() - path.lstat().st_mtime > _ABANDONED_SECONDS:
                path.unlink(missing_ok=True)
        elif path.stem not in kept:
            path.unlink(missing_ok=True)
    if most_bytes is not None:
        _hold_to(folder, most_bytes)


def copies_of_no_film(folder: Path, recordings: Iterable[Recording]) -> Iterator[str]:
    """Say what lies among the working copies and belongs to no film of these recordings. Blocks. Raises
    OSError."""
    names = {_name(_mark_of(each)) for each in recordings if each.state is not RecordingState.DELETED}
    for path in _entries(folder):
        if _is_unfinished(path):
            yield f"{FOLDER}/{path.name}: a working copy that was not finished. vigtui deletes it."
        elif path.stem not in names:
            yield f"{FOLDER}/{path.name}: a working copy of film that no recording names. vigtui deletes it."


def _may_stay(records: EveryVersion, on: dt.date) -> Iterator[str]:
    """Yield the names of the copies of film that everybody agrees to, in every recording that has it."""
    recordings = defaultdict[str, list[str]](list)
    for each in records.where(Recording):
        recordings[_mark_of(each)].append(each.id)
    for mark, same in recordings.items():
        if mark and all(permit_copy(records, each, on) for each in same):
            yield _name(mark)


def _hold_to(folder: Path, most_bytes: int) -> None:
    copies = [(path.stat().st_mtime, path.stat().st_size, path) for path in _entries(folder)]
    taken = sum(size for _, size, _ in copies)
    for _, size, path in sorted(copies):
        if taken <= most_bytes:
            return
        if path.suffix != _NONE and not _is_unfinished(path):
            path.unlink(missing_ok=True)
            taken -= size


def _is_unfinished(path: Path) -> bool:
    return path.name.startswith((UNFINISHED, files.UNFINISHED))


def _entries(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError, NotAnOrdinaryFileError):
        yield from (path for path in entries(_copies(folder)) if not path.is_dir())


def _copies(folder: Path) -> Path:
    """Where they lie in a caseload's folder: nowhere else, as a link might say. Raises OSError."""
    found = folder / FOLDER
    if found.is_symlink():
        raise NotAnOrdinaryFileError("a link", found)
    return found


def _place(folder: Path, mark: str, ending: str) -> Path:
    return _copies(folder) / (_name(mark) + ending)


def _mark(film: FilmSource) -> str:
    """What the name of a film's copy is made of. Raises FilmError, OSError."""
    return film.path.stem if film.clear_file is None else content_of(film)


def _mark_of(film: Recording | ErasedFilm) -> str:
    path = PurePosixPath(film.path)
    return path.stem if is_called_encrypted(path.name) else film.fingerprint


def _ending(film: FilmSource) -> str:
    return ENDING if film.clear_file is None else _COPY


def _name(mark: str) -> str:
    import hashlib  # Lazy: three megabytes, and not needed before the first film.

    return hashlib.sha256(f"working copy {_VERSION} {mark}".encode()).hexdigest()[:32]
