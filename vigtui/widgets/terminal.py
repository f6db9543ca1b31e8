"""What the terminal is like, for the film: its colours, the shape of its cells, and its answers."""

import struct
import sys

from textual.app import App, ReturnType
from textual.events import CursorPosition

from vigtui.video.depth import CELL_HEIGHT, Depth

_LIKELY_CELL_HEIGHTS = (1.4, 3.0)


class FilmApp(App[ReturnType]):
    """An app with film in it. It passes on the terminal's answers, which give the film its pace."""

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The terminal has drawn everything up to a request for the cursor's position."""
        for screen in self.screen_stack:
            for pane in screen.query("VideoPane"):
                pane.post_message(CursorPosition(event.x, event.y))


def depth_of(app: App[object]) -> Depth:
    """How many colours the app's terminal has."""
    return {"truecolor": Depth.TRUECOLOR, "256": Depth.PALETTE}.get(
        app.console.color_system or "", Depth.ANSI
    )


def cell_height() -> float:
    """A cell's height over its width, where the terminal says it and it is credible; else `CELL_HEIGHT`."""
    try:
        import fcntl
        import termios

        size = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, bytes(8))  # type: ignore[union-attr]
    except (ImportError, OSError, AttributeError, ValueError):
        return CELL_HEIGHT
    rows, columns, width, height = struct.unpack("4H", size)
    if not (rows and columns and width and height):
        return CELL_HEIGHT
    ratio = (height / rows) / (width / columns)
    lowest, highest = _LIKELY_CELL_HEIGHTS
    return ratio if lowest <= ratio <= highest else CELL_HEIGHT
