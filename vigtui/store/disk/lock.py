"""One program at a time puts a file in a caseload's place."""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from vigtui.store.disk import backups
from vigtui.store.disk.access import give_like
from vigtui.values.text import one_line

LOCK_SECONDS = 5.0
_BETWEEN_TRIES = 0.02
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


FILE, KEYS = "lock", "lock-keys"
"""What one program at a time does: put the file in its place; change what opens its film."""


@contextlib.contextmanager
def locked(target: Path, name: str = FILE) -> Iterator[str]:
    """Keep other programs from replacing the file for a moment, or from what else has a lock of its `name`.
    Gives "", or a sentence that says why it is not locked: saving goes on without, since what is on the disk
    is compared before and after.

    The system drops the lock with the program that held it.
    """
    try:
        descriptor = _open(target, name)
    except OSError as error:
        yield _cannot_lock(target, error)
        return
    try:
        yield _why_not_locked(descriptor, target)
    finally:
        os.close(descriptor)


def _open(target: Path, name: str) -> int:
    """Open what is locked: an ordinary file in the hidden folder, and neither of them a link. Raises
    OSError."""
    try:
        hidden = os.open(target.parent / backups.FOLDER, _FOLDER)
        try:
            folder = os.open(target.name, _FOLDER, dir_fd=hidden)
        finally:
            os.close(hidden)
        try:
            return _ordinary(os.open(name, _FILE, dir_fd=folder))
        finally:
            os.close(folder)
    except FileNotFoundError:
        path = backups.make_folder(target) / name
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, _FILE | os.O_CREAT | os.O_EXCL, 0o600)
        give_like(descriptor, target)
        return descriptor
    return _ordinary(os.open(path, _FILE))


def _ordinary(descriptor: int) -> int:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "something else has the lock's name")
    return descriptor


def _why_not_locked(descriptor: int, target: Path) -> str:
    import fcntl

    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return ""
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES):
                return _cannot_lock(target, error)
        if time.monotonic() > until:
            return (
                f"Another program holds the lock of {one_line(target.name)} and does not let go: it may have"
                " been stopped. The caseload is saved without it."
            )
        time.sleep(_BETWEEN_TRIES)


def _cannot_lock(target: Path, error: OSError) -> str:
    return f"{one_line(target.name)} cannot be locked while it is saved: {error.strerror or error}."
