"""Ids: records are listed in the order of their ids, so a tie would shuffle a family's questions."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from vigtui.domain.identity import new_id


def test_ids_made_one_after_the_other_sort_in_that_order() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))


def test_ids_are_version_7_and_differ_between_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(2000)))
    assert len(set(made)) == 2000
    assert all(uuid.UUID(each).version == 7 and uuid.UUID(each).variant == uuid.RFC_4122 for each in made)
