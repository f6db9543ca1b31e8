"""What would be lost: the word that it is the machine, not the film, when the film plays too slowly; and that
picture and sound are of one moment then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.playing.pace import Pace, SoundPace
from vigtui.film.playing.state import PlayerState


class Film:
    """A film that plays on a machine: its time, and how much of the film goes by in it."""

    def __init__(self) -> None:
        self.seconds, self.ms, self.pictures = 100.0, 5000.0, 0
        self.pace = Pace(lambda: self.seconds)

    def play(
        self, seconds: float, rate: float, *, speed: float = 1.0, every: float = 0.1, pictures: int = 3
    ) -> bool:
        behind = self.pace.shows(self.ms, speed, self.pictures)
        for _ in range(round(seconds / every)):
            self.seconds += every
            self.ms += every * 1000 * rate * speed
            self.pictures += pictures
            behind = self.pace.shows(self.ms, speed, self.pictures)
        return behind


def test_a_film_that_the_machine_cannot_keep_up_with_is_told_and_no_longer_when_it_can() -> None:
    """1.6 seconds of film in 8.9, as a film of 4K was seen to play."""
    film = Film()
    assert not film.play(5, 1.0)
    assert film.play(8.9, 1.6 / 8.9)
    assert film.play(5, 0.8)  # still behind
    assert not film.play(5, 1.0)


@given(st.sampled_from([0.1, 0.5, 1.0, 2.0, 4.0]), st.floats(0.95, 1.05), st.sampled_from([0.02, 0.1, 0.5]))
def test_a_film_that_keeps_up_is_never_told_at_any_speed(speed: float, rate: float, every: float) -> None:
    film = Film()
    for _ in range(4):
        assert not film.play(3, rate, speed=speed, every=every)
        film.seconds += 0.3
        film.ms = 5000.0  # a loop comes round, which takes a while
        assert not film.play(3, rate, speed=speed, every=every)
        film.ms += 60_000  # somebody goes elsewhere
        film.pace.rest()
        film.seconds += 20  # and pauses


def test_it_is_known_how_many_pictures_of_the_film_are_seen() -> None:
    film = Film()
    film.play(5, 1.0)
    assert film.pace.pictures == pytest.approx(30)
    film.pace.turns(film.pictures + 1000)  # the other deck of a loop
    film.pictures += 1000
    film.play(5, 1.0, pictures=1)
    assert film.pace.pictures == pytest.approx(10)
    film.play(5, 1.0, speed=2.0)
    assert film.pace.pictures == pytest.approx(15)


def test_a_few_pictures_that_come_late_are_nothing_to_speak_of() -> None:
    film = Film()
    for _ in range(5):
        assert not film.play(0.4, 0.1)
        assert not film.play(3, 1.0)


@pytest.mark.parametrize(
    ("sounds", "muted", "together"),
    [(("",), False, ", picture and sound together"), (("",), True, ""), ((), False, "")],
)
def test_that_it_plays_more_slowly_is_said(sounds: tuple[str, ...], muted: bool, together: str) -> None:
    state = PlayerState(sounds=sounds, muted=muted, is_behind=True)
    assert state.behind_words == f"This machine is too slow for this film: it plays more slowly{together}."
    assert PlayerState().behind_words == ""


class Heard:
    """A film with sound on a machine that shows so many seconds of its picture in a second, in which it works
    for the first part of each `_PERIOD` only."""

    _STEP, _PERIOD, _WORKS, _LOOK, _BUFFER = 0.01, 10, 4, 13, 25

    def __init__(self, speed: float = 1.0) -> None:
        self.steps, self.sound, self.picture, self.wanted = 0, 0.0, 0.0, speed
        self.pace = SoundPace(lambda: self.steps * self._STEP)
        self._speeds = [speed] * self._BUFFER  # what is heard has been made ready before
        self.began_anew = 0
        self.speeds: list[float] = []
        self.late: list[float] = []

    def play(self, seconds: float, can: float) -> None:
        """Play on; what is kept of it is how it went in these seconds."""
        self.speeds, self.late = [], []
        for _ in range(round(seconds / self._STEP)):
            self.steps += 1
            self.sound += self._speeds.pop(0) * self._STEP
            self._speeds.append(min(self.wanted, self.pace.most))
            if self.steps % self._PERIOD < self._WORKS:
                shown = can * self._STEP * self._PERIOD / self._WORKS
                self.picture = min(self.picture + shown, self.sound)
            if self.steps % self._LOOK == 0:
                self._look()

    def _look(self) -> None:
        late = self.sound - self.picture
        if self.pace.is_lost(late, self.wanted):
            self.began_anew += 1
            self.sound = self.picture
            self._speeds = [min(self.wanted, self.pace.most)] * self._BUFFER
        self.late.append(late)
        self.speeds.append(min(self.wanted, self.pace.most))


@given(st.floats(0.15, 0.9), st.sampled_from([1.0, 2.0]))
def test_sound_waits_for_a_picture_that_cannot_follow(part: float, speed: float) -> None:
    """Once, where the picture is far behind by then, it begins anew; then the two stay together."""
    film = Heard(speed)
    film.play(12, part * speed)
    assert max(film.late) < 2.5 * speed
    assert film.began_anew <= 1 + speed
    began_anew = film.began_anew
    film.play(30, part * speed)
    assert max(film.late) < 1.0
    assert film.began_anew == began_anew or part > 0.8
    assert sum(film.speeds) / len(film.speeds) == pytest.approx(part * speed, rel=0.1)


@given(st.floats(1.3, 6.0), st.floats(0.0, 1.3), st.sampled_from([0.5, 1.0, 2.0]))
def test_sound_does_not_wait_for_a_picture_that_catches_up(can: float, seconds: float, speed: float) -> None:
    """Something else took all of the machine for a moment."""
    film = Heard(speed)
    for _ in range(3):
        film.play(5, can * speed)
        assert set(film.speeds) == {speed}
        film.play(seconds, 0.0)
        assert set(film.speeds) <= {speed}


def test_sound_goes_at_its_own_speed_again_when_the_machine_can() -> None:
    film = Heard()
    film.play(20, 0.4)
    film.pace.rest()
    film.play(1, 0.4)
    assert max(film.speeds) < 0.7  # what it can do is still known
    film.play(12, 3.0)
    film.play(10, 3.0)
    assert set(film.speeds) == {1.0}


def test_a_speed_that_the_picture_can_follow_is_played_at() -> None:
    film = Heard()
    film.play(20, 0.5)
    film.wanted = 0.25
    film.play(20, 0.5)
    assert set(film.speeds) == {0.25}
