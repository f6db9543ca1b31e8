"""What is left out of an audit: a number about few people that could be worked out tells of them."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pytest

from vigtui.queries.audit import figures
from vigtui.queries.audit.small_numbers import Relation, left_out
from vigtui.queries.audit.tables_for_others import tables_for_others
from vigtui.queries.audit.telling import Told, added

LIMIT = 5
SUM = [Relation("all", ("a", "b", "c"))]

Counts = Mapping[str, int]


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ((6, 0, 9), ""),  # nobody is nobody
        ((6, 3, 9), "bc"),  # 18 - 6 - 9 would tell
        ((6, 3, 5), "abc"),  # 8 of both: one could not be 4
        ((6, 3, 0), "abc"),
        ((2, 1, 9), "abc"),  # 3 of both are few as well
        ((9, 0, 1), "abc"),
        ((2, 3, 9), "ab"),
        ((4, 4, 9), "abc"),  # 8 of both could only be 4 and 4
        ((3, 0, 0), "abc"),
    ],
)
def test_what_would_tell_a_small_number_is_left_out_with_it(parts: tuple[int, ...], hidden: str) -> None:
    counts = {"all": sum(parts), **dict(zip("abc", parts, strict=True))}
    assert left_out(counts, SUM, LIMIT) - {"all"} == set(hidden)
    assert ("all" in left_out(counts, SUM, LIMIT)) == (sum(parts) < LIMIT)


def test_those_in_several_parts_tell_no_small_number_that_follows_from_them() -> None:
    """Ten in all, nine of them with a CP plan: then it is one who has none."""
    both = [Relation("all", ("cp", "cin"), overlap=True)]
    assert left_out({"all": 10, "cp": 9, "cin": 9}, both, LIMIT) == {"cp", "cin"}
    assert left_out({"all": 10, "cp": 5, "cin": 5}, both, LIMIT) == set()
    assert left_out({"all": 10, "cp": 5, "cin": 6}, both, LIMIT) == {"cp", "cin"}  # one is in both


# Shapes of tables: how counts depend on one another, and the largest total that is tried.
FLAT = [Relation("all", ("a", "b", "c", "d"))]
NESTED = [Relation("all", ("a", "b", "more")), Relation("more", ("x", "y", "z"))]
DEEP = [Relation("all", ("a", "more")), Relation("more", ("b", "most")), Relation("most", ("x", "y"))]
SHARED = [Relation("all", ("a", "b")), Relation("all", ("x", "y", "z"))]
OVERLAPPING = [Relation("all", ("none", "any")), Relation("any", ("x", "y", "z"), overlap=True)]
EACH_ALONE = [Relation("all", (name,), overlap=True) for name in "xyz"]


@pytest.mark.parametrize(
    ("relations", "most", "limit"),
    [
        (FLAT, 13, 5),
        (FLAT, 9, 3),
        (NESTED, 10, 5),
        (NESTED, 8, 3),
        (DEEP, 15, 5),
        (DEEP, 10, 3),
        (SHARED, 13, 5),
        (SHARED, 9, 3),
        (OVERLAPPING, 7, 5),
        (OVERLAPPING, 5, 3),
        (EACH_ALONE, 9, 5),
        (EACH_ALONE, 7, 3),
    ],
)
@pytest.mark.parametrize("never", ["", "a", "x", "bz"])
def test_whoever_knows_the_program_learns_no_small_number(
    relations: Sequence[Relation], most: int, limit: int, never: str
) -> None:
    """They try all tables, and look at which of them are told alike: also where they know what is `never`."""
    every = (each for each in tables(relations, most) if not any(each.get(name) for name in never))
    assert exposed(every, lambda counts: left_out(counts, relations, limit), limit) == []


@pytest.mark.parametrize("usual", [0, 1, 2, 3])
@pytest.mark.parametrize(("most", "limit"), [(9, 5), (6, 3)])
def test_complete_cycles_tell_no_small_number_of_the_families(usual: int, most: int, limit: int) -> None:
    """A family with fewer cycles than are `usual` has completed so many at most, also in the span."""
    relations = [each for each in for_others() if each.parts == figures.REACHED]
    none, some, enough = figures.REACHED
    every = (
        {**each, figures.CYCLES_DONE: done}
        for each in tables(relations, most)
        for done in range(most + 1)
        if (usual > 1 or not each[some]) and (each[enough] or done <= max(usual - 1, 0) * each[some])
    )
    assert exposed(every, lambda counts: left_out(counts, relations, limit), limit) == []
    assert none not in left_out({"families": 0, none: 0, some: 0, enough: 0}, relations, limit)


def test_what_depends_on_one_another_comes_from_the_top_down_and_once() -> None:
    """The rule rests on that."""
    parts = [part for each in for_others() for part in each.parts]
    assert len(parts) == len(set(parts))
    known = {each.total for each in for_others()} - set(parts)
    for each in for_others():
        assert each.total in known
        known.update(each.parts)


def test_the_names_and_the_order_of_reasons_tell_nothing() -> None:
    """Of five whose work ended for five reasons, each by its name, everybody would know that it was one."""
    reasons = [figures.reason(word) for word in "abcde"]
    counts = {"families": 10, "state/at_work": 5, "state/active": 5, "state/ended": 5}
    told = Told(counts | dict.fromkeys(reasons, 1)).for_others(LIMIT)
    other = Told(counts | {reasons[1]: 2, reasons[0]: 3}).for_others(LIMIT)
    assert (list(told.counts.items()), told.left_out) == (list(other.counts.items()), other.left_out)
    assert not told.left_out.intersection(reasons)
    assert told.of("state/ended") == 5
    both = added((told, Told({"state/ended": 6, reasons[0]: 6})))
    assert reasons[0] in both.left_out  # 6 or more


def test_which_ratings_are_missing_and_how_many_questions_are_rated_is_not_told_together() -> None:
    """Of six ratings five are of the five questions that are rated: the sixth was asked and not given."""
    names = figures.names(tables_for_others(()))
    assert not {figures.QUESTION_RATED, figures.of_rater("family", "asked")} <= set(names)
    assert not {figures.QUESTION_RATED, figures.of_rater("family", "missing")} <= set(names)


def test_a_stricter_limit_later_leaves_out_as_much() -> None:
    counts = {"families": 30, "setting/birth": 22, "setting/foster": 4, "setting/kinship": 4}
    assert Told(counts).for_others(3).of("setting/foster") == 4
    told = Told(counts).for_others(3).for_others(5)
    assert not any(told.of(name) for name in counts if name.startswith("setting/"))


def for_others() -> list[Relation]:
    return figures.relations(tables_for_others([figures.reason("aims met")]))


def exposed(
    every: Iterable[Counts], left_out_of: Callable[[Counts], frozenset[str]], limit: int
) -> list[tuple[str, Counts]]:
    """Return the small numbers that are told, or that are the same in all tables that are told alike."""
    alike: defaultdict[frozenset[tuple[str, int | None]], list[Counts]] = defaultdict(list)
    for counts in every:
        hidden = left_out_of(counts)
        told = {name: None if name in hidden else count for name, count in counts.items()}
        alike[frozenset(told.items())].append(counts)
    return [
        (name, possible[0])
        for told_alike, possible in alike.items()
        for name, told_count in told_alike
        if 0 < possible[0][name] < limit
        and (told_count is not None or len({each[name] for each in possible}) == 1)
    ]


def tables(relations: Sequence[Relation], most: int) -> Iterator[Counts]:
    """Yield every table whose counts depend on one another so, and whose totals are `most` at most."""
    parts = {part for each in relations for part in each.parts}
    roots = dict.fromkeys(each.total for each in relations if each.total not in parts)
    for values in itertools.product(range(most + 1), repeat=len(roots)):
        yield from _divided(dict(zip(roots, values, strict=True)), relations)


def _divided(counts: Counts, relations: Sequence[Relation]) -> Iterator[Counts]:
    if not relations:
        yield counts
        return
    first, *more = relations
    for parts in _parts(counts[first.total], len(first.parts), overlap=first.overlap):
        yield from _divided({**counts, **dict(zip(first.parts, parts, strict=True))}, more)


def _parts(total: int, number: int, *, overlap: bool) -> Iterator[tuple[int, ...]]:
    if overlap:
        every = itertools.product(range(total + 1), repeat=number)
        yield from (each for each in every if number == 1 or sum(each) >= total)
    elif number == 1:
        yield (total,)
    else:
        for first in range(total + 1):
            yield from ((first, *rest) for rest in _parts(total - first, number - 1, overlap=False))
