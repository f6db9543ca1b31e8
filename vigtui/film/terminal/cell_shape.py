"""How large a terminal's cells are."""

import struct

from vigtui.film.picture.depth import CELL_HEIGHT

_OUTPUT = 1
_LIKELY_CELL_HEIGHTS = (1.4, 3.0)


def cell_size() -> tuple[float, float]:
    """A cell's width and height in pixels, (0, 0) where the system does not know it."""
    try:
        import fcntl
        import termios

        size = fcntl.ioctl(_OUTPUT, termios.TIOCGWINSZ, bytes(8))
    except (ImportError, OSError):
        return (0, 0)
    rows, columns, width, height = struct.unpack("4H", size)
    return (width / columns, height / rows) if rows and columns and width and height else (0, 0)


def cell_height() -> float:
    """A cell's height over its width, where the terminal says it and it is credible; else `CELL_HEIGHT`."""
    width, height = cell_size()
    if not width:
        return CELL_HEIGHT
    ratio = height / width
    lowest, highest = _LIKELY_CELL_HEIGHTS
    return ratio if lowest <= ratio <= highest else CELL_HEIGHT
