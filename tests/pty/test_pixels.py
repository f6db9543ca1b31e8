"""What would be lost: the paused frame as sharp as a terminal can be, and a screen free of it afterwards."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.caseloads import at_the_keyboard, write
from tests.pty.emulator import emulator
from tests.pty.pixel_terminal import KittyTerminal, PixelTerminal, SixelTerminal
from tests.ui.conftest import Heron, withdrawn
from tests.unit.film import decoding, films
from vigtui.domain.vocabulary import Purpose


@pytest.fixture(params=[KittyTerminal, SixelTerminal])
def kind(request: pytest.FixtureRequest) -> type[PixelTerminal]:
    chosen: type[PixelTerminal] = request.param
    return chosen


def there(terminal: PixelTerminal, *place: int) -> Callable[[str], bool]:
    return lambda _: terminal.image is not None and (not place or terminal.image.place == place)


def gone(terminal: PixelTerminal) -> Callable[[str], bool]:
    return lambda _: terminal.image is None and (not isinstance(terminal, SixelTerminal) or terminal.erased)


def hold(terminal: PixelTerminal) -> None:
    """Pause a film that plays, and wait for its still."""
    terminal.until(lambda text: terminal.asked >= 2)
    assert not terminal.images, "pixels while the film plays"
    terminal.type(" ")
    terminal.until(there(terminal))


def frame_of(pixels: decoding.Pixels) -> float:
    """How like the most similar frame of the moving film a picture is, in dB."""
    rows, columns = (
        (np.arange(count) * 2 + 1) * size // (count * 2)
        for count, size in zip((films.HEIGHT, films.WIDTH), pixels.shape[:2], strict=True)
    )
    pixels = pixels[np.ix_(rows, columns)]
    frames = (
        np.frombuffer(frame, np.uint8).reshape(films.HEIGHT, films.WIDTH, 3) for frame in films.moving(200)
    )
    return max(decoding.likeness(pixels, frame) for frame in frames)


def test_the_paused_frame_is_there_in_pixels_until_something_comes(
    moving: Path, kind: type[PixelTerminal]
) -> None:
    with emulator(str(moving), module="tests.pty.covered_film", kind=kind) as terminal:
        hold(terminal)
        assert terminal.image
        assert terminal.image.place == (0, 0, 40, 12)
        assert frame_of(terminal.image.pixels) > 26
        before = terminal.received
        terminal.quiet()
        assert terminal.received == before, "something is sent while nothing happens"
        terminal.type("d")
        terminal.until(lambda text: "a dialog" in text and terminal.image is None)
        terminal.type("x")
        terminal.until(there(terminal, 0, 0, 40, 12))
        assert "a dialog" not in terminal.text
        terminal.type(" ")
        terminal.until(gone(terminal))
        terminal.until(lambda text: "playing" in text)


def test_a_film_that_is_opened_paused_is_there_in_pixels_at_once(
    moving: Path, kind: type[PixelTerminal]
) -> None:
    """The first picture of a shared review stands before anybody touches a key."""
    with emulator(str(moving), "paused", module="tests.pty.covered_film", kind=kind) as terminal:
        terminal.until(there(terminal, 0, 0, 40, 12))


def test_whatever_covers_or_moves_the_film_has_the_place_to_itself(moving: Path) -> None:
    with emulator(str(moving), module="tests.pty.covered_film", kind=KittyTerminal) as terminal:
        hold(terminal)
        terminal.type("n")
        terminal.until(lambda text: "a notice" in text)
        assert terminal.image, "the notice is beside the film"
        terminal.type("n")
        terminal.until(lambda text: "a notice" not in text)
        for open_key, close_key, words in (("c", "c", "a menu"), ("o", "x", "another screen")):
            terminal.type(open_key)
            terminal.until(lambda text, words=words: words in text and terminal.image is None)
            terminal.type(close_key)
            terminal.until(there(terminal, 0, 0, 40, 12))
        terminal.type("s")
        terminal.until(there(terminal, 0, 1, 40, 12))


def test_as_large_as_the_screen_sixels_keep_off_its_last_row(moving: Path) -> None:
    with emulator("play", "--full", str(moving), kind=SixelTerminal) as terminal:
        hold(terminal)
        terminal.resize(80, 12)
        terminal.until(there(terminal, 20, 0, 40, 11))
        terminal.type(".")
        terminal.until(gone(terminal))
        terminal.until(there(terminal))


def test_no_picture_stays_while_the_program_waits_or_when_it_ends(moving: Path) -> None:
    with emulator("play", str(moving), kind=KittyTerminal) as terminal:
        hold(terminal)
        os.kill(terminal.pid, signal.SIGTSTP)
        os.waitpid(terminal.pid, os.WUNTRACED)
        terminal.until(gone(terminal))
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(there(terminal))
        os.kill(terminal.pid, signal.SIGTERM)
        terminal.wait()
        assert not terminal.images


def test_a_withdrawal_in_a_second_program_takes_the_pixels_off_the_terminal(
    heron: Heron, moving: Path
) -> None:
    """They lie over the text, and would stay when the picture in cells is gone."""
    shutil.copy(moving, heron.path.parent / "media" / "F-017-C2.mp4")
    at_the_keyboard(heron.path, heron.supervisor)
    with emulator(str(heron.path), columns=80, rows=24, kind=KittyTerminal) as terminal:
        terminal.until(lambda text: "F-017 Heron" in text)
        terminal.type("\r")
        terminal.until(lambda text: "1 Timeline" in text)
        terminal.type("5")
        terminal.until(lambda text: "interaction   0:20" in text)
        terminal.type("\x1b[B\r")
        terminal.until(lambda text: "paused" in text)
        terminal.type(" ")
        terminal.until(lambda text: "paused" not in text)
        hold(terminal)
        write(heron.path, withdrawn(heron, Purpose.FILM))
        terminal.until(lambda text: "was withdrawn on" in text and terminal.image is None)
        terminal.type("\x11")
        terminal.wait()
        assert not terminal.images
