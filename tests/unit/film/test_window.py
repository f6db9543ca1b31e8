"""What would be lost: the film large and beside the work, where there is a display."""

import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.film import films
from tests.unit.film.test_player import Watched
from vigtui.film.landing import sought
from vigtui.film.playing.deck import Deck
from vigtui.film.playing.window import CLOSED, close_window, why_no_window

WIDTH, HEIGHT = 640, 480


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A display of the test's own, where there is a program for it; the file in which its pixels are."""
    if not shutil.which("Xvfb"):
        pytest.skip("no Xvfb")
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"),
            *("-fbdir", str(tmp_path)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    monkeypatch.setenv("DISPLAY", f":{server.stdout.readline().decode().strip()}")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield tmp_path / "Xvfb_screen0"
    server.terminate()
    server.communicate()


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


class Halted(dict[str, object]):
    """A core that shows nothing once its film is out of the window, until it is sent there again; a deck with
    its pictures, too."""

    vid, position, idle_active = 1, 1500.0, False

    def __init__(self) -> None:
        super().__init__()
        self.core = self.surface = self
        self.count, self.filters = 7, ""
        self.sent: list[tuple[str, ...]] = []

    def position_ms(self) -> float:
        return self.position

    def command(self, *words: str) -> None:
        self.sent.append(words)
        self.count += len(self.sent) == 2


def test_the_picture_comes_back_from_the_window_though_libmpv_came_to_a_halt() -> None:
    halted = Halted()
    close_window(cast("Deck", halted))
    assert halted["vo"] == "libmpv"
    assert halted.sent == [("seek", f"{sought(1500.0):.9f}", "absolute+exact")] * 2


class Gone(Halted):
    """A core that has closed its film just when that was to be sought, which is an error then."""

    def command(self, *words: str) -> None:
        super().command(*words)
        self.idle_active = True
        raise SystemError


def test_a_film_that_goes_while_it_is_sought_is_not_waited_for() -> None:
    """What opens it again comes behind it."""
    gone = Gone()
    close_window(cast("Deck", gone))
    assert len(gone.sent) == 1


@pytest.mark.usefixtures("display")
def test_a_loop_goes_on_in_the_window(watched: Watched, shades: Path) -> None:
    watched.open(shades, start_ms=1000)
    watched.player.set_loop((1000, 1600))
    watched.player.open_window([], lambda _key: None)
    watched.until(lambda state: state.window)
    watched.player.play()
    for _ in range(3):
        watched.until(lambda state: state.playing and state.position_ms >= 1400)
        watched.until(lambda state: state.playing and state.position_ms <= 1200)


def middle(display: Path, width: int, height: int) -> NDArray[np.uint8]:
    """The pixels in the middle of the display, where a window is put."""
    data = display.read_bytes()
    numbers = struct.unpack_from(">25I", data)  # an X window dump's heading
    rows = np.frombuffer(data, np.uint8, offset=numbers[0] + 12 * numbers[19]).reshape(HEIGHT, -1, 4)
    left, top = (WIDTH - width) // 2, (HEIGHT - height) // 2
    return rows[top : top + height, left : left + width, 2::-1]


@pytest.mark.parametrize("matrix", [films.TURNED[90], films.MIRRORED[0], films.MIRRORED[90]])
def test_the_window_shows_a_film_upright_however_it_was_held(
    watched: Watched, corners: Path, tmp_path: Path, display: Path, matrix: films.Matrix
) -> None:
    watched.open(films.held_upright(corners, tmp_path / "phone.mp4", matrix))
    size = watched.player.state.frame_size
    sizes: set[tuple[int, int]] = set()
    watched.player.on_state = lambda state: (sizes.add(state.frame_size), watched.note())
    watched.player.open_window([], lambda _: None)
    watched.until(lambda state: state.window)
    watched.until(lambda _: films.named_corners(middle(display, *size)) == films.corners_shown(matrix))
    watched.player.close_window()
    watched.until(lambda state: not state.window)
    watched.until(
        lambda _: (
            (picture := watched.player.take_picture()) is not None
            and films.named_corners(picture) == films.corners_shown(matrix)
        )
    )
    assert sizes == {size}


@pytest.mark.usefixtures("display")
def test_a_window_as_large_as_the_screen_tells_nothing_of_the_film(watched: Watched, shades: Path) -> None:
    """In front of a parent there is the film, and no name of a file."""
    watched.open(shades, start_ms=1000, once=(1000, 1500))
    watched.player.open_window([], lambda _: None, full_screen=True)
    watched.until(lambda state: state.window)
    core = watched.player._front.core
    watched.until(lambda _: (core.osd_width, core.osd_height) == (WIDTH, HEIGHT))
    assert core.title == "vigtui"
    watched.player.play()
    watched.until(lambda state: not state.playing and state.position_ms >= 1400)
    watched.player.close_window()
    watched.until(lambda state: not state.window)
    watched.until_frame(14)


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
