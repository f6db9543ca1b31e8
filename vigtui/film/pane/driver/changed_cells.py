"""What the terminal shows besides film, so that only what changed is sent."""

from collections.abc import Iterator
from typing import cast

from rich.console import (
    COLOR_SYSTEMS,
    Console,
    ConsoleOptions,
    ConsoleRenderable,
    RenderableType,
    RenderResult,
)
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from vigtui.film.pane.driver.cells import Cells, Writer
from vigtui.film.pane.driver.pens import cells_of
from vigtui.film.pane.strip import FilmStrip
from vigtui.values.signs import Letters, in_letters


class Shown:
    """What the terminal shows, cell by cell.

    `erases` says whether the terminal erases with the ground in hand, `letters` what it can show: all is
    written in those. Nothing is known of cells that film is drawn in, nor of anything after `forget`, nor
    once a screen of another size is drawn: Textual goes on drawing for the old one for a moment after it has
    heard of the new one, and a terminal puts what is beyond its edges into its last column and row.
    """

    def __init__(self, *, erases: bool, letters: Letters = Letters.ALL) -> None:
        self._erases = erases
        self.letters = letters
        self._rows: dict[int, Cells] = {}
        self._size: tuple[int, int] | None = None

    def forget(self) -> None:
        """Anything may be on the terminal."""
        self._rows.clear()

    def take(self, rows: dict[int, Cells], size: tuple[int, int]) -> None:
        """These cells are on the terminal, written by somebody else for so many columns and rows."""
        self._rows, self._size = dict(rows), size

    def only_changes(self, update: RenderableType | None) -> RenderableType | None:
        """Return an update that draws the same."""
        return Changes(update, self) if isinstance(update, CompositorUpdate) else update

    def changes(self, update: CompositorUpdate, console: Console) -> str:
        """Return what draws this update."""
        size = _size_of(update)
        if size != self._size:
            self.forget()
            self._size = size
        writer = Writer(size[0], erases=self._erases)
        system = COLOR_SYSTEMS[console.color_system or "truecolor"]
        for row, column, strip in _parts(update):
            shown = self._rows.setdefault(row, [])
            shown.extend([None] * (column + strip.cell_length - len(shown)))
            end = column + strip.cell_length
            if not isinstance(strip, FilmStrip) and self.letters is not Letters.ALL:
                strip = _in_letters(strip, self.letters)
            cells = None if isinstance(strip, FilmStrip) else cells_of(strip, strip.cell_length, system)
            if cells is None:
                writer.put(row, column, strip.render(console))
                shown[column:end] = [None] * strip.cell_length
            elif cells != shown[column:end]:
                writer.draw(row, column, cells, shown[column:end])
                shown[column:end] = cells
        return writer.text


def _in_letters(strip: Strip, letters: Letters) -> Strip:
    segments = [segment._replace(text=in_letters(segment.text, letters)) for segment in strip]
    return Strip(segments, strip.cell_length)


def _size_of(update: CompositorUpdate) -> tuple[int, int]:
    """The columns and rows of the screen that an update is a part of."""
    if isinstance(update, ChopsUpdate):
        return update.chop_ends[0][-1], len(update.chop_ends)
    return update.region.size if isinstance(update, LayoutUpdate) else (0, 0)


def _parts(update: CompositorUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update, each with the row and the column where it begins."""
    if isinstance(update, LayoutUpdate):
        for row, line in enumerate(update.strips, update.region.y):
            column = update.region.x
            for strip in line:
                yield row, column, strip
                column += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for row, first, last in update.spans:
            for end, (column, chop) in zip(update.chop_ends[row], update.chops[row].items(), strict=False):
                if chop is not None and column < last and end > first:
                    yield row, column, chop if end <= last else chop.crop(0, last - column)


class Changes(CompositorUpdate):
    """An update of which only what is not on the terminal yet is sent."""

    def __init__(self, update: CompositorUpdate, shown: Shown) -> None:
        self._update, self._shown = update, shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(cast("ConsoleRenderable", self._update), options)

    def render_segments(self, console: Console) -> str:
        return self._shown.changes(self._update, console)
