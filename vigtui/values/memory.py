"""Memory: when nobody looks for what is no longer used in it, and what is free given back to the system."""

import contextlib
import gc
from collections.abc import Iterator


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


def give_memory_back() -> None:
    """Give the system what glibc still holds on to of what is gone: files that were read, films, pictures.
    Takes a millisecond; does nothing where there is no glibc."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
