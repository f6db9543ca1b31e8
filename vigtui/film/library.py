"""The library of libmpv, loaded by the system while Python imports what it is needed with."""

import contextlib
import ctypes
import ctypes.util
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future

from vigtui.foreign.in_time import begun

_NAMES = ("libmpv.so.2", "libmpv.so.1")
_loading: list[Future[str]] = []


def begin_to_load() -> None:
    """Load libmpv on a thread of its own, for whoever is about to need it: with its two hundred libraries it
    takes as long as all that is imported meanwhile. Where it is not found nothing is said: `libmpv` does."""
    if sys.platform.startswith("linux") and not _loading:
        _loading.append(begun(_load, "libmpv"))


def _load() -> str:
    """Load libmpv, and return the name that it was found by; "" where it was not."""
    with contextlib.suppress(AttributeError, OSError):
        # As a function of C: `ctypes.CDLL` would hold on to the interpreter all the while.
        load = ctypes.CDLL(None).dlopen
        load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
        return next((name for name in _NAMES if load(name.encode("ascii"), os.RTLD_LAZY)), "")
    return ""


@contextlib.contextmanager
def found() -> Iterator[None]:
    """Spare python-mpv, which is imported meanwhile, the search for libmpv: a program of the system is run
    for that. Waits for what has begun to be loaded."""
    search, name = ctypes.util.find_library, _loading[0].result() if _loading else ""
    if name:
        ctypes.util.find_library = lambda _name: name  # type: ignore[assignment]
    try:
        yield
    finally:
        ctypes.util.find_library = search
