"""What would be lost: the paused frame as sharp as the terminal can show it, on a line that can carry it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.film import decoding
from vigtui.film.terminal.kitty import kitty
from vigtui.film.terminal.questions import Pixels
from vigtui.film.terminal.sixel import quantise, sixel
from vigtui.film.terminal.still import Way, plan, shrunk, written

KITTY = Pixels(kitty=True)
SIXEL = Pixels(sixel=True, colours=256)
CELL = (9.0, 19.0)
PLENTY = 1 << 30


def scene(width: int, height: int) -> decoding.Pixels:
    """A shaded ground with a warm ball and a little noise."""
    rows, columns = np.mgrid[0:height, 0:width]
    picture = np.stack([30 + columns % 90, 60 + rows % 60, 120 + (rows + columns) % 50], axis=-1)
    picture[(columns - width // 3) ** 2 + (rows - height // 2) ** 2 < (height // 4) ** 2] = (240, 160, 60)
    noise = np.random.default_rng(1).integers(-3, 4, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8)


def pixels_of(words: bytes) -> decoding.Pixels:
    """The picture that a sixel sequence draws."""
    match = decoding.SIXEL.fullmatch(words)
    assert match
    return decoding.sixel(match[1].decode())


@given(st.integers(1, 80), st.integers(1, 60), st.randoms(use_true_random=False))
def test_kitty_is_given_exactly_the_frame(width: int, height: int, random: object) -> None:
    picture = np.frombuffer(random.randbytes(width * height * 3), np.uint8).reshape(height, width, 3)
    head, shown = decoding.kitty(kitty(picture, 7, 12, 5))
    assert (shown == picture).all()
    assert (head["i"], head["c"], head["r"], head["C"], head["q"]) == ("7", "12", "5", "1", "2")


@settings(max_examples=30)
@given(st.integers(1, 70), st.integers(1, 120), st.integers(1, 40))
def test_sixel_has_every_pixel_in_its_place(width: int, height: int, count: int) -> None:
    """With few colours in the frame each has its own, and only sixel's percents are lost."""
    random = np.random.default_rng(width * 1000 + height)
    colours = (np.arange(count)[:, None] * (8, 16, 24) % 256).astype(np.uint8)
    picture = colours[random.integers(0, count, (height, width))]
    shown = pixels_of(sixel(picture, 256))
    assert shown.shape == picture.shape
    assert np.abs(shown.astype(int) - picture).max() <= 2


@pytest.mark.parametrize(("colours", "least"), [(256, 34), (64, 30), (16, 24)])
def test_sixel_is_near_the_frame_in_few_colours(colours: int, least: float) -> None:
    picture = scene(320, 200)
    palette, _ = quantise(picture, colours)
    assert 2 <= len(palette) <= colours
    assert decoding.likeness(pixels_of(sixel(picture, colours)), picture) > least


def test_on_a_slow_line_kitty_gets_fewer_pixels_and_sixel_fewer_colours() -> None:
    still = plan(KITTY, CELL, (640, 400), 40, 12)
    assert still
    assert (still.way, still.width, still.height) == (Way.KITTY, 360, 228)
    picture = scene(still.width, still.height)
    whole = written(still, picture, 7, PLENTY)
    assert whole
    small = written(still, picture, 7, len(whole) // 4)
    assert small
    assert len(small) <= len(whole) // 4
    assert decoding.kitty(small)[1].shape < picture.shape
    still = plan(SIXEL, CELL, (640, 400), 40, 12)
    assert still
    whole = written(still, picture, 7, PLENTY)
    assert whole
    fewer = written(still, picture, 7, len(whole) * 2 // 3)
    assert fewer
    assert len(fewer) <= len(whole) * 2 // 3
    assert pixels_of(fewer).shape == picture.shape


@pytest.mark.parametrize("pixels", [KITTY, SIXEL])
def test_a_line_too_slow_for_pixels_keeps_the_cells(pixels: Pixels) -> None:
    still = plan(pixels, CELL, (640, 400), 40, 12)
    assert still
    assert written(still, scene(still.width, still.height), 7, 500) is None


def test_pixels_are_shown_only_as_the_terminal_says_it_can() -> None:
    film = (640, 400)
    assert plan(Pixels(), CELL, film, 40, 12) is None
    assert plan(SIXEL, (0, 0), film, 40, 12) is None
    assert plan(Pixels(sixel=True, largest=(300, 1000)), CELL, film, 40, 12) is None
    told = plan(Pixels(sixel=True, cell=(8, 16)), (0, 0), film, 40, 12)
    assert told
    assert (told.width, told.height) == (320, 192)
    small_film = plan(KITTY, CELL, (160, 100), 40, 12)
    assert small_film
    assert (small_film.width, small_film.height) == (160, 100)
    assert plan(KITTY, CELL, (40, 24), 40, 12) is None


def test_sixels_never_reach_the_last_line_of_the_screen() -> None:
    """They would scroll it."""
    still = plan(SIXEL, CELL, (640, 400), 40, 12, at_bottom=True)
    assert still
    words = written(still, scene(still.width, still.height), 7, PLENTY)
    assert words
    assert pixels_of(words).shape == (11 * 19, 360, 3)


@given(st.integers(2, 40), st.integers(2, 40), st.floats(0.05, 0.99))
def test_a_smaller_picture_is_the_same_picture(width: int, height: int, factor: float) -> None:
    picture = np.full((height, width, 3), (10, 120, 250), np.uint8)
    small = shrunk(picture, factor)
    assert small.shape == (max(1, int(height * factor)), max(1, int(width * factor)), 3)
    assert (small == (10, 120, 250)).all()


def test_a_film_as_wide_as_the_terminal_is_shown_in_pixels_though_the_terminal_counts_its_border() -> None:
    """xterm tells the system the size of its window with the border, and of a cell and a picture without."""
    xterm = Pixels(sixel=True, cell=(6, 13), largest=(480, 312))
    still = plan(xterm, (484 / 80, 316 / 24), (1280, 720), 80, 22)
    assert still
    assert (still.width, still.height) == (480, 286)
    zoomed = plan(Pixels(sixel=True, cell=(6, 13)), (8.05, 16.1), (1280, 720), 40, 12)
    assert zoomed
    assert (zoomed.width, zoomed.height) == (322, 193)
