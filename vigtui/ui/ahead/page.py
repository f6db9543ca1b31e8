"""The list of families as its screen shows it first, in the cells of a terminal."""

from collections.abc import Callable, Sequence
from itertools import chain

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from vigtui.domain.records import Person
from vigtui.film.pane.driver.cells import Cells
from vigtui.film.pane.driver.pens import cells_of
from vigtui.queries.caseload_groups import RowGroup
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.ui.ahead.palettes import Palette
from vigtui.ui.ahead.styles import Styles, segments
from vigtui.ui.widgets.family_lines import family_line, group_line, heading_line, in_front
from vigtui.ui.widgets.lines.drawing import excerpt, signs_line, title_line, wrapped
from vigtui.values.text import one_line
from vigtui.wording.legend import row_signs
from vigtui.workspace.family_list import FamilyList, Here

# The rows above the list, with those that are left free; most rows of what is told of a family.
_ABOVE, _MOST_ABOUT = 5, 3
_COUNTED, _HEADINGS = 2, 4
_MOST_COUNTED = 0.6


Detail = Callable[[Sequence[str]], FamilyList]
"""Reads families by their ids, with all that is shown of them."""


class Page:
    """The screen with the list of families, at a size of `width` by `height` cells. What is not known before
    the screen itself is there is left out: whether all is saved, and the keys."""

    def __init__(self, width: int, height: int, palette: Palette, system: ColorSystem) -> None:
        self._width, self._height = width, height
        self._styles, self._system = Styles(palette), system
        self._rows: dict[int, Cells] = {}

    def of(
        self, families: FamilyList, called: str, here: Here, detail: Detail | None = None
    ) -> dict[int, Cells]:
        """Return the rows of the screen of a caseload that is `called` so; none where it is not certain how
        they look. `detail` reads the families that are in sight, where only their names are in `families`."""
        lines = _lines(families)
        at = next((n for n, line in enumerate(lines) if _is(line, families.family_left)), None)
        if at is None:
            at = next((n for n, line in enumerate(lines) if isinstance(line, FamilyRow)), None)
        if at is None:
            return {}
        near = lines[max(0, at - self._height) : at + self._height]
        ids = [line.family.id for line in near if isinstance(line, FamilyRow)]
        seen = detail(ids) if detail else families
        lines = [_complete(line, seen) for line in lines] if detail else lines
        row = lines[at]
        if not isinstance(row, FamilyRow) or row.family.id in families.undecided:
            return {}
        about = Text("\n".join(one_line(line) for line in seen.about(row) if line))
        told = min(_MOST_ABOUT, len(wrapped(about, self._width - 2)))
        room = self._height - _ABOVE - told - 2
        if room < 1:
            return {}
        self._put_head(families, called, here.person)
        self._put_list(lines, at, room, families)
        below = _ABOVE + room
        self._put(below, signs_line(row_signs(row, undecided=False), self._width - 2), self._styles.muted)
        for number, line in enumerate(excerpt(about, self._width - 2, told)):
            self._put(below + 1 + number, line, self._styles.text)
        self._put(self._height - 1, Text(), self._styles.bar)
        return self._rows if len(self._rows) == self._height else {}

    def _put_head(self, families: FamilyList, called: str, person: Person | None) -> None:
        middle = in_front(called, person)
        left = Text("Caseload", style="bold")
        self._put(0, title_line(left, middle, "", Text(), self._width - 2), self._styles.bar)
        counted = families.counted(families.rows)
        fits = len(counted) <= (self._width - 2) * _MOST_COUNTED
        self._put(_COUNTED, Text(counted.rjust(self._width - 2) if fits else ""), self._styles.muted)
        guider = families.grouping != "guider"
        self._put(_HEADINGS, heading_line(self._width - 3, guider=guider), self._styles.muted)
        for row in (_COUNTED - 1, _HEADINGS - 1):
            self._put(row, Text(), self._styles.words)

    def _put_list(self, lines: list[RowGroup | FamilyRow], at: int, room: int, families: FamilyList) -> None:
        width = self._width - 2 - (len(lines) > room)
        first = max(0, at - room + 1)
        for row in range(room):
            number = first + row
            if number >= len(lines):
                self._put(_ABOVE + row, Text(), self._styles.words)
                continue
            text = _drawn(lines[number], width, families)
            text.truncate(width, overflow="ellipsis", pad=True)
            if number == at:
                text.stylize("not dim")
            self._put(_ABOVE + row, text, self._styles.cursor if number == at else self._styles.words)

    def _put(self, row: int, line: Text, style: Style) -> None:
        """Put a line into a row, one cell from the left; the rest of the row has the ground of its style, but
        of the cursor's, which ends with the line."""
        around = self._styles.words if style is self._styles.cursor else style
        left = self._width - 1 - line.cell_len
        parts = [Segment(" ", around)], segments(line, style), [Segment(" " * left, around)]
        cells = cells_of(chain(*parts), self._width, self._system)
        if cells is not None:
            self._rows[row] = cells


def _lines(families: FamilyList) -> list[RowGroup | FamilyRow]:
    lines: list[RowGroup | FamilyRow] = []
    for group in families.groups(families.rows):
        lines += [group, *group.rows] if group.heading else group.rows
    return lines


def _is(line: RowGroup | FamilyRow, family: str) -> bool:
    return isinstance(line, FamilyRow) and line.family.id == family


def _complete(line: RowGroup | FamilyRow, families: FamilyList) -> RowGroup | FamilyRow:
    return line if isinstance(line, RowGroup) else families.row(line.family.id) or line


def _drawn(line: RowGroup | FamilyRow, width: int, families: FamilyList) -> Text:
    if isinstance(line, RowGroup):
        return group_line(line, width, plain=False)
    undecided = line.family.id in families.undecided
    return family_line(line, families.grouping != "guider", width, undecided=undecided)
