"""Bringing a backup up to date: the words at once, then film by film, each read back before it counts.

What was deleted or erased here leaves the backup first, before anything new needs its room. After each film
the backup is whole, with the words of now and the film that is there so far; so whatever breaks it off, the
next time goes on where it stopped.
"""

import contextlib
import datetime as dt
import errno
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.description import (
    FILM_FOLDER,
    Description,
    Kept,
    Words,
    film_name,
    header_name,
)
from vigtui.casefilm.backup.errors import NO_ANSWER, BackupError
from vigtui.casefilm.backup.files import (
    OriginalError,
    copy_whole,
    holds,
    remove_unfinished,
    write_whole,
)
from vigtui.casefilm.backup.gathering import Named, Original, named, survey
from vigtui.casefilm.backup.headers import follow_headers, header_of, keep_header, refuse_locked
from vigtui.casefilm.backup.limits import too_large
from vigtui.casefilm.backup.place import Place, alone, prepare, refuse_other_kind
from vigtui.casefilm.backup.registering import enter_begun, enter_made
from vigtui.casefilm.home import film_key
from vigtui.foreign.files import entries, open_file, read_own, resolved
from vigtui.store.caseload import Caseload
from vigtui.store.disk.lock import KEYS, locked
from vigtui.store.format.layout import LayoutError
from vigtui.store.snapshot import snapshot_of
from vigtui.values.identity import new_id
from vigtui.values.text import one_line, shown_path, shown_size
from vigtui.vault.envelope import DamagedError
from vigtui.vault.film.layout import HEADER_BYTES
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

Progress = Callable[[str, float], None]
"""Called with what is being done, and the part of it that is, 0 to 1."""

_SUFFIX_MOST = 9
_GONE = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.EHOSTDOWN)


class Made(Struct, frozen=True):
    """What was done: how many files of film came, of how many bytes, how many were there already, and of how
    many recordings it left. `not_here`: the paths of film that could not be read here, of which the backup
    has what it had. `too_large`: those that the disk cannot hold.

    Where the caseload is encrypted: how many files were only given the key of now (`rekeyed`), how many clear
    ones left for encrypted ones (`clear_left`), and how many are in clear in it (`clear`)."""

    came: int
    bytes: int
    stayed: int
    left: int
    not_here: tuple[str, ...]
    too_large: tuple[str, ...] = ()
    rekeyed: int = 0
    clear_left: int = 0
    clear: int = 0


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


def verify_backup(folder: Path, kept: Description, progress: Progress) -> list[str]:
    """Read all of a backup, and return the names of the files in it that are not as they were written; they
    are copied anew the next time. Raises OSError."""
    damaged = []
    for number, (name, told) in enumerate(kept.files.items()):
        progress("Reading it back", number / len(kept.files))
        if not holds(folder / name, told):
            damaged.append(name)
            (folder / name).unlink(missing_ok=True)
    return damaged


def _back_up(caseload: Caseload, place: Place, now: dt.datetime, progress: Progress) -> Made:
    folder, earlier = place.folder, description.read(place.folder)
    remove_unfinished(folder)
    remove_unfinished(folder / FILM_FOLDER)
    films = named(caseload)
    files, not_here = survey(caseload.folder, films)
    before = earlier.kept if earlier else ()
    ids, here = {each.recording for each in films}, {each.recording for each in files}
    stays = [
        each
        for each in before
        if each.recording in ids
        and _is_in(folder, each)
        and not (each.is_whole_encrypted and each.recording in here)  # It comes anew, in two files.
    ]
    refuse_locked(folder, (each for each in stays if each.recording not in here), film_key(caseload))
    identity = earlier.id if earlier else new_id()
    enter_begun(caseload, identity, place.folder, ids | {each.recording for each in before}, now.date())
    with locked(resolved(caseload.path), KEYS):  # Films and words are to have the same key.
        headers = follow_headers(folder, stays, files)
        words = _store_words(caseload, folder, now)
    not_here += [each for each in films if each.recording in headers.damaged]
    files = [each for each in files if each.recording not in headers.damaged]
    large = too_large(files, folder)
    files = [each for each in files if each not in large]
    current = Description(
        id=identity,
        caseload=caseload.meta.id,
        file=caseload.path.name,
        words=words,
        kept=headers.kept,
        made=earlier.made if earlier else None,
    )
    description.write(folder, current)
    _remove_others(folder, current, of=earlier)
    current, came = _copy_films(folder, current, files, not_here, progress)
    wanted = {(each.recording, each.ending) for each in files}
    lost = {each.recording for each in not_here} | {each.recording for each in large}
    kept = tuple(
        each for each in current.kept if (each.recording, each.ending) in wanted or each.recording in lost
    )
    current = replace(current, kept=kept, made=now, complete=not (not_here or large))
    description.write(folder, current)
    _remove_others(folder, current)
    enter_made(caseload, identity, {each.recording for each in kept}, now)
    return Made(
        came=len(came),
        bytes=sum(each.size for each in came),
        stayed=len(kept) - len(came),
        left=len({each.recording for each in before} - ids),
        not_here=tuple(each.path for each in not_here),
        too_large=tuple(each.path.name for each in large),
        rekeyed=headers.written,
        clear_left=_clear_that_left(stays, kept),
        clear=0 if caseload.key is None else sum(not each.is_encrypted for each in kept),
    )


def _clear_that_left(before: Iterable[Kept], kept: Iterable[Kept]) -> int:
    """Return how many clear files were there of what is encrypted now."""
    encrypted = {each.recording for each in kept if each.header}
    return sum(not each.is_encrypted and each.recording in encrypted for each in before)


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
    folder: Path, current: Description, files: list[Original], not_here: list[Named], progress: Progress
) -> tuple[Description, list[Original]]:
    """Copy what is new or has changed, and let each file count as soon as it is there, in the place of what
    was there of it. What turns out to be unreadable here is added to `not_here`."""
    there = {(each.recording, each.ending): each for each in current.kept}
    wanted = []
    for each in files:
        kept = there.get((each.recording, each.ending))
        if kept is not None and (kept.state == each.state or _says_the_same(kept, each, progress)):
            there[each.recording, each.ending] = replace(kept, state=each.state)
        else:
            wanted.append(each)
    current = replace(current, kept=tuple(there.values()))
    _refuse_without_room(folder, [(each, there.get((each.recording, each.ending))) for each in wanted])
    came = []
    for each, advance in _with_progress(wanted, progress):
        try:
            kept = _copy(folder, each, advance)
        except OriginalError:
            not_here.append(Named(each.recording, each.path.name))
            continue
        before = [there.pop(key) for key in _replaced(there, kept)]
        there[each.recording, each.ending] = kept
        current = replace(current, kept=tuple(there.values()))
        description.write(folder, current)
        for name in {name for old in before for name in old.files} - current.names:
            (folder / name).unlink(missing_ok=True)
        came.append(each)
    return current, came


def _replaced(there: dict[tuple[str, str], Kept], new: Kept) -> list[tuple[str, str]]:
    """Return what goes when this comes: what was said in another encrypted film is not said in this one."""
    return [
        (recording, ending)
        for (recording, ending), each in there.items()
        if recording == new.recording and (ending == new.ending or (not new.ending and each.header))
    ]


def _copy(folder: Path, film: Original, advance: Callable[[int], None]) -> Kept:
    try:
        header = header_of(film.path)
    except OSError as error:
        raise OriginalError(error.strerror or str(error)) from None
    suffix = ".body" if header else _suffix(film.path)
    digest = copy_whole(
        film.path, lambda sha256: folder / film_name(sha256, suffix), advance, start=len(header)
    )
    return Kept(
        recording=film.recording,
        ending=film.ending,
        size=film.size - len(header),
        sha256=digest,
        suffix=suffix,
        state=film.state,
        header=keep_header(folder, header) if header else "",
    )


def _with_progress(
    wanted: list[Original], progress: Progress
) -> Iterator[tuple[Original, Callable[[int], None]]]:
    total, done = sum(each.size for each in wanted) or 1, 0
    for number, each in enumerate(wanted, start=1):
        words = f"Film {number} of {len(wanted)}"

        def advance(size: int, words: str = words) -> None:
            nonlocal done
            done += size
            progress(words, min(done / total, 1.0))

        yield each, advance


def _says_the_same(kept: Kept, film: Original, progress: Progress) -> bool:
    """Whether clear film that was moved or touched is the same as before: reading it here is faster than
    writing it there."""
    if kept.header or kept.size != film.size:
        return False
    progress("Comparing", 0.0)
    return holds(film.path, kept.sha256)


def _is_in(folder: Path, kept: Kept) -> bool:
    header = not kept.header or _is_there(folder / header_name(kept.header), HEADER_BYTES)
    return header and _is_there(folder / kept.name, kept.size)


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


def _refuse_without_room(folder: Path, wanted: list[tuple[Original, Kept | None]]) -> None:
    needed, more = 0, 0
    for film, before in wanted:
        more += film.size
        needed = max(needed, more)
        more -= before.size if before else 0  # It goes once the new one is whole.
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"There is too little room: it needs {shown_size(needed)}, and {shown_size(free)} are free. The"
            " words are backed up, and film that was deleted here has left the backup. Make room, and do it"
            " again."
        )


def _why_stopped(error: OSError, place: Place) -> str:
    where = shown_path(str(place.folder))
    why = f"{error.strerror or error}"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"{where} cannot be written: {why}. The stick may be locked, or the folder somebody else's."
    if error.errno in _GONE:
        why = NO_ANSWER
    if error.errno == errno.EFBIG:
        why = "a film is too large for this disk (FAT holds 4 GB a file; exFAT and others hold more)"
    return (
        f"The backup in {where} is not complete: {why}. What it held is still in it. The next one goes on"
        " where this stopped."
    )
