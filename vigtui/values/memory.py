"""Memory that is free, and that the system does not have back yet."""

import contextlib


def give_memory_back() -> None:
    """Give the system what glibc still holds on to of what is gone: files that were read, films, pictures.
    Takes a millisecond; does nothing where there is no glibc."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
