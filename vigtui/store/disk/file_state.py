"""What the system says about a file, and what was in it: whether it has changed since it was last read."""

import os
import sys
import time
import zlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from vigtui.foreign.files import read_own_file
from vigtui.values.clocks import Clocks, clocks, seconds_since

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # A pipe in the file's place would not open before it is written.
_GET_GENERATION = 0x80087601  # FS_IOC_GETVERSION of Linux's linux/fs.h, for what has 64 bits.
_COARSE_NS = 1_000_000
_SETTLED_NS = 4_000_000_000
AT_ONCE_SECONDS = 0.02
"""What comes out of its place later than that after it was looked at is read, and not only looked at."""

Sums = tuple[int, int, int]
"""CRC-32, Adler-32 and length."""
NOTHING: Sums = (0, 0, -1)
"""The sums of no content at all."""


class FileState(Struct, frozen=True):
    """What changes when a file is replaced or written. Times are in ns; `changed_ns` is the one that only
    the system sets. `generation` tells one file from a later one of the same number; 0 where unknown."""

    device: int
    inode: int
    generation: int
    size: int
    modified_ns: int
    changed_ns: int

    def is_same_file(self, other: "FileState") -> bool:
        """Whether both are states of one file, changed between them or not."""
        return (self.device, self.inode, self.generation) == (other.device, other.inode, other.generation)

    def is_same_but_for_its_name(self, other: "FileState") -> bool:
        """Whether the file is as it was, though a new name has set `changed_ns`."""
        return self.is_same_file(other) and (self.size, self.modified_ns) == (other.size, other.modified_ns)

    def may_hide_a_change(self) -> bool:
        """Whether a change just now may have left all this as it was: on a disk that counts in seconds."""
        return self.modified_ns % _COARSE_NS == 0 and abs(time.time_ns() - self.modified_ns) < _SETTLED_NS


UNKNOWN = FileState(0, 0, 0, -1, 0, 0)
"""No file's state: then only the content can be compared."""


class Seen(Struct, frozen=True):
    """A file as it was last read or written here: its state, and the bytes that were read, until somebody has
    time for their sums, or the sums of those that were written. Compare the state first: it costs one look.
    """

    state: FileState
    held: bytes | Sums

    def holds(self, data: bytes) -> bool:
        """Whether the file held `data`."""
        return (data if isinstance(self.held, bytes) else sums_of(data)) == self.held

    def summed(self) -> "Seen":
        """Return the same without the bytes: a second copy of all that is open in memory."""
        return self if isinstance(self.held, tuple) else Seen(self.state, sums_of(self.held))

    def is_still(self, path: Path, state: FileState) -> bool:
        """Whether this is what the file at `path` holds, whose state is this. One that was only touched, or
        copied over with the same content, is unchanged. Raises OSError."""
        return (state == self.state and not state.may_hide_a_change()) or self.is_in(path)

    def is_in(self, path: Path) -> bool:
        """Whether the file at `path` holds this, by what is in it. Raises OSError."""
        return self.holds(read_own_file(path))


class Compared(Struct, frozen=True):
    """The state of a file, None for none, when it was found to be as it was seen, and that moment."""

    state: FileState | None
    seen: Seen | None
    at: Clocks


def compare(path: Path, seen: Seen | None) -> Compared | None:
    """Return None when the file is there and no longer as it was `seen` (None: as it always may be). Raises
    OSError."""
    try:
        state = look(path)
    except FileNotFoundError:
        return Compared(None, seen, clocks())
    return Compared(state, seen, clocks()) if seen is None or seen.is_still(path, state) else None


def is_what_was_compared(path: Path, compared: Compared) -> bool:
    """Whether the file that has this name now is the one that was compared a moment before, as far as the
    system tells; when that moment was a long one, whether it holds the same."""
    at_once = seconds_since(compared.at) < AT_ONCE_SECONDS
    try:
        same = compared.state is not None and look(path).is_same_but_for_its_name(compared.state)
        if compared.seen is None:
            return same
        return (same and at_once) or compared.seen.is_in(path)
    except OSError:
        return False


def after_renaming(seen: Seen, path: Path) -> Seen:
    """Return what a file that was written, and then got this name, is seen as: that has set one of its times.
    Whatever else has changed was done by others."""
    state = look_if_there(path)
    return Seen(state, seen.held) if state and state.is_same_but_for_its_name(seen.state) else seen


def write(descriptor: int, chunks: Iterable[bytes]) -> Seen:
    """Write the chunks into an open file, in as many steps as the system needs, and flush them to the
    disk. Raises OSError."""
    sums = sums_of(b"")
    for chunk in chunks:
        sums = sums_of(chunk, sums)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
    return Seen(state_of(descriptor), sums)


def sums_of(data: bytes, before: Sums = (0, 1, 0)) -> Sums:
    """Return the sums of `data` after what gave the sums `before`. Two sums and the length: they tell of an
    accident in a fifth of the time of a hash, and nobody gains by deceiving them."""
    crc, adler, length = before
    return zlib.crc32(data, crc), zlib.adler32(data, adler), length + len(data)


def state_of(descriptor: int) -> FileState:
    """Return the state of an open file. Raises OSError."""
    status = os.fstat(descriptor)
    generation = _generation(descriptor) if sys.platform == "linux" else getattr(status, "st_gen", 0)
    return _state(status, generation)


def look(path: Path) -> FileState:
    """Return the state of a file as it is now. Raises OSError.

    A network folder answers a mere question from memory, for up to a minute; opening asks who keeps it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    except PermissionError:
        return _state(path.stat(), 0)
    try:
        return state_of(descriptor)
    finally:
        os.close(descriptor)


def look_if_there(path: Path) -> FileState | None:
    """The same; None where there is no file, or nothing can be learnt of it."""
    try:
        return look(path)
    except OSError:
        return None


def _state(status: os.stat_result, generation: int) -> FileState:
    return FileState(
        status.st_dev, status.st_ino, generation, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def _generation(descriptor: int) -> int:
    import fcntl

    try:
        return int.from_bytes(fcntl.ioctl(descriptor, _GET_GENERATION, bytes(8))[:4], sys.byteorder)
    except OSError:  # Not on this kind of disk.
        return 0
