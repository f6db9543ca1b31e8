"""Which version came from which: what a merge will stand on."""

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from vigtui.domain.records import Family
from vigtui.store import revisions
from vigtui.store.caseload import Caseload

DOCUMENTS = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4)


@given(DOCUMENTS, st.text(max_size=5))
def test_the_same_change_in_two_places_is_the_same_revision(document: dict[str, Any], by: str) -> None:
    """Otherwise two people who agree would be told that they differ."""
    turned = dict(reversed(document.items())) | {"by": by, "modified": by, "created": by, "ancestors": [by]}
    assert revisions.next_rev("3-x", document) == revisions.next_rev("3-y", turned)


@given(DOCUMENTS, DOCUMENTS)
def test_different_words_are_different_revisions(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = revisions.content(one) == revisions.content(other)
    assert (revisions.next_rev("1-x", one) == revisions.next_rev("1-x", other)) == same


def test_the_list_of_ancestors_stays_short_and_reaches_far_back() -> None:
    """A note typed for an hour must still be known to come from the version before that hour."""
    ancestors: list[str] = []
    for generation in range(1, 5001):
        ancestors = revisions.extended(f"{generation}-x", ancestors)
        assert len(ancestors) <= revisions.ANCESTORS
    generations = [revisions.generation(rev) for rev in ancestors]
    assert generations[: revisions.RECENT] == list(range(5000, 5000 - revisions.RECENT, -1))
    assert generations == sorted(generations, reverse=True)
    assert generations[-1] == 1
    ages = [5001 - generation for generation in generations[revisions.RECENT :]]
    assert all(later <= 2 * earlier for earlier, later in pairwise(ages))


@pytest.mark.parametrize("rev", ["", "x", "-1-x", "٣-x", "99999999999999999999-x", "1.5-x"])
def test_a_revision_that_a_hand_wrote_counts_as_none(rev: str) -> None:
    assert revisions.generation(rev) == 0
    assert revisions.next_rev(rev, {}).startswith("1-")


def test_hands_in_the_list_of_ancestors_do_no_harm() -> None:
    assert revisions.line_of({"rev": 3, "ancestors": "x"}) == ("", [])
    assert revisions.line_of({"rev": "1-a", "ancestors": ["0-b", 5, None]}) == ("1-a", ["0-b"])


def test_each_saved_version_descends_from_those_before(caseload: Caseload, path: Path) -> None:
    """Through changes, removal, undo and a new start: the line is never cut."""
    versions: list[dict[str, Any]] = []

    def keep() -> None:
        caseload.flush()
        with TinyDB(path) as stock:
            versions.extend(stock.table("families").all() + stock.table("deleted").all())

    family = caseload.save(Family(code="F-017"))
    keep()
    caseload.save(replace(family, referred=dt.date(2026, 1, 1)))
    keep()
    caseload.delete(family)
    keep()
    caseload.undo()
    keep()
    caseload.close()
    again = Caseload.open(path)
    again.save(replace(family, pseudonym="Heron"))
    again.close()
    with TinyDB(path) as stock:
        versions += stock.table("families").all()
    assert [revisions.generation(version["rev"]) for version in versions] == [1, 2, 3, 4, 5]
    for number, later in enumerate(versions):
        assert all(revisions.descends(later, earlier) for earlier in versions[: number + 1])
        assert not any(revisions.descends(earlier, later) for earlier in versions[:number])
