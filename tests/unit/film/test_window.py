"""What would be lost: the film large and beside the work, where there is a display."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.film.test_player import Watched
from vigtui.film.playing.window import CLOSED, why_no_window


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A display of the test's own, where there is a program for it."""
    if not shutil.which("Xvfb"):
        pytest.skip("no Xvfb")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    monkeypatch.setenv("DISPLAY", f":{server.stdout.readline().decode().strip()}")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield
    server.terminate()
    server.communicate()


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.player.close()


def test_without_a_display_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "no display" in why_no_window()
    monkeypatch.setenv("DISPLAY", ":0")
    assert why_no_window() == ""


@pytest.mark.usefixtures("display")
def test_the_window_shows_the_film_hears_keys_and_gives_the_film_back(watched: Watched, shades: Path) -> None:
    typed: list[str] = []
    watched.open(shades, start_ms=1000)
    watched.until_frame(10)
    player = watched.player
    player.open_window(["SPACE", ","], lambda key: (typed.append(key), watched.note()))
    watched.until(lambda state: state.window)
    player.seek(1500)
    watched.until(watched.at(1500))
    for key in ("SPACE", "Q", ","):
        player._front.core.command("keypress", key)
    watched.until(lambda _: typed == ["SPACE", ","])
    player._front.core.command("keypress", "CLOSE_WIN")
    assert CLOSED not in typed
    watched.until(lambda state: not state.window)
    watched.until_frame(15)
    assert not player.state.playing


@pytest.mark.usefixtures("display")
def test_the_window_goes_with_the_film(watched: Watched, shades: Path) -> None:
    """When a consent is withdrawn no window may go on showing the film."""
    watched.open(shades, playing=True)
    watched.player.open_window([], lambda _: None)
    watched.until(lambda state: state.window)
    watched.player.stop()
    watched.open(shades, start_ms=1000)
    watched.until_frame(10)
    assert not watched.player.state.window


def test_a_window_that_cannot_be_opened_leaves_the_film_where_it_is(
    watched: Watched, shades: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":65000")
    failed: list[str] = []
    watched.open(shades, start_ms=1000)
    watched.until_frame(10)
    watched.player.open_window([], lambda key: (failed.append(key), watched.note()))
    watched.until(lambda _: failed == [""])
    assert not watched.player.state.window
    watched.player.seek(2000)
    watched.until_frame(20)
