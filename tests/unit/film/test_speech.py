"""What would be lost: going through a film turn by turn, where nobody has time to watch all of it."""

import pytest

from vigtui.film.sound.speech import next_speech
from vigtui.film.sound.waveform import BUCKET_MS, STEPS_PER_DECIBEL, Loudness


def sound(*stretches: tuple[float, float], **more: int) -> Loudness:
    """Stretches of (seconds, decibels below full scale)."""
    heard = b"".join(
        bytes([round(max(0, 255 - below * STEPS_PER_DECIBEL))]) * round(seconds * 1000 / BUCKET_MS)
        for seconds, below in stretches
    )
    return Loudness(heard, **more)


def walked(heard: Loudness, way: int, here: int) -> list[int]:
    """Every place that one comes to from `here`."""
    places = []
    while (found := next_speech(heard, here, way)) is not None:
        places.append(here := found)
    return places


TURNS = sound((2, 60), (3, 20), (1.5, 60), (2, 30), (4, 60), (1, 22), (3, 60))


def test_each_turn_is_come_to_a_little_before_its_first_word_both_ways() -> None:
    assert walked(TURNS, 1, 0) == [1800, 6300, 12300]
    assert walked(TURNS, -1, 16_000) == [12300, 6300, 1800]


def test_a_pause_for_breath_and_a_knock_begin_no_turn() -> None:
    heard = sound((1, 60), (1, 20), (0.4, 60), (1, 20), (2, 60), (0.08, 15), (2, 60), (1, 20), (1, 60))
    assert walked(heard, 1, 0) == [800, 7300]


@pytest.mark.parametrize("noise", [60, 40, 30])
def test_the_noise_of_a_room_is_not_speech(noise: float) -> None:
    heard = sound((2, noise), (2, 18), (3, noise), (2, 18), (2, noise))
    assert walked(heard, 1, 0) == [1800, 6800]


def test_a_film_that_is_loud_all_through_has_one_turn_and_a_silent_one_none() -> None:
    assert walked(sound((10, 20)), -1, 9000) == [0]
    assert walked(sound((10, 200)), 1, 0) == walked(Loudness(b""), 1, 0) == []


def test_a_film_that_plays_on_after_a_jump_back_leaves_that_turn_at_the_next() -> None:
    assert next_speech(TURNS, 6300 + 500, -1) == 1800
    assert next_speech(TURNS, 6300 + 900, -1) == 6300


def test_a_piece_of_a_recording_has_the_times_of_the_whole() -> None:
    piece = sound((2, 60), (3, 20), (2, 60), starts_ms=60_000)
    assert (next_speech(piece, 60_000, 1), next_speech(piece, 66_000, -1)) == (61_800, 61_800)
