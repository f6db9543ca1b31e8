"""What would be lost: the film of a pack, at the moments that were written down about the whole recording."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.permissions import permission
from tests.unit.exchange.conftest import SECRET
from tests.unit.film.test_player import Watched
from vigtui.casefilm.home import Folder
from vigtui.casefilm.opening import open_film
from vigtui.casefilm.pack_list import PACK_FILE
from vigtui.domain.records import Recording
from vigtui.film.errors import FilmMissing, FilmRefused

FILM = Recording(id="heron-1-C", cycle="heron-1", path=f"media/{SECRET}-heron-1-C.mp4", duration_ms=3000)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.player.close()


def test_a_clip_plays_from_its_piece_by_the_times_of_the_recording(packed: Path, watched: Watched) -> None:
    film = open_film(Folder(packed), permission(FILM), "heron-1-C-2")
    watched.open(film, start_ms=2300, loop=(2000, 2700))
    watched.until_frame(23)
    state = watched.until(lambda state: state.duration_ms and watched.at(2300)(state))
    assert (state.loop, state.duration_ms) == ((2000, 2700), 2700)
    watched.player.step(-1)
    watched.until_frame(22)
    watched.until(watched.at(2200))
    watched.player.seek(2600)
    watched.until_frame(26)
    watched.player.seek(100)
    watched.until_frame(20)
    watched.until(watched.at(2000))


def test_a_piece_loops_and_its_loop_can_be_changed(packed: Path, watched: Watched) -> None:
    film = open_film(Folder(packed), permission(FILM), "heron-1-C-2")
    watched.open(film, start_ms=2000, loop=(2000, 2700), playing=True)
    watched.until(lambda state: state.position_ms >= 2500)
    watched.until(lambda state: state.position_ms < 2300)
    watched.player.set_loop((2200, 2400))
    assert watched.player.state.loop == (2200, 2400)


def test_a_caseloads_own_film_is_played_whole(model: Path) -> None:
    film = open_film(Folder(model.parent), permission(FILM), "heron-1-C-2")
    assert (film.path, film.starts_ms, film.whole) == (model.parent / FILM.path, 0, True)


def test_what_is_not_in_a_pack_says_so(packed: Path) -> None:
    with pytest.raises(FilmMissing, match="The whole recording is not in this pack"):
        open_film(Folder(packed), permission(FILM), "")
    with pytest.raises(FilmMissing, match="The film of this clip is not in this pack"):
        open_film(Folder(packed), permission(FILM), "heron-1-C-1000")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[" * 100_000,
        b'{"pieces": [{"clip": "heron-1-C-2", "path": "../secret.mp4", "starts_ms": 0}]}',
        b'{"pieces": [{"clip": "heron-1-C-2", "path": "/etc/passwd", "starts_ms": 0}]}',
        b'{"pieces": [{"clip": "heron-1-C-2", "path": "http://x/y.mp4", "starts_ms": 0}]}',
        b'{"pieces": [{"clip": "heron-1-C-2", "path": "media/clip-1.mp4", "starts_ms": -1}]}',
        b'{"pieces": [{"clip": "heron-1-C-2", "path": "media/clip-1.mp4", "starts_ms": 1e400}]}',
    ],
)
def test_a_list_from_somebody_else_opens_nothing_outside_the_pack(said: bytes, tmp_path: Path) -> None:
    (tmp_path / PACK_FILE).write_bytes(said)
    with pytest.raises(FilmRefused):
        open_film(Folder(tmp_path), permission(FILM), "heron-1-C-2")


def test_a_list_that_is_no_file_or_a_link_to_one_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / PACK_FILE)
    with pytest.raises(FilmRefused, match="it is a pipe, not an ordinary file"):
        open_film(Folder(tmp_path), permission(FILM), "heron-1-C-2")
    (tmp_path / PACK_FILE).unlink()
    (tmp_path / PACK_FILE).symlink_to("/etc/hostname")
    with pytest.raises(FilmRefused, match="it is a link"):
        open_film(Folder(tmp_path), permission(FILM), "heron-1-C-2")
