"""libmpv itself: loading it, and ending its cores. The only module that imports mpv."""

import contextlib
import ctypes
import locale
import os
import sys
import threading
from typing import Any

from vigtui.film.errors import FilmDamaged, LibraryMissing
from vigtui.values.text import one_line

SECONDS_TO_CLOSE = 2.0
_ARENAS, _MAPPED_FROM = -8, -3  # glibc's M_ARENA_MAX and M_MMAP_THRESHOLD


def libmpv() -> Any:
    """Return the `mpv` module, loading libmpv on the first call. Raises `LibraryMissing`."""
    if sys.platform == "darwin":
        # Where Homebrew puts libraries; a Python from elsewhere does not look there.
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    elif sys.platform.startswith("linux") and "mpv" not in sys.modules:
        _hold_little_memory()
    try:
        import mpv
    except (ImportError, OSError) as error:
        raise LibraryMissing(
            "Film needs libmpv, which is not installed. "
            "Debian and Ubuntu: sudo apt install libmpv2. macOS: brew install mpv."
        ) from error
    # libmpv makes no core while numbers are written with a decimal comma.
    locale.setlocale(locale.LC_NUMERIC, "C")
    return mpv


def _hold_little_memory() -> None:
    """Keep glibc from holding on to the memory of films that were closed, a part for each thread there was:
    without this it doubles within a dozen films."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_ARENAS, 2)
        library.mallopt(_MAPPED_FROM, 1 << 18)


def give_memory_back() -> None:
    """Give the system what glibc still holds on to of films and pictures that are gone. Takes a millisecond;
    does nothing where there is no glibc."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def end_core(core: Any) -> None:
    """Close a libmpv core, in bounded time even when it hangs."""
    thread = threading.Thread(target=core.terminate, name="film end", daemon=True)
    thread.start()
    thread.join(SECONDS_TO_CLOSE)
    give_memory_back()


def damaged(name: str) -> FilmDamaged:
    """What to raise or say about the film of this name that libmpv opens and cannot play."""
    return FilmDamaged(
        f"{one_line(name)} cannot be played: the film is damaged, or of a kind that libmpv cannot read."
    )
