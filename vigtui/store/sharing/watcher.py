"""Looks once a second at what others do with the file of a caseload that is open."""

import contextlib
import threading
import time
from collections.abc import Callable

from vigtui.store.caseload import Caseload
from vigtui.store.sharing.presence import Presence

SECONDS = 1.0
SIGNS_SECONDS = 2.0
_SECONDS_TO_STOP = 2.0


class Watcher:
    """Takes in what others write into the caseload's file, in a thread of its own until `stop`.

    `others` are the names of those who have the file open too, "" for one without a name; `changed` is
    called in that thread whenever they change. Looking costs one question to the disk, and writes nothing to
    it but the sign that the file is open here.
    """

    def __init__(self, caseload: Caseload, changed: Callable[[], None] = lambda: None) -> None:
        self.others: tuple[str, ...] = ()
        self._caseload = caseload
        self._changed = changed
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more. A disk that does not answer holds nobody up for longer than two seconds."""
        self._stopping.set()
        self._thread.join(_SECONDS_TO_STOP)

    def _run(self) -> None:
        presence, due = Presence(self._caseload), 0.0
        while not self._stopping.wait(SECONDS):
            # Whatever is wrong with one look, there is a next one, and saving tells what matters.
            with contextlib.suppress(Exception):
                self._caseload.look()
            if time.monotonic() >= due:
                due = time.monotonic() + SIGNS_SECONDS
                with contextlib.suppress(Exception):
                    self._look_around(presence)
        presence.leave()

    def _look_around(self, presence: Presence) -> None:
        presence.show()
        others = presence.others()
        if others != self.others:
            self.others = others
            self._changed()
