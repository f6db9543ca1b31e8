"""Films that are files, and which files may be played: regular ones below the caseload's folder that
are, or may be, film.

A caseload file may come from somebody else. Nothing in it can make this program open an address, a
playlist, a device or a file outside its own folder.
"""

import contextlib
import os
import re
import stat
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from vigtui.film.errors import FilmDamaged, FilmError, FilmMissing, FilmNotInPlace, FilmOutside, FilmRefused
from vigtui.film.kinds import HEAD_BYTES, kind_of, why_not_film
from vigtui.film.source import FilmSource, cannot_be_read, reading
from vigtui.foreign.files import entries
from vigtui.values.text import clean, one_line, shown_path

MEDIA_FOLDER = "media"
UNFINISHED = ".copying-"
"""What the name of film begins with that is not yet whole: see `remove_unfinished`."""
_ABANDONED_SECONDS = 3600
_MEBIBYTE = 1 << 20
_UNFIT = re.compile(r"[^\w.-]+")
_ADDRESS = re.compile("[A-Za-z][A-Za-z0-9+.-]+:/")


@dataclass(frozen=True)
class FileSource:
    """A film in a file of its own."""

    path: Path
    starts_ms: int = 0
    whole: bool = True

    @property
    def is_copy(self) -> bool:
        """A film by itself."""
        return False

    @property
    def name(self) -> str:
        """The file's name."""
        return _name(self.path)

    @property
    def clear_file(self) -> Path:
        """The file."""
        return self.path

    def open(self) -> BinaryIO:
        """Return the file, open to be read. Raises OSError."""
        return self.path.open("rb")

    def check(self) -> None:
        """Raise `FilmError` as `check_kind` does."""
        check_kind(self.path)

    def subtitles(self) -> bytes:
        """Return what is in the subtitle file beside it. Raises OSError."""
        from vigtui.film.subtitles import subtitles_beside  # A film is on the screen sooner without it.

        return subtitles_beside(self.path)


@dataclass(frozen=True)
class WorkingCopy:
    """A smaller film, `copy`, seen in place of `original`: the same pictures at the same times."""

    original: FilmSource
    copy: FilmSource

    @property
    def path(self) -> Path:
        """The place of the original: what is said in it goes by that."""
        return self.original.path

    @property
    def starts_ms(self) -> int:
        """As the original."""
        return self.original.starts_ms

    @property
    def whole(self) -> bool:
        """As the original."""
        return self.original.whole

    @property
    def is_copy(self) -> bool:
        """A copy."""
        return True

    @property
    def name(self) -> str:
        """What the original is called."""
        return self.original.name

    @property
    def clear_file(self) -> Path | None:
        """The file of the copy."""
        return self.copy.clear_file

    def open(self) -> BinaryIO:
        """Return the copy, open to be read. Raises OSError."""
        return self.copy.open()

    def check(self) -> None:
        """Raise `FilmError` where the copy is gone, or no film."""
        self.copy.check()

    def subtitles(self) -> bytes:
        """Return what is in the subtitle file of the original."""
        return self.original.subtitles()


def resolve(folder: Path, relative: str) -> Path:
    """Return the film that a recording's `path` names, relative to the caseload's `folder`.

    Letters with accents match however they were composed, and a path written on Windows is understood.
    Raises `FilmError`.
    """
    refuse_address(relative)
    parts = _parts(relative)
    try:
        real = _walk(folder, parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise FilmNotInPlace(f"The film {shown_path(relative)} is not in {folder}.") from error
    if not real.is_relative_to(folder.resolve()):
        raise FilmRefused(
            f"The film {shown_path(relative)} is a link to a place outside the caseload's folder."
        )
    check_kind(real)
    return real


def place_for(folder: Path, relative: str) -> Path:
    """Return where the film that a recording's `path` names would lie, which need not be there, relative to
    the caseload's `folder`. Raises `FilmError`, also where a link leads out of that."""
    refuse_address(relative)
    parts = _parts(relative)
    if len(parts) == 1 and "\\" in parts[0]:
        parts = PureWindowsPath(parts[0]).parts
    path = folder.joinpath(*parts)
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise FilmRefused(f"The path {shown_path(relative)} leads out of the caseload's folder.")
    return path


def choose(folder: Path, path: Path) -> str:
    """Return the relative path for a film that the user picked, as a recording keeps it.

    Raises `FilmOutside` when it lies outside the caseload's folder (`copy_in` brings it in), else
    `FilmError` when it is no film.
    """
    check_kind(path)
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        raise FilmOutside(f"{_name(path)} is outside the caseload's folder. It can be copied in.")
    relative = real.relative_to(folder.resolve()).as_posix()
    if not can_be_named(folder, relative):
        raise FilmRefused(f"A caseload cannot keep the name {_name(path)}. Rename the file first.")
    return relative


def can_be_named(folder: Path, relative: str) -> bool:
    """Whether a recording that keeps this path of a film leads to the film again: not when there are
    characters in it that are no text, or that no terminal may get."""
    try:
        return clean(relative) == relative and bool(resolve(folder, relative))
    except FilmError:
        return False


def copy_in(folder: Path, path: Path, name: str, progress: Callable[[float], None] | None = None) -> str:
    """Copy a film into the caseload's media folder and return its relative path.

    The copy is called `name`, with the film's ending: a film's own name may be a person's. Never replaces a
    file: a second film of that name gets a number. `progress` is called with the part done, 0 to 1. Blocks:
    call it in a worker. Raises `FilmError`.
    """
    import tempfile

    check_kind(path)
    media = folder / MEDIA_FOLDER
    try:
        media.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix=UNFINISHED, dir=media, delete=False) as copy:
            unfinished = Path(copy.name)
            try:
                _copy(path, copy.fileno(), progress)
                target = reserve(media, _UNFIT.sub("_", name) + path.suffix.lower())
                unfinished.replace(target)
            finally:
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise FilmError(f"{_name(path)} could not be copied into {media}: {error.strerror}.") from error
    return target.relative_to(folder).as_posix()


def remove_unfinished(folder: Path) -> None:
    """Remove what a program that was killed while copying a film into the caseload's `folder` left there: no
    record names it, and nobody sees it. Raises OSError."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in entries(folder / MEDIA_FOLDER):
            if path.name.startswith(UNFINISHED) and time.time() - path.lstat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


def fingerprint(path: Path) -> str:
    """Return a hash that tells films apart without reading all of them: SHA-256 of the size in bytes
    (decimal) and the first and last MiB."""
    with path.open("rb") as file:
        return fingerprint_of(file)


def fingerprint_of(file: BinaryIO) -> str:
    """Return the `fingerprint` of a film that is open to be read."""
    import hashlib

    size = file.seek(0, os.SEEK_END)
    digest = hashlib.sha256(str(size).encode())
    file.seek(0)
    digest.update(file.read(_MEBIBYTE))
    file.seek(max(0, size - _MEBIBYTE))
    digest.update(file.read(_MEBIBYTE))
    return digest.hexdigest()


def check_kind(path: Path) -> str:
    """Return the kind of film that a file is by its first bytes; "" where they are merely unknown, and it may
    be one all the same. Raises `FilmError` for what is no regular file, or certainly no film."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "folder" if stat.S_ISDIR(found.st_mode) else "device or pipe"
            raise FilmRefused(f"{_name(path)} is a {what}, not a film.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FilmMissing(f"There is no film {one_line(str(path))}.") from error
    except OSError as error:
        raise cannot_be_read(_name(path), error) from error
    return _kind_by(head, _name(path))


def is_film(path: Path) -> bool:
    """Whether a file is film of a kind that is known; False also for what cannot be read."""
    try:
        return bool(check_kind(path))
    except FilmError:
        return False


def check_bytes(source: FilmSource) -> str:
    """Return the kind of film that a source's first bytes are, as `check_kind` does. Raises `FilmError`."""
    with reading(source) as file:
        return _kind_by(file.read(HEAD_BYTES), source.name)


def _kind_by(head: bytes, name: str) -> str:
    if not head:
        raise FilmDamaged(f"{name} is empty: 0 bytes. Perhaps it was not copied to the end.")
    if why_not := why_not_film(head):
        raise FilmRefused(f"{name} {why_not}.")
    return kind_of(head)


def refuse_address(text: str) -> None:
    """Raise `FilmRefused` when `text` is an address (`http://`, `mpv://`...) or standard input."""
    if "://" in text or _ADDRESS.match(text) or text == "-":
        raise FilmRefused(f"{shown_path(text)} is not a file. vigtui plays films from files only.")


def _parts(relative: str) -> tuple[str, ...]:
    windows = PureWindowsPath(relative)
    if not relative.strip():
        raise FilmMissing("This recording has no film yet.")
    if windows.drive or windows.root or ".." in windows.parts or "\0" in relative:
        raise FilmRefused(f"The path {shown_path(relative)} leads out of the caseload's folder.")
    return PurePosixPath(relative).parts


def _walk(folder: Path, parts: tuple[str, ...]) -> Path:
    path = folder
    for part in parts:
        path = _entry(path, part)
    if len(parts) == 1 and "\\" in parts[0] and not path.exists():
        return _walk(folder, PureWindowsPath(parts[0]).parts)
    return path


def _entry(folder: Path, name: str) -> Path:
    """The entry called `name`, or the one whose name differs only in how accents are composed."""
    path = folder / name
    if path.exists() or name.isascii():
        return path
    wanted = unicodedata.normalize("NFC", name)
    try:
        names = [each.name for each in folder.iterdir()]
    except OSError:
        return path
    return next((folder / other for other in names if unicodedata.normalize("NFC", other) == wanted), path)


def _copy(source: Path, target: int, progress: Callable[[float], None] | None) -> None:
    with source.open("rb") as reading, os.fdopen(os.dup(target), "wb") as writing:
        size = os.fstat(reading.fileno()).st_size
        done = 0
        while block := reading.read(4 * _MEBIBYTE):
            writing.write(block)
            done += len(block)
            if progress:
                progress(min(1.0, done / size))
        writing.flush()
        os.fsync(writing.fileno())


def reserve(folder: Path, name: str) -> Path:
    """Create an empty file called `name`, or "name (2)" and so on, that nobody else has."""
    number = 1
    while True:
        path = folder / name if number == 1 else folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        try:
            path.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return path


def _name(path: Path) -> str:
    return shown_path(path.name or str(path))
