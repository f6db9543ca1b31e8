"""Who goes first when the processor has too little time for all: keys and typing before film, always."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

FILM, SOUND_LINE = 5, 10
"""How much threads give way: those of film that is played, and those that look through a film's sound. At 5 a
thread gets a third of the time of one that gives no way, which sound that is heard never needs."""


def give_way(niceness: int) -> None:
    """Let others go before this thread, and before those that it starts from now on. It is not taken back.

    Only Linux knows that of a single thread; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(niceness, os.getpriority(os.PRIO_PROCESS, thread)))


def giving_way(make: Callable[[], T], niceness: int) -> T:
    """Return what `make` makes. The threads that it starts give way, the calling one does not."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, initializer=give_way, initargs=(niceness,)) as threads:
        return threads.submit(make).result()
