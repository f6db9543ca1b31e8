"""What would be lost: the word that it is the machine, not the film, when the picture falls behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.playing.pace import Pace
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
    ("sounds", "muted", "behind"), [(("",), False, " the sound"), (("",), True, ""), ((), False, "")]
)
def test_what_it_falls_behind_is_said(sounds: tuple[str, ...], muted: bool, behind: str) -> None:
    state = PlayerState(sounds=sounds, muted=muted, is_behind=True)
    assert state.behind_words == f"This machine is too slow for this film: the picture falls behind{behind}."
    assert PlayerState().behind_words == ""
