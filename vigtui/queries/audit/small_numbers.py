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
    hidden = {name for name, count in counts.items() if 0 < count < limit}
    while known := _worked_out(counts, relations, hidden, limit):
        hidden |= _next(counts, relations, hidden, known) or counts.keys()
    return frozenset(hidden)


def _next(
    counts: Mapping[str, int], relations: Sequence[Relation], hidden: set[str], known: set[str]
) -> set[str]:
    """Return what else to leave out beside what is known: the number that fewest relations share, or where
    there is none but 0, all."""
    shared = Counter(name for each in relations for name in each.names)
    beside = [each for each in relations if not known.isdisjoint(each.names)]
    shown = [name for each in beside for name in each.names if name not in hidden]
    numbers = [name for name in shown if counts[name]]
    return {min(numbers, key=shared.__getitem__)} if numbers else set(shown)


def _worked_out(
    counts: Mapping[str, int], relations: Sequence[Relation], hidden: set[str], limit: int
) -> set[str]:
    """Return the names of the small numbers that could be worked out from what is not hidden."""
    if len(hidden) == len(counts):
        return set()
    bounds = {name: (float(count), float(count)) for name, count in counts.items()}
    least = _least(counts, relations, hidden)
    bounds |= {name: (limit, inf) if counts[name] >= limit else (least[name], limit - 1) for name in hidden}
    narrowed = True
    while narrowed:
        before = dict(bounds)
        for each in relations:
            (_narrow_overlap if each.overlap else _narrow_sum)(each, bounds)
        narrowed = before != bounds
    return {name for name in hidden if counts[name] < limit and bounds[name][0] == bounds[name][1]}


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
