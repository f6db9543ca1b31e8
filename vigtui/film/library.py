"""The library of libmpv, loaded by the system while Python imports what it is needed with."""

import contextlib
import ctypes
import importlib
import os
import sys
from collections.abc import Iterator
from threading import Thread

_NAMES = ("libmpv.so.2", "libmpv.so.1")
# The system loads one library at a time: these, which are small, would wait for libmpv.
_COMPILED = ("_datetime", "_heapq", "_opcode", "_queue", "math", "select", "termios", "unicodedata")


class _Loading(Thread):
    """Loads libmpv. `found` is the name that it was found by; "" while it was not."""

    def __init__(self) -> None:
        super().__init__(name="libmpv", daemon=True)
        self.found = ""

    def run(self) -> None:
        with contextlib.suppress(AttributeError, OSError):
            # As a function of C: `ctypes.CDLL` would hold on to the interpreter all the while.
            load = ctypes.CDLL(None).dlopen
            load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
            found = (name for name in _NAMES if load(name.encode("ascii"), os.RTLD_LAZY))
            self.found = next(found, "")


_loading: list[_Loading] = []


def begin_to_load() -> None:
    """Load libmpv on a thread of its own, for whoever is about to need it: with its two hundred libraries it
    takes as long as all that is imported meanwhile. Where it is not found nothing is said: `libmpv` does."""
    if sys.platform.startswith("linux") and not _loading:
        for name in _COMPILED:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        _loading.append(_Loading())
        _loading[0].start()


@contextlib.contextmanager
def found() -> Iterator[None]:
    """Spare python-mpv, which is imported meanwhile, the search for libmpv: a program of the system is run
    for that. Waits for what has begun to be loaded."""
    import ctypes.util

    for loading in _loading:
        loading.join()
    search, loaded = ctypes.util.find_library, _loading[0].found if _loading else ""
    if loaded:
        ctypes.util.find_library = lambda name: loaded if name == "mpv" else search(name)
    try:
        yield
    finally:
        ctypes.util.find_library = search
