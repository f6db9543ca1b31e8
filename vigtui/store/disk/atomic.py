"""Replacing a file so that at any moment either the old or the new one is whole on the disk, and so that what
another program put there in the same moment is not lost.

`swap` lets the new file and the old one change names in one step, and looks at what came out. Where the
system cannot do that (see `exchange`), a plain rename follows the comparison: what another program puts there
in between is lost. That takes less than a millisecond, but a program may be stopped for long in it.
"""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from vigtui.store.disk import exchange
from vigtui.store.disk.file_state import NOTHING, UNKNOWN, FileState, Seen, Sums, look, state_of, sums_of
from vigtui.store.disk.temporary import NewFile, new_file, write_all

_BINARY = getattr(os, "O_BINARY", 0)
_RENAME_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EXDEV, errno.EBUSY, errno.ENOTSUP})
_TRY_RENAME = exchange.NOT_POSSIBLE | _RENAME_REFUSED
_FOLDER_SYNC_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})
AT_ONCE_SECONDS = 0.02
"""What comes out later than that after it was looked at is read, and not only looked at."""


class ChangedOnDiskError(Exception):
    """The file is no longer what was last read or written here. `came_out` is where the words of others are
    now when they could not be left in the file's own place."""

    def __init__(self, came_out: Path | None = None) -> None:
        super().__init__()
        self.came_out = came_out


class RenameRefusedError(OSError):
    """In this folder no file can take another's place."""


def create(target: Path, chunks: Iterable[bytes], *, like: Path | None = None) -> Seen:
    """Put the chunks into a new file, whole or not at all, for whom `like` is; without it for its owner
    alone. Raises FileExistsError, or another OSError."""
    with new_file(target, chunks, like=like) as new:
        _take_free_name(new, target)
    sync_folder(target.parent)
    return new.seen


def swap(new: NewFile, target: Path, seen: Seen | None) -> Seen:
    """Put the new file where `target` is if that holds what was `seen`, or is not there; return what it holds
    then. None: whatever it holds. Call `sync_folder` afterwards.

    Raises ChangedOnDiskError, RenameRefusedError or another OSError, and then the target stands as it did."""
    state = _state_if_unchanged(target, seen)
    looked_at = _clocks()
    try:
        new.stays = _put(new, target, state)
    except FileExistsError:
        raise ChangedOnDiskError from None
    except FileNotFoundError:
        if not target.parent.exists():
            raise
        raise ChangedOnDiskError from None  # Others took this program for gone, and merged its new file.
    except OSError as error:
        if error.errno in _RENAME_REFUSED and target.exists():
            raise RenameRefusedError(error.errno, error.strerror, str(target)) from None
        raise
    if new.stays and not _is_expected(new.path, state, seen, looked_at):
        _put_back(new, target)
    new.stays = False
    return _as_it_stands(new, target)


def replace(target: Path, chunks: Iterable[bytes]) -> None:
    """Put the chunks where `target` is, whatever is there. Raises OSError."""
    with new_file(target, chunks) as new:
        try:
            _rename(new, target)
        except OSError as error:
            if error.errno not in _RENAME_REFUSED or not target.exists():
                raise
            overwrite(target, new.path.read_bytes(), lambda _: None)
    sync_folder(target.parent)


def _state_if_unchanged(target: Path, seen: Seen | None) -> FileState | None:
    """Return the state of the target, None when there is none. Raises ChangedOnDiskError."""
    try:
        state = look(target)
        if seen is not None and not seen.is_still(target, state):
            raise ChangedOnDiskError
        return state
    except FileNotFoundError:
        return None


def _put(new: NewFile, target: Path, there: FileState | None) -> bool:
    """Let the new file have the target's name. Return whether what was there has the new one's now."""
    new.set_whole()
    try:
        if there is not None:
            exchange.exchange(new.path, target)
            return True
    except FileNotFoundError:
        if not new.path.exists():
            raise
        there = None  # It has gone this very moment.
    except OSError as error:
        if new.stands_at(target):
            return new.path.exists()
        if error.errno not in _TRY_RENAME:
            raise
    if there is None:
        _take_free_name(new, target)
    else:
        _rename(new, target)
    return False


def _rename(new: NewFile, target: Path) -> None:
    try:
        new.path.replace(target)
    except OSError:
        if not new.stands_at(target):
            raise


def _take_free_name(new: NewFile, target: Path) -> None:
    try:
        exchange.take_free_name(new.path, target)
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


def _is_expected(path: Path, state: FileState | None, seen: Seen | None, looked_at: list[float]) -> bool:
    """Whether what came out is what was there a moment before, as far as the system tells; when that moment
    was a long one, whether it holds the same."""
    at_once = max(now - then for now, then in zip(_clocks(), looked_at, strict=True)) < AT_ONCE_SECONDS
    try:
        same = state is not None and look(path).is_same_but_for_its_name(state)
        if seen is None:
            return same
        return (same and at_once) or seen.is_in(path)
    except OSError:
        return False


def _clocks() -> list[float]:
    """Return the time by each clock: one stands still while the machine sleeps, the other may be set."""
    return [time.monotonic(), time.time()]


def _put_back(new: NewFile, target: Path) -> None:
    """Put what came out where it was, and raise ChangedOnDiskError. Where that cannot be done, or when a
    third program was faster, what came out last stays beside the target."""
    with contextlib.suppress(OSError):
        exchange.exchange(new.path, target)
    new.stays = new.path.exists() and not new.stands_at(new.path)
    raise ChangedOnDiskError(new.path if new.stays else None)


def _as_it_stands(new: NewFile, target: Path) -> Seen:
    """Return what the target holds. Its new name has set one of the file's times; whatever else has changed
    was done by others."""
    with contextlib.suppress(OSError):
        state = look(target)
        if state.is_same_but_for_its_name(new.seen.state):
            return Seen(state, new.seen.held)
    return new.seen


def overwrite(target: Path, data: bytes, written: Callable[[Seen], None]) -> None:
    """Write into the file that is there. `written` is told what it holds now, even if this fails. Raises
    OSError."""
    before = target.read_bytes()
    descriptor = os.open(target, os.O_RDWR | _BINARY)
    held = NOTHING  # Whatever stands there then, whole or not, we have written.
    try:
        try:
            _reserve(descriptor, len(data))
            held = _overwrite(descriptor, data)
        except OSError:
            held = _overwrite(descriptor, before)
            raise
    finally:
        state = UNKNOWN
        with contextlib.suppress(OSError):
            state = state_of(descriptor)
        written(Seen(state, held))
        os.close(descriptor)


def _reserve(descriptor: int, size: int) -> None:
    """Find out that the disk is full before a byte is overwritten, where the system can tell."""
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise


def _overwrite(descriptor: int, data: bytes) -> Sums:
    """Let the file hold `data` and nothing else, and return the sums of it."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
    return sums_of(data)


def sync_folder(folder: Path) -> None:
    """See a rename within the folder onto the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNKNOWN:
            raise
