"""A line of the film: to the terminal as what changed, to everything else as ordinary segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:  # It loads numpy, which nobody waits for before film is shown.
    from vigtui.film.terminal.wire import Wire


class FilmStrip(Strip):
    """Columns `start` up to `end` of a row of a `Wire`, drawn at this price of a byte.

    `whole` sends every cell, else those that changed. `divided` is called when the compositor cuts the strip,
    with the row, and the first column and the one after the last of each part.
    """

    __slots__ = ("_divided", "_end", "_price", "_row", "_start", "_whole", "_wire")

    def __init__(
        self,
        wire: Wire,
        row: int,
        start: int,
        end: int,
        price: float,
        divided: Callable[[int, list[tuple[int, int]]], None],
        *,
        whole: bool,
    ) -> None:
        self._wire, self._row, self._start, self._end = wire, row, start, end
        self._price, self._divided, self._whole = price, divided, whole
        super().__init__((), end - start)

    @property
    def _segments(self) -> list[Segment]:
        return [
            Segment(text, Style(color=_colour(fore), bgcolor=_colour(back)))
            for text, fore, back in self._wire.runs(self._row, self._start, self._end)
        ]

    @_segments.setter
    def _segments(self, segments: list[Segment]) -> None:
        """What `Strip` sets when it is made; the wire has the segments."""

    def crop(self, start: int, end: int | None = None) -> Strip:
        start = max(0, start)
        end = self.cell_length if end is None else min(end, self.cell_length)
        return self._part(start, end) if start < end else Strip([], 0)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        inside = [cut for cut in cuts if cut <= self.cell_length]
        parts = list(zip([0, *inside], inside, strict=False))
        self._divided(self._row, [(self._start + start, self._start + end) for start, end in parts])
        return [self._part(start, end) for start, end in parts]

    def render(self, _console: Console) -> str:
        return self._wire.take(self._row, self._start, self._end, self._price, whole=self._whole)

    def _part(self, start: int, end: int) -> Strip:
        return FilmStrip(
            self._wire,
            self._row,
            self._start + start,
            self._start + end,
            self._price,
            self._divided,
            whole=self._whole,
        )


def _colour(rgb: int) -> Color:
    return Color.from_rgb(rgb >> 16, rgb >> 8 & 255, rgb & 255)
