"""What would be lost: the demo's films, or the reason why there are none."""

from pathlib import Path

import pytest

from tests.unit.film import films
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.encode import encode
from vigtui.film.probing import probe


def test_a_film_has_the_length_shape_and_sound_that_went_in(shades: Path) -> None:
    facts = probe(FileSource(shades))
    assert (facts.width, facts.height, facts.has_sound) == (films.WIDTH, films.HEIGHT, True)
    assert abs(facts.duration_ms - 3000) <= 40
    assert facts.frames_per_second == pytest.approx(films.RATE, rel=0.05)


def test_a_film_without_sound_keeps_every_frame(corners: Path) -> None:
    """The last is held by one more at its end, which has no time of its own: the probe gives it some."""
    facts = probe(FileSource(corners))
    assert (facts.claimed_ms, facts.last_ms, facts.has_sound) == (1000, 1000, False)
    assert facts.duration_ms > 1000


def test_progress_tells_the_seconds_made(tmp_path: Path) -> None:
    told: list[float] = []
    encode(
        tmp_path / "film.mp4",
        width=32,
        height=32,
        frames_per_second=5,
        frames=films.shades(15, 32, 32),
        progress=told.append,
    )
    assert told == [1.0, 2.0, 3.0]


def test_nothing_half_made_is_left_when_drawing_fails(tmp_path: Path) -> None:
    def frames():
        yield from films.shades(5, 32, 32)
        raise RuntimeError("the drawing failed")

    with pytest.raises(RuntimeError, match="the drawing failed"):
        encode(tmp_path / "film.mp4", width=32, height=32, frames_per_second=5, frames=frames())
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_the_wrong_size_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frame 1 has 3 bytes"):
        encode(tmp_path / "film.mp4", width=32, height=32, frames_per_second=5, frames=[b"abc"])


def test_a_film_without_frames_is_a_sentence_and_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"film\.mp4 could not be made"):
        encode(tmp_path / "film.mp4", width=32, height=32, frames_per_second=5, frames=[])
    assert list(tmp_path.iterdir()) == []
