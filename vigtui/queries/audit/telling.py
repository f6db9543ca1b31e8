"""What is told of counts: all of them to whoever works with the caseload, not the small ones to others."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from vigtui.queries.audit import figures
from vigtui.queries.audit.small_numbers import left_out
from vigtui.queries.audit.tables_for_others import tables_for_others


class Told(Struct, frozen=True):
    """Counts by their names, without what is 0. Of a name in `left_out` something is not told: then the count
    is what is known of it, and the true one may be more."""

    counts: Mapping[str, int]
    left_out: frozenset[str] = frozenset()

    def of(self, name: str) -> int:
        """Return what is known of a count."""
        return self.counts.get(name, 0)

    def for_others(self, limit: int) -> "Told":
        """Return the counts without those under a limit, and without what these could be worked out from.
        It names the reasons that are told and no other, and is in the order of the tables: by either one
        would know more."""
        tables = tables_for_others(self.counts.keys() | self.left_out)
        names = figures.names(tables)
        every = {name: self.of(name) for name in names}
        hidden = left_out(every, figures.relations(tables), limit, self.left_out)
        if figures.SESSIONS in hidden:
            hidden |= {figures.MINUTES}
        shown = {name: self.of(name) for name in (*names, figures.MINUTES) if name not in hidden}
        shown = {name: count for name, count in shown.items() if count}
        return Told(shown, frozenset(map(_without_reason, hidden)))


def added(several: Iterable[Told]) -> Told:
    """Return what is told of several together."""
    counts: Counter[str] = Counter()
    hidden: frozenset[str] = frozenset()
    for each in several:
        counts.update(each.counts)
        hidden |= each.left_out
    if figures.REASONS_LEFT_OUT in hidden:
        hidden |= {name for name in counts if _without_reason(name) != name}
    return Told(counts, hidden)


def _without_reason(name: str) -> str:
    return name if figures.reason_words(name) is None else figures.REASONS_LEFT_OUT
