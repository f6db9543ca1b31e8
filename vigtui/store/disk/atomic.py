"""Replacing a file so that at any moment either the old or the new one is whole on the disk."""

import contextlib
import errno
import os
import re
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

_RUN = os.urandom(4).hex()  # A process of ours, told from an earlier one that had the same number.
_LEFT: dict[Path, Path] = {}  # The temporary file of a target that could not be removed.
_TEMPORARY = re.compile(r"\.vigtui-([0-9a-f]{8})-([0-9]{1,10})-([0-9a-f]{8})-[0-9a-f]{8}\.tmp")
ABANDONED_SECONDS = 600
_RENAME_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.EXDEV, errno.EBUSY, errno.ENOTSUP})
_BINARY = getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # A pipe in the file's place would not open before it is written.
_NEW = os.O_WRONLY | os.O_CREAT | _BINARY | getattr(os, "O_NOFOLLOW", 0)
_FOLDER_SYNC_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})


Place = tuple[int, int, int, int]
"""Device, inode, size and time of change in ns: what changes when a file is replaced or written."""


Sums = tuple[int, int, int]
"""CRC-32, Adler-32 and length."""
_NOTHING: Sums = (0, 0, -1)


class Stamp(Struct, frozen=True):
    """What a file held when it was last read or written: the bytes that were read, or the sums of those
    that were written. Compare `place` first, it costs one stat."""

    place: Place
    held: bytes | Sums

    def says(self, data: bytes) -> bool:
        """Whether the file held `data`."""
        return (data if isinstance(self.held, bytes) else _sums(data)) == self.held


def place_of(status: os.stat_result) -> Place:
    """Return the place of a file from what the system tells of it."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _sums(data: bytes, before: Sums = (0, 1, 0)) -> Sums:
    """Return the sums of `data` after what gave the sums `before`. Two sums and the length: they tell of an
    accident in a fifth of the time of a hash, and nobody gains by deceiving them."""
    crc, adler, length = before
    return zlib.crc32(data, crc), zlib.adler32(data, adler), length + len(data)


def unchanged(path: Path, stamp: Stamp) -> bool:
    """Whether the file is still what the stamp says, or is gone. A file touched or copied over with the
    same content is unchanged."""
    try:
        return look(path) == stamp.place or stamp.says(path.read_bytes())
    except FileNotFoundError:
        return True


def look(path: Path) -> Place:
    """Return the place of a file as it is now. Raises OSError.

    A network folder answers a mere question from memory, for up to a minute; opening asks who keeps it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    except PermissionError:
        return place_of(path.stat())
    try:
        return place_of(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def write_new(path: Path, chunks: Iterable[bytes]) -> Stamp:
    """Write a file that does not exist yet, readable by its owner alone, and see it onto the disk."""
    return _fill(os.open(path, _NEW | os.O_EXCL, 0o600), chunks)


def _fill(descriptor: int, chunks: Iterable[bytes]) -> Stamp:
    sums = _sums(b"")
    try:
        for chunk in chunks:
            sums = _sums(chunk, sums)
            _write_all(descriptor, chunk)
        os.fsync(descriptor)
        return Stamp(place_of(os.fstat(descriptor)), sums)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


@contextlib.contextmanager
def temporary(target: Path, chunks: Iterable[bytes]) -> Iterator[tuple[Path, Stamp]]:
    """Write the chunks to a new file in the target's folder, which is gone afterwards if it can be removed.

    In a folder where nothing can be removed the same one is used again, so that they do not fill the disk.
    """
    left = _LEFT.pop(target, None)
    if left is not None and not _only_name(left):
        left = None
    path = left or temporary_for(target)
    try:
        flags = _NEW | (os.O_TRUNC if left else os.O_EXCL)
        yield path, _fill(os.open(path, flags, 0o600), chunks)
    finally:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            _LEFT[target] = path


def _only_name(path: Path) -> bool:
    """Whether this is a file of one name: what is written into it is seen nowhere else."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def create(target: Path, chunks: Iterable[bytes]) -> Stamp:
    """Put the chunks into a new file, whole or not at all. Raises FileExistsError, or another OSError."""
    with temporary(target, chunks) as (path, stamp):
        try:
            target.hardlink_to(path)
        except OSError:  # It is there already, or this kind of disk knows no links.
            if not _arrived(target, stamp):
                if os.path.lexists(target):
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
                path.replace(target)
    sync_folder(target.parent)
    return stamp


def _arrived(target: Path, stamp: Stamp) -> bool:
    """Whether the new file stands at the target: a network folder may say that it failed when it did not."""
    try:
        return place_of(target.stat()) == stamp.place
    except OSError:
        return False


def temporary_for(target: Path) -> Path:
    """Return a name that no other file has, which `remove_abandoned` will know as ours."""
    return target.with_name(f".vigtui-{program()}-{_RUN}-{os.urandom(4).hex()}.tmp")


def program() -> str:
    """Return a name for this program among all that use a folder: "machine-process"."""
    return f"{_machine()}-{os.getpid()}"


def may_be_alive(program: str) -> bool:
    """Whether a program of such a name, or what a name begins with it, may still be at work."""
    machine, process = program.split("-")[:2]
    return machine != _machine() or int(process) == os.getpid() or _alive(int(process))


def _machine() -> str:
    """Tell this machine from others that use the same folder, where the same numbers are other programs."""
    import platform  # Nobody waits for it before the first save.

    return f"{zlib.crc32(platform.node().encode()):08x}"


def replace(
    target: Path,
    chunks: Iterable[bytes],
    *,
    alone: Callable[[], contextlib.AbstractContextManager[object]],
    verify: Callable[[], None],
    before_overwriting: Callable[[], object],
    written: Callable[[Stamp], None],
) -> None:
    """Put the chunks where `target` is. Nothing is lost whenever the program or the machine stops.

    `verify` is called just before, within `alone()`, and may raise to leave the target as it is.
    Where the folder refuses a rename, `before_overwriting` is called and the target is written in place.
    `written` is told what the target holds now, even if the rest fails. Raises OSError.
    """
    with temporary(target, chunks) as (path, stamp):
        _keep_owner(path, target)
        with alone():
            verify()
            try:
                path.replace(target)
            except OSError as error:
                if not _arrived(target, stamp):
                    if error.errno not in _RENAME_REFUSED or not target.exists():
                        raise
                    before_overwriting()
                    _write_in_place(path.read_bytes(), target, written)
                    return
            written(stamp)
    sync_folder(target.parent)


def _write_in_place(data: bytes, target: Path, written: Callable[[Stamp], None]) -> None:
    before = target.read_bytes()
    descriptor = os.open(target, os.O_RDWR | _BINARY)
    held = _NOTHING  # Whatever stands there then, whole or not, we have written.
    try:
        with contextlib.suppress(OSError):  # It may belong to somebody else.
            target.chmod(0o600)
        try:
            _reserve(descriptor, len(data))
            held = _overwrite(descriptor, data)
        except OSError:
            held = _overwrite(descriptor, before)
            raise
    finally:
        try:
            place = place_of(os.fstat(descriptor))
        except OSError:
            place = (0, 0, 0, 0)  # Then only the content can be compared.
        written(Stamp(place, held))
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
    _write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
    return _sums(data)


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
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNKNOWN:
            raise


def remove_abandoned(target: Path) -> None:
    """Remove what programs that died while saving left behind in the target's folder, and nothing else."""
    with contextlib.suppress(OSError):
        for path, machine, process, run in _temporaries(target.parent):
            ours = process == os.getpid() and run == _RUN
            if not ours and (_old(path) or (machine == _machine() and not _alive(process))):
                path.unlink(missing_ok=True)


def _temporaries(folder: Path) -> Iterator[tuple[Path, str, int, str]]:
    for path in folder.iterdir():
        if match := _TEMPORARY.fullmatch(path.name):
            yield path, match[1], int(match[2]), match[3]


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
