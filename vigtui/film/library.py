"""The library of libmpv, loaded by the system while Python imports what it is needed with; what libraries of
film are told by the environment; and what they took while they were loaded, given back."""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from threading import Thread

from vigtui.values.memory import hold_little_memory

_SAID_BY_NOBODY = {
    # Nothing here multiplies matrices: threads for that, one for each core, would look for work in vain.
    "OPENBLAS_NUM_THREADS": "1",
    # What libva has to say of itself would be written over the screen.
    "LIBVA_MESSAGING_LEVEL": "0",
}
_ON_MACOS = {"DYLD_FALLBACK_LIBRARY_PATH": "/opt/homebrew/lib:/usr/local/lib:/usr/lib"}
"""Where Homebrew puts libraries; a Python from elsewhere does not look there."""
_GRAPHICS = {"EGL_LOG_LEVEL": "fatal", "LIBGL_DEBUG": "quiet", "MESA_DEBUG": "silent"}
"""What graphics drivers complain of would be written over the screen, too."""
_NAMES = ("libmpv.so.2", "libmpv.so.1")
# The system loads one library at a time: these, which are small, would wait for libmpv.
_COMPILED = (
    *("_ctypes", "_datetime", "_heapq", "_opcode", "_queue"),
    *("math", "select", "termios", "unicodedata"),
)

# Parts of libraries, as Linux tells of them (proc(5)): all; those that are as in their files, and stay so.
_LIBRARY = rb"(?m)^\S+ (?:\S+ +){4}(/\S+\.so\S*)$"
_AS_IN_ITS_FILE = (
    rb"(?m)^([0-9a-f]+)-([0-9a-f]+) r-.p (?:\S+ +){3}(/\S+\.so\S*)\n(?:[A-Z].*\n)*?Anonymous: +0 kB$"
)
_DONT_NEED = 4  # MADV_DONTNEED


@cache
def prepare_environment() -> None:
    """Say it, once. The program does so before it has a second thread: a library that looks something up
    while the environment is written, as many do while they are loaded, ends the program (getenv(3))."""
    for name, value in (_SAID_BY_NOBODY | (_ON_MACOS if sys.platform == "darwin" else {})).items():
        os.environ.setdefault(name, value)
    os.environ.update(_GRAPHICS)


class _Loading(Thread):
    """Loads libmpv. `found` is the name that it was found by; "" while it was not."""

    def __init__(self) -> None:
        super().__init__(name="libmpv", daemon=True)
        self.found = ""

    def run(self) -> None:
        import ctypes

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
        hold_little_memory()
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


def let_go_of_loading() -> None:
    """Let the system have back what libraries were read for while they were loaded, which is most of them:
    what is needed once more is there again, from their files. Takes 30 ms; does nothing but on Linux."""
    import ctypes
    import re
    from pathlib import Path

    with contextlib.suppress(OSError, AttributeError):
        present = set(re.findall(_LIBRARY, Path("/proc/self/maps").read_bytes()))
        system = ctypes.CDLL(None)
        system.dlopen.argtypes, system.dlopen.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
        system.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        # Each is held on to: it cannot go meanwhile, and leave its place to something else.
        held = {path for path in present if system.dlopen(path, os.RTLD_LAZY | os.RTLD_NOLOAD)}
        # One after the other, so that the screen has its turn in between.
        for part in re.finditer(_AS_IN_ITS_FILE, Path("/proc/self/smaps").read_bytes()):
            start, end, path = part.groups()
            if path in held:
                system.madvise(int(start, 16), int(end, 16) - int(start, 16), _DONT_NEED)
