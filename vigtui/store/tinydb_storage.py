"""TinyDB over a caseload's file, for programs and scripts beside vigtui."""

import contextlib
import io
import json
import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.left_behind import LeftBehind
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError
from vigtui.store.format.layout import LayoutError, encode, entry, parse

_SAFE_MODES = ("r", "rb", "r+", "rb+")
_OPENING = frozenset("rwax")


class NotJsonError(json.JSONDecodeError, CaseloadDamagedError):
    """The file holds no JSON that TinyDB could use: what TinyDB's own storage raises, with our sentence."""

    def __init__(self, sentence: str) -> None:
        json.JSONDecodeError.__init__(self, sentence, "", 0)
        self.sentence = sentence
        self.backup = None

    def __str__(self) -> str:
        return self.sentence


class FileStorage(Storage):
    """What TinyDB's own JSONStorage does, and takes, with the care that vigtui takes of a file.

    `TinyDB("caseload.vig.json", storage=FileStorage)`. Each write is a new file in the place of the old one,
    so that the file is whole whenever the machine stops; what was there is kept among the backups. A new
    file is readable by its owner alone. Nothing is written over what another program has written since the
    last `read`: then CannotSaveError is raised. A file that cannot be read raises a CaseloadError, one
    without JSON NotJsonError; what JSON cannot say (NaN too) TypeError or ValueError, and changes nothing.

    `encoding` is UTF-8 unless given, whatever the system prefers. Without further options the file has a
    document in each line; with them it is exactly what json.dumps makes with these options. An `access_mode`
    that appends replaces like the others.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        create_dirs: bool = False,
        encoding: str | None = None,
        access_mode: str = "r+",
        **options: Any,
    ) -> None:
        _refuse_mode(access_mode, encoding)
        self._file = CaseloadFile(Path(path))
        self._mode = access_mode
        self._encoding = encoding or "utf-8"
        self._options = options
        self._closed = False
        if "x" in access_mode:
            self._file.path.open("xb").close()
        elif access_mode not in ("r", "rb"):
            _make(self._file.path, create_dirs)
        open(path, "rb", opener=_at_once).close()
        if "w" in access_mode and self._file.read_bytes():
            self._replace([b""])

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything in the file, or None for an empty one."""
        self._refuse_closed()
        data = self._file.read_bytes()
        if not data:
            return None
        if "r" not in self._mode and "+" not in self._mode:
            raise io.UnsupportedOperation("not readable")
        try:
            found = parse(data if self._encoding == "utf-8" else data.decode(self._encoding).encode())
        except LayoutError as error:
            raise NotJsonError(f"{self._file.name} {error}. It is left as it is.") from None
        except UnicodeDecodeError:
            raise NotJsonError(f"{self._file.name} is not {self._encoding} text.") from None
        if not isinstance(found, dict):
            raise NotJsonError(f"{self._file.name} is JSON, but holds no tables.")
        return found

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything in the file; it is on the disk when this returns."""
        self._refuse_closed()
        if self._mode in ("r", "rb"):
            raise OSError(f'Cannot write to {self._file.name}. Access mode is "{self._mode}"')
        if self._options:
            content = [json.dumps(data, **{"allow_nan": False, **self._options}).encode(self._encoding)]
        elif self._encoding == "utf-8":
            content = list(_lines(data))
        else:
            content = [b"".join(_lines(data)).decode().encode(self._encoding)]
        self._replace(content)

    def close(self) -> None:
        self._closed = True

    def _replace(self, content: list[bytes]) -> None:
        try:
            self._file.write(content)
        except ChangedOnDiskError as changed:
            sentence = f"Another program has changed {self._file.name}. Read it again, and repeat the change."
            if changed.came_out is not None:
                left = LeftBehind()
                left.note_came_out(changed.came_out)
                kept = left.put_aside(changed.came_out, self._file.target)
                sentence += f" Something that it wrote is in “{kept.name if kept else ''}”."
            raise CannotSaveError(sentence) from None

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ValueError("The database is closed.")


def _refuse_mode(mode: str, encoding: str | None) -> None:
    """Warn of a mode that TinyDB warns of. Raise ValueError for one that open() does not know."""
    if mode not in _SAFE_MODES:
        message = (
            "Using an `access_mode` other than 'r', 'rb', 'r+' or 'rb+' can cause data loss or corruption"
        )
        warnings.warn(message, stacklevel=3)
    if len(_OPENING & set(mode)) != 1 or not set(mode) <= _OPENING | set("bt+") or len(set(mode)) < len(mode):
        raise ValueError(f"invalid mode: {mode!r}")
    if "b" in mode and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # A pipe would not open before somebody writes into it.


def _make(path: Path, create_dirs: bool) -> None:
    if create_dirs:
        path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _lines(data: dict[str, dict[str, Any]]) -> Iterable[bytes]:
    """Yield the file's bytes: tables as vigtui lays them out, anything else as it comes."""
    if all(isinstance(table, dict) for table in data.values()):
        return encode(
            {
                name: {str(number): entry(item) for number, item in table.items()}
                for name, table in data.items()
            }
        )
    return (bytes(entry(data)),)
