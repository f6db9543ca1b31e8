"""The shortest escapes that draw cells of the picture well enough.

Of a cell's 20 to 40 bytes almost all set its two colours, which stay set until others are. So the cells that
shall be drawn are taken as two rows of colours, those behind and those in front, and each row is cut into
runs of one colour: neighbours are joined, the nearest first, as long as the error that this adds (Ward's
criterion) is less than the bytes of setting a colour are worth. A run has the mean of what its cells want. A
cell whose two colours are near is a space, and takes no part in the row in front. Before, a glyph is turned
(its complement drawn with the two colours exchanged) where its colours go on better so. Then what each cell
costs is known, and those that are not worth it are left out.

What is near enough the price of a byte says: the error that is accepted to save one. At price 0 every cell
that is drawn is exact. An error is the squared distance of two colours (the sum over red, green and blue,
each 0-255), the mean over a cell's dots.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigtui.video.picture.depth import Depth
from vigtui.video.picture.fitting import packed
from vigtui.video.picture.glyphs import SPACE, complements, cover
from vigtui.video.picture.palette import codes, palette

Channels = NDArray[np.float32]
Numbers = NDArray[np.float32]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

# Bytes: of a glyph that is no space, of going on to a cell, of setting a colour, and what one of the 256
# colours saves.
_GLYPH, _GO, _SETTING, _SHORTER = 3.0, 4.0, 17.0, 7.0
# A space saves the rest of a glyph, and often a colour.
_SPACE = 8.0
_WORTH = 0.9
_FIRST_ROUNDS, _ROUNDS = 3, 6
_SAME_ROW = 1e6

# Of the 256 colours those that no theme changes, and the levels of their cube.
_FIRST_GREY, _FIRST_SURE = 232, 22
_LEVELS = np.array([0, 95, 135, 175, 215, 255], np.float32)
_BETWEEN_LEVELS = (_LEVELS[1:] + _LEVELS[:-1]) / 2


@dataclass(frozen=True)
class Wanted:
    """Cells that may be drawn, in order, each an array: where they are, the glyph (a code point), its two
    colours (shape (cells, 3)), how much of the cell the glyph covers, what mending the error that is there
    now is worth, and whether the cell must be drawn."""

    row: Indices
    column: Indices
    glyph: NDArray[np.uint32]
    fore: Channels
    back: Channels
    share: Numbers
    worth: Numbers
    due: Mask

    def of(self, cells: Indices) -> "Wanted":
        """Return only these cells."""
        return Wanted(*(getattr(self, field.name)[cells] for field in fields(self)))


class Drawn(NamedTuple):
    """The text, the numbers of those cells that it draws, and in which two colours each shows its glyph."""

    text: str
    numbers: Indices
    fore: Channels
    back: Channels


class _Runs(NamedTuple):
    """Of each cell its run behind; of the cells that are not `flat` also theirs in front. Of each run its
    colour, and what its dots are of a cell in all."""

    flat: Mask
    behind: Indices
    front: Indices
    colours: Channels
    sizes: Numbers


def draw(wanted: Wanted, depth: Depth, price: float, go: Callable[[int, int, int, int], str]) -> Drawn:
    """Draw those of the cells that must be drawn or are worth their bytes, in the order they are given.

    `go(row, column, next row, next column)` is the escape that takes the cursor on, at first from (-1, -1).
    Colours must be the terminal's. No colour is set before or after.
    """
    if not len(wanted.row):
        return Drawn("", np.arange(0), wanted.fore, wanted.back)
    turned = _turned(wanted, price)
    wanted = _turn(wanted, turned)
    runs = _runs(wanted, price, _FIRST_ROUNDS)
    worth = wanted.due | (wanted.worth > _WORTH * _costs(wanted, runs, price))
    kept = np.flatnonzero(worth)
    wanted = wanted.of(kept)
    if not len(kept):
        return Drawn("", kept, wanted.fore, wanted.back)
    turned = turned[kept]
    runs = _runs(wanted, price, _ROUNDS)
    colours, setters = _set(runs, depth, price)
    back = colours[runs.behind]
    fore = back.copy()
    fore[~runs.flat] = colours[runs.front]
    return Drawn(
        "".join(_pieces(wanted, runs, setters, go)) + "\x1b[m", kept, *_exchanged(fore, back, turned)
    )


def _turned(wanted: Wanted, price: float) -> Mask:
    """Which cells to draw with the complement of their glyph and their colours exchanged, so that more
    colours go on from one cell to the next."""
    fore, back, most = wanted.fore, wanted.back, 4 * _SETTING * price

    def apart(some: Channels, others: Channels) -> Numbers:
        return np.minimum(_squares(some[1:] - others[:-1]), most)

    turned = np.zeros(len(fore), bool)
    turns = apart(fore, back) + apart(back, fore) < apart(fore, fore) + apart(back, back)
    turned[1:] = np.cumsum(turns) & 1
    return turned & (_complements()[wanted.glyph] > 0)


def _exchanged(fore: Channels, back: Channels, where: Mask) -> tuple[Channels, Channels]:
    return np.where(where[:, None], back, fore), np.where(where[:, None], fore, back)


def _turn(wanted: Wanted, where: Mask) -> Wanted:
    fore, back = _exchanged(wanted.fore, wanted.back, where)
    glyph = np.where(where, _complements()[wanted.glyph], wanted.glyph)
    share = np.where(where, 1 - wanted.share, wanted.share)
    return replace(wanted, fore=fore, back=back, glyph=glyph, share=share)


@cache
def _complements() -> NDArray[np.uint32]:
    """The complement of each glyph, 0 of one that has none."""
    table = np.zeros(len(cover()), np.uint32)
    for glyph, complement in complements().items():
        table[ord(glyph)] = ord(complement)
    return table


def _runs(wanted: Wanted, price: float, rounds: int) -> _Runs:
    fore, back, share = wanted.fore, wanted.back, wanted.share
    rest = 1 - share
    flat = share * rest * _squares(fore - back) <= _SPACE * price
    lines = np.flatnonzero(~flat)
    cells = len(share)
    # A fourth channel keeps the two rows apart.
    colours = np.zeros((cells + len(lines), 4), np.float32)
    colours[:cells, :3] = np.where(flat[:, None], fore * share[:, None] + back * rest[:, None], back)
    colours[cells:, :3] = fore[lines]
    colours[cells:, 3] = _SAME_ROW
    sizes = np.concatenate([np.where(flat, 1, rest), share[lines]])
    run, colours, sizes = _joined(colours, sizes, _SETTING * price, rounds)
    return _Runs(flat, run[:cells], run[cells:], np.rint(colours[:, :3]), sizes)


def _joined(colours: Channels, sizes: Numbers, most: float, rounds: int) -> tuple[Indices, Channels, Numbers]:
    """Join neighbours as long as that adds an error of less than `most`: each one's run, and the runs'
    colours and sizes. In a round every two are joined that are nearer to each other than to what is beside
    them."""
    starts = np.flatnonzero(np.concatenate([[True], (colours[1:] != colours[:-1]).any(axis=1)]))
    cells, sizes, colours = len(sizes), np.add.reduceat(sizes, starts), colours[starts]
    for _ in range(rounds):
        between = colours[1:] - colours[:-1]
        shares = sizes[1:] / (sizes[1:] + sizes[:-1])
        added = _squares(between) * (sizes[:-1] * shares)
        join = added < most
        join[1:] &= added[1:] < added[:-1]
        join[:-1] &= added[:-1] <= added[1:]
        first = np.flatnonzero(join)
        if not len(first):
            break
        colours[first] += between[first] * shares[first, None]
        sizes[first] += sizes[first + 1]
        kept = np.ones(len(sizes), bool)
        kept[first + 1] = False
        starts, colours, sizes = starts[kept], colours[kept], sizes[kept]
    return np.repeat(np.arange(len(starts)), np.diff(starts, append=cells)), colours, sizes


def _costs(wanted: Wanted, runs: _Runs, price: float) -> Numbers:
    """What drawing each cell comes to: the error that is left, and the price of its bytes."""
    lengths = _SETTING / np.bincount(np.concatenate([runs.behind, runs.front])).astype(np.float32)
    colours = runs.colours
    back = colours[runs.behind]
    lines = np.flatnonzero(~runs.flat)
    fore = back.copy()
    fore[lines] = colours[runs.front]
    left = wanted.share * _squares(wanted.fore - fore) + (1 - wanted.share) * _squares(wanted.back - back)
    size = 1 + lengths[runs.behind]
    size[lines] += _GLYPH - 1 + lengths[runs.front]
    size[1:][wanted.column[1:] - wanted.column[:-1] != 1] += _GO
    costs: Numbers = left + size * price
    return costs


def _set(runs: _Runs, depth: Depth, price: float) -> tuple[Channels, list[str]]:
    """The terminal's colours for the runs, and what sets them in an escape."""
    behind = int(runs.behind[-1]) + 1
    bases = [40] * behind + [30] * (len(runs.colours) - behind)
    colours = runs.colours
    if depth is not Depth.TRUECOLOR:
        found = codes(packed(colours), depth)
        names = _palette_setters(depth)
        setters = [names[base, number] for base, number in zip(bases, found.tolist(), strict=True)]
        return _table(palette(depth)[found]), setters
    numbers, near = _nearest(colours)
    short = (runs.sizes * _squares(near - colours) < _SHORTER * price) & (numbers >= _FIRST_SURE)
    colours = np.where(short[:, None], near, colours)
    return colours, [
        f"{base + 8};5;{number}" if is_short else f"{base + 8};2;{red};{green};{blue}"
        for base, is_short, number, (red, green, blue) in zip(
            bases, short.tolist(), numbers.tolist(), colours.astype(np.int32).tolist(), strict=True
        )
    ]


def _nearest(colours: Channels) -> tuple[Indices, Channels]:
    """The nearest of the 256 colours, without the first 16: their numbers and themselves."""
    steps = np.searchsorted(_BETWEEN_LEVELS, colours)
    cube = _LEVELS[steps]
    grey = np.clip(np.rint((colours.mean(axis=1) - 8) / 10), 0, 23)
    greys = np.repeat((8 + 10 * grey)[:, None], 3, axis=1).astype(np.float32)
    is_grey = _squares(colours - greys) < _squares(colours - cube)
    numbers = np.where(is_grey, _FIRST_GREY + grey.astype(np.intp), 16 + steps @ np.array([36, 6, 1]))
    return numbers, np.where(is_grey[:, None], greys, cube)


def _pieces(
    wanted: Wanted, runs: _Runs, setters: list[str], go: Callable[[int, int, int, int], str]
) -> Iterator[str]:
    """The escapes and glyphs one after another."""
    cells = len(wanted.row)
    row, column = wanted.row.tolist(), wanted.column.tolist()
    glyphs = np.where(runs.flat, np.uint32(SPACE), wanted.glyph).astype("<u4").tobytes().decode("utf-32-le")
    moves = np.ones(cells, bool)
    moves[1:] = (wanted.column[1:] != wanted.column[:-1] + 1) | (wanted.row[1:] != wanted.row[:-1])
    behind, front = np.full(cells, -1), np.full(cells, -1)
    if setters[0]:
        starts = _firsts(runs.behind)
        behind[starts] = runs.behind[starts]
        starts = _firsts(runs.front)
        front[np.flatnonzero(~runs.flat)[starts]] = runs.front[starts]
    events = np.flatnonzero(moves | (behind >= 0) | (front >= 0))
    ends = [*events[1:].tolist(), cells]
    at = -1, -1
    for start, end, move, new_behind, new_front in zip(
        events.tolist(),
        ends,
        moves[events].tolist(),
        behind[events].tolist(),
        front[events].tolist(),
        strict=True,
    ):
        if move:
            yield go(*at, row[start], column[start])
        if new_front >= 0 and new_behind >= 0:
            yield f"\x1b[{setters[new_front]};{setters[new_behind]}m"
        elif new_front >= 0 or new_behind >= 0:
            yield f"\x1b[{setters[max(new_front, new_behind)]}m"
        yield glyphs[start:end]
        at = row[end - 1], column[end - 1] + 1


def _firsts(runs: Indices) -> Indices:
    """Where each run begins."""
    return np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1]])) if len(runs) else runs


def _squares(differences: Channels) -> Numbers:
    squares: Numbers = np.einsum("ij,ij->i", differences, differences)
    return squares


def _table(colours: NDArray[np.uint32]) -> Channels:
    """Red, green and blue of colours 0xRRGGBB, shape (colours, 3)."""
    return (colours[:, None] >> np.array([16, 8, 0], np.uint32) & 255).astype(np.float32)


@cache
def _palette_setters(depth: Depth) -> dict[tuple[int, int], str]:
    """What sets a palette's colours, behind (40) and in front (30)."""
    if depth in (Depth.PALETTE, Depth.GREY):
        return {(base, number): f"{base + 8};5;{number}" for base in (30, 40) for number in range(256)}
    if depth is Depth.MONO:
        return {(base, number): "" for base in (30, 40) for number in range(16)}
    numbers = [(base, number) for base in (30, 40) for number in range(16)]
    return {
        (base, number): str(base + number if number < 8 else base + 52 + number) for base, number in numbers
    }
