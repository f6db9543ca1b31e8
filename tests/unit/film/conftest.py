"""Films that several tests look at, made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatch_build import compiled
from tests.unit.film import films
from tests.unit.film.watched import Watched
from vigtui.film.kernel import loading


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> loading.Kernel:
    """The kernel, made of this `kernel.c` now."""
    root = tmp_path_factory.mktemp("kernel")
    place = root / "vigtui" / "film" / "kernel"
    place.mkdir(parents=True)
    shutil.copy(loading.SOURCE, place)
    if not compiled(root):
        pytest.skip("there is no C compiler here")
    return loading.load(place / loading.LIBRARY.name)


@pytest.fixture(scope="module", params=["compiled", "numpy"])
def either_way(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test is done twice: with the kernel, and without."""
    used = loading.Kernel(None, "")
    if request.param == "compiled":
        used = request.getfixturevalue("kernel")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "kernel", lambda: used)
        yield


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
