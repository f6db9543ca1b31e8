"""A space to test with: two machines, whose people have a caseload each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.exchange.spaces.machines import Folder, Machine, machines_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Folder, list[Machine]]]:
    with machines_in(tmp_path / "world", "Ros", "Ellis") as found:
        yield found
