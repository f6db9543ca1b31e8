"""Films that several tests look at, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.film import films
from tests.unit.film.watched import Watched


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="session")
def shades(folder: Path) -> Path:
    """Three seconds in which each frame has its own grey, with a tone."""
    return films.make(folder / "shades.mp4", films.shades(30), sound=films.tone(3))


@pytest.fixture(scope="session")
def corners(folder: Path) -> Path:
    """One second, silent: a different colour in each corner."""
    return films.make(folder / "corners.mp4", films.corners(10))


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.player.close()
