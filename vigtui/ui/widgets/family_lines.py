"""One family, or one heading, as a line of the caseload list."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rich.text import Text

from vigtui.domain.records import Person
from vigtui.queries.caseload_groups import RowGroup
from vigtui.queries.caseload_rows import FamilyRow
from vigtui.ui.widgets.lines.drawing import rule
from vigtui.values.text import one_line


class Column(Struct, frozen=True):
    """A column: its heading, its width in cells at 80 columns, and its part of the cells beyond that."""

    name: str
    heading: str
    width: int
    part: int = 0


_COLUMNS = (
    Column("family", "Family", 14, 1),
    Column("guider", "Guider", 11, 1),
    Column("cycles", "Cycles", 8),
    Column("question", "Helping question", 13, 6),
    Column("ratings", "", 9),
    Column("status", "Now", 9, 1),
    Column("next", "Next", 7),
    Column("needs", "Needs", 12, 3),
)
_DROPPED_WHEN_NARROW = ("guider", "ratings", "next", "cycles", "status")


@lru_cache(maxsize=8)
def columns_for(width: int, *, guider: bool) -> tuple[Column, ...]:
    """The columns that fit into `width` cells, as wide as they may be there."""
    kept = [column for column in _COLUMNS if guider or column.name != "guider"]
    for name in _DROPPED_WHEN_NARROW:
        if _natural(kept) <= width:
            break
        kept = [column for column in kept if column.name != name]
    spare = width - _natural(kept)
    parts = sum(column.part for column in kept)
    given = [max(0, spare) * column.part // parts for column in kept]
    given[[column.name for column in kept].index("question")] += spare - sum(given)
    return tuple(
        Column(column.name, column.heading, max(1, column.width + more))
        for column, more in zip(kept, given, strict=True)
    )


def in_front(service: str, person: Person | None) -> Text:
    """Whose caseload it is and who is here, for the title over the list."""
    words = Text(one_line(service))
    if person is not None:
        role = f", {person.roles[0].label}" if person.roles else ""
        words.append(f"   {one_line(person.name)}{role}", style="dim")
    return words


def plain_line(row: FamilyRow, guider: bool, width: int, *, undecided: bool = False) -> Text:
    """The same as `family_line` in words alone."""
    from vigtui.wording.plain import family_words  # Lazy: most have no use for it.

    line = Text(family_words(row, guider=guider, undecided=undecided), no_wrap=True)
    line.truncate(width, overflow="ellipsis")
    return line


def heading_line(width: int, *, guider: bool) -> Text:
    """The headings over the columns. `guider` says whether there is a column for the guider."""
    headings: list[Column] = []
    for column in columns_for(width, guider=guider):
        if column.heading:
            headings.append(column)
        else:  # The one before has its room as well.
            headings[-1] = replace(headings[-1], width=headings[-1].width + column.width)
    return _line([(column.heading, column, "") for column in headings])


def family_line(row: FamilyRow, guider: bool, width: int, *, undecided: bool = False) -> Text:
    """A family's line. An urgent need is bold and marked, not coloured alone; `undecided` says that two
    people changed the same about it."""
    columns = columns_for(width, guider=guider)
    family = row.family
    urgent = any(need.urgent for need in row.needs)
    cells = {
        "family": (f"{family.code} {family.pseudonym}", "bold"),
        "guider": (row.guider_short, ""),
        "cycles": (row.cycles, ""),
        "question": (row.question or "not agreed yet", "" if row.question else "dim"),
        "ratings": (f"{row.first:>2}{row.bars}{row.last}", ""),
        "status": (row.status, ""),
        "next": (row.next, ""),
        "needs": (("! " if urgent else "") + _needs(row, columns[-1].width), "bold" if urgent else ""),
    }
    if undecided:
        cells["needs"] = (f"decide, {cells['needs'][0]}".removesuffix(", "), "bold")
    return _line([(cells[column.name][0], column, cells[column.name][1]) for column in columns])


def group_line(group: RowGroup, width: int, *, plain: bool) -> Text:
    """A heading, and when its person's supervision was and will be."""
    return rule(one_line(group.heading), width, group.supervised, plain=plain)


def _needs(row: FamilyRow, width: int) -> str:
    """All needs where there is room, else the first and how many more."""
    if len(row.needs) > 1 and len(row.needs_short) > width - 3:
        return f"{row.needs[0].short} +{len(row.needs) - 1}"
    return row.needs_short


def _natural(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns)


def _line(cells: Sequence[tuple[str, Column, str]]) -> Text:
    line = Text(no_wrap=True)
    for words, column, style in cells:
        cell = Text(one_line(words) if words.strip() == words else words, style=style)
        cell.truncate(column.width - 1, overflow="ellipsis", pad=True)
        line.append_text(cell).append(" ")
    return line
