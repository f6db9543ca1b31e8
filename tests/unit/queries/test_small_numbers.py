"""What is left out of an audit: a number about few people that could be worked out tells of them."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.queries.audit.small_numbers import Relation, left_out

LIMIT = 5
SUM = [Relation("all", ("a", "b", "c"))]


def counts(*parts: int, names: str = "abc") -> dict[str, int]:
    return {"all": sum(parts), **dict(zip(names, parts, strict=True))}


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ((6, 0, 9), set()),  # nobody is nobody
        ((6, 3, 9), {"b", "c"}),  # 18 - 6 - 9 would tell
        ((6, 3, 0), {"a", "b"}),
        ((2, 1, 9), {"a", "b"}),  # 3 of both: 1 and 2, or 2 and 1
        ((1, 1, 9), {"a", "b", "c"}),  # 2 of both could only be 1 and 1
        ((4, 4, 9), {"a", "b", "c"}),  # 8 of both could only be 4 and 4
        ((1, 2, 0), {"all", "a", "b"}),
        ((3, 0, 0), {"all", "a"}),
    ],
)
def test_what_would_tell_a_small_number_is_left_out_with_it(parts: tuple[int, ...], hidden: set[str]) -> None:
    assert left_out(counts(*parts), SUM, LIMIT) == hidden


def test_those_in_several_parts_do_not_tell_of_a_small_one_either() -> None:
    """Ten have some status; nine have a CP plan, so somebody has a CIN plan."""
    both = [Relation("all", ("cp", "cin"), overlap=True)]
    assert left_out({"all": 10, "cp": 9, "cin": 3}, both, LIMIT) == {"cin"}
    assert left_out({"all": 10, "cp": 6, "cin": 4}, both, LIMIT) == {"cin", "cp"}  # at least 4, and under 5


def test_a_part_as_large_as_its_total_tells_nobody_beside_it() -> None:
    """Nine of ten have a CP plan, so nine at least have some status: then it was one who has none."""
    shared = [*STATUS, Relation("all", ("p", "q")), Relation("all", ("r", "s"))]
    counts = {"all": 10, "none": 1, "any": 9, "x": 9, "y": 5, "p": 5, "q": 5, "r": 5, "s": 5}
    assert_safe(counts, shared, LIMIT)
    assert {"none", "any", "x"} <= left_out(counts, shared, LIMIT)


def test_a_number_that_is_known_anyway_is_told() -> None:
    """The ten that rose are all whose first and last are known, whether that is told or not."""
    ratings = [Relation("all", ("known", "missing")), Relation("known", ("higher", "lower"))]
    counts = {"all": 12, "known": 10, "missing": 2, "higher": 10, "lower": 0}
    assert left_out(counts, ratings, LIMIT) == {"all", "missing"}


def test_a_total_that_two_tables_share_tells_no_small_number_of_either() -> None:
    tables = [Relation("all", ("a", "b")), Relation("all", ("x", "y"))]
    hidden = left_out({"all": 5, "a": 4, "b": 1, "x": 5, "y": 0}, tables, LIMIT)
    assert {"a", "b"} <= hidden
    assert hidden >= {"all", "x"} or not hidden & {"all", "x"}


def test_whoever_knows_how_it_is_chosen_learns_no_small_number() -> None:
    """They try all tables, and look at which of them are told in the same way."""
    told: dict[frozenset[tuple[str, int | None]], list[dict[str, int]]] = {}
    for parts in itertools.product(range(13), repeat=2):
        table = {"all": sum(parts), "a": parts[0], "b": parts[1]}
        hidden = left_out(table, [Relation("all", ("a", "b"))], LIMIT)
        shown = frozenset((name, None if name in hidden else count) for name, count in table.items())
        told.setdefault(shown, []).append(table)
    for shown, tables_ in told.items():
        for name in (name for name, count in shown if count is None):
            assert {each[name] for each in tables_} not in [{small} for small in range(1, LIMIT)], tables_


NESTED = [Relation("all", ("a", "b", "more")), Relation("more", ("x", "y"))]
SHARED = [Relation("all", ("a", "b")), Relation("all", ("x", "y", "z"))]
STATUS = [Relation("all", ("none", "any")), Relation("any", ("x", "y"), overlap=True)]
SMALL = st.integers(0, 7)


@given(st.tuples(SMALL, SMALL, SMALL), st.sampled_from((3, 5)))
def test_no_small_number_of_a_table_can_be_worked_out(parts: tuple[int, int, int], limit: int) -> None:
    assert_safe(counts(*parts), SUM, limit)


@given(st.tuples(SMALL, SMALL, SMALL, SMALL), st.sampled_from((3, 5)))
def test_no_small_number_below_a_part_can_be_worked_out(parts: tuple[int, int, int, int], limit: int) -> None:
    a, b, x, y = parts
    assert_safe({"all": sum(parts), "a": a, "b": b, "more": x + y, "x": x, "y": y}, NESTED, limit)


@given(st.integers(0, 14), st.data(), st.sampled_from((3, 5)))
def test_no_small_number_of_two_tables_can_be_worked_out(all_: int, data: st.DataObject, limit: int) -> None:
    a, x = (data.draw(st.integers(0, all_)) for _ in range(2))
    y = data.draw(st.integers(0, all_ - x))
    assert_safe({"all": all_, "a": a, "b": all_ - a, "x": x, "y": y, "z": all_ - x - y}, SHARED, limit)


@given(SMALL, SMALL, st.data(), st.sampled_from((3, 5)))
def test_no_small_number_of_several_at_a_time_can_be_worked_out(
    none: int, any_: int, data: st.DataObject, limit: int
) -> None:
    x = data.draw(st.integers(0, any_))
    y = data.draw(st.integers(any_ - x, any_))
    assert_safe({"all": none + any_, "none": none, "any": any_, "x": x, "y": y}, STATUS, limit)


def assert_safe(counts: Mapping[str, int], relations: Sequence[Relation], limit: int) -> None:
    """Every small number could be another one, for a reader who tries all tables that what is told allows;
    also for one who knows which numbers are left out for being small."""
    hidden = left_out(counts, relations, limit)
    assert hidden >= {name for name, count in counts.items() if 0 < count < limit}
    if hidden == counts.keys():
        return
    possible = list(tables(counts, hidden, relations, limit))
    for name in hidden:
        if counts[name] < limit:
            assert len({each[name] for each in possible}) > 1, (name, counts, hidden)


def tables(
    counts: Mapping[str, int], hidden: frozenset[str], relations: Sequence[Relation], limit: int
) -> Iterator[dict[str, int]]:
    """Yield every table that says what is told: what is left out is small, or else large, as it is. A number
    that is not small is taken to be no more than three above what it is."""
    zero_is_told = all(counts[name] for name in hidden)
    ranges = {
        name: range(limit, counts[name] + 4) if counts[name] >= limit else range(int(zero_is_told), limit)
        for name in hidden
    }
    for values in itertools.product(*ranges.values()):
        table = {**counts, **dict(zip(ranges, values, strict=True))}
        if all(holds(each, table) for each in relations):
            yield table


def holds(relation: Relation, table: Mapping[str, int]) -> bool:
    total, parts = table[relation.total], [table[each] for each in relation.parts]
    if relation.overlap:
        return max(parts) <= total <= sum(parts)
    return total == sum(parts)
