"""Caseloads to test with: real files in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigtui.store.caseload import Caseload


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder / "fenland.vig.json"


@pytest.fixture
def caseload(path: Path) -> Iterator[Caseload]:
    caseload = Caseload.create(path, service="Fenland VIG", by="Ros")
    yield caseload
    caseload.close()
