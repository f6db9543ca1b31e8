"""What would be lost: seeing who speaks when, where nobody can hear it."""

from pathlib import Path

import pytest

from tests.unit.video import films
from vigtui.video.encode import SOUND_RATE
from vigtui.video.errors import FilmError
from vigtui.video.waveform import envelope


def test_turns_stand_out_from_the_pauses_between_them(tmp_path: Path) -> None:
    second, silence = films.tone(1), bytes(SOUND_RATE * 2)
    quiet = bytes(
        byte for sample in range(0, len(second), 2) for byte in _softer(second[sample : sample + 2])
    )
    film = films.make(tmp_path / "turns.mp4", films.shades(40), sound=second + silence + quiet + silence)
    levels = envelope(film, 8)
    assert levels[0] == pytest.approx(1, abs=0.05)
    assert 0.3 < levels[4] < 0.7
    assert max(levels[3], levels[6], levels[7]) < 0.1


def _softer(sample: bytes) -> bytes:
    return (int.from_bytes(sample, "little", signed=True) // 10).to_bytes(2, "little", signed=True)


def test_a_silent_film_has_no_levels_and_a_mute_one_has_zeros(corners: Path, tmp_path: Path) -> None:
    assert envelope(corners, 10) == []
    mute = films.make(tmp_path / "mute.mp4", films.shades(10), sound=bytes(SOUND_RATE * 2))
    assert envelope(mute, 4) == [0, 0, 0, 0]


def test_more_parts_than_a_short_film_has_sound_for_are_still_given(shades: Path) -> None:
    assert len(envelope(shades, 100_000)) == 100_000


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.mp4").write_text("#EXTM3U\n")
    with pytest.raises(FilmError):
        envelope(tmp_path / "list.mp4", 10)
