"""Waiting for a disk no longer than a person does: a network folder may hold up whoever asks for minutes."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_FOR_EARLIER = 0.5
_left: dict[Path, threading.Thread] = {}
"""The thread that asked last about a file or folder. Whoever asks every few seconds leaves one behind, not
one each time."""
_asking = threading.Lock()


def begun(task: Callable[[], T], name: str) -> Future[T]:
    """Begin `task` on a thread of its own, called `name`, and return what will come of it. The thread ends
    with the program: whoever leaves waits for no disk."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # Nobody who does not wait any more takes back what has begun.

    def run() -> None:
        try:
            found = task()
        except BaseException as error:  # It is raised where the result is asked for.
            future.set_exception(error)
        else:
            future.set_result(found)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future


def in_time(
    task: Callable[[], T],
    seconds: float,
    stopped: Callable[[], bool] = lambda: False,
    *,
    about: Path | None = None,
) -> T:
    """Return what `task` does, in a thread of its own. Raises TimeoutError, an OSError, where that takes
    longer or is `stopped`: the thread is then left to itself, and ends with the program. While one that was
    left waits for the disk, nothing more is asked `about` the same file or folder: TimeoutError as well.
    Raises what `task` does."""
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(task())
        except BaseException as error:  # It is raised where it was asked for.
            failed.append(error)

    thread = threading.Thread(target=run, name="in time", daemon=True)
    if not _started(thread, about, min(seconds, SECONDS_FOR_EARLIER)):
        raise TimeoutError("it does not answer")
    until = time.monotonic() + seconds
    while thread.is_alive() and (left := until - time.monotonic()) > 0 and not stopped():
        thread.join(min(left, _SECONDS_BETWEEN_LOOKS))
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError("it does not answer")
    return found[0]


def _started(thread: threading.Thread, about: Path | None, patience: float) -> bool:
    """Start a thread unless an earlier one still waits. That which was only stopped ends in a moment."""
    if about is None:
        thread.start()
        return True
    earlier = _left.get(about)
    if earlier is not None:
        earlier.join(patience)
    with _asking:
        now = _left.get(about)
        if now is not None and now.is_alive():
            return False
        _left[about] = thread
        thread.start()
    return True
