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

    `others` are the names of those who have the file open too, "" for one without a name; `shown` are the ids
    of what they show to families. `changed` is called in that thread whenever they change. Looking costs one
    question to the disk, and writes nothing to it but the sign that the file is open here.
    """

    def __init__(self, caseload: Caseload, changed: Callable[[], None] = lambda: None) -> None:
        self.others: tuple[str, ...] = ()
        self.shown: tuple[str, ...] = ()
        self._shows = ""
        self._caseload = caseload
        self._changed = changed
        self._woken = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more. A disk that does not answer holds nobody up for longer than two seconds."""
        self._stopping = True
        self._woken.set()
        self._thread.join(_SECONDS_TO_STOP)

    def shows(self, identity: str) -> None:
        """Tell others at once that what has this id is shown to a family; "" for nothing."""
        self._shows = identity
        self._woken.set()

    def _run(self) -> None:
        presence, due, said = Presence(self._caseload), 0.0, ""
        while True:
            self._woken.wait(SECONDS)
            self._woken.clear()
            if self._stopping:
                break
            # Whatever is wrong with one look, there is a next one, and saving tells what matters.
            with contextlib.suppress(Exception):
                self._caseload.look()
            if time.monotonic() >= due or self._shows != said:
                said = self._shows
                with contextlib.suppress(Exception):
                    self._look_around(presence, said)
                due = time.monotonic() + (SECONDS if self.shown else SIGNS_SECONDS)
        presence.leave()

    def _look_around(self, presence: Presence, shows: str) -> None:
        presence.show(shows)
        signs = presence.others()
        others = tuple(sign.name for sign in signs)
        shown = tuple(sign.shows for sign in signs if sign.shows)
        if (others, shown) != (self.others, self.shown):
            self.others, self.shown = others, shown
            self._changed()
