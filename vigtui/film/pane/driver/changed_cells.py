"""What the terminal shows besides film, so that only what changed is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from rich.cells import get_character_cell_size
from rich.color import Color, ColorSystem
from rich.console import (
    COLOR_SYSTEMS,
    Console,
    ConsoleOptions,
    ConsoleRenderable,
    RenderableType,
    RenderResult,
)
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from vigtui.film.pane.strip import FilmStrip
from vigtui.values.signs import Letters, in_letters

# Fewer cells that stay are sent again rather than stepped over: that takes as many bytes.
_STEP = 5
_ATTRIBUTES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "underline": "4",
    "blink": "5",
    "blink2": "6",
    "reverse": "7",
    "conceal": "8",
    "strike": "9",
    "underline2": "21",
    "overline": "53",
}
# Of 16 colours. Terminals that draw bold as bright make grey of black, which is hardly read on white.
_BLACK, _BLACK_WORDS = Color.parse("black"), "30"
_TOO_NEAR = ({8, 7}, {8, 15})  # grey and the two whites: a contrast of 4.0 and 3.2 by WCAG's formula
_SEEN_ON_A_BLANK = {"4", "7", "9", "21", "53"}
_EMOJI = 0x1F000


@dataclass(frozen=True)
class Pen:
    """How a cell is drawn: the codes of its attributes and its two colours, "" for the terminal's own."""

    attributes: tuple[str, ...] = ()
    fore: str = ""
    back: str = ""

    def after(self, other: "Pen") -> str:
        """The shortest sequence that makes this of `other`."""
        if self == other:
            return ""
        if self == _PLAIN:
            return "\x1b[m"
        codes = [code for code in self.attributes if code not in other.attributes]
        whole = len(codes) + len(other.attributes) != len(self.attributes)
        if whole:
            codes, other = ["0", *self.attributes], _PLAIN
        if self.fore != other.fore:
            codes.append(self.fore or "39")
        if self.back != other.back:
            codes.append(self.back or "49")
        return f"\x1b[{';'.join(codes)}m"


_PLAIN = Pen()
_PENS: dict[Pen, Pen] = {}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; "" where the character before it takes two."""

    text: str
    pen: Pen


Cells = list[Cell | None]
"""The cells of a part of a row; None is unknown."""


class Shown:
    """What the terminal shows, cell by cell.

    `erases` says whether the terminal erases with the ground in hand, `letters` what it can show: all is
    written in those. Nothing is known of cells that film is drawn in, nor of anything after `forget`.
    """

    def __init__(self, *, erases: bool, letters: Letters = Letters.ALL) -> None:
        self._erases = erases
        self.letters = letters
        self._rows: dict[int, Cells] = {}

    def forget(self) -> None:
        """Anything may be on the terminal."""
        self._rows.clear()

    def only_changes(self, update: RenderableType | None, width: int) -> RenderableType | None:
        """Return an update that draws the same on a terminal of `width` columns."""
        return Changes(update, self, width) if isinstance(update, CompositorUpdate) else update

    def changes(self, update: CompositorUpdate, console: Console, width: int) -> str:
        """Return what draws this update on a terminal of `width` columns."""
        writer = _Writer(width, erases=self._erases)
        system = COLOR_SYSTEMS[console.color_system or "truecolor"]
        for row, column, strip in _parts(update):
            shown = self._rows.setdefault(row, [])
            shown.extend([None] * (column + strip.cell_length - len(shown)))
            end = column + strip.cell_length
            if not isinstance(strip, FilmStrip) and self.letters is not Letters.ALL:
                strip = _in_letters(strip, self.letters)
            cells = None if isinstance(strip, FilmStrip) else _cells(strip, system)
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


class _Writer:
    """Collects what is sent, and knows where the cursor is and what it draws with."""

    def __init__(self, width: int, *, erases: bool) -> None:
        self._width, self._erases = width, erases
        self._text: list[str] = []
        self._pen = _PLAIN
        self._at: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """All of it. The terminal's own colours are in hand at the end."""
        return "".join(self._text) + _PLAIN.after(self._pen)

    def put(self, row: int, column: int, text: str) -> None:
        """Write what brings its own colours and moves the cursor itself."""
        self._go(row, column)
        self._text += (_PLAIN.after(self._pen), text)
        self._pen, self._at = _PLAIN, None

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
            if runs and number - runs[-1][1] < _STEP and _alike(cells[runs[-1][1] - 1 : number + 1]):
                runs[-1] = runs[-1][0], number + 1
            else:
                runs.append((number, number + 1))
    return runs


def _differ(cell: Cell | None, shown: Cell | None) -> bool:
    if cell is None or shown is None:
        return True
    return cell != shown and not _same_blank(cell, shown)


def _alike(cells: Cells) -> bool:
    return len({cell.pen for cell in cells if cell}) == 1


def _is_blank(cell: Cell) -> bool:
    return cell.text == " " and _SEEN_ON_A_BLANK.isdisjoint(cell.pen.attributes)


def _same_blank(cell: Cell | None, other: Cell) -> bool:
    """Whether both are blanks on the same ground: how a letter would be drawn there is not to be seen."""
    return cell is not None and _is_blank(cell) and _is_blank(other) and cell.pen.back == other.pen.back


def _unsure(cell: Cell) -> bool:
    return not cell.text or len(cell.text) > 1 or cell.text >= chr(_EMOJI)


def _cells(strip: Strip, system: ColorSystem) -> Cells | None:
    """The cells of a strip; None where its characters do not add up to its width."""
    cells: Cells = []
    for text, style, control in strip:
        if control:
            return None
        pen = _pen(style, system) if style else _PLAIN
        if text.isascii():
            cells += [Cell(letter, pen) for letter in text]
            continue
        for letter in text:
            width = get_character_cell_size(letter)
            if width == 0 and cells and cells[-1]:
                cells[-1] = Cell(cells[-1].text + letter, pen)
            else:
                cells += [Cell(letter, pen), Cell("", pen)][:width]
    return cells if len(cells) == strip.cell_length else None


@lru_cache(maxsize=4096)
def _pen(style: Style, system: ColorSystem) -> Pen:
    attributes = tuple(code for name, code in _ATTRIBUTES.items() if getattr(style, name))
    front, ground = drawn(style.color, style.bgcolor, system)
    fore = ";".join(front.get_ansi_codes(foreground=True)) if front else ""
    if fore == _BLACK_WORDS:
        attributes = tuple(code for code in attributes if code != _ATTRIBUTES["bold"])
    pen = Pen(attributes, fore, ";".join(ground.get_ansi_codes(foreground=False)) if ground else "")
    return _PENS.setdefault(pen, pen)


def drawn(
    front: Color | None, ground: Color | None, system: ColorSystem
) -> tuple[Color | None, Color | None]:
    """Return what a colour and its ground are drawn in where the terminal has no more colours than `system`;
    None for the terminal's own. Of 16 the only grey is too near to white, as ground or for words: then these
    are black."""
    front, ground = _known(front, system), _known(ground, system)
    if front and ground and system is ColorSystem.STANDARD and {front.number, ground.number} in _TOO_NEAR:
        front = _BLACK
    return front, ground


def _known(colour: Color | None, system: ColorSystem) -> Color | None:
    return None if colour is None or colour.is_default else colour.downgrade(system)


def erases_with_ground() -> bool:
    """Whether the terminal's erasing leaves the ground in hand, as its description says."""
    import curses

    try:
        curses.setupterm()
        return curses.tigetflag("bce") == 1
    except curses.error:
        return False


class Changes(CompositorUpdate):
    """An update of which only what is not on the terminal yet is sent."""

    def __init__(self, update: CompositorUpdate, shown: Shown, width: int) -> None:
        self._update, self._shown, self._width = update, shown, width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(cast("ConsoleRenderable", self._update), options)

    def render_segments(self, console: Console) -> str:
        return self._shown.changes(self._update, console, self._width)
