"""Films for the terminal, made once."""

from pathlib import Path

import pytest

from tests.ui.conftest import film as film
from tests.ui.conftest import heron as heron
from tests.unit.film import films


@pytest.fixture(scope="session")
def corners(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second, silent: a different colour in each corner."""
    return films.make(tmp_path_factory.mktemp("pty") / "corners.mp4", films.corners(10))


@pytest.fixture(scope="session")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds in which a ball rolls over a shaded ground."""
    return films.make(tmp_path_factory.mktemp("pty") / "moving film é.mp4", films.moving(400), rate=20)
