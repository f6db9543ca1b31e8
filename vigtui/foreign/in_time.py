"""Waiting for a disk no longer than a person does: a network folder may hold up whoever asks for minutes."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_SECONDS_BETWEEN_LOOKS = 0.1


def in_time(task: Callable[[], T], seconds: float, stopped: Callable[[], bool] = lambda: False) -> T:
    """Return what `task` does, in a thread of its own. Raises TimeoutError, an OSError, where that takes
    longer or is `stopped`: the thread is then left to itself, and ends with the program. Raises what `task`
    does."""
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(task())
        except BaseException as error:  # It is raised where it was asked for.
            failed.append(error)

    thread = threading.Thread(target=run, name="in time", daemon=True)
    thread.start()
    until = time.monotonic() + seconds
    while thread.is_alive() and (left := until - time.monotonic()) > 0 and not stopped():
        thread.join(min(left, _SECONDS_BETWEEN_LOOKS))
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError("it does not answer")
    return found[0]
