"""Memory: when nobody looks for what is no longer used in it, and what is free given back to the system."""

import contextlib
import gc
import sys
from collections.abc import Iterator
from functools import cache

_ARENAS, _MAPPED_FROM = -8, -3  # glibc's M_ARENA_MAX and M_MMAP_THRESHOLD


@contextlib.contextmanager
def not_collecting() -> Iterator[None]:
    """Suspend the garbage collector while many records are read, compared or changed: they hold no circles,
    and it would go over all of them again and again, on whichever thread it comes to, the screen's too."""
    if not gc.isenabled():  # Whoever suspended it, as for the start, ends that.
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def hold_little_memory() -> None:
    """Keep glibc from holding on to what is gone, a part for each thread there was: without this the program
    doubles within a dozen films. Threads that there are have their parts already."""
    if sys.platform.startswith("linux"):
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            library.mallopt(_ARENAS, 2)
            library.mallopt(_MAPPED_FROM, 1 << 18)


def give_memory_back() -> None:
    """Give the system what glibc still holds on to of what is gone: files that were read, films, pictures.
    Takes a millisecond; does nothing where there is no glibc."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
