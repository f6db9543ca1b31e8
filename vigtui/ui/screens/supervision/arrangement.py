"""How two films and the notes share the screen, so that both pictures are as large as can be."""

from dataclasses import dataclass
from enum import StrEnum

from vigtui.film.picture.depth import CELL_HEIGHT

SIDE_BY_SIDE_FROM = 100
"""Columns of terminal from which two films are side by side."""
NOTES_UNDER_BELOW = 80
"""Columns below which the notes are under one film instead of beside it."""

_NOTES_ROWS, _NOTES_SHARE = 10, 0.4
_WIDE_FROM = 120
_NOTES_COLUMNS, _WIDE_NOTES_COLUMNS = 41, 57
_AROUND_PICTURE = 3
_SMALLEST_PICTURE = 32
_FILM_SHAPE = 16 / 9


class Way(StrEnum):
    """The names are CSS classes."""

    ONE = "-one"
    """One film at a time, beside or over the notes."""
    ACROSS = "-across"
    """Side by side across the top, the notes under them."""
    LEFT = "-left"
    """Side by side, the notes to the right."""
    STACKED_LEFT = "-stacked-left"
    """One over the other, the notes to the right."""
    STACKED = "-stacked"
    """One over the other, the notes under them."""


@dataclass(frozen=True)
class Arrangement:
    """`rows` are those of the films where the notes are under them, else 0."""

    way: Way
    rows: int = 0


ONE = Arrangement(Way.ONE)


def arrange(columns: int, rows: int, cell_height: float = CELL_HEIGHT) -> Arrangement:
    """The best arrangement of two 16:9 films and the notes on so many cells, each `cell_height` times as high
    as wide."""
    shape = _FILM_SHAPE * cell_height

    def picture(columns: int, rows: int) -> float:
        """How wide a picture is there, beside its heading and its axis."""
        return min(columns, (rows - _AROUND_PICTURE) * shape)

    below = max(rows - max(_NOTES_ROWS, round(rows * _NOTES_SHARE)), 0)
    beside = columns - (_WIDE_NOTES_COLUMNS if columns >= _WIDE_FROM else _NOTES_COLUMNS)
    if columns >= SIDE_BY_SIDE_FROM:
        across = picture((columns - 1) // 2, below)
        if picture(beside // 2, rows) > across:
            return Arrangement(Way.LEFT)
        return Arrangement(Way.ACROSS, _AROUND_PICTURE + round(across / shape))
    if columns >= NOTES_UNDER_BELOW:
        return Arrangement(Way.STACKED_LEFT) if picture(beside, rows // 2) >= _SMALLEST_PICTURE else ONE
    stacked = picture(columns, below // 2)
    if stacked < _SMALLEST_PICTURE:
        return ONE
    return Arrangement(Way.STACKED, 2 * (_AROUND_PICTURE + round(stacked / shape)))
