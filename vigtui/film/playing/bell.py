"""What wakes the thread that draws film."""

import ctypes
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

_SEMAPHORE_BYTES = 64
"""More than a `sem_t` takes on any Linux."""


class Bell:
    """Wakes the one thread that waits for it. libmpv rings it too, by the function at `address` with
    `context`: on Linux without Python, which takes as long to be entered from a thread of libmpv's as a
    picture takes to be drawn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._own, self._heard = 0, 0
        self._take: Callable[[], int]  # one ring, if there is one: then it returns 0
        # macOS has no semaphores without a name.
        self._library: Any = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
        if self._library:
            self._semaphore = ctypes.create_string_buffer(_SEMAPHORE_BYTES)
            self._at = ctypes.addressof(self._semaphore)
            self.context = ctypes.c_void_p(self._at)
            for function in (self._library.sem_post, self._library.sem_wait, self._library.sem_trywait):
                function.argtypes = (ctypes.c_void_p,)
            self._library.sem_init(self.context, 0, 0)
            rings: Any = self._library.sem_post
            self._take = partial(self._library.sem_trywait, self._at)
        else:
            self._rings = threading.Semaphore(0)
            self.context = ctypes.c_void_p()
            self._ring = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda _: self._rings.release())
            rings = self._ring
            self._take = lambda: not self._rings.acquire(blocking=False)
        self.address = ctypes.cast(rings, ctypes.c_void_p).value

    def ring(self) -> None:
        """Wake the thread."""
        with self._lock:
            self._own += 1
            if self._library:
                self._library.sem_post(self._at)
            else:
                self._rings.release()

    def wait(self) -> None:
        """Wait until somebody rings, or has since `heard`."""
        if not self._library:
            self._heard += self._rings.acquire()
        elif self._library.sem_wait(self._at) == 0:  # a signal ends the wait too
            self._heard += 1

    def heard(self) -> int:
        """How often libmpv has rung since this was asked last. Only for the thread that waits."""
        while self._take() == 0:
            self._heard += 1
        rings, self._heard = self._heard, 0
        if self._own:  # Each of ours is counted before it can be heard.
            with self._lock:
                while self._take() == 0:
                    rings += 1
                rings, self._own = rings - self._own, 0
        return rings
