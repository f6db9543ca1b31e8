"""Opening and reading ordinary files: never a pipe, a device or a folder, never more than was asked for."""

import errno
import itertools
import os
import stat
from pathlib import Path
from typing import BinaryIO

MOST_ENTRIES = 10_000
"""How many names of a folder are looked at."""

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # A pipe that takes the file's place meanwhile does not hold us up.
_READ = os.O_RDONLY | _AT_ONCE | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_HOLE = getattr(os, "SEEK_HOLE", None)
_PIECE = 1 << 20
# Smaller files are read as they are: some file systems tell of holes where there are none yet.
_LARGE = 64 << 20


class NotAnOrdinaryFileError(OSError):
    """There is something of this name that is no ordinary file. `strerror` says what."""

    def __init__(self, what: str, path: Path) -> None:
        super().__init__(errno.EINVAL, f"it is {what}, not an ordinary file", str(path))


class TooLargeError(OSError):
    """The file claims, or holds, more than is read of it. `strerror` says how much that is."""

    def __init__(self, most: int, path: Path) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {size_words(most)}", str(path))


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: `12.9 MB`, `64 MB`, `4 KB`."""
    if size < 1_000_000:
        return f"{size / 1e3:.0f} KB"
    return f"{size / 1e6:.1f}".removesuffix(".0") + " MB"


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be read or used, for a sentence that names it: "it is a pipe, not..."."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def open_file(path: Path, *, follow_links: bool = True) -> BinaryIO:
    """Open an ordinary file to be read, at once. Raises OSError."""
    found = path.stat() if follow_links else path.lstat()
    _refuse_others(found.st_mode, path)  # Opening a device may already do something.
    more = 0 if follow_links else _NO_LINK
    file = open(path, "rb", opener=lambda name, _: os.open(name, _READ | more))  # noqa: SIM115  the caller's
    try:
        _refuse_others(os.fstat(file.fileno()).st_mode, path)
    except BaseException:
        file.close()
        raise
    return file


def resolved(path: Path) -> Path:
    """Return the file itself where the path is a symbolic link to it. Raises OSError."""
    try:
        return path.resolve()
    except RuntimeError:
        raise OSError(errno.ELOOP, "it is a symbolic link to itself", str(path)) from None


def read_file(path: Path, most: int, *, follow_links: bool = True) -> bytes:
    """Return what is in an ordinary file of at most `most` bytes. Raises OSError."""
    with open_file(path, follow_links=follow_links) as file:
        return read_open(file, most)


def read_open(file: BinaryIO, most: int) -> bytes:
    """Return what is in an open file, from where it is, of at most `most` bytes. Raises OSError."""
    size = os.fstat(file.fileno()).st_size
    if size > most:
        raise TooLargeError(most, Path(file.name))
    data = file.read(size + 1)  # To ask for more takes as much memory at once, whatever there is.
    if len(data) > size:
        data += file.read(most + 1 - len(data))
    if len(data) > most:
        raise TooLargeError(most, Path(file.name))
    return data


def read_own(file: BinaryIO) -> bytes:
    """Return what is in an open file that this program may have written itself, of any size. Raises OSError.

    It is JSON. So of a large file that does not begin like it only the beginning is returned, and of one with
    a hole in it what is before the hole, and a NUL: neither can be taken for something whole.
    """
    size = os.fstat(file.fileno()).st_size
    if size > _LARGE:
        beginning = file.read(_PIECE)
        file.seek(0)
        if not beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            return beginning
        hole = _first_hole(file)
        if hole < size:
            return file.read(hole) + b"\0"
    return file.read()


def read_own_file(path: Path) -> bytes:
    """Return what is in the file at `path`, as `read_own`. Raises OSError."""
    with open_file(path) as file:
        return read_own(file)


def entries(folder: Path, most: int = MOST_ENTRIES) -> list[Path]:
    """Return what is in a folder, by name, in no order: of a very full one no more than `most`. Raises
    OSError."""
    with os.scandir(folder) as found:
        return [Path(each.path) for each in itertools.islice(found, most)]


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as far as this program may look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _first_hole(file: BinaryIO) -> int:
    """Return where the first stretch begins that takes no room on the disk; where there is none, the end."""
    size = os.fstat(file.fileno()).st_size
    if _HOLE is None:
        return size
    try:
        return os.lseek(file.fileno(), 0, _HOLE)
    except OSError:
        return size
    finally:
        file.seek(0)


def _refuse_others(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        raise NotAnOrdinaryFileError(_what_it_is(mode), path)


def _what_it_is(mode: int) -> str:
    for holds, what in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISLNK, "a link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    ):
        if holds(mode):
            return what
    return "a device"
