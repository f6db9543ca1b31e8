"""What the terminal shows of the picture, what it shall show, and the text that leads from one to the other.

Only cells that are worth their bytes are sent: those where what the terminal shows is far from the picture.
The price of a byte (see `pen`) decides which, and how exactly they are drawn.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigtui.film.picture.cells import Cells
from vigtui.film.picture.depth import Depth
from vigtui.film.picture.palette import codes, palette
from vigtui.film.terminal.grid import Grid
from vigtui.film.terminal.pen import UNKNOWN, Drawn, Wanted, draw, right, worth_a_look

if TYPE_CHECKING:
    from vigtui.film.kernel.playing import Fitting, Playing

Sent = tuple[bytes, float, float]
"""The text of a picture, the price of a byte that was paid, and the mean error that is left."""
Channels = NDArray[np.float32]
Mask = NDArray[np.bool_]

_TRIES, _MORE_OR_LESS, _ENOUGH = 12, 1.25, 0.5
_EXACT_CELL = 25  # bytes, where cells change together
# Where nothing is drawn but what must be, more would make no room, and only smear it.
_DEAR_ENOUGH = 100.0
_FAR = 1e6
# A cell that changes all the time is wrong again at once: sending it gains less than sending one that stays,
# and sending it exactly gains less, too.
_LASTING, _STEADY, _RANGE = 0.2, 10.0, (0.5, 2.0)
_HEALING, _HEALS_FROM = 8.0, 1 / 3  # bytes; part of the time


class _Try(NamedTuple):
    """What drawing at a price comes to: which of the grid's cells, and how many bytes."""

    price: float
    drawn: Drawn
    size: int


class Wire:
    """A grid of cells on a terminal of this `depth`.

    `offer` says what shall be shown. Text for it is had in two ways. `picture` draws what matters most of the
    cells that are `visible`, wherever they are, and `sharpen` goes on with a picture that stays until it is
    exact. `begin` and `take` draw a row in parts, as a compositor asks for them: what is taken is visible
    from then on, what is begun and not taken is covered by something.
    """

    def __init__(self, rows: int, columns: int, depth: Depth) -> None:
        self.shape = rows, columns
        """Rows and columns."""
        self.depth = depth
        self.cells_sent = 0
        """How many cells have ever been sent."""
        self.visible = np.zeros((rows, columns), bool)
        cells = rows * columns
        self._grid = Grid(rows, columns)
        self._known = np.zeros(cells, bool)
        self._number = 0
        self._sent = np.zeros(cells, np.int32)
        self._alike = np.ones(cells, np.float32)
        self._playing: Playing | None = None
        if depth is Depth.TRUECOLOR:
            self._playing = self._grid.playing(self.visible, self._known, self._sent)

    def forget(self, rows: slice = slice(None)) -> None:
        """Know no more what these rows show: something may have been drawn over them."""
        self._known.reshape(self.shape)[rows] = False

    def offer(self, cells: Cells) -> None:
        """Want `cells`, of this grid's shape, to be shown."""
        self._number += 1
        self._grid.offer(self._in_own_colours(cells))

    def _in_own_colours(self, cells: Cells) -> Cells:
        if self.depth is Depth.TRUECOLOR:
            return cells
        fore, back = (
            palette(self.depth)[codes(colours, self.depth)]
            for colours in (cells.foreground, cells.background)
        )
        return Cells(cells.glyphs, fore, back)

    @property
    def mean_error(self) -> float:
        """How far what is shown is from what shall be: the mean over the visible cells that are known."""
        seen = self.visible.ravel() & self._known
        return float(self._grid.error[seen].mean()) if seen.any() else 0.0

    @property
    def number(self) -> int:
        """How many pictures have been offered."""
        return self._number

    def unsettled(self, since: int) -> int:
        """Return how many visible cells are not exact, or have not been sent since picture `since`."""
        unsettled = ~self._known | (self._grid.error > 0) | (self._sent < since)
        return int((unsettled & self.visible.ravel()).sum())

    # All of it, wherever it is

    def picture(
        self,
        place: tuple[int, int],
        price: float,
        most: int,
        again: int,
        older: int,
        fitting: "Fitting | None" = None,
    ) -> Sent:
        """Return what draws the visible cells that are worth it, and the price it took to do it in `most`
        bytes, as nearly as can be. `price` is the least to try, above 0. Visible cells of which nothing is
        known are drawn in any case, and well enough to be made out.

        `place` is the column and row of the screen where the grid's first cell is, counted from 0. So that
        damage heals, `again` cells that were not sent since picture `older` are drawn in any case, and others
        before that where it takes few bytes. With `fitting` the picture that it has taken is offered before,
        on a wire that `fits`.
        """
        if self._playing:
            self._number += fitting is not None
            look = worth_a_look(price)
            sent = self._playing.draw(fitting, self._number, older, again, price, look, most, place)
            self.cells_sent += self._playing.drawn
            return sent
        due = self.visible.ravel() & ~self._known | self._oldest(again, older)
        healing = _HEALING / (1 - _HEALS_FROM) if again else 0.0
        for _ in range(_TRIES):
            tried = self._try_playing(place, price, due, older, healing)
            only_due = len(tried.drawn.numbers) == np.count_nonzero(due)
            if tried.size <= most * _MORE_OR_LESS or (price >= _DEAR_ENOUGH and only_due):
                break
            price *= _dearer(tried.size, most)
        self._sent_now(tried.drawn)
        return tried.drawn.text.encode(), tried.price, self.mean_error

    @property
    def fits(self) -> bool:
        """Whether `picture` takes what is still to be fitted."""
        return self._playing is not None

    def sharpen(self, place: tuple[int, int], price: float, most: int, since: int) -> tuple[str, float]:
        """Return what brings the terminal nearer to a picture that stays, in about `most` bytes, and the
        price it took. `price` is the least to try.

        Something gets better each time while any cell is worth `price`: where the same little is wrong in
        many cells, one price is too low for all of them and the next too high for any. Then the worst are
        drawn at the lower one. What room is left at price 0 is for cells not sent since picture `since`.
        """
        worth = np.where(self._known, self._grid.error, np.float32(_FAR))
        wrong = self.visible.ravel() & (worth > 0)
        if np.count_nonzero(wrong) * _EXACT_CELL <= most:
            price = 0.0
        tried = cheaper = self._try(place, price, worth, wrong)
        while tried.price and tried.size > most * _MORE_OR_LESS:
            cheaper = tried
            tried = self._try(place, tried.price * _dearer(tried.size, most), worth, wrong)
        if tried.size < most * _ENOUGH:
            tried = cheaper
        while tried.size > most * _MORE_OR_LESS:
            count = int(len(tried.drawn.numbers) * most / tried.size)
            worst = np.argsort(np.where(wrong, -worth, 0), kind="stable")[:count]
            tried = self._try(place, tried.price, worth, wrong & _mask(worst, len(wrong)))
        self._sent_now(tried.drawn)
        text = tried.drawn.text
        if not tried.price and tried.size < most:
            due = self._oldest((most - tried.size) // _EXACT_CELL, since)
            healing = self._try(place, 0.0, worth, due, due)
            self._sent_now(healing.drawn)
            text += healing.drawn.text
        return text, tried.price

    def _try_playing(
        self, place: tuple[int, int], price: float, due: Mask, older: int, healing: float
    ) -> _Try:
        """Draw the visible cells that are worth it, and those that are `due`. `healing` is how many bytes it
        is worth to draw a cell again that is as old as picture `older`, which an error adds to."""
        lasting = (_STEADY * price / (self._grid.activity + 1e-3)) ** _LASTING
        lasting = np.clip(lasting, *_RANGE)
        worth = self._grid.error * lasting + self._ages(older) * np.float32(healing) * price
        return self._try(place, price, worth, self.visible.ravel(), due, lasting)

    def _try(
        self,
        place: tuple[int, int],
        price: float,
        worth: Channels,
        among: Mask,
        due: Mask | None = None,
        lasting: Channels | None = None,
    ) -> _Try:
        """Draw those `among` the cells that are worth it, and those that are `due`. `lasting` is by how much
        an error in each counts more or less than in others."""
        due = np.zeros(len(among), bool) if due is None else due
        numbers = np.flatnonzero(among & (worth > worth_a_look(price) * price) | due)
        column, row = place
        drawn = self._draw(numbers, worth[numbers], due[numbers], price, lasting, (row, column))
        return _Try(price, drawn._replace(numbers=numbers[drawn.numbers]), len(drawn.text.encode()))

    def _oldest(self, count: int, older: int) -> Mask:
        """At most `count` visible cells, those that were not sent for longest, none sent since picture
        `older`."""
        oldest = self.visible.ravel() & (self._sent < older)
        if np.count_nonzero(oldest) > count:
            numbers = np.flatnonzero(oldest)
            order = np.argsort(self._sent[numbers], kind="stable")
            oldest = _mask(numbers[order[:count]], len(oldest))
        return oldest

    def _ages(self, older: int) -> Channels:
        """For how long each cell has not been sent, from where healing begins; the time since picture `older`
        is 1."""
        ages = (self._number - self._sent).astype(np.float32) / max(1, self._number - older)
        found: Channels = np.maximum(ages - _HEALS_FROM, 0)
        return found

    def _draw(
        self,
        numbers: NDArray[np.intp],
        worth: NDArray[np.float32],
        due: Mask,
        price: float,
        lasting: Channels | None = None,
        place: tuple[int, int] = (0, 0),
        cursor: tuple[int, int] = UNKNOWN,
    ) -> Drawn:
        wanted = Wanted(
            self._grid.row.take(numbers),
            self._grid.column.take(numbers),
            self._grid.wanted.glyphs.take(numbers),
            self._grid.fore.take(numbers, axis=0),
            self._grid.back.take(numbers, axis=0),
            self._grid.share.take(numbers),
            (self._alike if lasting is None else lasting).take(numbers),
            worth,
            due,
        )
        return draw(wanted, self.depth, price, place, cursor)

    def _sent_now(self, drawn: Drawn) -> None:
        """The terminal shows these of the grid's cells."""
        sent = drawn.numbers
        if len(sent):
            self.cells_sent += len(sent)
            self._grid.show(sent, drawn.fore, drawn.back)
            self._known[sent] = True
            self._sent[sent] = self._number

    # Row by row

    def begin(self, row: int, start: int, end: int) -> None:
        """Draw columns `start` up to `end` of a row again. What is not taken now is covered by something."""
        place = np.s_[row, start:end]
        self._known.reshape(self.shape)[place] &= self.visible[place]
        self.visible[place] = False

    def take(self, row: int, start: int, end: int, price: float, *, whole: bool) -> str:
        """Return the text that draws these columns of a row and takes the cursor from one to the other:
        every cell if `whole`, else those that are worth it, and those that were covered."""
        self.visible[row, start:end] = True
        first = row * self.shape[1]
        numbers = np.arange(first + start, first + end)
        due = np.ones(end - start, bool) if whole else ~self._known[numbers]
        drawn = self._draw(numbers, self._grid.error[numbers], due, price, cursor=(row, start))
        self._sent_now(drawn._replace(numbers=numbers[drawn.numbers]))
        at = start + drawn.numbers[-1] + 1 if len(drawn.numbers) else start
        return drawn.text + right(end - at)

    def runs(self, row: int, start: int, end: int) -> list[tuple[str, int, int]]:
        """Return a part of a row as it shall be shown: text, and its two colours as 0xRRGGBB."""
        place = np.s_[row, start:end]
        runs: list[tuple[str, int, int]] = []
        wanted = self._grid.wanted
        cells = (wanted.glyphs, wanted.foreground, wanted.background)
        for glyph, fore, back in zip(*(part[place].tolist() for part in cells), strict=True):
            if runs and runs[-1][1:] == (fore, back):
                runs[-1] = (runs[-1][0] + chr(glyph), fore, back)
            else:
                runs.append((chr(glyph), fore, back))
        return runs


def _dearer(size: int, most: int) -> float:
    """By how much to raise the price of a byte, when there are too many."""
    return min(3.0, max(1.3, size / most))


def _mask(numbers: NDArray[np.intp], count: int) -> Mask:
    mask = np.zeros(count, bool)
    mask[numbers] = True
    return mask
