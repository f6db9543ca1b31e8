"""What is told of counts: all of them to whoever works with the caseload, not the small ones to others."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from vigtui.queries.audit import figures
from vigtui.queries.audit.small_numbers import left_out


class Told(Struct, frozen=True):
    """Counts by their names, without what is 0. Of a name in `left_out` something is not told: then the count
    is what is known of it, and the true one is larger."""

    counts: Mapping[str, int]
    left_out: frozenset[str] = frozenset()

    def of(self, name: str) -> int:
        """Return what is known of a count."""
        return self.counts.get(name, 0)


def told_to_others(counts: Mapping[str, int], limit: int) -> Told:
    """Return the counts without those under a limit, and without what these could be worked out from."""
    tables = figures.tables(counts)
    every = {name: counts.get(name, 0) for name in figures.names(tables)}
    hidden = left_out(every, figures.relations(tables), limit)
    if figures.SESSIONS in hidden:
        hidden |= {figures.MINUTES}
    return Told({name: count for name, count in counts.items() if count and name not in hidden}, hidden)


def added(several: Iterable[Told]) -> Told:
    """Return what is told of several together."""
    counts: Counter[str] = Counter()
    hidden: frozenset[str] = frozenset()
    for each in several:
        counts.update(each.counts)
        hidden |= each.left_out
    return Told(counts, hidden)
