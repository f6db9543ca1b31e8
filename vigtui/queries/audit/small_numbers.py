"""Which counts are told to others: none of few people, and none from which such a number could be worked out.

A number is small where it is at least 1 and under a limit; 0 is about nobody. From the top down:

- A count that is part of nothing is told unless it is small.
- Parts are told where their total is told and none of them is small.
- Where some parts of a sum are small, they are left out with every 0 beside them, and the others are told: if
  what is left out is not small all together, and not of the highest small number alone. Else the last of the
  others is left out too, if that is enough for one small number of any size and one that is not small.
- Else none of the parts is told, no 0 either. Nothing is told below what is not told.

Claim: whoever has what is told, the limit and this program, and even knows which counts can only be 0, finds
at least two values possible for every small number that is not told. And what is left out of a sum together
with it is no small number either.

Proof. What is told of the parts of a total depends on these numbers alone, and nothing is told below what is
not told. So for the parts all is possible that would be told alike, whatever is told elsewhere.

- Where no part is told, one may be 1 and another all that remains, or the reverse: that is told alike, since
  not more than one is large. Of parts that overlap, one may be 1 and another the total. A part alone may be
  1 or 2.
- Where all that are not small are told, the rest may as well be exchanged, since the rule looks at no order.
  If all of it are the same, they are less than the highest, and one may be larger by 1 and another smaller.
  That is told alike, also where the smaller is 0: of 1s there are 3 at least.
- Where the last of them is left out too, any small one may be the only one, and of any size, beside it.
- A count that is part of nothing may be 1 or 2, since the limit is at least 3.
- What is below something left out may be 0 of it, or some, as that is not known.

Counts that bind one another otherwise than as total and part are looked at in `tables_for_others`. Tests try
all small tables. The method is cell suppression, by a rule that stands up to a reader who knows it (a
minimality attack): Handbook on Statistical Disclosure Control (ESSnet, 2010), on tables of frequencies.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

LEAST_LIMIT = 3
"""Under 2 there is only 1: left out, it would still be known."""


class Relation(Struct, frozen=True):
    """How counts depend on one another, by their names: the total is the sum of the parts. Where the parts
    `overlap`, each is of some of the total, and one may be in several.

    A count is a part of one total at most.
    """

    total: str
    parts: tuple[str, ...]
    overlap: bool = False

    def following(self, counts: Mapping[str, int]) -> Iterator[int]:
        """Yield the numbers that are known with the total and the parts: of those that overlap also how many
        of the total are not in a part, and how often somebody is in a further one."""
        total, parts = counts[self.total], [counts[each] for each in self.parts]
        yield from parts
        if self.overlap:
            yield from (total - each for each in parts)
            yield sum(parts) - total


def left_out(
    counts: Mapping[str, int],
    relations: Sequence[Relation],
    limit: int,
    unknown: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Return the names of the counts that are not to be told. `relations` come from the top down, `limit` is
    LEAST_LIMIT at least. Those of `unknown` counts are left out already, with all that is beside them."""
    below = {part for each in relations for part in each.parts}
    hidden = {name for name in counts if name not in below and _is_small(counts[name], limit)}
    hidden |= unknown & counts.keys()
    for each in relations:
        if each.total in hidden or not hidden.isdisjoint(each.parts):
            hidden.update(each.parts)
        else:
            hidden.update(_beside_small(each, counts, limit))
    return frozenset(hidden)


def _beside_small(relation: Relation, counts: Mapping[str, int], limit: int) -> Sequence[str]:
    """Return those parts of a total that are not told, though it is."""
    small = [number for number in relation.following(counts) if _is_small(number, limit)]
    if not small:
        return ()
    large = [each for each in relation.parts if counts[each] >= limit]
    if relation.overlap or not large:
        return relation.parts
    rest = [each for each in relation.parts if counts[each] < limit]
    if limit <= sum(small) < len(small) * (limit - 1):
        return rest
    return (*rest, large[-1]) if sum(small) + counts[large[-1]] >= limit - 1 + limit else relation.parts


def _is_small(number: int, limit: int) -> bool:
    return 0 < number < limit
