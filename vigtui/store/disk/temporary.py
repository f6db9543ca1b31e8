"""New files beside the one that they are to replace, and what a program that was killed leaves of them.

`.vigtui-MACHINE-PROCESS-RUN-CHANCE.tmp` is being written, and is removed when its program has ended. Once
whole it is `.vigtui-MACHINE-PROCESS-RUN-CHANCE-TARGET.swap.tmp`. Only its program knows whether that holds
the new content or what it was exchanged for, perhaps what others wrote: so it is merged, not removed.
"""

import contextlib
import errno
import os
import re
import stat
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from vigtui.store.disk.access import give_like
from vigtui.store.disk.file_state import NOTHING, UNKNOWN, Seen, write

_RUN = os.urandom(4).hex()  # Tells this process from an earlier one that had the same number.
_LEFT: dict[Path, Path] = {}  # The temporary file of a target that could not be removed.
_PROGRAM = r"\.vigtui-([0-9a-f]{8})-([0-9]{1,10})-([0-9a-f]{8})-[0-9a-f]{8}"
_UNFINISHED = re.compile(_PROGRAM + r"\.tmp")
_WHOLE = re.compile(_PROGRAM + r"-([0-9a-f]{8})\.swap\.tmp")
ABANDONED_SECONDS = 600
_FOLDER_SYNC_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})
_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | _BINARY | getattr(os, "O_NOFOLLOW", 0)


class NewFile:
    """A whole file beside its target, flushed to the disk."""

    def __init__(self, path: Path, target: Path) -> None:
        self.path = path
        self.swap_path = path.with_name(f"{path.name.removesuffix('.tmp')}-{_sign(target)}.swap.tmp")
        """Where it must be before it changes places with the target."""
        self.seen = Seen(UNKNOWN, NOTHING)
        self.stays = False
        """Whether `path` holds what must not be removed."""

    def stands_at(self, path: Path) -> bool:
        """Whether it has this name: a network folder may say that a rename failed when it did not."""
        state = self.seen.state
        with contextlib.suppress(OSError):
            status = path.stat()
            return (status.st_dev, status.st_ino) == (state.device, state.inode)
        return False

    def is_at(self, path: Path) -> bool:
        """Whether it has this name, and nobody has written into it since. Raises OSError."""
        return self.stands_at(path) and self.seen.is_in(path)


@contextlib.contextmanager
def new_file(target: Path, chunks: Iterable[bytes], *, like: Path | None = None) -> Iterator[NewFile]:
    """Write the chunks to a new file in the target's folder, with the access rights of `like`: without it of
    the target, and if there is none, for its owner alone. Whatever has the new file's name afterwards is
    removed, unless it cannot be or has to stay, and renames are flushed to the disk. Raises OSError.

    In a folder where nothing can be removed the same one is used again, so that they do not fill the disk.
    """
    path, flags = _free_path(target)
    new = NewFile(path, target)
    try:
        descriptor = os.open(path, flags, 0o600)
        try:
            give_like(descriptor, like or target)
            new.seen = write(descriptor, chunks)
            yield new
        finally:
            os.close(descriptor)  # Not earlier: as long as it is open no other file gets its number.
    finally:
        try:
            if not new.stays:
                new.path.unlink(missing_ok=True)
        except OSError:
            _LEFT[target] = new.path
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Flush a rename within the folder to the disk, where the system can. Raises OSError."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNKNOWN:
            raise


def _free_path(target: Path) -> tuple[Path, int]:
    """Return where to write, and how to open it."""
    path = path_for(target)
    left = _LEFT.pop(target, None)
    if left is None or not _has_one_name(left):
        return path, _NEW | os.O_EXCL
    try:
        left.rename(path)
    except OSError:
        return (path, _NEW | os.O_EXCL) if _WHOLE.fullmatch(left.name) else (left, _NEW | os.O_TRUNC)
    return path, _NEW | os.O_TRUNC


def _has_one_name(path: Path) -> bool:
    """Whether this is a file of one name: what is written into it is seen nowhere else."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


# Whose they are


def path_for(target: Path) -> Path:
    """Return a name beside the target that no other file has, and that tells whose file it is."""
    return target.with_name(f".vigtui-{program()}-{_RUN}-{os.urandom(4).hex()}.tmp")


def program() -> str:
    """Return a name for this program among all that use a folder: "machine-process"."""
    return f"{_machine()}-{os.getpid()}"


def may_be_alive(program: str) -> bool:
    """Whether the program of this name, or of a name that begins with it, may still be running."""
    machine, process = program.split("-")[:2]
    return machine != _machine() or int(process) == os.getpid() or _alive(int(process))


def _machine() -> str:
    """Tell this machine from others that use the same folder, where the same numbers are other programs."""
    import platform  # Lazy: not needed before the first save.

    return f"{zlib.crc32(platform.node().encode()):08x}"


def _sign(target: Path) -> str:
    return f"{zlib.crc32(os.fsencode(target.name)):08x}"


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


# What was left behind


def remove_unfinished(target: Path) -> None:
    """Remove what programs that died while writing left in the target's folder, and nothing else."""
    with contextlib.suppress(OSError):
        for path in _abandoned(target.parent, _UNFINISHED):
            path.unlink(missing_ok=True)


def whole_files_left(target: Path) -> list[Path]:
    """Return the whole files in the target's folder whose programs have ended, those of other targets too."""
    with contextlib.suppress(OSError):
        return sorted(_abandoned(target.parent, _WHOLE))
    return []


def still_there(folder: Path) -> list[Path]:
    """Return the new files in a folder, unfinished or whole, that nobody has put in place or removed."""
    with contextlib.suppress(OSError):
        new = (_UNFINISHED, _WHOLE)
        return sorted(path for path in folder.iterdir() if any(each.fullmatch(path.name) for each in new))
    return []


def is_of(path: Path, target: Path) -> bool:
    """Whether a whole file that was left was to take this target's place, by the name that it has now."""
    match = _WHOLE.fullmatch(path.name)
    return match is not None and match[4] == _sign(target)


def _abandoned(folder: Path, name: re.Pattern[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        match = name.fullmatch(path.name)
        if match is not None and _is_abandoned(path, match[1], int(match[2]), match[3]):
            yield path


def _is_abandoned(path: Path, machine: str, process: int, run: str) -> bool:
    if process == os.getpid() and run == _RUN:
        return False
    if machine == _machine() and not _alive(process):
        return True
    return time.time() - path.lstat().st_ctime > ABANDONED_SECONDS
