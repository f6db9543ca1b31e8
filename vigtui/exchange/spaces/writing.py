"""Putting a file into a space's folder, whole or not at all, open to whom the folder is."""

import contextlib
import os
from pathlib import Path

from vigtui.exchange.spaces.content import WRITER_LETTERS
from vigtui.store.disk.access import rights_in
from vigtui.store.disk.temporary import sync_folder

ENDING = ".vigspace"
_BEFORE, _AFTER = "~vigtui-", ".tmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def own_name(writer: str) -> str:
    """Return what a writer's file is called."""
    return f"{writer}{ENDING}"


def put(folder: Path, writer: str, data: bytes) -> None:
    """Write a writer's file. The folder is not made where it is not there. Raises OSError; then the file
    is as it was."""
    remove_unfinished(folder, writer)
    path = folder / f"{_BEFORE}{writer}-{os.urandom(4).hex()}{_AFTER}"
    descriptor = os.open(path, _NEW, 0o600)
    try:
        try:
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, rights_in(folder))
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(path, folder / own_name(writer))  # noqa: PTH105  what fails in tests is the system's
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    sync_folder(folder)


def remove_unfinished(folder: Path, writer: str) -> None:
    """Remove what a program of this writer that was killed left half written."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_BEFORE}{writer}-*{_AFTER}"):
            path.unlink(missing_ok=True)


def writer_named(name: str) -> str:
    """Return the writer after whom a file is named; "" for a conflicted copy, or anything else."""
    stem = name.removesuffix(ENDING)
    named = name.endswith(ENDING) and len(stem) == WRITER_LETTERS and set(stem) <= set("0123456789abcdef")
    return stem if named else ""
