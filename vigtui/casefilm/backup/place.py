"""Where a caseload's backup is on a stick or a share: a folder of its own there, and nobody else's."""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.casefilm.backup import description
from vigtui.casefilm.backup.description import FILM_FOLDER, Description
from vigtui.casefilm.backup.errors import BackupError
from vigtui.casefilm.backup.files import UNFINISHED, write_whole
from vigtui.foreign.files import entries, read_file, resolved
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line, shown_path

ENDING = ".vigtui-backup"
_MARK = "README.txt"
_MARKED = "A backup of the vigtui caseload {}"
_README = """{}

It holds the caseload and its film, as encrypted as they were. Leave the files in it as they are.
To bring it up to date:  vigtui backup FILE THE-FOLDER-THAT-THIS-IS-IN
To put it back:          "Put a backup back" on the first screen, or vigtui restore FILE THIS-FOLDER
"""
_MOST_README = 1 << 16
_UNFIT = re.compile(r"[^\w-]+", re.ASCII)


class Place(Struct, frozen=True):
    """A backup's own folder, which may still have to be made, and what is in it."""

    folder: Path
    earlier: Description | None
    same_disk: bool
    """Whether it is on the caseload's own disk, and lost with it."""


def find_place(caseload: Caseload, outer: Path) -> Place:
    """Return where a caseload's backup is below the folder `outer`. Nothing is written. Raises BackupError
    where none can be."""
    folder = _usable(caseload.folder, outer) / _name(caseload)
    same_disk = outer.stat().st_dev == caseload.folder.stat().st_dev
    if not os.path.lexists(folder):
        return Place(folder, None, same_disk)
    shown = shown_path(str(folder))
    refuse_other_kind(folder)
    try:
        earlier, found = description.read(folder), entries(folder)
        mark = _mark_of(folder)
    except OSError as error:
        raise BackupError(f"{shown} cannot be read: {error.strerror or error}.") from None
    if (earlier is not None and earlier.caseload != caseload.meta.id) or mark not in ("", _mark(caseload)):
        raise BackupError(f"{shown} is the backup of another caseload. Choose another folder.")
    if not mark and any(not each.name.startswith(UNFINISHED) for each in found):
        raise BackupError(f"{shown} is somebody else's: it is no backup of vigtui. Choose another folder.")
    return Place(folder, earlier, same_disk)


def backups_in(outer: Path) -> list[tuple[Path, Description]]:
    """Return the backups that are in a folder, or in the folders in it, and what each holds. Raises
    BackupError."""
    try:
        folders = [outer, *(each for each in entries(outer) if each.name.endswith(ENDING))]
        return [(each, told) for each in folders if each.is_dir() and (told := description.read(each))]
    except OSError as error:
        why = error.strerror or error
        raise BackupError(f"{shown_path(str(outer))} cannot be read: {why}.") from None


def find_backup(outer: Path, file: Path) -> tuple[Path, Description]:
    """Return the backup that is in a folder, or in a folder in it: the only one, or the only one of a
    caseload called as `file`. Raises BackupError."""
    found, shown = backups_in(outer), shown_path(str(outer))
    if len(found) > 1:
        found = [each for each in found if each[1].file == file.name] or found
    if not found:
        raise BackupError(f"There is no backup in {shown} that can be read.")
    if len(found) > 1:
        names = ", ".join(one_line(each.name) for each, _ in found)
        raise BackupError(f"There are several backups in {shown}: name one of {names}.")
    refuse_other_kind(found[0][0])
    return found[0]


def prepare(caseload: Caseload, place: Place) -> None:
    """Make the folder, if it is not there, and say in it what it is. Raises OSError."""
    with contextlib.suppress(FileExistsError):
        place.folder.mkdir(mode=0o700)
    if not _mark_of(place.folder):
        write_whole(place.folder / _MARK, _README.format(_mark(caseload)).encode())
    with contextlib.suppress(FileExistsError):
        (place.folder / FILM_FOLDER).mkdir(mode=0o700)


def refuse_other_kind(folder: Path) -> None:
    """Raise BackupError where the folder, or that of the film in it, is a link or a file."""
    for each in (folder, folder / FILM_FOLDER):
        with contextlib.suppress(FileNotFoundError):
            mode = each.lstat().st_mode
            if not stat.S_ISDIR(mode):
                what = "a link to somewhere else" if stat.S_ISLNK(mode) else "a file"
                raise BackupError(f"{shown_path(str(each))} is {what}, not a folder. Choose another folder.")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other programs of this machine from the backup. The system lets go with the program. Raises
    BackupError while another has it."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            os.close(descriptor)
            raise BackupError("Another program is at this backup now. Try again when it is done.") from None
        # Some shares know no locks: there nobody can be kept from it.
    try:
        yield
    finally:
        os.close(descriptor)


def _usable(caseload: Path, outer: Path) -> Path:
    shown = shown_path(str(outer))
    if not outer.is_dir():
        what = "is no folder" if os.path.lexists(outer) else "is not there"
        raise BackupError(f"{shown} {what}. Is the stick in, or the share connected?")
    try:
        real, home = resolved(outer), resolved(caseload)
    except OSError as error:
        raise BackupError(f"{shown} cannot be used: {error.strerror or error}.") from None
    if real.is_relative_to(home):
        raise BackupError(
            f"{shown} is in the caseload's own folder, and would be lost with it. Choose a stick or a share."
        )
    if any(each.name.endswith(ENDING) for each in (real, *real.parents)):
        raise BackupError(f"{shown} is in a backup. Name the folder that the backup is in.")
    return outer


def _name(caseload: Caseload) -> str:
    """Two caseloads of one name have different backups."""
    stem = _UNFIT.sub("-", caseload.path.name.partition(".")[0])[:40].strip("-") or "caseload"
    return f"{stem}-{_UNFIT.sub('', caseload.meta.id)[-8:]}{ENDING}"


def _mark(caseload: Caseload) -> str:
    return _MARKED.format(one_line(caseload.meta.id))


def _mark_of(folder: Path) -> str:
    """Return what a folder says it is; "" where it says nothing. Raises OSError."""
    try:
        data = read_file(folder / _MARK, _MOST_README, follow_links=False)
    except FileNotFoundError:
        return ""
    return data.decode(errors="replace").partition("\n")[0] or "nothing"
