"""Replacing a file so that at any moment either the old or the new one is whole on the disk."""

import contextlib
import errno
import os
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import hashlib

_RUN = os.urandom(4).hex()  # A process of ours, told from an earlier one that had the same number.
ABANDONED_SECONDS = 600
_RENAME_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EXDEV, errno.EBUSY, errno.ENOTSUP})
_FOLDER_SYNC_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


class Stamp(Struct, frozen=True):
    """What a file held when it was last read or written: the bytes that were read, or the digest of those
    that were written. Compare `place` first, it costs one stat."""

    place: tuple[int, int, int, int]
    held: bytes | str

    def says(self, data: bytes) -> bool:
        """Whether the file held `data`."""
        return (data if isinstance(self.held, bytes) else _digest(data).hexdigest()) == self.held


def place_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what changes when a file is replaced or written: device, inode, size, time in ns."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _digest(data: bytes = b"") -> "hashlib.blake2b":
    import hashlib  # Nobody waits for it before the first save.

    return hashlib.blake2b(data, digest_size=20)


def unchanged(path: Path, stamp: Stamp) -> bool:
    """Whether the file is still what the stamp says, or is gone. A file touched or copied over with the
    same content is unchanged."""
    try:
        if place_of(path.stat()) == stamp.place:
            return True
        return stamp.says(path.read_bytes())
    except FileNotFoundError:
        return True


def write_new(path: Path, chunks: Iterable[bytes]) -> Stamp:
    """Write a file that does not exist yet, readable by its owner alone, and see it onto the disk."""
    digest = _digest()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        for chunk in chunks:
            digest.update(chunk)
            rest = memoryview(chunk)
            while rest:
                rest = rest[file.write(rest) :]
        os.fsync(descriptor)
        return Stamp(place_of(os.fstat(descriptor)), digest.hexdigest())


def create(target: Path, chunks: Iterable[bytes]) -> Stamp:
    """Put the chunks into a new file, whole or not at all. Raises FileExistsError, or another OSError."""
    temporary = temporary_for(target)
    try:
        stamp = write_new(temporary, chunks)
        try:
            target.hardlink_to(temporary)
        except OSError:  # Either it exists, or this kind of disk knows no links.
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
    return stamp


def temporary_for(target: Path) -> Path:
    """Return a name that no other file has, which `remove_abandoned(target)` will know as ours."""
    return target.with_name(f"{_prefix(target)}{os.getpid()}-{_RUN}-{os.urandom(4).hex()}.tmp")


def _prefix(target: Path) -> str:
    return f".vigtui-{zlib.crc32(target.name.encode(errors='surrogateescape')):08x}-"


def replace(
    target: Path,
    chunks: Iterable[bytes],
    *,
    alone: Callable[[], contextlib.AbstractContextManager[object]],
    verify: Callable[[], None],
    before_overwriting: Callable[[], None],
    written: Callable[[Stamp], None],
) -> None:
    """Put the chunks where `target` is. Nothing is lost whenever the program or the machine stops.

    `verify` is called just before, within `alone()`, and may raise to leave the target as it is.
    Where the folder refuses a rename, `before_overwriting` is called and the target is written in place.
    `written` is told what the target holds now, even if the rest fails. Raises OSError.
    """
    temporary = temporary_for(target)
    try:
        stamp = write_new(temporary, chunks)
        _keep_owner(temporary, target)
        with alone():
            verify()
            try:
                temporary.replace(target)
                written(stamp)
            except OSError as error:
                if error.errno not in _RENAME_REFUSED:
                    raise
                before_overwriting()
                _write_in_place(temporary, target, written)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def _write_in_place(source: Path, target: Path, written: Callable[[Stamp], None]) -> None:
    data = source.read_bytes()
    try:
        with target.open("r+b" if target.exists() else "xb") as file:
            with contextlib.suppress(OSError):  # It may belong to somebody else.
                target.chmod(0o600)
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
    finally:
        # Whatever stands there now, whole or not, we have written.
        written(Stamp(place_of(target.stat()), _digest(target.read_bytes()).hexdigest()))


def _keep_owner(path: Path, model: Path) -> None:
    """Let the file belong to whom it did, when we may: only root may, and then it must."""
    with contextlib.suppress(OSError, AttributeError):
        status = model.stat()
        if status.st_uid != os.getuid():
            os.chown(path, status.st_uid, status.st_gid)


def sync_folder(folder: Path) -> None:
    """See a rename within the folder onto the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNKNOWN:
            raise
    finally:
        os.close(descriptor)


def remove_abandoned(target: Path) -> None:
    """Remove what programs that died while saving `target` left behind, and nothing else."""
    with contextlib.suppress(OSError):
        for path, process, run in _temporaries(target):
            ours = process == os.getpid() and run == _RUN
            if not ours and (not _alive(process) or _old(path)):
                path.unlink(missing_ok=True)


def _temporaries(target: Path) -> Iterator[tuple[Path, int, str]]:
    ours = re.compile(re.escape(_prefix(target)) + r"([0-9]{1,10})-([0-9a-f]{8})-[0-9a-f]{8}\.tmp")
    for path in target.parent.iterdir():
        if match := ours.fullmatch(path.name):
            yield path, int(match[1]), match[2]


def _alive(process: int) -> bool:
    if process == os.getpid():
        return False
    if os.name == "nt":  # There, signal 0 would not ask but end it.
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > ABANDONED_SECONDS
