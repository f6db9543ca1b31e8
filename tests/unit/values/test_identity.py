"""Ids: records are listed in the order of their ids, so a tie would shuffle a family's questions."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from vigtui.values.identity import new_id


def test_ids_made_one_after_the_other_sort_in_that_order() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))


def test_ids_are_version_7_and_differ_between_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(2000)))
    assert len(set(made)) == 2000
    assert all(uuid.UUID(each).version == 7 and uuid.UUID(each).variant == uuid.RFC_4122 for each in made)


def test_a_clock_that_stands_still_or_goes_back_does_not_shuffle_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = new_id()
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000)
    assert first < new_id() < new_id()
