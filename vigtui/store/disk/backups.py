"""Copies of a caseload from before it was changed, kept in a hidden folder beside it.

`.vigtui-backups/<file name>/<time in UTC>.vig.json`: the newest ten, and of the older ones the last of
each day for two weeks. A copy is read back before it counts. Copies are made before the first change
after opening, and then before a save whenever ten minutes have passed since the last copy.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from vigtui.store.disk import atomic

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
    with atomic.temporary(folder / _ENDING, [data]) as (written, _):
        if written.read_bytes() != data:
            raise OSError(f"the copy {path.name} does not read back as it was written")
        written.replace(path)
    atomic.sync_folder(folder)
    kept = kept_of((made_at(copy) for copy in copies(caseload)), now)
    for copy in copies(caseload):
        if made_at(copy) not in kept:
            copy.unlink(missing_ok=True)
    return path


def remove_abandoned(caseload: Path) -> None:
    """Remove what programs that died while keeping a copy left behind, and nothing else."""
    atomic.remove_abandoned(folder_of(caseload) / _ENDING)


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
