"""Plays a film through libmpv and hands out its pictures. The only module that imports mpv."""

from typing import Any

from vigtui.video.errors import LibraryMissing

QUIET: dict[str, object] = {
    "config": False,
    "load_scripts": False,
    "ytdl": False,
    "terminal": False,
}
"""Options of every libmpv core: nothing of the user's own mpv, nothing from the network."""


def libmpv() -> Any:
    """Return the `mpv` module, loading libmpv on the first call. Raises `LibraryMissing`."""
    try:
        import mpv
    except (ImportError, OSError) as error:
        raise LibraryMissing(
            "Film needs libmpv, which is not installed. "
            "Debian and Ubuntu: sudo apt install libmpv2. macOS: brew install mpv."
        ) from error
    return mpv
