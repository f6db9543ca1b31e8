"""One program at a time puts a file in a caseload's place."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from vigtui.store.disk import backups

LOCK_SECONDS = 5.0


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other programs from replacing the file for a moment.

    The system drops the lock with the program that held it. Where it cannot lock, or somebody holds the
    lock for seconds, saving goes on without: what is on disk is compared before it is replaced.
    """
    from filelock import FileLock  # Imported on the first save: it costs as much as all the rest.

    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError, NotImplementedError):
            held.enter_context(FileLock(backups.make_folder(target) / "lock", timeout=LOCK_SECONDS))
        yield
