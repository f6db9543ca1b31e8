"""Backups: copies of a caseload from before it was changed, kept in a hidden folder beside it.

`.vigtui-backups/<file name>/<time in UTC>.vig.json`: the newest ten, and of the older ones the last of
each day for two weeks. A copy is read back before it counts. Copies are made before the first change
after opening, and then before a save whenever ten minutes have passed since the last copy.
"""

import contextlib
import datetime as dt
import errno
import stat
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from vigtui.foreign.files import entries, open_file, read_file, read_own
from vigtui.store.disk.access import access_of, follow
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
    """Make the hidden folder, open to whom the caseload is. Raises OSError, also when something else is in
    its place: a link would have the copies lie somewhere else."""
    folder = folder_of(caseload)
    for each in (folder.parent, folder):
        with contextlib.suppress(FileExistsError):
            each.mkdir(mode=0o700)
        _refuse_others(each)
    if not caseload.exists():
        return folder
    access = access_of(caseload)
    if not access.is_private:  # Other caseloads have their copies there, too.
        follow(folder.parent, access_of(caseload.parent))
    if follow(folder, access.for_folder()):
        for each in entries(folder):
            with contextlib.suppress(OSError):
                follow(each, access)
    return folder


def _refuse_others(folder: Path) -> None:
    mode = folder.lstat().st_mode
    if not stat.S_ISDIR(mode):
        what = "a link to somewhere else" if stat.S_ISLNK(mode) else "not a folder"
        raise OSError(errno.ENOTDIR, f"{folder.name} is {what}", str(folder))


def entries_of(caseload: Path) -> list[Path]:
    """Return what is in the hidden folder; nothing where there is none, or a link."""
    try:
        folder = folder_of(caseload)
        _refuse_others(folder.parent)
        _refuse_others(folder)
        return entries(folder)
    except OSError:
        return []


def keep(caseload: Path, data: bytes) -> Path | None:
    """Keep `data`, which was in the caseload until now, and return the copy; None when the newest copy
    holds it already. Raises OSError when it cannot be written and read back."""
    folder = make_folder(caseload)
    now = dt.datetime.now(dt.UTC)
    if _holds(next(iter(newest_first(caseload)), None), data):
        return None
    path = folder / (now.strftime(_STAMP) + _ENDING)
    with new_file(folder / _ENDING, [data], like=caseload) as new:
        if new.path.read_bytes() != data:
            raise OSError(f"the copy {path.name} does not read back as it was written")
        new.path.replace(path)
    kept = kept_of((made_at(copy) for copy in copies(caseload)), now)
    for copy in copies(caseload):
        if made_at(copy) not in kept:
            copy.unlink(missing_ok=True)
    return path


def _holds(copy: Path | None, data: bytes) -> bool:
    if copy is None:
        return False
    try:
        return read_file(copy, len(data), follow_links=False) == data
    except OSError:  # It is larger, or somebody else's.
        return False


def remove_abandoned(caseload: Path) -> None:
    """Remove what programs that died while keeping a copy left behind, and nothing else."""
    if entries_of(caseload):
        remove_unfinished(folder_of(caseload) / _ENDING)


def copies(caseload: Path) -> list[Path]:
    """Return the copies of this caseload, oldest first."""
    return sorted(path for path in entries_of(caseload) if _readable_stamp(path))


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
    """Return which copies to keep: the newest ten, then the last of each day for two weeks. Those of a day
    that is still to come, from when a clock was wrong, are counted by themselves and push out no others."""
    all_stamps = list(stamps)
    to_come = [stamp for stamp in all_stamps if stamp > now]
    past = [stamp for stamp in all_stamps if stamp <= now]
    return _kept_of(past, now) | _kept_of(to_come, max(to_come, default=now))


def _kept_of(stamps: list[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    ordered = sorted(stamps, reverse=True)
    kept = set(ordered[:NEWEST])
    days: set[dt.date] = set()
    for stamp in ordered[NEWEST:]:
        if stamp.date() not in days and now - stamp < dt.timedelta(days=DAYS):
            days.add(stamp.date())
            kept.add(stamp)
    return kept


def newest_first(caseload: Path) -> list[Path]:
    """Return the copies of this caseload, the newest first; last those of a day that is still to come."""
    now = dt.datetime.now(dt.UTC)
    return sorted(copies(caseload), key=lambda copy: (made_at(copy) <= now, made_at(copy)), reverse=True)


def newest_good(caseload: Path, is_good: Callable[[bytes], bool]) -> Path | None:
    """Return the newest copy whose bytes are good, or None."""
    for copy in newest_first(caseload):
        with contextlib.suppress(OSError), open_file(copy, follow_links=False) as file:
            if is_good(read_own(file)):
                return copy
    return None


class Schedule:
    """When copies of one file are kept while it is written. Each method keeps one only where the file is
    still as it was `seen`."""

    def __init__(self) -> None:
        self.why_none = ""
        """Why no copy could be kept last time, in a sentence."""
        self._kept_at: float | None = None
        self._new: Path | None = None
        self._kept_for_now: list[Path] = []

    def begin(self) -> None:
        """The file has just been made: a copy is not due yet."""
        self._kept_at = time.monotonic()

    def keep_when_due(self, target: Path, seen: Seen | None) -> None:
        """Keep a copy of what is in the file when one is due. Saving is worth more than a copy."""
        now = time.monotonic()
        self._new = None
        if self._kept_at is not None and now - self._kept_at < SECONDS_BETWEEN:
            return
        try:
            self._new = _keep_seen(target, seen)
            self._kept_at, self.why_none = now, ""
        except OSError as error:
            self.why_none = _why_none(error)

    def give_up(self, error: OSError) -> bool:
        """Remove the copy that was kept last, if it is a new one. Raises OSError."""
        if self._new is None:
            return False
        self._new.unlink()
        self._new, self._kept_at, self.why_none = None, None, _why_none(error)
        return True

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
    if not target.exists():
        return None
    with open_file(target) as file:
        data = read_own(file)
    return keep(target, data) if seen is not None and seen.holds(data) else None


def _why_none(error: OSError) -> str:
    return f"No backup can be kept in {FOLDER}: {error.strerror or error}."
