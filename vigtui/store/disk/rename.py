"""What a plain rename cannot do: two files change names in one step, or one takes a name that must be free.

Linux and macOS do it on most kinds of disks. Elsewhere an OSError is raised, its number in `NOT_POSSIBLE`.
"""

import errno
import functools
import os
from collections.abc import Callable
from pathlib import Path

NOT_POSSIBLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_HERE = -100  # AT_FDCWD: a path that is not absolute begins in the working folder.
_LINUX_FREE, _LINUX_EXCHANGE = 1, 2
_MAC_EXCHANGE, _MAC_FREE = 2, 4


def exchange(one: Path, other: Path) -> None:
    """Let each of two files have the other's name. Raises OSError."""
    _rename(one, other, _LINUX_EXCHANGE, _MAC_EXCHANGE)


def take_free_name(path: Path, name: Path) -> None:
    """Rename a file. Raises FileExistsError when something has that name, or another OSError."""
    _rename(path, name, _LINUX_FREE, _MAC_FREE)


def _rename(path: Path, name: Path, linux: int, mac: int) -> None:
    call = system_rename()
    code = errno.ENOSYS if call is None else call(os.fsencode(path), os.fsencode(name), linux, mac)
    if code:
        raise OSError(code, os.strerror(code), str(path), None, str(name))


@functools.cache
def system_rename() -> Callable[[bytes, bytes, int, int], int] | None:
    """Return what calls the system and returns the number of the error, 0 for none. None where it cannot do
    either."""
    import ctypes  # Nobody waits for it before the first save.

    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        call = library.renameat2
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
        return lambda path, name, linux, _: ctypes.get_errno() if call(_HERE, path, _HERE, name, linux) else 0
    if hasattr(library, "renamex_np"):
        call = library.renamex_np
        call.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint]
        return lambda path, name, _, mac: ctypes.get_errno() if call(path, name, mac) else 0
    return None
