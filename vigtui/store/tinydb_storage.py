"""TinyDB over a caseload's file, for programs and scripts beside vigtui."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError
from vigtui.store.format.layout import LayoutError, encode, entry, parse


class FileStorage(Storage):
    """What TinyDB's own JSONStorage does, with the care that vigtui takes of a file.

    `TinyDB("caseload.vig.json", storage=FileStorage)`. Each write is a new file in the place of the old one,
    so that the file is whole whenever the machine stops; what stood there is kept among the copies. It is
    UTF-8, one document a line, and readable by its owner alone. Nothing is written over what another
    program has written since the last `read`: then CannotSaveError is raised, and so is a CaseloadError for
    a file that cannot be read. What JSON cannot say (NaN too) raises TypeError or ValueError and changes
    nothing. With `access_mode="r"` the file must exist, and writing raises OSError. Further options
    are json.dumps's, for each document.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        create_dirs: bool = False,
        access_mode: str = "r+",
        **options: Any,
    ) -> None:
        if access_mode not in ("r", "r+"):
            raise ValueError(f'The access mode is "r" or "r+", not "{access_mode}".')
        self._file = CaseloadFile(Path(path))
        self._mode = access_mode
        self._options = options
        self._closed = False
        if access_mode == "r+":
            if create_dirs:
                self._file.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._file.path.open("rb").close()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything in the file, or None for an empty one."""
        self._refuse_closed()
        data = self._file.read_bytes()
        if not data:
            return None
        try:
            found = parse(data)
        except LayoutError as error:
            raise CaseloadDamagedError(f"{self._file.name} {error}. It is left as it is.") from None
        if not isinstance(found, dict):
            raise CaseloadDamagedError(f"{self._file.name} is JSON, but holds no tables.")
        return found

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything in the file; it is on the disk when this returns."""
        self._refuse_closed()
        if self._mode == "r":
            raise OSError(f'{self._file.name} was opened with the access mode "r": it cannot be written.')
        content = list(_lines(data, self._options))
        try:
            self._file.write(content)
        except ChangedOnDiskError:
            raise CannotSaveError(
                f"Another program has changed {self._file.name}. Read it again, and repeat the change."
            ) from None

    def close(self) -> None:
        self._closed = True

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ValueError("The database is closed.")


def _lines(data: dict[str, dict[str, Any]], options: dict[str, Any]) -> Iterable[bytes]:
    """Yield the file's bytes: tables as vigtui lays them out, anything else as it comes."""
    if all(isinstance(table, dict) for table in data.values()):
        return encode(
            {
                name: {str(number): entry(item, **options) for number, item in table.items()}
                for name, table in data.items()
            }
        )
    return (bytes(entry(data, **options)),)
