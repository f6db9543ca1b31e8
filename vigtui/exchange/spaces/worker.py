"""The thread that keeps a caseload in step with its space."""

import contextlib
import threading
from collections.abc import Callable

from vigtui.exchange.spaces.membership import load_membership
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.standing import Standing
from vigtui.store.caseload import Caseload

SECONDS = 1.0
_SECONDS_TO_STOP = 10.0


class SpaceWorker:
    """Works in a thread of its own from `start` until `stop`. `changed` is called in that thread whenever the
    `standing` changes."""

    def __init__(self, space: Space, changed: Callable[[], None] = lambda: None) -> None:
        self.standing: Standing | None = None
        self._space, self._changed = space, changed
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="space", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is not sent yet, and look no more. A folder that does not answer holds nobody up for
        longer than ten seconds. Call it before the caseload is closed."""
        self._stopping.set()
        self._thread.join(_SECONDS_TO_STOP)

    def _run(self) -> None:
        while True:
            # Whatever is wrong with one look, there is a next one.
            with contextlib.suppress(Exception):
                self._space.work()
                self._tell()
            if self._stopping.wait(SECONDS):
                break
        with contextlib.suppress(Exception):
            self._space.leave()

    def _tell(self) -> None:
        standing = self._space.standing
        if standing != self.standing:
            self.standing = standing
            self._changed()


def worker_for(caseload: Caseload, changed: Callable[[], None] = lambda: None) -> SpaceWorker | None:
    """Return the worker of a caseload's space, not started; None where it is in no space."""
    membership = None if caseload.read_only else load_membership(caseload)
    return None if membership is None else SpaceWorker(Space(caseload, membership), changed)
