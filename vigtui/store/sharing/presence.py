"""Who has a caseload open: a small sign of each program, in the hidden folder beside the file.

A sign keeps nobody out. One that was left behind is passed over after a while, and removed. Its name tells
no person's name; what is in it is encrypted where the caseload is. What is shown to a family stands in it by
its id alone.
"""

import contextlib
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from vigtui.foreign.files import read_file, resolved
from vigtui.foreign.json_data import decode_json
from vigtui.store.caseload import Caseload
from vigtui.store.disk import backups
from vigtui.store.disk.temporary import may_be_alive, new_file, program
from vigtui.values.text import and_list, capitalised, one_line
from vigtui.vault.envelope import DamagedError
from vigtui.vault.key import Key, WrongKeyError

REFRESHED_SECONDS = 30.0
STALE_SECONDS = 150.0
_FORGOTTEN_SECONDS = 86_400.0
_LARGEST = 10_000
_SIGN = re.compile(r"open-[0-9a-f]{8}-[0-9]{1,10}-[0-9a-f]{8}\.json")


class Sign(Struct, frozen=True, order=True):
    """The `name` of who has the caseload open, "" where it cannot be read; and the id of what they show to a
    family now, "" for nothing."""

    name: str
    shows: str = ""


class Presence:
    """The sign of this program, and those of others. Not safe between threads; no method raises OSError."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._own: Path | None = None
        self._left: set[Path] = set()
        """Own signs that could not be taken away, as on a disk that was read-only for a while."""
        self._said: tuple[Path, Sign, Key | None] | None = None
        self._shown = 0.0

    def show(self, shows: str = "") -> None:
        """Say that the caseload is open here, where and by whom it is now, and what is shown to a family (an
        id). Cheap when that was said."""
        key = self._caseload.key
        sign = Sign("") if self._caseload.locked_out else Sign(self._caseload.by, shows)
        said = (backups.folder_of(self._file), sign, key)
        if self._own is not None and self._said == said:
            if time.monotonic() - self._shown < REFRESHED_SECONDS:
                return
            with contextlib.suppress(OSError):
                backups.make_folder(self._file)  # It follows the caseload, which may be shared meanwhile.
                os.utime(self._own)
                self._shown = time.monotonic()
                return
        try:
            path = self._place()
            content = [msgspec.json.encode(sign)]
            written = content if key is None else key.encrypt(content)
            with new_file(path, written, like=self._file) as new:
                new.path.replace(path)
            self._own, self._said, self._shown = path, said, time.monotonic()
        except OSError:
            self.leave()  # What it says is no longer so.

    def _place(self) -> Path:
        """Where the sign is put: where it is already, if it can stay, so that nobody seems to have left.
        Raises OSError."""
        folder = backups.make_folder(self._file)
        if self._own is not None and self._own.parent == folder:
            return self._own
        self.leave()
        return folder / f"open-{program()}-{os.urandom(4).hex()}.json"

    @property
    def _file(self) -> Path:
        return resolved(self._caseload.path)

    def leave(self) -> None:
        """Take the sign away."""
        if self._own is not None:
            self._left.add(self._own)
            self._own = None
        for sign in tuple(self._left):
            with contextlib.suppress(OSError):
                sign.unlink(missing_ok=True)
                self._left.discard(sign)

    def others(self) -> tuple[Sign, ...]:
        """Return the signs of those who have it open too."""
        now = self._now()
        return tuple(sorted(sign for path in self._signs() if (sign := self._read(path, now)) is not None))

    def _signs(self) -> Iterator[Path]:
        yield from (sign for sign in _signs_of(self._file) if sign != self._own and sign not in self._left)

    def _now(self) -> float:
        """Return the time by the clock of the disk: that of a network folder may be another than ours."""
        with contextlib.suppress(OSError):
            if self._own is not None:
                return self._own.stat().st_mtime + time.monotonic() - self._shown
        return time.time()

    def _read(self, path: Path, now: float) -> Sign | None:
        """Return what a sign says; None when whoever left it is gone."""
        try:
            age = now - path.lstat().st_mtime
            if age > _FORGOTTEN_SECONDS or not may_be_alive(path.name.split("-", 1)[1]):
                path.unlink(missing_ok=True)
                return None
            return None if age > STALE_SECONDS else self._said_by(path)
        except OSError:
            return None

    def _said_by(self, path: Path) -> Sign:
        """Return what a sign says, nothing when it cannot be read. Raises OSError."""
        data, key = read_file(path, _LARGEST, follow_links=False), self._caseload.key
        try:
            return decode_json(key.decrypt(data) if key else data, Sign)
        except (DamagedError, WrongKeyError, ValueError):
            return Sign("")


def _signs_of(caseload: Path) -> list[Path]:
    return [path for path in backups.entries_of(caseload) if _SIGN.fullmatch(path.name)]


def is_open(path: Path) -> bool:
    """Whether a program has shown lately that it has the caseload at `path` open."""
    with contextlib.suppress(OSError):
        alive = (sign for sign in _signs_of(resolved(path)) if may_be_alive(sign.name.split("-", 1)[1]))
        return any(time.time() - sign.lstat().st_mtime < STALE_SECONDS for sign in alive)
    return False


def said_in_full(others: Sequence[str], own: str) -> str:
    """Return who else has the file open, in a sentence."""
    names = _names(others, own, "somebody in your name")
    words = and_list(names)
    return f"{capitalised(words)} {'has' if len(names) == 1 else 'have'} this file open too."


def said_shortly(others: Sequence[str], own: str) -> str:
    """Return who else has the file open, for the title; "" for nobody."""
    return f"also here: {and_list(_names(others, own, 'you'))}" if others else ""


def _names(others: Sequence[str], own: str, instead: str) -> list[str]:
    found = ((instead if name == own else one_line(name)[:40]) or "somebody" for name in others)
    return list(dict.fromkeys(found))
