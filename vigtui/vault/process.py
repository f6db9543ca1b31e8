"""Keeping what is in this program's memory from the disk and from other programs of the same person."""

import contextlib
import sys

_SET_DUMPABLE = 4  # PR_SET_DUMPABLE


def keep_memory_private() -> None:
    """Have no crash write this program's memory to the disk, and no other program of the same person read it,
    where the system can do that. Costs next to nothing when it was done before."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
