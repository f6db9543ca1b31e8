"""What would be lost: erasing that holds whoever was offline, and in whatever order their files come."""

from pathlib import Path

import pytest

from tests.unit.store.erased_in_all_orders import Wrong, prove, prove_known


@pytest.mark.parametrize("seed", ["0", "2", "77 335"])  # In the last, what was kept is kept again.
def test_what_is_erased_stays_so_in_every_order_of_five_files(tmp_path: Path, seed: str) -> None:
    wrong, done = prove(tmp_path, seed)
    assert wrong == Wrong()
    assert done["orders"] == 140
    assert done["erased"] > 1


def test_of_five_hundred_writers_none_is_forgotten_in_any_order() -> None:
    """A file from before would ask about what was decided since, or bring back what was removed."""
    assert prove_known(500) == {"changed": 0, "removed": 0, "erased": 0}
