"""Cells to the wire: which cells the terminal must be sent, and the shortest escapes that draw them.

`Wire` remembers what the terminal shows. What may have been drawn over is not known to be there any more,
and is sent again.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vigtui.video.cells import Cells, Colours, blank, difference
from vigtui.video.depth import Depth
from vigtui.video.glyphs import complements
from vigtui.video.palette import codes, colour_of

NOTICEABLE = 10
"""The least change of a colour channel (0-255) that is sent while film plays. Less is noise to the eye."""

_RESET = "\x1b[0m"


class Wire:
    """What a grid of cells on a terminal shows, and what it shall show.

    `offer` says what it shall show. Then each row that is drawn is begun with `begin`, and `take` gives the
    text that draws a part of it, which the caller must send. One colour stands for all that are called the
    same on a terminal of this `depth`. Without `blocks` a glyph is never drawn by its complement.
    """

    def __init__(self, rows: int, columns: int, depth: Depth, *, blocks: bool = True) -> None:
        self.depth = depth
        self._complements = complements() if blocks else {}
        self._wanted = blank(rows, columns, 0)
        self._shown = blank(rows, columns, 0)
        self._changed = np.ones((rows, columns), bool)
        self._known = np.zeros((rows, columns), bool)
        self._known_before = np.zeros((rows, columns), bool)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._wanted.shape

    def forget(self, rows: slice = slice(None)) -> None:
        """Know no more what these rows show: something may have been drawn over them."""
        self._known[rows] = False

    def offer(self, cells: Cells) -> list[int]:
        """Want `cells`, of this grid's shape, to be shown. Returns the rows that must be drawn for it."""
        changed: NDArray[np.bool_] = difference(cells, self._shown) >= NOTICEABLE
        if self.depth is not Depth.TRUECOLOR:
            changed &= (
                (self._codes(cells.foreground) != self._codes(self._shown.foreground))
                | (self._codes(cells.background) != self._codes(self._shown.background))
                | (cells.glyphs != self._shown.glyphs)
            )
        self._wanted = cells
        self._changed = changed | ~self._known
        rows: list[int] = np.flatnonzero(self._changed.any(axis=1)).tolist()
        return rows

    def begin(self, row: int) -> None:
        """Draw a row anew. Those of its parts that are not taken now are covered by something."""
        self._known_before[row] = self._known[row]
        self._known[row] = False

    def take(self, row: int, start: int, end: int, *, whole: bool) -> str:
        """Return the text that draws columns `start` up to `end` of a row and takes the cursor from one to
        the other. `whole` draws every cell, else only what changed is drawn."""
        place = np.s_[row, start:end]
        send = np.ones(end - start, bool) if whole else self._changed[place] | ~self._known_before[place]
        for shown, wanted in (
            (self._shown.glyphs, self._wanted.glyphs),
            (self._shown.foreground, self._wanted.foreground),
            (self._shown.background, self._wanted.background),
        ):
            np.copyto(shown[place], wanted[place], where=send)
        self._changed[place] = False
        self._known[place] = True
        glyphs = self._wanted.glyphs[place].tolist()
        colours = self._row_codes(row, start, end)
        return _text(glyphs, *colours, np.flatnonzero(send).tolist(), self.depth, self._complements)

    def runs(self, row: int, start: int, end: int) -> list[tuple[str, int, int]]:
        """Return a part of a row as it shall be shown: text, and its two colours as 0xRRGGBB."""
        runs: list[tuple[str, int, int]] = []
        for glyph, *pair in zip(
            self._wanted.glyphs[row, start:end].tolist(), *self._row_codes(row, start, end), strict=True
        ):
            fore, back = (colour_of(code, self.depth) for code in pair)
            if runs and runs[-1][1:] == (fore, back):
                runs[-1] = (runs[-1][0] + chr(glyph), fore, back)
            else:
                runs.append((chr(glyph), fore, back))
        return runs

    def _row_codes(self, row: int, start: int, end: int) -> tuple[list[int], list[int]]:
        fore = self._codes(self._wanted.foreground[row, start:end])
        back = self._codes(self._wanted.background[row, start:end])
        return fore.tolist(), back.tolist()

    def _codes(self, colours: Colours) -> Colours:
        return codes(colours, self.depth)


def _text(
    glyphs: list[int],
    fore: list[int],
    back: list[int],
    columns: list[int],
    depth: Depth,
    complements: dict[str, str],
) -> str:
    """The text that draws the cells at `columns` of a row, setting no colour that is set already."""
    text: list[str] = []
    cursor = 0
    front = behind = -1
    for column in columns:
        if column != cursor:
            text.append(f"\x1b[{column - cursor}C")
        cursor = column + 1
        shape = " " if fore[column] == back[column] else chr(glyphs[column])
        glyph, new_front, new_behind = _cheapest(
            shape, complements.get(shape), fore[column], back[column], front, behind
        )
        setters = []
        if new_front != front:
            setters.append(_setter(new_front, 30, depth))
        if new_behind != behind:
            setters.append(_setter(new_behind, 40, depth))
        if setters:
            text.append(f"\x1b[{';'.join(setters)}m")
        text.append(glyph)
        front, behind = new_front, new_behind
    if text:
        text.append(_RESET)
    if cursor != len(fore):
        text.append(f"\x1b[{len(fore) - cursor}C")
    return "".join(text)


def _cheapest(
    shape: str, complement: str | None, fore: int, back: int, front: int, behind: int
) -> tuple[str, int, int]:
    """A glyph that shows the same with the fewest changes to the set colours, and those set then."""
    if shape == " ":
        return (complement, front, behind) if complement and back == front != behind else (" ", front, back)
    if complement and (fore != behind) + (back != front) < (fore != front) + (back != behind):
        return complement, back, fore
    return shape, fore, back


@lru_cache(maxsize=4096)
def _setter(code: int, base: int, depth: Depth) -> str:
    """The parameters of the escape that sets a colour; `base` is 30 for the front, 40 for behind."""
    if depth is Depth.TRUECOLOR:
        return f"{base + 8};2;{code >> 16};{code >> 8 & 255};{code & 255}"
    if depth in (Depth.PALETTE, Depth.GREY):
        return f"{base + 8};5;{code}"
    return str(base + code if code < 8 else base + 52 + code)
