"""The caseload's file: read whole, written whole, and never over what somebody else has written."""

import contextlib
import datetime as dt
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from vigtui.domain.text import one_line
from vigtui.store import atomic, backups
from vigtui.store.documents import is_plain
from vigtui.store.errors import CaseloadDamagedError, CaseloadMissingError, CaseloadUnreadableError
from vigtui.store.layout import LayoutError, Tables, decode
from vigtui.store.saver import KeptElsewhereError

LOCK_SECONDS = 5.0
_ENDING = ".vig.json"


class ChangedOnDiskError(Exception):
    """The file is no longer what we last read or wrote."""


class CaseloadFile:
    """One file on disk, and what it held when we last saw it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = one_line(path.name)
        self._stamp: atomic.Stamp | None = None
        self._beside: CaseloadFile | None = None
        self._backed_up: float | None = None

    def read(self) -> tuple[Tables, bool]:
        """Return the tables in the file and whether they are plain (see `documents.is_plain`), or raise a
        CaseloadError that says why not."""
        name = self.name
        try:
            target = self._target()
            if not stat.S_ISREG(target.stat().st_mode):
                what = "a folder" if target.is_dir() else "not an ordinary file"
                raise CaseloadUnreadableError(f"{name} is {what}. Give the name of a caseload file.")
            with target.open("rb") as file:
                place = atomic.place_of(os.fstat(file.fileno()))
                data = file.read()
        except FileNotFoundError:
            raise CaseloadMissingError(
                f"There is no file {name} in {one_line(str(self.path.absolute().parent))}.",
                backup=self.backup(),
            ) from None
        except OSError as error:
            raise CaseloadUnreadableError(f"{name} cannot be read: {error.strerror or error}.") from None
        try:
            tables = decode(data)
        except LayoutError as error:
            raise CaseloadDamagedError(
                f"{name} {error}. It is left as it is.", backup=self.backup()
            ) from None
        self._stamp = atomic.Stamp(place, data)
        atomic.remove_abandoned(target)
        return tables, is_plain(data)

    def backup(self) -> Path | None:
        """Return the newest good copy of this file, or None."""
        with contextlib.suppress(OSError):
            return backups.newest_good(self._target())
        return None

    def create(self, chunks: Iterable[bytes]) -> None:
        """Write a file that must not exist yet. Raises OSError."""
        atomic.remove_abandoned(self.path)
        self._stamp = atomic.create(self.path, chunks)
        self._backed_up = time.monotonic()

    def write(self, content: list[bytes]) -> None:
        """Replace the file. Raises ChangedOnDiskError when somebody else has changed it, or OSError; then
        it stands as it did."""
        target = self._target()
        self._back_up(target)
        self._replace(target, content)

    def write_beside(self, content: list[bytes], by: str) -> NoReturn:
        """Write our version into a file beside this one, the same each time. Raises KeptElsewhereError, which
        names it, or OSError."""
        try:
            if self._beside is None:
                raise ChangedOnDiskError
            self._beside.write(content)
        except ChangedOnDiskError:
            self._beside = CaseloadFile(self._free_name(by))
            self._beside.create(content)
        kept = f"Your version is in “{self._beside.name}”, in the same folder."
        raise KeptElsewhereError(f"Somebody else changed {self.name}. {kept}")

    def _replace(self, target: Path, content: list[bytes]) -> None:
        atomic.replace(
            target,
            content,
            alone=lambda: _locked(target),
            verify=lambda: self._verify(target),
            before_overwriting=lambda: self._keep(target),
            written=self._written,
        )

    def _written(self, stamp: atomic.Stamp) -> None:
        self._stamp = stamp

    def _target(self) -> Path:
        """Return the file itself where the path is a symbolic link to it."""
        try:
            return self.path.resolve()
        except RuntimeError:
            raise OSError("it is a symbolic link to itself") from None

    def _verify(self, target: Path) -> None:
        if self._stamp is not None and not atomic.unchanged(target, self._stamp):
            raise ChangedOnDiskError

    def _back_up(self, target: Path) -> None:
        """Keep a copy of what stands in the file when one is due. Saving is worth more than a copy."""
        now = time.monotonic()
        if self._backed_up is not None and now - self._backed_up < backups.SECONDS_BETWEEN:
            return
        with contextlib.suppress(OSError):
            self._keep(target)
            self._backed_up = now

    def _keep(self, target: Path) -> None:
        data = target.read_bytes() if target.exists() else b""
        if self._stamp is not None and self._stamp.says(data):
            backups.keep(target, data)

    def _free_name(self, by: str) -> Path:
        """Return a name beside the file for our version of it."""
        target = self._target()
        whose = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "", by).strip(". ")[:40] or "my version"
        now = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
        stem = target.name.removesuffix(_ENDING).removesuffix(".json")[:80]
        names = (
            f"{stem} ({whose}, {now}{again}){_ENDING}" for again in ("", *(f" {n}" for n in range(2, 1000)))
        )
        return next(path for path in map(target.with_name, names) if not path.exists())


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keep other programs from replacing the file for a moment.

    The system drops the lock with the program that held it. Where it cannot lock, or somebody holds the
    lock for seconds, saving goes on without: what is on disk is compared before it is replaced.
    """
    from filelock import FileLock  # Imported on the first save: it costs as much as all the rest.

    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError, NotImplementedError):
            held.enter_context(FileLock(backups.make_folder(target) / "lock", timeout=LOCK_SECONDS))
        yield
