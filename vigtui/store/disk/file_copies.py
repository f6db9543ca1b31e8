"""Which copies of a caseload's file are kept while it is written, so that it can be had again as it was."""

import contextlib
import time
from pathlib import Path

from vigtui.store.disk import atomic, backups


class FileCopies:
    """The copies of one file. Each method keeps one only where the file is still what `stamp` says."""

    def __init__(self) -> None:
        self.why_none = ""
        """Why no copy could be kept last time, in a sentence."""
        self._kept_at: float | None = None
        self._kept_for_now: list[Path] = []

    def begin(self) -> None:
        """The file has just been made: a copy is not due yet."""
        self._kept_at = time.monotonic()

    def keep_when_due(self, target: Path, stamp: atomic.Stamp | None) -> Path | None:
        """Keep a copy of what stands in the file when one is due, and return it if it is a new one. Saving is
        worth more than a copy."""
        now = time.monotonic()
        if self._kept_at is not None and now - self._kept_at < backups.SECONDS_BETWEEN:
            return None
        try:
            copy = _keep(target, stamp)
        except OSError as error:
            self.why_none = _sentence(error)
            return None
        self._kept_at, self.why_none = now, ""
        return copy

    def give_up(self, copy: Path, error: OSError) -> None:
        """Remove a copy again. Raises OSError."""
        copy.unlink()
        self._kept_at, self.why_none = None, _sentence(error)

    def keep_for_now(self, target: Path, stamp: atomic.Stamp | None) -> None:
        """Keep a copy while the file is overwritten. From the third on it takes the place of the one before:
        a second's worth of typing each, they would soon push out all others. Raises OSError."""
        copy = _keep(target, stamp)
        if copy is not None:
            self._kept_for_now.append(copy)
            for before in self._kept_for_now[1:-1]:
                with contextlib.suppress(OSError):
                    before.unlink()
            del self._kept_for_now[1:-1]


def _keep(target: Path, stamp: atomic.Stamp | None) -> Path | None:
    data = target.read_bytes() if target.exists() else b""
    return backups.keep(target, data) if stamp is not None and stamp.says(data) else None


def _sentence(error: OSError) -> str:
    return f"No backup can be kept in {backups.FOLDER}: {error.strerror or error}."
