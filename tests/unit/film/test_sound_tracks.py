"""What would be lost: what is said on a film's second sound track."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.film import films
from tests.unit.film.watched import Watched
from vigtui.film.playing import timekeeping

pytestmark = pytest.mark.slow

_HEADER_BYTES = 100


@pytest.fixture
def bilingual(tmp_path: Path) -> Path:
    """Two seconds: silence, and a tone on the second sound track."""
    first = films.make(tmp_path / "first.mp4", films.shades(20), sound=bytes(2 * 2 * 48_000))
    second = films.make(tmp_path / "second.mp4", films.shades(20), sound=films.tone(2))
    return films.with_tracks_of(first, second, tmp_path / "film.mp4", b"soun", "deu")


class Listener(Watched):
    """Plays film with its sound, which is written into a file instead of being heard."""

    def __init__(self, written: Path) -> None:
        super().__init__()
        self._written = written
        self.player.set_muted(False)

    def is_loud(self) -> bool:
        """Play the film that is open from its start, once for each listener, and return whether
        there was any sound."""
        self.player.seek(0)
        self.player.play()
        self.until(lambda state: state.position_ms > 1500)
        return any(self._written.read_bytes()[_HEADER_BYTES:])


@pytest.fixture
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setattr(timekeeping, "sound_output", lambda: "pcm")
    monkeypatch.chdir(tmp_path)
    listener = Listener(tmp_path / "audiodump.wav")
    yield listener
    listener.player.close()


@pytest.mark.parametrize("again", [False, True], ids=["now", "when the film is opened again"])
def test_the_second_sound_track_is_heard_when_it_is_asked_for(
    listener: Listener, bilingual: Path, again: bool
) -> None:
    listener.open(bilingual)
    assert (
        listener.until(lambda state: state.sounds and state.duration_ms).sound_words == "Sound track 1 of 2."
    )
    listener.player.hear_next()
    assert listener.player.state.sound_words == "Sound track 2 of 2: deu."
    if again:
        listener.open(bilingual)
        assert listener.until(lambda state: state.sounds).sound == 2
    assert listener.is_loud()


def test_the_usual_sound_track_is_heard_until_then(listener: Listener, bilingual: Path) -> None:
    listener.open(bilingual)
    assert not listener.is_loud()


def test_after_the_last_sound_track_comes_the_first(watched: Watched, bilingual: Path) -> None:
    watched.open(bilingual)
    watched.until(lambda state: state.sounds)
    numbers = []
    for _ in range(3):
        watched.player.hear_next()
        numbers.append(watched.player.state.sound)
    assert numbers == [2, 1, 2]


def test_a_track_that_is_no_longer_there_gives_way_to_the_usual_one(
    listener: Listener, bilingual: Path, shades: Path
) -> None:
    """The film was exported again, with one sound track."""
    listener.open(bilingual)
    listener.until(lambda state: state.sounds)
    listener.player.hear_next()
    listener.player.stop()
    bilingual.write_bytes(shades.read_bytes())
    listener.open(bilingual)
    state = listener.until(lambda state: len(state.sounds) == 1 and state.duration_ms)
    assert state.sound_words == "There is only one sound track in this film."
    assert listener.is_loud()


def test_two_players_agree_on_what_was_chosen(bilingual: Path) -> None:
    sounds = {bilingual: 2}
    other = Watched(sounds)
    try:
        other.open(bilingual)
        assert other.until(lambda state: state.duration_ms).sound == 2
        other.player.hear_next()
        assert sounds == {bilingual: 1}
    finally:
        other.player.close()
