"""Zip files from others: what is in one, and one file out of it, no larger than it claims to be."""

import contextlib
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from vigtui.foreign.files import open_file, size_words

BEGINNING = b"PK\x03\x04"
MOST_CONTENTS = 1 << 20
"""The longest list of contents that is read, in bytes: that of some ten thousand files."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_PIECE = 1 << 20
# What zipfile raises for a zip that is not as it should be.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, RuntimeError)


class OpenZip:
    """A zip that can be read. Get one from `open_zip`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files = {each.filename: each for each in archive.infolist() if _can_be_read(each)}

    @property
    def names(self) -> list[str]:
        """The names of the files that can be read: with slashes between folders."""
        return list(self._files)

    def read(self, name: str, most: int) -> bytes:
        """Return what is in the file of this name. Raises ValueError, before anything is unpacked when it
        claims more than `most` bytes."""
        found = self._files[name]
        if found.file_size > most:
            raise ValueError(f"what is in it is larger than {size_words(most)}")
        with _told_plainly(), self._archive.open(found) as file:
            return file.read(found.file_size)

    def size_of(self, name: str) -> int:
        """Return how many bytes the file of this name claims to have."""
        return self._files[name].file_size

    def copy(self, name: str, target: Path) -> None:
        """Write what is in the file of this name to a new file that its owner alone may read. Raises OSError,
        or ValueError when it is not as it should be."""
        with target.open("xb") as file:
            target.chmod(0o600)
            with _told_plainly(), self._archive.open(self._files[name]) as content:
                shutil.copyfileobj(content, file, _PIECE)


def is_zip(path: Path) -> bool:
    """Whether the file at this path begins as a zip does. Raises OSError."""
    if path.is_dir():
        return False
    with open_file(path) as file:
        return file.read(len(BEGINNING)) == BEGINNING


@contextlib.contextmanager
def open_zip(path: Path) -> Iterator[OpenZip]:
    """Open a zip to look into. Raises OSError, or ValueError when it cannot be unpacked."""
    with open_file(path) as file:
        bounded = _Bounded(file, MOST_CONTENTS)
        with _told_plainly():
            archive = zipfile.ZipFile(cast("BinaryIO", bounded))
        bounded.most = None
        with archive:
            yield OpenZip(archive)


def _can_be_read(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and info.compress_type in _METHODS and not info.flag_bits & _ENCRYPTED


class _Bounded:
    """A file of which no reading brings more than `most` bytes; None: as many as are asked for."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self.most: int | None = most
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self.most is not None:
            left = os.fstat(self._file.fileno()).st_size - self._file.tell()
            if (left if size < 0 else min(left, size)) > self.most:
                raise zipfile.BadZipFile("its list of contents is too long")
        return self._file.read(size)


@contextlib.contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn whatever is raised by a zip that is not as it should be into ValueError."""
    try:
        yield
    except _BROKEN as error:
        raise ValueError(f"it cannot be unpacked: {error}") from None
    except OSError as error:
        raise ValueError(f"it cannot be unpacked: {error.strerror or error}") from None
