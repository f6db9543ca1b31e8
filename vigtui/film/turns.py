"""Who goes first when the processor has too little time for all: keys and typing before film, always."""

import contextlib
import os
import sys
import threading

FILM, SOUND_LINE = 5, 10
"""How much threads give way: the one that draws a film's pictures, and those that look through its sound.
At 5 a thread gets a third of the time of one that gives no way."""


def give_way(niceness: int) -> None:
    """Let others go before this thread, and before those that it starts from now on. It is not taken back.

    Only Linux knows that of a single thread; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(niceness, os.getpriority(os.PRIO_PROCESS, thread)))
