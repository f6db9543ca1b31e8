"""The tables of an audit for others: counts depend on one another in fewer ways there, so more can be told.

What no total is told of, tells nothing of what is beside it. And no two tables bind each other otherwise than
by a total that they share:

- How many questions are rated is not told: as many ratings at least are no longer missing.
- How many families have any status is not told: as many at least are in the rows below.
- Trainees are practitioners.
- Complete cycles are of families that have completed some. That bounds neither so far that a number left out
  would be known, whatever is usual; a test tries it.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from vigtui.domain.vocabulary import StatusKind
from vigtui.queries.audit import figures
from vigtui.queries.audit.figures import Table, of_rater
from vigtui.queries.audit.small_numbers import Relation

_OF_RATINGS = (*figures.CHANGES, figures.MISSING)


def tables_for_others(counts: Iterable[str]) -> tuple[Table, ...]:
    """Return the tables in their order, with a row for each reason among these counts. What a count is a part
    of comes before its own parts."""
    return tuple(map(_for_others, figures.tables(counts)))


def _for_others(table: Table) -> Table:
    match table.name:
        case "cycles" | "film":
            return Table(table.name, "", (), tuple(name for name, _ in table.rows))
        case "ratings":
            return Table(table.name, "", (), tuple(_ratings()))
        case "questions":
            return replace(table, relations=())
        case "status":
            each = (Relation(table.total, (f"status/{kind}",), overlap=True) for kind in StatusKind)
            return replace(table, relations=tuple(each))
        case "trainees":
            of_all = Relation(figures.PRACTITIONERS, (table.total,), overlap=True)
            return replace(table, relations=(of_all, *table.relations))
    return table


def _ratings() -> Iterator[str]:
    return (of_rater(rater, part) for rater in figures.RATERS for part in _OF_RATINGS)
