"""Bringing a backup up to date: the words at once, then film by film, each read back before it counts.

What was deleted or erased here leaves the backup first, before anything new needs its room. After each film
the backup is whole, with the words of now and the film that is there so far; so whatever breaks it off, the
next time goes on where it stopped.
"""

import contextlib
import datetime as dt
import errno
import functools
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.description import FILM_FOLDER, Description, Kept, Words, film_name
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.files import (
    OriginalError,
    copy_whole,
    holds,
    remove_unfinished,
    state_of,
    write_whole,
)
from vigtui.casefilm.backup.gathering import Named, named, originals
from vigtui.casefilm.backup.place import Place, alone, prepare, refuse_other_kind
from vigtui.casefilm.backup.registering import enter_begun, enter_made
from vigtui.film.errors import FilmError
from vigtui.foreign.files import entries, open_file, read_own
from vigtui.store.caseload import Caseload
from vigtui.store.format.layout import LayoutError
from vigtui.store.snapshot import snapshot_of
from vigtui.values.identity import new_id
from vigtui.values.text import one_line, shown_path, shown_size
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

Progress = Callable[[str, float], None]
"""Called with what is being done, and the part of it that is, 0 to 1."""

_SUFFIX_MOST = 9


class Made(Struct, frozen=True):
    """What was done: how many files of film came, of how many bytes, how many were there already, and of how
    many recordings it left. `not_here`: the paths of film that could not be read here, of which the backup
    has what it had."""

    came: int
    bytes: int
    stayed: int
    left: int
    not_here: tuple[str, ...]


class _File(Struct, frozen=True):
    """A file of film that belongs in the backup, and what is known of it without reading it."""

    recording: str
    ending: str
    path: Path
    state: str
    size: int


def back_up(caseload: Caseload, place: Place, now: dt.datetime, progress: Progress) -> Made:
    """Bring the backup of a caseload up to date, and enter it in the register of copies. Blocks. Raises
    BackupError when it could not be done or not completed: what the backup held is still in it, but for what
    was deleted or erased here. Another CaseloadError when the register cannot be written."""
    caseload.look()
    refuse_other_kind(place.folder)
    try:
        prepare(caseload, place)
        with alone(place.folder):
            return _back_up(caseload, place, now, progress)
    except OSError as error:
        raise BackupError(_why_stopped(error, place)) from error


def verify(folder: Path, kept: Description, progress: Progress) -> list[str]:
    """Read all of a backup, and return the names of the files in it that are not as they were written; they
    are copied anew the next time. Raises OSError."""
    sums = {each.name: each.sha256 for each in kept.kept} | {kept.words.name: kept.words.sha256}
    damaged = []
    for number, (name, told) in enumerate(sums.items()):
        progress("Reading it back", number / len(sums))
        if not holds(folder / name, told):
            damaged.append(name)
            (folder / name).unlink(missing_ok=True)
    return damaged


def _back_up(caseload: Caseload, place: Place, now: dt.datetime, progress: Progress) -> Made:
    folder, earlier = place.folder, description.read(place.folder)
    remove_unfinished(folder)
    remove_unfinished(folder / FILM_FOLDER)
    films = named(caseload)
    files, not_here = _survey(caseload.folder, films)
    before = earlier.kept if earlier else ()
    ids = {each.recording for each in films}
    stays = tuple(
        each for each in before if each.recording in ids and _is_there(folder / each.name, each.size)
    )
    identity = earlier.id if earlier else new_id()
    enter_begun(caseload, identity, place.folder, ids | {each.recording for each in before}, now.date())
    current = Description(
        id=identity,
        caseload=caseload.meta.id,
        file=caseload.path.name,
        words=_store_words(caseload, folder, now),
        kept=stays,
        made=earlier.made if earlier else None,
    )
    description.write(folder, current)
    _remove_others(folder, current, of=earlier)
    current, came = _copy_films(folder, current, files, not_here, progress)
    here = {(each.recording, each.ending) for each in files}
    kept = tuple(
        each
        for each in current.kept
        if (each.recording, each.ending) in here or each.recording in {film.recording for film in not_here}
    )
    current = replace(current, kept=kept, made=now, complete=not not_here)
    description.write(folder, current)
    _remove_others(folder, current)
    enter_made(caseload, identity, {each.recording for each in kept}, now)
    return Made(
        came=len(came),
        bytes=sum(each.size for each in came),
        stayed=len(kept) - len(came),
        left=len({each.recording for each in before} - ids),
        not_here=tuple(each.path for each in not_here),
    )


def _survey(folder: Path, films: list[Named]) -> tuple[list[_File], list[Named]]:
    """Return the files of film that are here, and the film that is not."""
    files, not_here = list[_File](), list[Named]()
    for film in films:
        try:
            found = [
                _File(film.recording, ending, path, state_of(path), path.stat().st_size)
                for ending, path in originals(folder, film)
            ]
        except (FilmError, OSError):
            not_here.append(film)
        else:
            files += found
    return files, not_here


def _store_words(caseload: Caseload, folder: Path, now: dt.datetime) -> Words:
    """Put the caseload's file, as it is, into the backup. Raises BackupError when it cannot be read whole."""
    name = one_line(caseload.path.name)
    try:
        with open_file(caseload.path) as file:
            data = read_own(file)
        snapshot_of(caseload.path, Keyring(caseload.key).open(data))
    except OSError as error:
        raise BackupError(f"{name} cannot be read: {error.strerror or error}.") from None
    except (LayoutError, DamagedError, WrongKeyError):
        raise BackupError(f"{name} is just being written by another program. Try again.") from None
    words = Words(size=len(data), sha256=hashlib.sha256(data).hexdigest(), at=now)
    if not _is_there(folder / words.name, words.size):
        write_whole(folder / words.name, data)
    return words


def _copy_films(
    folder: Path, current: Description, files: list[_File], not_here: list[Named], progress: Progress
) -> tuple[Description, list[_File]]:
    """Copy what is new or has changed, and let each file count as soon as it is there. What turns out to be
    unreadable here is added to `not_here`."""
    there = {(each.recording, each.ending): each for each in current.kept}
    wanted = [each for each in files if not _is_same(there.get((each.recording, each.ending)), each)]
    _refuse_without_room(folder, sum(each.size for each in wanted))
    came = []
    for each, advance in _with_progress(wanted, progress):
        suffix = _suffix(each.path)
        try:
            digest = copy_whole(each.path, functools.partial(_film_called, folder, suffix), advance)
        except OriginalError:
            not_here.append(Named(each.recording, each.path.name))
            continue
        kept = Kept(
            recording=each.recording,
            ending=each.ending,
            size=each.size,
            sha256=digest,
            suffix=suffix,
            state=each.state,
        )
        there[each.recording, each.ending] = kept
        current = replace(current, kept=tuple(there.values()))
        description.write(folder, current)
        came.append(each)
    return current, came


def _film_called(folder: Path, suffix: str, digest: str) -> Path:
    return folder / film_name(digest, suffix)


def _with_progress(wanted: list[_File], progress: Progress) -> Iterator[tuple[_File, Callable[[int], None]]]:
    total, done = sum(each.size for each in wanted) or 1, 0
    for number, each in enumerate(wanted, start=1):
        words = f"Film {number} of {len(wanted)}"

        def advance(size: int, words: str = words) -> None:
            nonlocal done
            done += size
            progress(words, min(done / total, 1.0))

        yield each, advance


def _is_same(kept: Kept | None, file: _File) -> bool:
    return kept is not None and kept.state == file.state


def _is_there(path: Path, size: int) -> bool:
    with contextlib.suppress(OSError):
        return not path.is_symlink() and path.is_file() and path.stat().st_size == size
    return False


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if len(suffix) <= _SUFFIX_MOST and suffix[1:].isascii() and suffix[1:].isalnum() else ""


def _remove_others(folder: Path, current: Description, *, of: Description | None = None) -> None:
    """Remove what a backup no longer holds: everything else of ours in its folder, or only what it held once,
    as it said itself. Raises OSError."""
    held = None if of is None else of.names
    caseloads = [each for each in entries(folder) if each.name.startswith("caseload-")]
    for path in (*caseloads, *entries(folder / FILM_FOLDER)):
        name = path.relative_to(folder).as_posix()
        if name not in current.names and (held is None or name in held):
            path.unlink(missing_ok=True)


def _refuse_without_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"There is too little room: it needs {shown_size(needed)}, and {shown_size(free)} are free. The"
            " words are backed up, and film that was deleted here has left the backup. Make room, and give"
            " the command again."
        )


def _why_stopped(error: OSError, place: Place) -> str:
    where = shown_path(str(place.folder))
    why = f"{error.strerror or error}"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{where} cannot be written: {why}. The stick may be locked, or the folder somebody else's."
    if error.errno == errno.EFBIG:
        why = "a film is too large for this disk (FAT holds 4 GB a file; exFAT and others hold more)"
    return (
        f"The backup in {where} is not complete: {why}. What it held is still in it. Give the command again:"
        " it goes on where this stopped."
    )
