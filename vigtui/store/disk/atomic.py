"""Replacing a file so that at any moment either the old or the new one is whole on the disk, and so that what
another program put there in the same moment is not lost.

`swap` exchanges the names of the new file and the old one in one step, and then checks that the old one is
what was expected. Where the system cannot do that (see `rename`), a plain rename follows the comparison: what
another program puts there in between is lost. That takes less than a millisecond, but the program may be
suspended in the middle of it.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from vigtui.store.disk import rename
from vigtui.store.disk.file_state import (
    NOTHING,
    UNKNOWN,
    Seen,
    after_renaming,
    compare,
    is_what_was_compared,
    state_of,
    write,
)
from vigtui.store.disk.temporary import NewFile, new_file

_BINARY = getattr(os, "O_BINARY", 0)
_RENAME_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EXDEV, errno.EBUSY, errno.ENOTSUP})
_TRY_RENAME = rename.NOT_POSSIBLE | _RENAME_REFUSED


class ChangedOnDiskError(Exception):
    """The file is no longer what was last read or written here. `came_out` is where the file of others is,
    when it could not be left in its own place."""

    def __init__(self, came_out: Path | None = None) -> None:
        super().__init__()
        self.came_out = came_out


class RenameRefusedError(OSError):
    """In this folder no file can take another's place."""


def create(target: Path, chunks: Iterable[bytes], *, like: Path | None = None) -> Seen:
    """Put the chunks into a new file, whole or not at all, with the access rights of `like`; without it for
    its owner alone. Raises FileExistsError, or another OSError."""
    with new_file(target, chunks, like=like) as new:
        _take_free_name(new, target)
    return new.seen


def swap(new: NewFile, target: Path, seen: Seen | None) -> Seen:
    """Put a new file where `target` is if that holds what was `seen`, or is not there; return what it holds
    then. None: whatever it holds.

    Raises ChangedOnDiskError, RenameRefusedError or another OSError, and then the target is as it was."""
    compared = compare(target, seen)
    if compared is None:
        raise ChangedOnDiskError
    try:
        new.path.rename(new.swap_path)
        new.path = new.swap_path
        if compared.state is not None:
            new.stays = True  # If anything fails now, this may be the old file: not ours to remove.
            rename.exchange(new.path, target)
        else:
            _take_free_name(new, target)
    except OSError as error:
        new.stays = False
        new.stays = _in_another_way(new, target, error)
    if new.stays and not is_what_was_compared(new.path, compared):
        _put_back(new, target)
    new.stays = False
    return after_renaming(new.seen, target)


def _in_another_way(new: NewFile, target: Path, error: OSError) -> bool:
    """Give the new file the target's name after the exchange has failed. Return whether the old file has the
    new one's name now. Raises what `swap` does."""
    if new.stands_at(new.swap_path):
        new.path = new.swap_path
    if new.stands_at(target):
        return new.path.exists()
    try:
        if isinstance(error, FileExistsError) or (target.parent.exists() and not new.path.exists()):
            raise ChangedOnDiskError  # Others took this program for dead, and have merged the new file.
        if isinstance(error, FileNotFoundError):  # The target was removed this very moment.
            _take_free_name(new, target)
        elif error.errno in _TRY_RENAME and new.path == new.swap_path:
            _rename(new, target)
        else:
            raise error
    except FileExistsError:
        raise ChangedOnDiskError from None
    except OSError as last:
        if last.errno in _RENAME_REFUSED and target.exists():
            raise RenameRefusedError(last.errno, last.strerror, str(target)) from None
        raise
    return False


def replace(target: Path, chunks: Iterable[bytes]) -> None:
    """Put the chunks where `target` is, whatever is there. Raises OSError."""
    with new_file(target, chunks) as new:
        try:
            _rename(new, target)
        except OSError as error:
            if error.errno not in _RENAME_REFUSED or not target.exists():
                raise
            overwrite(target, new.path.read_bytes(), lambda _: None)


def _rename(new: NewFile, target: Path) -> None:
    try:
        new.path.replace(target)
    except OSError:
        if not new.stands_at(target):
            raise


def _take_free_name(new: NewFile, target: Path) -> None:
    try:
        rename.take_free_name(new.path, target)
    except FileExistsError:
        raise
    except OSError:
        if new.stands_at(target):
            return
        with contextlib.suppress(OSError):  # This kind of disk may know no links either.
            target.hardlink_to(new.path)
        if new.stands_at(target):
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        new.path.replace(target)


def _put_back(new: NewFile, target: Path) -> None:
    """Put the old file back where it was, and raise ChangedOnDiskError. Where that cannot be done, or when a
    third program was faster, what was exchanged last stays beside the target."""
    with contextlib.suppress(OSError):
        rename.exchange(new.path, target)
    new.stays = True
    with contextlib.suppress(OSError):
        new.stays = new.path.exists() and not new.is_at(new.path)
    raise ChangedOnDiskError(new.path if new.stays else None)


def overwrite(target: Path, data: bytes, written: Callable[[Seen], None]) -> None:
    """Write into the existing file. `written` is called with what it holds now, even if this fails. Raises
    OSError."""
    before = target.read_bytes()
    descriptor = os.open(target, os.O_RDWR | _BINARY)
    seen = Seen(UNKNOWN, NOTHING)  # Whatever it holds then, whole or not, was written here.
    try:
        try:
            _reserve(descriptor, len(data))
            seen = _overwrite(descriptor, data)
        except OSError:
            seen = _overwrite(descriptor, before)
            raise
    finally:
        with contextlib.suppress(OSError):
            seen = Seen(state_of(descriptor), seen.held)
        written(seen)
        os.close(descriptor)


def _reserve(descriptor: int, size: int) -> None:
    """Find out that the disk is full before a byte is overwritten, where the system can tell."""
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise


def _overwrite(descriptor: int, data: bytes) -> Seen:
    """Let the file hold `data` and nothing else."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    seen = write(descriptor, [data])
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
    return seen
