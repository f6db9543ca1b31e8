"""A small grid of terminal cells to draw on, each with the name of a style."""

from itertools import groupby

from rich.cells import cell_len, get_character_cell_size, set_cell_size

from vigtui.values.text import clean


def cut(words: str, cells: int) -> str:
    """Return words that take at most so many cells; where some are left out, they end in "…"."""
    if cell_len(words) <= cells:
        return words
    return set_cell_size(words, cells - 1).rstrip() + "…" if cells > 0 else ""


class Canvas:
    """`height` rows of `width` cells. What falls outside is cut off; later drawing covers earlier.

    A style is a name that the widget knows, "" for plain. A wide character fills two cells.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[" "] * width for _ in range(height)]
        self._styles = [[""] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, style: str = "", *, under: bool = False) -> None:
        """Write `text` from `column` on; with `under`, only where nothing is written yet."""
        if not 0 <= row < self.height:
            return
        for character in clean(text).replace("\n", " "):
            size = get_character_cell_size(character)
            if size == 0:
                self._combine(row, column - 1, character)
            elif 0 <= column <= self.width - size and not (under and self._cells[row][column] != " "):
                self._set(row, column, character, style)
                if size == 2:
                    self._set(row, column + 1, "", style)
            column += size

    def fill(self, row: int, start: int, end: int, character: str, style: str = "") -> None:
        """Write one narrow character in every cell from `start` up to but not including `end`."""
        if 0 <= row < self.height:
            for column in range(max(start, 0), min(end, self.width)):
                self._set(row, column, character, style)

    def restyle(self, row: int, start: int, end: int, style: str) -> None:
        """Give the cells from `start` up to but not including `end` another style."""
        if 0 <= row < self.height:
            for column in range(max(start, 0), min(end, self.width)):
                self._styles[row][column] = style

    def is_free(self, row: int, start: int, end: int) -> bool:
        """Whether nothing is written from `start` up to but not including `end`."""
        return start >= 0 and all(cell == " " for cell in self._cells[row][start:end])

    def runs(self, row: int) -> list[tuple[str, str]]:
        """A row as pieces of text in one style each."""
        pairs = zip(self._cells[row], self._styles[row], strict=True)
        runs = groupby(pairs, lambda pair: pair[1])
        return [("".join(cell for cell, _ in run), style) for style, run in runs]

    def text(self) -> str:
        """All rows as plain text, without spaces at the ends of lines."""
        return "\n".join("".join(row).rstrip() for row in self._cells)

    def _set(self, row: int, column: int, character: str, style: str) -> None:
        cells = self._cells[row]
        if cells[column] == "" and column and character:
            cells[column - 1] = " "
        if column + 1 < self.width and cells[column + 1] == "":
            cells[column + 1] = " "
        cells[column] = character
        self._styles[row][column] = style

    def _combine(self, row: int, column: int, character: str) -> None:
        """Add an accent or the like to the character before it."""
        while column > 0 and self._cells[row][column : column + 1] == [""]:
            column -= 1
        if 0 <= column < self.width:
            self._cells[row][column] += character
