"""One program at a time puts a file in a caseload's place."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from vigtui.foreign.files import open_file
from vigtui.store.disk import backups
from vigtui.store.disk.access import access_of, follow
from vigtui.values.text import one_line

LOCK_SECONDS = 5.0
_BETWEEN_TRIES = 0.02


@contextlib.contextmanager
def locked(target: Path) -> Iterator[str]:
    """Keep other programs from replacing the file for a moment. Gives "", or a sentence that says why it is
    not locked: saving goes on without, since what is on the disk is compared before and after.

    The system drops the lock with the program that held it.
    """
    name = one_line(target.name)
    try:
        descriptor = _opened(backups.make_folder(target) / "lock", target)
    except OSError as error:
        yield f"{name} cannot be locked while it is saved: {error.strerror or error}."
        return
    try:
        yield _why_not_locked(descriptor, name)
    finally:
        os.close(descriptor)


def _opened(path: Path, like: Path) -> int:
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with open_file(path, follow_links=False):  # Nothing but an ordinary file may stand there.
        with contextlib.suppress(FileNotFoundError):
            follow(path, access_of(like))
        return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)


def _why_not_locked(descriptor: int, name: str) -> str:
    import fcntl

    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return ""
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES):
                return f"{name} cannot be locked while it is saved: {error.strerror or error}."
        if time.monotonic() > until:
            return (
                f"Another program holds the lock of {name} and does not let go: it may have been stopped."
                " It is saved without."
            )
        time.sleep(_BETWEEN_TRIES)
