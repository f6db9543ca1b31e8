"""A paper before it is laid out: which template it is written in, and what that is filled with."""

from typing import Any

from msgspec import Struct, to_builtins

from vigtui.reports.charts.chart import Charts, Say


class PaperError(Exception):
    """A paper cannot be made. The text is one sentence: what, where, and what to do."""


class PaperRefusedError(PaperError):
    """A paper must not be made: a consent is missing, or a rule says no. The text says which."""


class Table(Struct, frozen=True):
    """What a paper tells as rows under headings, for a spreadsheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Paper(Struct, frozen=True):
    """`kind` names its template, `name` is offered for its file and says nothing of a family. `values` are
    plain data: words, numbers, and lists and dicts of these, with the names that the template uses.
    `families` are the ids of those of whom it tells, none where it tells of all. One that tells `of_nobody`
    is not entered in the register of copies. What it lists is its `table`, if it is a list; a template puts
    its `charts` where they go, as in `{{ charts.ratings }}`."""

    kind: str
    name: str
    values: dict[str, Any]
    families: tuple[str, ...] = ()
    of_nobody: bool = False
    table: Table | None = None
    charts: Charts = {}


def said(table: Table, say: Say) -> Table:
    """Return the table with every cell as it is printed."""
    return Table(table.headings, tuple(tuple(map(say, row)) for row in table.rows))


def plain(data: object) -> Any:
    """Return structs, tuples and days as the plain data that a template is filled with."""
    return to_builtins(data)
