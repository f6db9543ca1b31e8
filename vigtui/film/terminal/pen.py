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

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigtui.film.kernel import loading
from vigtui.film.picture.depth import Depth
from vigtui.film.picture.glyphs import SPACE, complements, cover
from vigtui.film.terminal.setters import Channels, Numbers, palette_names, setters, squares

if TYPE_CHECKING:
    from ctypes import CDLL

Indices = NDArray[np.integer]
Mask = NDArray[np.bool_]

UNKNOWN = -1, -1

# Bytes: of a glyph that is no space, of going on to a cell, of setting a colour.
_GLYPH, _GO, _SETTING = 3.0, 4.0, 17.0
# A space saves the rest of a glyph, and often a colour.
_SPACE = 8.0
_WORTH = 0.9
_FIRST_ROUNDS, _ROUNDS = 3, 6
_SAME_ROW = 1e6
_WORTH_A_LOOK, _WORTH_A_LOOK_COMPILED, _WORTH_A_CLOSE_LOOK = 16.0, 8.0, 2.0
# The most that a byte costs where there is room for a good picture.
_DEAR = 8.0
_SETTING_BYTES = {Depth.PALETTE: 8, Depth.GREY: 8, Depth.ANSI: 2, Depth.MONO: 0}


@dataclass(frozen=True)
class Wanted:
    """Cells that may be drawn, in order, each an array: where they are, the glyph (a code point), its two
    colours (shape (cells, 3)), how much of the cell the glyph covers, by how much an error in it counts more
    than in others (1: as much), what mending the error that is there now is worth, and whether the cell must
    be drawn."""

    row: Indices
    column: Indices
    glyph: NDArray[np.uint32]
    fore: Channels
    back: Channels
    share: Numbers
    lasting: Numbers
    worth: Numbers
    due: Mask

    def of(self, cells: Indices) -> "Wanted":
        """Return only these cells."""
        return Wanted(*(getattr(self, field.name).take(cells, axis=0) for field in fields(self)))


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


def worth_a_look(price: float) -> float:
    """How many bytes at this price a cell's error must be worth for it to be offered to `draw`: the kernel
    finds more cells that can be drawn for next to nothing between others. Where bytes are dear it takes the
    time."""
    if loading.kernel().library is None:
        return _WORTH_A_LOOK
    return _WORTH_A_CLOSE_LOOK if price > _DEAR else _WORTH_A_LOOK_COMPILED


def draw(
    wanted: Wanted, depth: Depth, price: float, place: tuple[int, int], cursor: tuple[int, int] = UNKNOWN
) -> Drawn:
    """Draw those of the cells that must be drawn or are worth their bytes, in the order they are given.

    `place` is the row and column of the screen where the grid begins, `cursor` where in the grid the
    terminal's cursor is. Colours must be the terminal's. No colour is set before or after.
    """
    if not len(wanted.row):
        return Drawn("", np.arange(0), wanted.fore, wanted.back)
    library = loading.kernel().library
    if library is None:
        return draw_in_numpy(wanted, depth, price, place, cursor)
    return draw_compiled(library, wanted, depth, price, place, cursor)


def draw_compiled(
    library: "CDLL",
    wanted: Wanted,
    depth: Depth,
    price: float,
    place: tuple[int, int],
    cursor: tuple[int, int] = UNKNOWN,
) -> Drawn:
    """The same by the kernel, in fewer bytes: it compares ways through all of the cells (see `kernel.c`), and
    not in rounds. It also draws a cell of one colour as a full block, in the colour in front."""
    from vigtui.film.kernel.calls import choose_cells, name_colours, write_cells

    row, column = (np.ascontiguousarray(each, np.int32) for each in (wanted.row, wanted.column))
    both, parts = (wanted.fore, wanted.back), (wanted.share, wanted.lasting, wanted.worth, wanted.due)
    table, setting = complement_table(), _SETTING_BYTES.get(depth, -1)
    chosen = choose_cells(library, row, column, wanted.glyph, both, *parts, table, price, setting)
    kept, colours = chosen.kept, chosen.colours
    if not len(kept):
        return Drawn("", kept, wanted.fore[:0], wanted.back[:0])
    if depth is Depth.TRUECOLOR:
        names = name_colours(library, colours, chosen.sizes, price)
    else:
        colours, names = palette_names(colours, depth)
    text = write_cells(library, chosen, row.take(kept), column.take(kept), names, place, cursor)
    back = colours.take(np.where(chosen.behind < 0, chosen.front, chosen.behind), axis=0)
    fore = colours.take(np.where(chosen.front < 0, chosen.behind, chosen.front), axis=0)
    return Drawn(text, kept, *_exchanged(fore, back, chosen.turned))


def draw_in_numpy(
    wanted: Wanted, depth: Depth, price: float, place: tuple[int, int], cursor: tuple[int, int] = UNKNOWN
) -> Drawn:
    """What `draw` says, of at least one cell."""
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
    colours, names = setters(runs.colours, int(runs.behind[-1]) + 1, runs.sizes, depth, price)
    back = colours.take(runs.behind, axis=0)
    fore = back.copy()
    fore[~runs.flat] = colours.take(runs.front, axis=0)
    return Drawn(_text(wanted, runs, names, place, cursor), kept, *_exchanged(fore, back, turned))


def _turned(wanted: Wanted, price: float) -> Mask:
    """Which cells to draw with the complement of their glyph and their colours exchanged, so that more
    colours go on from one cell to the next."""
    fore, back, most = wanted.fore, wanted.back, 4 * _SETTING * price

    def apart(some: Channels, others: Channels) -> Numbers:
        return np.minimum(squares(some[1:] - others[:-1]), most)

    turned = np.zeros(len(fore), bool)
    turns = apart(fore, back) + apart(back, fore) < apart(fore, fore) + apart(back, back)
    turned[1:] = np.cumsum(turns) & 1
    return turned & (complement_table()[wanted.glyph] > 0)


def _exchanged(fore: Channels, back: Channels, where: Mask) -> tuple[Channels, Channels]:
    return np.where(where[:, None], back, fore), np.where(where[:, None], fore, back)


def _turn(wanted: Wanted, where: Mask) -> Wanted:
    fore, back = _exchanged(wanted.fore, wanted.back, where)
    glyph = np.where(where, complement_table()[wanted.glyph], wanted.glyph)
    share = np.where(where, 1 - wanted.share, wanted.share)
    return replace(wanted, fore=fore, back=back, glyph=glyph, share=share)


@cache
def complement_table() -> NDArray[np.uint32]:
    """The complement of each glyph, 0 of one that has none."""
    table = np.zeros(len(cover()), np.uint32)
    for glyph, complement in complements().items():
        table[ord(glyph)] = ord(complement)
    return table


def _runs(wanted: Wanted, price: float, rounds: int) -> _Runs:
    fore, back, share = wanted.fore, wanted.back, wanted.share
    rest = 1 - share
    flat = share * rest * wanted.lasting * squares(fore - back) <= _SPACE * price
    lines = np.flatnonzero(~flat)
    cells = len(share)
    # A fourth channel keeps the two rows apart.
    colours = np.zeros((cells + len(lines), 4), np.float32)
    colours[:cells, :3] = np.where(flat[:, None], fore * share[:, None] + back * rest[:, None], back)
    colours[cells:, :3] = fore.take(lines, axis=0)
    colours[cells:, 3] = _SAME_ROW
    sizes = np.concatenate([np.where(flat, 1, rest), share.take(lines)])
    sizes *= np.concatenate([wanted.lasting, wanted.lasting.take(lines)])
    run, colours, sizes = _joined(colours, sizes, _SETTING * price, rounds)
    return _Runs(flat, run[:cells], run[cells:], np.rint(colours[:, :3]), sizes)


def _joined(colours: Channels, sizes: Numbers, most: float, rounds: int) -> tuple[Indices, Channels, Numbers]:
    """Join neighbours as long as that adds an error of less than `most`: each one's run, and the runs'
    colours and sizes. In a round every two are joined that are nearer to each other than to what is beside
    them."""
    starts = _firsts(squares(colours[1:] - colours[:-1]) > 0)
    cells, sizes, colours = len(sizes), np.add.reduceat(sizes, starts), colours.take(starts, axis=0)
    for _ in range(rounds):
        between = colours[1:] - colours[:-1]
        shares = sizes[1:] / (sizes[1:] + sizes[:-1])
        added = squares(between) * (sizes[:-1] * shares)
        join = added < most
        join[1:] &= added[1:] < added[:-1]
        join[:-1] &= added[:-1] <= added[1:]
        first = join.nonzero()[0]
        if not len(first):
            break
        between = between.take(first, axis=0) * shares.take(first)[:, None]
        colours[first] = colours.take(first, axis=0) + between
        sizes[first] += sizes.take(first + 1)
        # `take` is much quicker than an index or a mask.
        kept = _firsts(~join)
        starts, colours, sizes = starts.take(kept), colours.take(kept, axis=0), sizes.take(kept)
    lengths = np.concatenate([starts[1:], [cells]]) - starts
    return np.arange(len(starts)).repeat(lengths), colours, sizes


def _costs(wanted: Wanted, runs: _Runs, price: float) -> Numbers:
    """What drawing each cell comes to: the error that is left, and the price of its bytes."""
    lengths = _SETTING / np.bincount(np.concatenate([runs.behind, runs.front])).astype(np.float32)
    colours = runs.colours
    back = colours.take(runs.behind, axis=0)
    lines = np.flatnonzero(~runs.flat)
    fore = back.copy()
    fore[lines] = colours.take(runs.front, axis=0)
    left = wanted.share * squares(wanted.fore - fore) + (1 - wanted.share) * squares(wanted.back - back)
    left *= wanted.lasting
    size = 1 + lengths[runs.behind]
    size[lines] += _GLYPH - 1 + lengths[runs.front]
    size[1:][wanted.column[1:] - wanted.column[:-1] != 1] += _GO
    costs: Numbers = left + size * price
    return costs


def _text(
    wanted: Wanted, runs: _Runs, names: list[str], place: tuple[int, int], cursor: tuple[int, int]
) -> str:
    """The escapes and glyphs one after another."""
    cells = len(wanted.row)
    row, column = wanted.row.tolist(), wanted.column.tolist()
    glyphs = np.where(runs.flat, np.uint32(SPACE), wanted.glyph).astype("<u4").tobytes().decode("utf-32-le")
    moves = np.ones(cells, bool)
    moves[1:] = (wanted.column[1:] != wanted.column[:-1] + 1) | (wanted.row[1:] != wanted.row[:-1])
    behind, front = np.full(cells, -1), np.full(cells, -1)
    if names[0]:
        starts = _firsts(runs.behind[1:] != runs.behind[:-1])
        behind[starts] = runs.behind[starts]
        lines = np.flatnonzero(~runs.flat)
        if len(lines):
            starts = _firsts(runs.front[1:] != runs.front[:-1])
            front[lines[starts]] = runs.front[starts]
    events = np.flatnonzero(moves | (behind >= 0) | (front >= 0))
    numbers = events.tolist()
    text: list[str] = []
    for start, end, move, new_behind, new_front in zip(
        numbers,
        [*numbers[1:], cells],
        moves.take(events).tolist(),
        behind.take(events).tolist(),
        front.take(events).tolist(),
        strict=True,
    ):
        if move:
            before = start - 1
            at_row, at_column = (row[before], column[before] + 1) if start else cursor
            if row[start] == at_row:
                text.append(right(column[start] - at_column))
            else:
                text.append(f"\x1b[{place[0] + row[start] + 1};{place[1] + column[start] + 1}H")
        if new_front < 0:
            if new_behind >= 0:
                text.append(f"\x1b[{names[new_behind]}m")
        elif new_behind < 0:
            text.append(f"\x1b[{names[new_front]}m")
        else:
            text.append(f"\x1b[{names[new_front]};{names[new_behind]}m")
        text.append(glyphs[start:end])
    text.append("\x1b[m")
    return "".join(text)


def _firsts(changes: Mask) -> Indices:
    """The first cell, and each after a change."""
    return np.concatenate([[True], changes]).nonzero()[0]


def right(cells: int) -> str:
    """Take the cursor to the right."""
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C" if cells else ""
