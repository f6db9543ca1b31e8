"""Where film is written: into a file, or into memory, from which somebody takes it.

What goes into memory is on no disk: when the program is killed, the system forgets it.
"""

import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from vigtui.film.errors import NoRoom
from vigtui.film.files import FileSource, check_bytes
from vigtui.film.libmpv import close_number
from vigtui.film.source import FilmSource
from vigtui.values.text import one_line

Taker = Callable[[BinaryIO, str], object]
"""Takes a film that is complete: its bytes from the first one on, which are there until it returns, and what
the name of a file with such a film ends with."""
FilmTarget = Path | Taker

_LEAST_ROOM = 256 * 1024  # bytes; libmpv writes in smaller parts, and does not say why it could not
_ENDING, _PIPED_ENDING = ".mp4", ".mkv"
_MEMORY = Path("/proc/meminfo")
_MOST_OF_MEMORY = 0.5


class Unfinished(Protocol):
    """A film that is being made. What is there can be looked at as `source`, and changed through `open`.
    `ending` is what the name of a file with it ends with."""

    @property
    def ending(self) -> str: ...
    @property
    def source(self) -> FilmSource: ...

    def begin(self) -> dict[str, object]:
        """Return libmpv's options by which its encoder writes to it, in place of those for an MP4 file; what
        it wrote before is forgotten."""
        ...

    def open(self) -> BinaryIO:
        """Return what is there so far, to be read and changed."""
        ...

    def check_room(self) -> None:
        """Raise `NoRoom` where that may be why it could not be made."""
        ...


@dataclass(frozen=True)
class MemorySource:
    """A film in memory, which `opened` gives."""

    opened: Callable[[], BinaryIO]
    path: Path = Path("film in memory")
    starts_ms: int = 0
    whole: bool = True

    @property
    def is_copy(self) -> bool:
        """A film by itself."""
        return False

    @property
    def name(self) -> str:
        """What it is, since nobody named it."""
        return "The film that was made"

    @property
    def clear_file(self) -> None:
        """It is in none."""

    def open(self) -> BinaryIO:
        """Return its bytes. Raises OSError."""
        return self.opened()

    def check(self) -> None:
        """Raise `FilmError` where it is certainly no film."""
        check_bytes(self)

    def subtitles(self) -> bytes:
        """None."""
        return b""


@contextmanager
def begun_beside(target: FilmTarget) -> Iterator[Unfinished]:
    """Give what a film is made in, and when the block ends without an error have it be the target: a file
    that appears only then, readable by its owner alone, or what takes it."""
    if not isinstance(target, Path):
        with _begun_in_memory(target) as unfinished:
            yield unfinished
        return
    with tempfile.TemporaryDirectory(prefix=".cutting-", dir=target.parent) as folder:
        path = Path(folder) / f"film{_ENDING}"
        yield _InFile(path, target.name)
        path.chmod(0o600)
        path.replace(target)


@contextmanager
def begun_at(target: FilmTarget) -> Iterator[Unfinished]:
    """The same; a file is written where it will be, and synced to the disk. It is left behind by an error."""
    if not isinstance(target, Path):
        with _begun_in_memory(target) as unfinished:
            yield unfinished
        return
    yield _InFile(target, target.name)
    with target.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _begun_in_memory(taken: Taker) -> Iterator[Unfinished]:
    with _InMemory() if hasattr(os, "memfd_create") else _InPipe() as unfinished:
        yield unfinished
        with unfinished.open() as file:
            taken(file, unfinished.ending)


@dataclass(frozen=True)
class _InFile:
    """A file, of what will be called `name`."""

    path: Path
    name: str
    ending: str = _ENDING

    @property
    def source(self) -> FilmSource:
        return FileSource(self.path)

    def begin(self) -> dict[str, object]:
        return {"o": str(self.path)}

    def open(self) -> BinaryIO:
        return self.path.open("r+b")

    def check_room(self) -> None:
        if shutil.disk_usage(self.path.parent).free < _LEAST_ROOM:
            raise NoRoom(f"{one_line(self.name)} could not be made: the disk is full.")


class _InMemory:
    """A file that only this process knows, and that is nowhere else."""

    ending = _ENDING

    def __enter__(self) -> "_InMemory":
        self._descriptor = os.memfd_create("film")
        return self

    def __exit__(self, *_: object) -> None:
        close_number(self._descriptor)

    @property
    def source(self) -> FilmSource:
        return MemorySource(self.open)

    def begin(self) -> dict[str, object]:
        return {"o": str(self._place)}

    def open(self) -> BinaryIO:
        return self._place.open("r+b")

    @property
    def _place(self) -> Path:
        return Path(f"/proc/self/fd/{self._descriptor}")

    def check_room(self) -> None:
        check_memory(_LEAST_ROOM)


class _InPipe:
    """Where no system has such files: what comes through a pipe is kept. An MP4 film cannot be written so."""

    ending = _PIPED_ENDING

    def __init__(self) -> None:
        self._content = b""
        self._writing: int | None = None
        self._thread = threading.Thread()

    def __enter__(self) -> "_InPipe":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def source(self) -> FilmSource:
        return MemorySource(self.open)

    def begin(self) -> dict[str, object]:
        self._end()
        reading, self._writing = os.pipe()
        self._thread = threading.Thread(target=self._take, args=(reading,), name="film made", daemon=True)
        self._thread.start()
        # AAC begins before the picture, which would come later for it: there is no time below 0 there.
        return {"o": f"pipe:{self._writing}", "of": "matroska", "ofopts": "", "oac": "flac", "oacopts": ""}

    def open(self) -> BinaryIO:
        """Return what has come through; changing it changes nothing."""
        self._end()
        return io.BytesIO(self._content)

    def check_room(self) -> None:
        check_memory(_LEAST_ROOM)

    def _take(self, reading: int) -> None:
        with os.fdopen(reading, "rb") as pipe:
            self._content = pipe.read()

    def _end(self) -> None:
        """The encoder is gone, or given up: nothing more comes."""
        if self._writing is not None:
            close_number(self._writing)
            self._writing = None
            self._thread.join()


def check_memory(size: int) -> None:
    """Raise `NoRoom` where a film of so many bytes would take more than half of the memory that is free;
    where the system does not say what is free, nothing is known against it."""
    try:
        rows = _MEMORY.read_text(encoding="ascii").splitlines()
        free = next(int(row.split()[1]) << 10 for row in rows if row.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return
    if size > free * _MOST_OF_MEMORY:
        raise NoRoom("There is too little memory to make this film.")
