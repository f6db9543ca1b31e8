"""A sentence in place of the screen, while the terminal is too small for any."""

import textwrap
from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.events import Resize
from textual.geometry import Region, Size
from textual.strip import Strip

from vigtui.ui.widgets.keys.said import key_for
from vigtui.values.window_size import LEAST_COLUMNS, LEAST_ROWS

_LEAST = Size(LEAST_COLUMNS, LEAST_ROWS)


class SmallWindow:
    """Knows the terminal's size. Screens are never laid out for less than the least: they stay as they are
    behind the sentence."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._size = _LEAST

    @property
    def is_too_small(self) -> bool:
        """Whether nothing but the sentence is shown."""
        return self._size.width < LEAST_COLUMNS or self._size.height < LEAST_ROWS

    def resized(self, event: Resize) -> Resize:
        """Take note of the terminal's size; return what the screens hear of it."""
        self._size = event.size
        if not self.is_too_small:
            return event
        size = Size(max(event.size.width, LEAST_COLUMNS), max(event.size.height, LEAST_ROWS))
        return Resize(size, size, pixel_size=event.pixel_size)

    def sentence(self) -> LayoutUpdate:
        """What draws the sentence on all of the terminal."""
        width, height = self._size
        words = (
            f"The window is too small: {width} by {height}. Make it at least {LEAST_COLUMNS} by "
            f"{LEAST_ROWS}. Nothing is lost; {key_for(self._app, 'app.quit_now')} saves and leaves."
        )
        lines = textwrap.wrap(words, max(1, width))[:height]
        lines = [""] * ((height - len(lines)) // 2) + lines
        colours = self._app.theme_variables
        style = Style(color=colours["foreground"], bgcolor=colours["background"])
        lines += [""] * (height - len(lines))
        rows: list[Iterable[Strip]] = [[Strip([Segment(line.center(width), style)], width)] for line in lines]
        return LayoutUpdate(rows, Region(0, 0, width, height))
