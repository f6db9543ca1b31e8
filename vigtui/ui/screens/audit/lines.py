"""The audit as lines: a heading for each table, and a row with a bar for each count in it."""

from collections.abc import Iterator, Sequence
from functools import partial

from rich.text import Text

from vigtui.queries.audit.figures import Table
from vigtui.queries.audit.telling import Told
from vigtui.ui.widgets.line_list import Line
from vigtui.ui.widgets.lines.drawing import rule
from vigtui.wording.audit import HEADINGS, OR_MORE, count_words, row_words, total_words

_NAME, _NUMBER, _LONGEST_BAR = 30, 5, 36
_MORE = len(f" {OR_MORE}")
_WITH_FAMILIES = 100
_BAR = "█"


def lines(told: Told, tables: Sequence[Table], families: dict[str, str], *, plain: bool) -> Iterator[Line]:
    """Yield the lines of these tables, without rows of nobody. `families` says which families are behind a
    count; where nothing is drawn (`plain`) there are no bars. Of rows that are left out one may be 0."""
    for table in tables:
        yield Line(partial(rule, HEADINGS[table.name], right=total_words(told, table), plain=plain))
        rows = [row for row in table.rows if told.of(row[0]) or row[0] in told.left_out]
        most = max((told.of(name) for name, _ in rows), default=0)
        for name, depth in rows:
            part = 0 if plain or not most else told.of(name) / most
            yield Line(partial(_row, told, name, depth, part, families.get(name, "")), name)


def _row(told: Told, name: str, depth: int, part: float, families: str, width: int) -> Text:
    label = Text(f"{'  ' * depth}{row_words(name)}")
    label.truncate(_NAME - 1, overflow="ellipsis", pad=True)
    number, more, _ = count_words(told, name).partition(f" {OR_MORE}")
    room_for_more = _MORE if told.left_out else 0
    line = Text.assemble(label, " ", number.rjust(_NUMBER), more.ljust(room_for_more), "  ", no_wrap=True)
    room = min(width - line.cell_len, _LONGEST_BAR)
    bar = max(round(room * part), 1) if part and room > 0 else 0
    line.append(_BAR * bar, style="dim")
    if families and width >= _WITH_FAMILIES:
        line.pad_right(room - bar if part else 0)
        names = Text(families, style="dim")
        names.truncate(width - line.cell_len - 2, overflow="ellipsis")
        line.append("  ").append_text(names)
    return line
