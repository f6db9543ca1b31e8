"""The worker that brings changes to the disk, and the truth about where they are."""

import contextlib
import datetime as dt
import errno
import threading
import time
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from vigtui.foreign.files import NotAnOrdinaryFileError
from vigtui.store.errors import CaseloadError

SETTLE_SECONDS = 0.3
LONGEST_SECONDS = 0.8
RETRY_SECONDS = 2.0

_SENTENCES = {
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "Your part of the disk is full.",
    errno.EROFS: "The disk is read-only.",
    errno.EACCES: "The folder of the caseload may not be written to.",
    errno.EPERM: "The folder of the caseload may not be written to.",
    errno.ENOENT: "The folder of the caseload is not there any more.",
    errno.ENOTDIR: "The folder of the caseload is not there any more.",
    errno.EIO: "The disk reports an error.",
    errno.ENODEV: "The disk is not there any more.",
    errno.ENXIO: "The disk is not there any more.",
    errno.ENOTCONN: "The network folder does not answer.",
    errno.ESTALE: "The network folder does not answer.",
    errno.ETIMEDOUT: "The network folder does not answer.",
}


class Caveat(Struct, frozen=True):
    """What is not as it should be although it is saved: two words for the status line, and a sentence."""

    label: str
    sentence: str


class SaveStatus(Struct, frozen=True):
    """Where the changes are. `at` is the time of the last good save in this session, local time.

    `elsewhere` says of what is not saved in its own file that all of it is in another one, which `why` names.
    """

    state: Literal["saved", "saving", "not_saved"]
    at: dt.datetime | None = None
    why: str = ""
    elsewhere: bool = False
    caveats: tuple[Caveat, ...] = ()

    def words(self) -> str:
        """Return what the status line says."""
        if self.state == "not_saved":
            return f"NOT SAVED: {self.why}"
        if self.state == "saving":
            return "saving"
        saved = f"saved {self.at:%H:%M}" if self.at else "saved"
        return ", ".join([saved, *(caveat.label for caveat in self.caveats)])


class KeptElsewhereError(CaseloadError):
    """The changes are safe, but not in the caseload's own file."""


class Saver:
    """Calls `save` in its own thread soon after `changed()`, and again until it succeeds.

    `save` returns what is not as it should be although it is saved. It raises KeptElsewhereError when
    the changes are in another file, and anything else when they are nowhere but in memory. `on_status` is
    called in the saver's thread.
    """

    def __init__(
        self, save: Callable[[], tuple[Caveat, ...] | None], caveats: tuple[Caveat, ...] = ()
    ) -> None:
        self.on_status: Callable[[SaveStatus], None] | None = None
        self._save = save
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._changes = 0
        self._saved = 0
        self._started = 0
        self._finished = 0
        self._first_unsaved = 0.0
        self._last_change = 0.0
        self._last_attempt = 0.0
        self._urgent = False
        self._stopping = False
        self._why = ""
        self._caveats = caveats
        self._at: dt.datetime | None = None

    @property
    def status(self) -> SaveStatus:
        with self._condition:
            if self._why:
                return SaveStatus("not_saved", self._at, self._why, self._changes == self._saved)
            state: Literal["saved", "saving"] = "saving" if self._changes > self._saved else "saved"
            return SaveStatus(state, self._at, caveats=self._caveats)

    def changed(self) -> None:
        """Note that memory holds something new."""
        with self._condition:
            now = time.monotonic()
            if self._changes == self._saved:
                self._first_unsaved = now
            self._last_change = now
            self._changes += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def flush(self, timeout: float | None = None) -> SaveStatus:
        """Save at once and wait until that has succeeded or failed."""
        with self._condition:
            wanted, attempt = self._changes, self._started
            if self._thread is not None and wanted > self._saved:
                self._urgent = True
                self._condition.notify_all()
                self._condition.wait_for(lambda: self._saved >= wanted or self._finished > attempt, timeout)
        return self.status

    def stop(self) -> None:
        """Save what is left, also what has changed while an attempt was under way, and end the thread; what
        cannot be saved is tried once. A later change starts it again."""
        with self._condition:
            thread = self._thread
            self._stopping = True
            self._condition.notify_all()
        if thread is not None:
            thread.join()
        with self._condition:
            self._thread = None
            self._stopping = False

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._changes > self._saved or self._stopping)
                if self._changes == self._saved:
                    return
            self._announce()
            with self._condition:
                while not (self._urgent or self._stopping) and (wait := self._due() - time.monotonic()) > 0:
                    self._condition.wait(wait)
                self._urgent = False
                self._started += 1
                wanted, last = self._changes, self._stopping
            why, done = self._attempt()
            with self._condition:
                self._last_attempt = time.monotonic()
                self._finished += 1
                self._why = why
                if done:
                    self._saved = wanted
                    self._first_unsaved = self._last_attempt
                if not why:
                    self._at = dt.datetime.now().astimezone()
                self._condition.notify_all()
            self._announce()
            if last and not done:
                return

    def _due(self) -> float:
        if self._why and self._first_unsaved < self._last_attempt:
            return self._last_attempt + RETRY_SECONDS
        return min(self._last_change + SETTLE_SECONDS, self._first_unsaved + LONGEST_SECONDS)

    def _attempt(self) -> tuple[str, bool]:
        """Return why the changes are not in the caseload's file, if so, and whether they are on disk."""
        try:
            self._caveats = self._save() or ()
        except KeptElsewhereError as kept:
            return kept.sentence, True
        except CaseloadError as error:
            return error.sentence, False
        except NotAnOrdinaryFileError as error:
            return f"There is something else where the caseload's file was: {error.strerror}.", False
        except OSError as error:
            return _SENTENCES.get(error.errno or 0, f"{error.strerror or error}."), False
        except Exception as error:
            return f"This is an error in vigtui: {error!r}.", False
        return "", True

    def _announce(self) -> None:
        listener = self.on_status
        if listener is not None:
            # Whatever is wrong with who listens, saving must go on.
            with contextlib.suppress(Exception):
                listener(self.status)
