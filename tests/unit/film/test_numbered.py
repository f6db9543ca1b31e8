"""What would be lost: that the picture is the picture of the time that is shown, in cameras' films too."""

from itertools import islice
from pathlib import Path

import pytest

from tests.unit.film import films
from tests.unit.film.numbered import case, number
from tests.unit.film.watched import Watched
from vigtui.film.files import FileSource, check_kind
from vigtui.film.making.cutting import cut

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
    cut(FileSource(torn), tmp_path / "clip.mp4", round(first_ms + 7 * FRAME_MS), 2000)


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


def test_each_picture_has_a_moment_of_its_own_where_a_films_times_count_back(watched: Watched) -> None:
    """FFmpeg says the same of the pictures 34 and 36, and 80 ms too little of 36 to 49."""
    watched.open(case("camcorder.mpg"))
    for wanted in (36, 34, 37, 35, 49, 48, 50, 33, 42):
        watched.player.seek(round(10.9 + wanted * FRAME_MS))
        until(watched, wanted, 10.9)
    for by in [-1] * 10 + [1] * 20:
        watched.player.step(by)
        wanted += by
        until(watched, wanted, 10.9)


def test_a_film_whose_times_count_back_is_paused_at_the_picture_that_is_seen(watched: Watched) -> None:
    """As when somebody marks a moment while it plays."""
    watched.open(case("camcorder.mpg"), start_ms=1451, loop=(1451, 1971), playing=True)
    for after_ms in (1500, 1700, 1850):
        watched.until(lambda _, after_ms=after_ms: seen_ms(watched) > after_ms)
        watched.player.pause()
        watched.until(lambda state: not state.playing and abs(seen_ms(watched) - state.position_ms) <= 1)
        watched.player.play()


def seen_ms(watched: Watched) -> float:
    """The moment of the picture that is shown, by its number."""
    seen = number(watched.player.take_picture())
    return -1000.0 if seen is None else 10.9 + seen * FRAME_MS


def test_a_film_that_was_joined_with_an_overlap_has_a_moment_for_each_picture(
    watched: Watched, tmp_path: Path
) -> None:
    """The second part begins 0.4 seconds before the first one ends."""
    joined = tmp_path / "joined.ts"
    with joined.open("wb") as file:
        for first, after, begins in ((0, 50, 0.0), (50, 100, 1.6)):
            part, stream = tmp_path / f"{first}.mp4", tmp_path / f"{first}.ts"
            films.make(part, islice(films.numbered(after), first, None), rate=25.0)
            films.turned_into(
                stream, part, of="mpegts", ovc="mpeg2video", ofopts=f"output_ts_offset={begins}"
            )
            file.write(stream.read_bytes())
    watched.open(joined, start_ms=1900)
    watched.until(lambda _: number(watched.player.take_picture()) == 48)
    shown = [(watched.player.state.position_ms, 48)]
    for wanted in (49, 49, *range(50, 66)):  # libmpv's encoder shows the last picture of a film twice
        watched.player.step(1)
        until_moved(watched, shown[-1][0], wanted)
        shown.append((watched.player.state.position_ms, wanted))
    for ms, wanted in (shown[8], shown[2], shown[-1], shown[4], shown[0]):
        watched.player.seek(ms)
        watched.until(
            lambda state, ms=ms, wanted=wanted: (
                state.position_ms == ms and number(watched.player.take_picture()) == wanted
            )
        )


def until_moved(watched: Watched, before_ms: int, wanted: int) -> None:
    """Wait until the picture is that of this frame, at a later moment."""
    watched.until(
        lambda state: state.position_ms > before_ms and number(watched.player.take_picture()) == wanted
    )


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
