"""What would be lost: that the picture is the picture of the time that is shown, in cameras' films too."""

from pathlib import Path

import pytest

from tests.unit.film.numbered import case, number
from tests.unit.film.watched import Watched
from vigtui.film.cutting import cut
from vigtui.film.files import check_kind

FRAME_MS = 40
FILMS = {"gop13.mts": 5.8, "camcorder.mpg": 10.9}
"""Films without an index, and the moment of their first frame."""


def until(watched: Watched, wanted: int, first_ms: float) -> None:
    """Wait until the picture is that of this frame, and so is the moment."""
    watched.until(
        lambda state: (
            number(watched.player.take_picture()) == wanted
            and abs(state.position_ms - first_ms - wanted * FRAME_MS) <= 1
        )
    )


@pytest.mark.parametrize(("film", "first_ms"), FILMS.items())
def test_a_film_without_an_index_is_sought_exactly(film: str, first_ms: float, watched: Watched) -> None:
    """Also in its first group of pictures, between two keyframes and at the end."""
    watched.open(case(film))
    for wanted in (0, 7, 1, 122, 249, 51, 12, 200, 0):
        watched.player.seek(round(first_ms + wanted * FRAME_MS))
        until(watched, wanted, first_ms)


@pytest.mark.parametrize(("film", "first_ms"), FILMS.items())
def test_a_film_without_an_index_is_sought_exactly_when_its_first_bytes_do_not_tell_that_it_is_one(
    film: str, first_ms: float, watched: Watched, tmp_path: Path
) -> None:
    """As a receiver writes it that begins in the middle, or a disk that lost its first block."""
    torn = tmp_path / film
    torn.write_bytes(bytes(5000) + case(film).read_bytes())
    assert check_kind(torn) == ""
    watched.open(torn)
    for wanted in (7, 122, 249, 12, 3):
        watched.player.seek(round(first_ms + wanted * FRAME_MS))
        until(watched, wanted, first_ms)
    cut(torn, tmp_path / "clip.mp4", round(first_ms + 7 * FRAME_MS), 2000)


@pytest.mark.parametrize(("film", "first_ms"), FILMS.items())
def test_steps_through_a_film_without_an_index_leave_no_frame_out(
    film: str, first_ms: float, watched: Watched
) -> None:
    watched.open(case(film), start_ms=1000)
    until(watched, 25, first_ms)
    wanted = 25
    for by in [-1] * 25 + [1] * 3:
        watched.player.step(by)
        wanted += by
        until(watched, wanted, first_ms)


@pytest.mark.parametrize(("film", "first_ms"), FILMS.items())
def test_a_film_without_an_index_opens_at_its_moment(film: str, first_ms: float, watched: Watched) -> None:
    watched.open(case(film), start_ms=round(first_ms + 9 * FRAME_MS))
    until(watched, 9, first_ms)


def test_a_film_that_does_not_say_how_long_it_is_is_all_there(watched: Watched) -> None:
    watched.open(case("live.webm"))
    for wanted in (175, 249, 3):
        watched.player.seek(round(14 + wanted * FRAME_MS))
        until(watched, wanted, 14)
    watched.until(lambda state: state.duration_ms >= 9974)


def test_a_film_copied_by_half_ends_where_its_pictures_do(watched: Watched) -> None:
    watched.open(case("trunc_fast.mp4"))
    watched.player.seek(9000)
    until(watched, 158, 0)
    assert watched.until(lambda state: state.remark).remark.startswith("The film ends at 00:06.3 of 00:10")
