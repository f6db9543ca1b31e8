"""The cells of a terminal, and the fewest bytes that make others of them."""

from dataclasses import dataclass

# Fewer cells that stay are sent again rather than stepped over: that takes as many bytes.
_STEP = 5
_SEEN_ON_A_BLANK = {"4", "7", "9", "21", "53"}
_ENDED_BY = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "21": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "53": "55",
}
"""The code that ends an attribute, and the others that it ends along with it."""
_EMOJI = 0x1F000


@dataclass(frozen=True, slots=True)
class Pen:
    """How a cell is drawn: the codes of its attributes and its two colours, "" for the terminal's own."""

    attributes: tuple[str, ...] = ()
    fore: str = ""
    back: str = ""

    def after(self, other: "Pen") -> str:
        """The shortest sequence that makes this of `other`."""
        if self == other:
            return ""
        if self == PLAIN:
            return "\x1b[m"
        whole = ["0", *self._begun(PLAIN)]
        ended = {_ENDED_BY[code] for code in other.attributes if code not in self.attributes}
        kept = [code for code in other.attributes if _ENDED_BY[code] not in ended]
        by_parts = [*sorted(ended), *self._begun(Pen(tuple(kept), other.fore, other.back))]
        return f"\x1b[{min(';'.join(by_parts), ';'.join(whole), key=len)}m"

    def _begun(self, other: "Pen") -> list[str]:
        """The codes of what this has and `other` has not, and of colours that are not the same."""
        codes = [code for code in self.attributes if code not in other.attributes]
        if self.fore != other.fore:
            codes.append(self.fore or "39")
        if self.back != other.back:
            codes.append(self.back or "49")
        return codes


PLAIN = Pen()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; "" where the character before it takes two."""

    text: str
    pen: Pen


Cells = list[Cell | None]
"""The cells of a part of a row; None is unknown."""


class Writer:
    """Collects what is sent, and knows where the cursor is and what it draws with."""

    def __init__(self, width: int, *, erases: bool) -> None:
        self._width, self._erases = width, erases
        self._text: list[str] = []
        self._pen = PLAIN
        self._at: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """All of it. The terminal's own colours are in hand at the end."""
        return "".join(self._text) + PLAIN.after(self._pen)

    def put(self, row: int, column: int, text: str) -> None:
        """Write what brings its own colours and moves the cursor itself."""
        self._go(row, column)
        self._text += (PLAIN.after(self._pen), text)
        self._pen, self._at = PLAIN, None

    def draw(self, row: int, column: int, cells: Cells, shown: Cells) -> None:
        """Draw the cells that are not as they are shown."""
        if any(cell and _unsure(cell) for part in (cells, shown) for cell in part):
            # The terminal may think otherwise of their width.
            self._write(row, column, cells)
            self._at = None
            return
        end = len(cells)
        blank = self._blank_from(column, cells)
        if blank is not None and sum(map(_differ, cells[blank:], shown[blank:])) > _STEP:
            end = blank
        for start, stop in _runs(cells[:end], shown[:end]):
            self._write(row, column + start, cells[start:stop])
        if end < len(cells):
            self._go(row, column + end)
            if not _same_blank(cells[end], Cell(" ", self._pen)):
                self._take_up(cells[end])
            self._text.append("\x1b[K")

    def _blank_from(self, column: int, cells: Cells) -> int | None:
        """From which cell on nothing is to be seen up to the terminal's edge, where it can be erased."""
        last = cells[-1] if cells else None
        if last is None or column + len(cells) != self._width or not self._erasable(last):
            return None
        start = len(cells)
        while start and cells[start - 1] is not None and _same_blank(cells[start - 1], last):
            start -= 1
        return start

    def _erasable(self, cell: Cell) -> bool:
        return _is_blank(cell) and (self._erases or not cell.pen.back)

    def _write(self, row: int, column: int, cells: Cells) -> None:
        self._go(row, column)
        for cell in cells:
            if cell is not None and cell.text:
                if cell.text != " " or not _same_blank(cell, Cell(" ", self._pen)):
                    self._take_up(cell)
                self._text.append(cell.text)
        # At the edge terminals differ about where the cursor is.
        end = column + len(cells)
        self._at = (row, end) if end < self._width else None

    def _take_up(self, cell: Cell | None) -> None:
        if cell is not None:
            self._text.append(cell.pen.after(self._pen))
            self._pen = cell.pen

    def _go(self, row: int, column: int) -> None:
        if self._at == (row, column):
            return
        away = column - self._at[1] if self._at and self._at[0] == row else 0
        self._text.append(f"\x1b[{away}C" if away > 0 else f"\x1b[{row + 1};{column + 1}H")
        self._at = row, column


def _runs(cells: Cells, shown: Cells) -> list[tuple[int, int]]:
    """From where to where cells differ from what is shown; what is close together is one run."""
    runs: list[tuple[int, int]] = []
    for number in range(len(cells)):
        if _differ(cells[number], shown[number]):
            if runs and number - runs[-1][1] < _STEP and _alike(cells[runs[-1][1] - 1 : number]):
                runs[-1] = runs[-1][0], number + 1
            else:
                runs.append((number, number + 1))
    return runs


def _differ(cell: Cell | None, shown: Cell | None) -> bool:
    if cell is None or shown is None:
        return True
    return cell != shown and not _same_blank(cell, shown)


def _alike(cells: Cells) -> bool:
    """Whether the pen of the first draws all of them."""
    first = cells[0]
    return first is not None and all(
        cell is not None and (cell.pen == first.pen or _same_blank(cell, Cell(" ", first.pen)))
        for cell in cells
    )


def _is_blank(cell: Cell) -> bool:
    return cell.text == " " and _SEEN_ON_A_BLANK.isdisjoint(cell.pen.attributes)


def _same_blank(cell: Cell | None, other: Cell) -> bool:
    """Whether both are blanks on the same ground: how a letter would be drawn there is not to be seen."""
    return cell is not None and _is_blank(cell) and _is_blank(other) and cell.pen.back == other.pen.back


def _unsure(cell: Cell) -> bool:
    return not cell.text or len(cell.text) > 1 or cell.text >= chr(_EMOJI)


def erases_with_ground() -> bool:
    """Whether the terminal's erasing leaves the ground in hand, as its description says."""
    import curses

    try:
        curses.setupterm()
        return curses.tigetflag("bce") == 1
    except curses.error:
        return False


def wiping(rows: int) -> str:
    """What leaves nothing readable where a terminal has no second screen to go back from. Row by row: some
    terminals keep what is cleared as a whole in their history."""
    return "\x1b[0m" + "".join(f"\x1b[{row}H\x1b[2K" for row in range(rows, 0, -1))
