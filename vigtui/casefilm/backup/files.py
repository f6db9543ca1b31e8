"""Files that count only once they were read back from the disk."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from vigtui.foreign.files import entries, open_file
from vigtui.store.disk.temporary import sync_folder

UNFINISHED = ".vigtui-unfinished-"
_PIECE = 4 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Advance = Callable[[int], None]
"""Called with the number of bytes that were written since it was called last."""


class OriginalError(Exception):
    """The original could not be read, or changed meanwhile. The message says why, as the end of a
    sentence."""


def state_of(path: Path) -> str:
    """Return what the system says of a file: it changes with what is in it. Raises OSError."""
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def copy_whole(
    original: Path,
    place: Callable[[str], Path],
    advance: Advance = lambda _: None,
    *,
    start: int = 0,
    before: bytes = b"",
) -> str:
    """Copy a file from `start` on, with `before` put before it, to where `place` says for the SHA-256 of
    that, and return it. Raises OriginalError, or OSError of the disk that is written to."""
    state = _state(original)
    unfinished = place("0" * 64).with_name(UNFINISHED + secrets.token_hex(8))
    try:
        with _opened(original) as reading:
            reading.seek(start)
            digest = _write(unfinished, chain([before], _pieces(reading)), advance)
        if _state(original) != state:
            raise OriginalError("it changed while it was copied")
        _take_place(unfinished, place(digest), digest)
    finally:
        unfinished.unlink(missing_ok=True)
    return digest


def write_whole(path: Path, data: bytes) -> None:
    """Write a new file. Raises OSError, and then there is none."""
    unfinished = path.with_name(UNFINISHED + secrets.token_hex(8))
    try:
        _take_place(unfinished, path, _write(unfinished, iter([data]), lambda _: None))
    finally:
        unfinished.unlink(missing_ok=True)


def digest_on_disk(path: Path) -> str:
    """Return the SHA-256 of what is on the disk, and not of what the system remembers of it where it can be
    asked to forget. Raises OSError."""
    digest = hashlib.sha256()
    with open_file(path, follow_links=False) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def holds(path: Path, sha256: str) -> bool:
    """Whether a file holds what has this SHA-256, and can be read."""
    try:
        return digest_on_disk(path) == sha256
    except OSError:
        return False


def remove_unfinished(folder: Path) -> None:
    """Remove what a copy that was broken off left in a folder. Raises OSError."""
    for path in entries(folder):
        if path.name.startswith(UNFINISHED):
            path.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterable[bytes], advance: Advance) -> str:
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, _NEW, 0o600), "wb", buffering=0) as file:
        for piece in pieces:
            digest.update(piece)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(file.fileno(), rest) :]
            advance(len(piece))
        os.fsync(file.fileno())
    return digest.hexdigest()


def _take_place(unfinished: Path, path: Path, digest: str) -> None:
    if digest_on_disk(unfinished) != digest:
        raise OSError(f"what was written to {path.name} does not read back as it was")
    unfinished.replace(path)
    sync_folder(path.parent)


def _opened(original: Path) -> BinaryIO:
    try:
        return open_file(original)
    except OSError as error:
        raise OriginalError(error.strerror or str(error)) from None


def _state(original: Path) -> str:
    try:
        return state_of(original)
    except OSError as error:
        raise OriginalError(error.strerror or str(error)) from None


def _pieces(reading: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            piece = reading.read(_PIECE)
        except OSError as error:
            raise OriginalError(error.strerror or str(error)) from None
        if not piece:
            return
        yield piece
