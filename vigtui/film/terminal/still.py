"""A still of the film in pixels, for terminals that draw them: which way, how large, in how many bytes."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vigtui.film.picture.cells import Picture
from vigtui.film.terminal.kitty import kitty
from vigtui.film.terminal.questions import Pixels
from vigtui.film.terminal.sixel import sixel

_SIXEL_COLOURS = (256, 64, 32)
_MOST_PIXELS = 1_500_000
_LEAST_IN_A_CELL = 6
"""With fewer pixels than this a picture shows no more than cells do."""


class Way(StrEnum):
    """How pixels are sent."""

    KITTY = "kitty"
    SIXEL = "sixel"


@dataclass(frozen=True)
class Still:
    """A still to take: how it is sent, its pixels, how many rows of them from the top are shown, the cells
    they cover, and how many colours they may have."""

    way: Way
    width: int
    height: int
    shown_height: int
    columns: int
    rows: int
    colours: int


def plan(
    pixels: Pixels,
    cell: tuple[float, float],
    frame_size: tuple[int, int],
    columns: int,
    rows: int,
    *,
    at_bottom: bool = False,
) -> Still | None:
    """Return the still for a picture of so many cells, at a terminal that says it can do `pixels`.

    `cell` is the size of a cell in pixels now, (0, 0) where unknown, and `frame_size` the film's in pixels.
    None when the terminal shows no pixels, or not so many. A sixel picture `at_bottom` of the screen would
    scroll it, and is shown without its last row of cells.
    """
    # With a border, as of xterm, the system's number is more than a cell's, though less than a pixel more.
    whole = (int(cell[0]), int(cell[1]))
    across, down = cell if all(cell) and whole != pixels.cell else pixels.cell
    if not (across and down):
        across, down = (10, 20) if pixels.kitty else (0, 0)
    width, height = int(across * columns), int(down * rows)
    shown_height = int(down * (rows - 1)) if at_bottom else height
    if pixels.kitty:
        # The terminal scales: more than the film has would be bytes for nothing.
        width, height = (min(pair) for pair in zip((width, height), frame_size, strict=True))
        way, shown_height = Way.KITTY, height
    elif pixels.sixel:
        way = Way.SIXEL
        if any(most and size > most for size, most in zip((width, height), pixels.largest, strict=True)):
            return None
    else:
        return None
    if not _LEAST_IN_A_CELL * columns * rows <= width * height <= _MOST_PIXELS:
        return None
    return Still(way, width, height, shown_height, columns, rows, pixels.colours or max(_SIXEL_COLOURS))


def written(still: Still, picture: Picture, number: int, most: int) -> bytes | None:
    """Return the escape sequences that draw `picture`, of the still's size, at the cursor, in at most so many
    bytes: with fewer pixels or fewer colours if need be. None when it would then show no more than cells.

    `number` is the picture's own at the terminal.
    """
    if still.way is Way.SIXEL:
        picture = picture[: still.shown_height]
        for colours in _SIXEL_COLOURS:
            if colours <= still.colours and len(words := sixel(picture, colours)) <= most:
                return words
        return None
    while picture.size >= 3 * _LEAST_IN_A_CELL * still.columns * still.rows:
        words = kitty(picture, number, still.columns, still.rows)
        if len(words) <= most:
            return words
        picture = shrunk(picture, 0.95 * (most / len(words)) ** 0.5)
    return None


def shrunk(picture: Picture, factor: float) -> Picture:
    """Return `picture` at `factor` times its width and height, less than 1: each pixel the mean of those it
    stands for."""
    sums = picture.astype(np.uint32)
    counts = np.ones((1, 1, 1), np.uint32)
    for axis in (0, 1):
        size = picture.shape[axis]
        starts = np.arange(max(1, int(size * factor))) * size // max(1, int(size * factor))
        sums = np.add.reduceat(sums, starts, axis=axis)
        lengths = np.diff(starts, append=size)
        counts = counts * np.expand_dims(lengths, (1 - axis, 2))
    return np.asarray((sums + counts // 2) // counts, np.uint8)
