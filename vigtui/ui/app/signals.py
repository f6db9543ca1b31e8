"""Leaving safely when the connection drops (SIGHUP), the machine shuts down (SIGTERM), or it is asked for
(SIGINT: in the terminal itself ctrl+C is a key)."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

# How long the screen may take to go away after everything is saved, in seconds.
_GRACE = 3.0


def leave_on_signals(save: Callable[[], None], leave: Callable[[], None]) -> None:
    """On SIGHUP, SIGINT or SIGTERM run `save`, then `leave`, then end the process with status 128 + signal.

    Both run on a thread of their own, so that a screen which waits for a dead terminal cannot hold up the
    saving. `leave` asks the app to end; where it has not ended a few seconds later, the process ends anyway.
    Call it from the main thread.
    """
    leaving = threading.Lock()

    def go(number: int) -> None:
        try:
            save()
            leave()
        finally:
            threading.Event().wait(_GRACE)
            os._exit(128 + number)

    def handle(number: int, _frame: FrameType | None) -> None:
        if leaving.acquire(blocking=False):
            threading.Thread(target=go, args=(number,), name="leaving", daemon=True).start()

    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), handle)
