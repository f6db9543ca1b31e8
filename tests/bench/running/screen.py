"""A terminal's screen, quick enough to follow film: what is in each cell, and what a terminal answers.

It understands what programs that draw pictures send, and answers like an xterm that knows synchronised
output, and shows nothing of that before it is all there, and has neither sixel nor kitty graphics. A cell
holds one character; wide ones are not known.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.running.colours import BACK, FRONT, colour_changes

CELL_WIDTH, CELL_HEIGHT = 8, 16
"""Pixels of a cell, for those who ask."""

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f]+)"
    r"|\x1b\[(?P<parameters>[0-?]*)(?P<final>[ -/]*[@-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|\x1b\](?P<system>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[PX^_](?P<string>[^\x1b]*)\x1b\\"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
)


@dataclass(frozen=True)
class Grid:
    """What a screen shows: code points and two colours (0xRRGGBB) of each cell, shape (rows, columns)."""

    glyphs: NDArray[np.uint32]
    front: NDArray[np.uint32]
    back: NDArray[np.uint32]

    def part(self, top: int, left: int, rows: int, columns: int) -> "Grid":
        """Return the cells of a rectangle."""
        place = np.s_[top : top + rows, left : left + columns]
        return Grid(self.glyphs[place], self.front[place], self.back[place])


class Screen:
    """The screen of a terminal. `feed` takes what a program sends; `answer` is called with what the terminal
    sends back."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], None] = lambda _: None) -> None:
        self.columns, self.rows = columns, rows
        self._answer = answer
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self.asked = self.frames = 0
        """How many questions there were, and how many times something was shown at once."""
        self.reset()

    def reset(self) -> None:
        """Be as empty as a terminal that was just opened."""
        self._front, self._back, self._swapped = FRONT, BACK, False
        self._row = self._column = 0
        self._saved = (0, 0, FRONT, BACK)
        self._last = " "
        self._held: tuple[list[str], list[int], list[int]] | None = None
        self._clear()

    def resize(self, columns: int, rows: int) -> None:
        """Have another size, and nothing on the screen."""
        self.columns, self.rows = columns, rows
        self._row, self._column = min(self._row, rows - 1), min(self._column, columns - 1)
        self._held = None
        self._clear()

    @property
    def _seen(self) -> tuple[list[str], list[int], list[int]]:
        """Glyphs and colours of all cells: in the middle of what is shown at once, those before it."""
        return self._held or (self._glyphs, self._fronts, self._backs)

    @property
    def grid(self) -> Grid:
        """A copy of what is on the screen now."""
        shape = (self.rows, self.columns)
        glyphs, fronts, backs = self._seen
        text = "".join(glyphs).encode("utf-32-le", "surrogatepass")
        return Grid(
            np.frombuffer(text, "<u4").reshape(shape).copy(),
            np.array(fronts, np.uint32).reshape(shape),
            np.array(backs, np.uint32).reshape(shape),
        )

    @property
    def text(self) -> str:
        """The characters on the screen, a line a row."""
        glyphs = self._seen[0]
        return "\n".join(
            "".join(glyphs[start : start + self.columns])
            for start in range(0, self.rows * self.columns, self.columns)
        )

    def feed(self, data: bytes) -> None:
        """Draw what a program sent. An escape that is not complete yet waits for its rest."""
        text = self._rest + self._decode(data)
        end = 0
        for token in _TOKEN.finditer(text):
            if token.start() != end:
                break
            end = token.end()
            self._take(token)
        self._rest = text[end:]
        if len(self._rest) > 100_000:
            raise ValueError(f"no terminal understands {self._rest[:60]!r}")

    def _take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind == "text":
            self._write(token["text"])
        elif kind == "final":
            if token["final"] == "m":
                self._colour(token["parameters"])
            else:
                self._escape(token["final"], token["parameters"])
        elif kind == "control":
            self._control(token["control"])
        elif kind == "system":
            if token["system"] in ("10;?", "11;?"):
                number = token["system"][:2]
                colour = f"{FRONT if number == '10' else BACK:06x}"
                channels = "/".join(colour[at : at + 2] * 2 for at in (0, 2, 4))
                self._reply(f"\x1b]{number};rgb:{channels}\x1b\\")
        elif kind == "escape":
            self._short(token["escape"])

    def _reply(self, text: str) -> None:
        self._answer(text.encode())

    # Drawing

    def _clear(self) -> None:
        count = self.columns * self.rows
        self._glyphs = [" "] * count
        self._fronts = [self._front] * count
        self._backs = [self._back] * count

    def _erase(self, start: int, end: int) -> None:
        count = max(0, end - start)
        self._glyphs[start : start + count] = [" "] * count
        self._fronts[start : start + count] = [self._front] * count
        self._backs[start : start + count] = [self._back] * count

    def _write(self, text: str) -> None:
        front, back = (self._back, self._front) if self._swapped else (self._front, self._back)
        self._last = text[-1]
        while text:
            if self._column >= self.columns:
                self._column = 0
                self._line_feed()
            part, text = text[: self.columns - self._column], text[self.columns - self._column :]
            start = self._row * self.columns + self._column
            count = len(part)
            self._glyphs[start : start + count] = part
            self._fronts[start : start + count] = [front] * count
            self._backs[start : start + count] = [back] * count
            self._column += count

    def _line_feed(self) -> None:
        if self._row < self.rows - 1:
            self._row += 1
            return
        for cells in (self._glyphs, self._fronts, self._backs):
            del cells[: self.columns]
        self._glyphs += [" "] * self.columns
        self._fronts += [self._front] * self.columns
        self._backs += [self._back] * self.columns

    def _control(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        elif control in "\n\v\f":
            self._line_feed()
        elif control == "\b":
            self._column = max(0, min(self._column, self.columns - 1) - 1)
        elif control == "\t":
            self._column = min(self.columns - 1, self._column // 8 * 8 + 8)

    def _short(self, escape: str) -> None:
        if escape == "7":
            self._saved = (self._row, self._column, self._front, self._back)
        elif escape == "8":
            self._row, self._column, self._front, self._back = self._saved
        elif escape == "c":
            self.reset()
        elif escape == "D":
            self._line_feed()
        elif escape == "E":
            self._column = 0
            self._line_feed()
        elif escape == "M":
            self._row = max(0, self._row - 1)

    def _colour(self, parameters: str) -> None:
        for change, value in colour_changes(parameters):
            if change == "front":
                self._front = value
            elif change == "back":
                self._back = value
            elif change == "swap":
                self._swapped = bool(value)
            else:
                self._front, self._back, self._swapped = FRONT, BACK, False

    def _escape(self, final: str, parameters: str) -> None:
        if parameters[:1] in ("?", ">", "=", "<"):
            self._private(final, parameters)
            return
        numbers = [int(number) if number.isdigit() else 0 for number in parameters.split(";")]
        first = numbers[0]
        if final in _MOVES:
            self._move(final, max(1, first), max(1, numbers[1]) if len(numbers) > 1 else 1)
        elif final in "JKXPb@":
            self._change(final, first)
        elif final == "s":
            self._short("7")
        elif final == "u":
            self._short("8")
        else:
            self._ask(final, first)

    def _move(self, final: str, count: int, second: int) -> None:
        row, column = self._row, min(self._column, self.columns - 1)
        if final in "Hf":
            row, column = count - 1, second - 1
        elif final in "AF":
            row -= count
        elif final in "BEe":
            row += count
        elif final in "Ca":
            column += count
        elif final == "D":
            column -= count
        elif final in "G`":
            column = count - 1
        elif final == "d":
            row = count - 1
        if final in "EF":
            column = 0
        self._row = max(0, min(row, self.rows - 1))
        self._column = max(0, min(column, self.columns - 1))

    def _change(self, final: str, how: int) -> None:
        start = self._row * self.columns
        here = start + min(self._column, self.columns - 1)
        end = start + self.columns if final == "K" else self.rows * self.columns
        if final in "JK":
            if how in (2, 3):
                self._erase(start if final == "K" else 0, end)
            elif how == 1:
                self._erase(start if final == "K" else 0, here + 1)
            else:
                self._erase(here, end)
        elif final == "X":
            self._erase(here, min(here + max(1, how), start + self.columns))
        elif final == "b":
            self._write(self._last * max(1, how))
        else:
            raise ValueError(f"characters inserted or deleted in a line are not known (CSI {final})")

    # Answering

    def _ask(self, final: str, first: int) -> None:
        if final == "n" and first == 6:
            self.asked += 1
            self._reply(f"\x1b[{self._row + 1};{min(self._column, self.columns - 1) + 1}R")
        elif final == "n" and first == 5:
            self._reply("\x1b[0n")
        elif final == "c":
            self._reply("\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c")
        elif final == "t":
            height, width = self.rows * CELL_HEIGHT, self.columns * CELL_WIDTH
            if first == 14:
                self._reply(f"\x1b[4;{height};{width}t")
            elif first == 16:
                self._reply(f"\x1b[6;{CELL_HEIGHT};{CELL_WIDTH}t")
            elif first == 18:
                self._reply(f"\x1b[8;{self.rows};{self.columns}t")

    def _private(self, final: str, parameters: str) -> None:
        if final == "$p":
            mode = parameters.lstrip("?")
            self._reply(f"\x1b[?{mode};{2 if mode in _MODES else 0}$y")
        elif final in "hl" and parameters in ("?1049", "?47", "?1047"):
            self._clear()
        elif final in "hl" and parameters == "?2026":
            now = self._glyphs.copy(), self._fronts.copy(), self._backs.copy()
            self._held = now if final == "h" else None
            self.frames += final == "l"
        elif final == "c" and parameters[0] == ">":
            self._reply("\x1b[>41;390;0c")
        elif final == "q" and parameters[0] == ">":
            self._reply("\x1bP>|XTerm(390)\x1b\\")


class Unread(Screen):
    """A screen of which nothing is read: what it is sent is only counted, or is what ours does not know."""

    def feed(self, data: bytes) -> None:
        """Take it."""


_MOVES = "ABCDEFGHadef`"
_MODES = {"25", "1000", "1002", "1003", "1004", "1006", "1049", "2004", "2026"}
