"""Copies of a caseload from before it was changed, kept in a hidden folder beside it.

`.vigtui-backups/<file name>/<time in UTC>.vig.json`: the newest ten, and of the older ones the last of
each day for two weeks. A copy is read back before it counts. Copies are made before the first change
after opening, and then before a save whenever ten minutes have passed since the last copy.
"""

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from vigtui.store.disk import atomic
from vigtui.store.disk.file_state import Seen
from vigtui.store.disk.temporary import new_file, remove_unfinished

FOLDER = ".vigtui-backups"
NEWEST = 10
DAYS = 14
SECONDS_BETWEEN = 600
_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_ENDING = ".vig.json"


def folder_of(caseload: Path) -> Path:
    """Return the hidden folder that holds the copies (and the lock) of this caseload."""
    return caseload.parent / FOLDER / caseload.name


def make_folder(caseload: Path) -> Path:
    """Make the hidden folder, open to its owner alone. Raises OSError."""
    folder = folder_of(caseload)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(caseload: Path, data: bytes) -> Path | None:
    """Keep `data`, which stood in the caseload until now, and return the copy; None when the newest copy
    holds it already. Raises OSError when it cannot be written and read back."""
    folder = make_folder(caseload)
    newest = max(copies(caseload), default=None)
    if newest is not None and newest.stat().st_size == len(data) and newest.read_bytes() == data:
        return None
    now = dt.datetime.now(dt.UTC)
    path = folder / (now.strftime(_STAMP) + _ENDING)
    with new_file(folder / _ENDING, [data]) as new:
        if new.path.read_bytes() != data:
            raise OSError(f"the copy {path.name} does not read back as it was written")
        new.path.replace(path)
    atomic.sync_folder(folder)
    kept = kept_of((made_at(copy) for copy in copies(caseload)), now)
    for copy in copies(caseload):
        if made_at(copy) not in kept:
            copy.unlink(missing_ok=True)
    return path


def remove_abandoned(caseload: Path) -> None:
    """Remove what programs that died while keeping a copy left behind, and nothing else."""
    remove_unfinished(folder_of(caseload) / _ENDING)


def copies(caseload: Path) -> list[Path]:
    """Return the copies of this caseload, oldest first."""
    try:
        found = list(folder_of(caseload).iterdir())
    except OSError:
        return []
    return sorted(path for path in found if _readable_stamp(path))


def made_at(copy: Path) -> dt.datetime:
    """Return when a copy was made, as its name says."""
    return dt.datetime.fromisoformat(copy.name.removesuffix(_ENDING)).astimezone(dt.UTC)


def _readable_stamp(path: Path) -> bool:
    try:
        made_at(path)
    except ValueError:
        return False
    return path.name.endswith(_ENDING)


def kept_of(stamps: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Return which copies to keep: the newest ten, then the last of each day for two weeks."""
    newest_first = sorted(stamps, reverse=True)
    kept = set(newest_first[:NEWEST])
    days: set[dt.date] = set()
    for stamp in newest_first[NEWEST:]:
        if stamp.date() not in days and now - stamp < dt.timedelta(days=DAYS):
            days.add(stamp.date())
            kept.add(stamp)
    return kept


def newest_good(caseload: Path, is_good: Callable[[bytes], bool]) -> Path | None:
    """Return the newest copy whose bytes are good, or None."""
    for copy in reversed(copies(caseload)):
        with contextlib.suppress(OSError):
            if is_good(copy.read_bytes()):
                return copy
    return None


class Schedule:
    """When copies of one file are kept while it is written. Each method keeps one only where the file is
    still as it was `seen`."""

    def __init__(self) -> None:
        self.why_none = ""
        """Why no copy could be kept last time, in a sentence."""
        self._kept_at: float | None = None
        self._kept_for_now: list[Path] = []

    def begin(self) -> None:
        """The file has just been made: a copy is not due yet."""
        self._kept_at = time.monotonic()

    def keep_when_due(self, target: Path, seen: Seen | None) -> Path | None:
        """Keep a copy of what stands in the file when one is due, and return it if it is a new one. Saving is
        worth more than a copy."""
        now = time.monotonic()
        if self._kept_at is not None and now - self._kept_at < SECONDS_BETWEEN:
            return None
        try:
            copy = _keep_seen(target, seen)
        except OSError as error:
            self.why_none = _why_none(error)
            return None
        self._kept_at, self.why_none = now, ""
        return copy

    def give_up(self, copy: Path, error: OSError) -> None:
        """Remove a copy again. Raises OSError."""
        copy.unlink()
        self._kept_at, self.why_none = None, _why_none(error)

    def keep_for_now(self, target: Path, seen: Seen | None) -> None:
        """Keep a copy while the file is overwritten. From the third on it takes the place of the one before:
        a second's worth of typing each, they would soon push out all others. Raises OSError."""
        copy = _keep_seen(target, seen)
        if copy is not None:
            self._kept_for_now.append(copy)
            for before in self._kept_for_now[1:-1]:
                with contextlib.suppress(OSError):
                    before.unlink()
            del self._kept_for_now[1:-1]


def _keep_seen(target: Path, seen: Seen | None) -> Path | None:
    data = target.read_bytes() if target.exists() else b""
    return keep(target, data) if seen is not None and seen.holds(data) else None


def _why_none(error: OSError) -> str:
    return f"No backup can be kept in {FOLDER}: {error.strerror or error}."
