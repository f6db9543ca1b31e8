"""Caseloads to test with: real files in a folder of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from vigtui.domain.records import Family
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


@pytest.fixture
def other(caseload: Caseload, path: Path) -> Iterator[Caseload]:
    """Ellis has the same file open as Ros, with one family in it."""
    caseload.save(Family(code="F-017", reasons="Quiet."))
    caseload.flush()
    other = Caseload.open(path, by="Ellis")
    yield other
    other.close()


@pytest.fixture
def ellis(ros: Caseload, path: Path) -> Iterator[Caseload]:
    """Ellis's copy of the caseload of `ros`, which a test has for itself, in a file of its own."""
    copy = Path(shutil.copy(path, path.with_name("ellis.vig.json")))
    caseload = Caseload.open(copy, by="Ellis")
    yield caseload
    caseload.close()
