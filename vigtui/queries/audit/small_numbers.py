"""Leaving small numbers out of counts, and with them what would let somebody work them out.

A small number is at least 1 and under a limit. 0 is about nobody, and stays. Whoever reads the rest knows how
counts depend on one another, and the limit; they may even know which numbers are left out for being small
and which to protect those. So bounds are kept for each of them, and as long as the bounds of a small number
leave but one value, something beside it is left out as well.

What that is depends on its place, never on its size: of the smallest, the size of the others would tell.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf

from msgspec import Struct

LEAST_LIMIT = 3
"""Under 2 there is only 1: left out, it would still be known."""

Bounds = dict[str, tuple[float, float]]


class Relation(Struct, frozen=True):
    """How counts depend on one another, by their names: the total is the sum of the parts. Where the parts
    `overlap` it is at least as large as each, and at most as large as all together.

    Relations form no circles: two counts are related in one way alone.
    """

    total: str
    parts: tuple[str, ...]
    overlap: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All counts that it is about, in the order in which they are left out to protect others."""
        return (*reversed(self.parts), self.total)


def left_out(counts: Mapping[str, int], relations: Sequence[Relation], limit: int) -> frozenset[str]:
    """Return the names of the counts that are not to be told. `limit` is LEAST_LIMIT at least."""
    reader = _Reader(counts, relations, limit)
    hidden = {name for name, count in counts.items() if 0 < count < limit}
    while len(hidden) < len(counts):
        bounds = reader.bounds(hidden)
        known = {name for name in hidden if counts[name] < limit and _is_known(bounds, name)}
        if not known:
            break
        hidden |= reader.next(hidden, known) or counts.keys()
    return frozenset(hidden)


class _Reader(Struct, frozen=True):
    """Somebody who knows how counts depend on one another, and the limit, and tries to work them out."""

    counts: Mapping[str, int]
    relations: Sequence[Relation]
    limit: int

    def bounds(self, hidden: set[str]) -> Bounds:
        """Return what every count is at least and at most for whoever reads the others. All is known of what
        is not hidden."""
        found = {name: (float(count), float(count)) for name, count in self.counts.items()}
        least = _least(self.counts, self.relations, hidden)
        for name in hidden:
            small = self.counts[name] < self.limit
            found[name] = (least[name], self.limit - 1) if small else (self.limit, inf)
        narrowed = True
        while narrowed:
            before = dict(found)
            for each in self.relations:
                (_narrow_overlap if each.overlap else _narrow_sum)(each, found)
            narrowed = before != found
        return found

    def next(self, hidden: set[str], known: set[str]) -> set[str]:
        """Return what else to leave out beside what is known: the number that fewest relations share; or
        where there is none but 0, all. Whether that helps is not looked at: who knows this program would
        learn from it."""
        shared = Counter(name for each in self.relations for name in each.names)
        beside = [each for each in self.relations if not known.isdisjoint(each.names)]
        shown = [name for each in beside for name in each.names if name not in hidden]
        numbers = sorted((name for name in shown if self.counts[name]), key=shared.__getitem__)
        return set(numbers[:1] or shown)


def _is_known(bounds: Bounds, name: str) -> bool:
    low, high = bounds[name]
    return low == high


def _least(counts: Mapping[str, int], relations: Sequence[Relation], hidden: set[str]) -> dict[str, int]:
    """Return what everything left out is known to be at least: 1, unless 0 is left out beside it too."""
    zeros = {name for name in hidden if not counts[name]}
    beside = {name for each in relations if not zeros.isdisjoint(each.names) for name in each.names}
    return {name: int(name not in beside) for name in hidden}


def _narrow_sum(relation: Relation, bounds: Bounds) -> None:
    low = sum(bounds[each][0] for each in relation.parts)
    high = sum(bounds[each][1] for each in relation.parts)
    _narrow(bounds, relation.total, low, high)
    for part in relation.parts:
        others = [bounds[each] for each in relation.parts if each != part]
        total = bounds[relation.total]
        _narrow(
            bounds,
            part,
            total[0] - sum(each[1] for each in others),
            total[1] - sum(each[0] for each in others),
        )


def _narrow_overlap(relation: Relation, bounds: Bounds) -> None:
    low = max(bounds[each][0] for each in relation.parts)
    high = sum(bounds[each][1] for each in relation.parts)
    _narrow(bounds, relation.total, low, high)
    for part in relation.parts:
        total = bounds[relation.total]
        others = sum(min(bounds[each][1], total[0]) for each in relation.parts if each != part)
        _narrow(bounds, part, total[0] - others, total[1])


def _narrow(bounds: Bounds, name: str, low: float, high: float) -> None:
    bounds[name] = max(bounds[name][0], low), min(bounds[name][1], high)
