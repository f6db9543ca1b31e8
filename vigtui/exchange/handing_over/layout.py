"""How a hand-over lies on a disk: as a folder, or as that folder in one zip."""

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vigtui.casefilm.encrypted.left_over import UNPACKED, remove_abandoned
from vigtui.exchange.handing_over.content import HandOverError, words_in
from vigtui.foreign import zips
from vigtui.foreign.files import reason
from vigtui.values.text import one_line

ZIP = ".zip"


def is_zip(out: Path) -> bool:
    """Whether a hand-over of this name is made as one zip."""
    return out.suffix.lower() == ZIP


def zipped(folder: Path) -> Path:
    """Put a folder into a zip beside it, on the disk, and return that. Nothing is compressed: all of it is
    encrypted. Raises OSError."""
    target = folder.with_name(f"{folder.name}{ZIP}")
    target.touch(mode=0o600)
    with target.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                archive.write(path, path.relative_to(folder.parent).as_posix())
        file.flush()
        os.fsync(file.fileno())
    return target


@contextlib.contextmanager
def laid_out(path: Path, beside: Path) -> Iterator[Path]:
    """Give the folder of a hand-over; one in a zip is unpacked into a hidden folder in `beside` for as long.
    Raises HandOverError, OSError."""
    if not zips.is_zip(path):
        yield path if path.is_dir() else path.parent
        return
    remove_abandoned(beside)
    with tempfile.TemporaryDirectory(prefix=UNPACKED, dir=beside) as hidden:
        try:
            _unpack(path, Path(hidden))
        except (OSError, ValueError) as error:
            why = one_line(reason(error))[:120]
            raise HandOverError(f"{one_line(path.name)} cannot be used: {why}.") from None
        yield Path(hidden)


def _unpack(path: Path, folder: Path) -> None:
    """Unpack the file of words and the media folder, and nothing else, as far as there is room. Raises
    ValueError, OSError."""
    with zips.open_zip(path) as archive:
        words = words_in(archive)
        found = {
            PurePosixPath(name).relative_to(PurePosixPath(words).parent): name
            for name in _below(archive, words)
        }
        needed = sum(archive.size_of(name) for name in found.values())
        if needed > shutil.disk_usage(folder).free:
            raise ValueError(f"there is no room to unpack it: {needed >> 20:,} MiB are needed")
        for relative, name in found.items():
            target = folder.joinpath(*relative.parts)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            archive.copy(name, target)


def _below(archive: zips.OpenZip, words: str) -> Iterator[str]:
    """Yield the names of what a hand-over consists of: the file of words, and what is one folder below it."""
    top = PurePosixPath(words).parent
    for name in archive.names:
        path = PurePosixPath(name)
        below = path.parts[len(top.parts) :] if path.is_relative_to(top) else ()
        if name == words or (len(below) == 2 and not {"..", "."} & set(path.parts) and "\\" not in name):
            yield name
