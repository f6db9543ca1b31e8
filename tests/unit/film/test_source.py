"""A film is what a `FilmSource` gives: nothing that plays, hears, cuts or looks at one asks for a file."""

import ast
from pathlib import Path

import pytest

from tests.sources import modules_with
from tests.unit.film import films
from tests.unit.film.elsewhere import CHANGED, Elsewhere
from tests.unit.film.watched import Watched
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.cutting import cut
from vigtui.film.probing import probe
from vigtui.film.sound.waveform import listen


def test_film_that_is_in_no_file_is_played_heard_cut_and_looked_at(
    watched: Watched, shades: Path, tmp_path: Path
) -> None:
    film = Elsewhere(shades)
    watched.open(film)
    watched.player.seek(1000)
    watched.until(watched.at(1000))
    assert watched.player.state.trouble == ""
    assert probe(film) == probe(FileSource(shades))
    assert cut(film, tmp_path / "clip.mp4", 500, 1000) == cut(
        FileSource(shades), tmp_path / "again.mp4", 500, 1000
    )
    assert listen(film, lambda _: True) == listen(FileSource(shades), lambda _: True)


@pytest.mark.parametrize("part", [0, 0.4])
def test_film_whose_bytes_do_not_come_closes_with_the_sentence_why(
    watched: Watched, shades: Path, tmp_path: Path, part: float
) -> None:
    size = shades.stat().st_size
    film = Elsewhere(shades, range(int(part * size), int((part + 0.2) * size)))
    watched.player.load(film, playing=True)
    state = watched.until(lambda state: state.trouble)
    assert state.trouble == CHANGED
    assert not state.playing
    assert watched.player.take_picture() is None
    for use in (probe, lambda film: cut(film, tmp_path / "clip.mp4", 500, 2900)):
        with pytest.raises(FilmError, match=CHANGED):
            use(film)
    with pytest.raises(FilmError, match=CHANGED):
        listen(film, lambda _: True)
    watched.open(FileSource(shades))
    assert watched.player.state.trouble == ""


@pytest.mark.slow
def test_film_whose_bytes_fail_while_it_is_seen_closes_too(watched: Watched, tmp_path: Path) -> None:
    """A stick is pulled, a key is wiped: what is still shown would be taken for the film's end."""
    small, large = films.make(tmp_path / "small.mp4", films.shades(420)), tmp_path / "large.mkv"
    films.turned_into(large, small, of="matroska", ovc="rawvideo")
    film = Elsewhere(large)
    watched.open(film)
    watched.until(lambda state: state.last_ms and watched.player.take_picture() is not None)
    film.lost = range(1 << 40)
    watched.player.seek(41_000)
    assert watched.until(lambda state: state.trouble).trouble == CHANGED
    assert watched.player.take_picture() is None


def test_nothing_of_a_film_stays_open(watched: Watched, shades: Path, tmp_path: Path) -> None:
    film = Elsewhere(shades)
    watched.open(film, loop=(500, 1500), playing=True)
    watched.until(lambda state: state.last_ms)
    probe(film)
    cut(film, tmp_path / "clip.mp4", 500, 1000)
    listen(film, lambda _: False)
    watched.player.close()
    assert film.given
    assert all(given.closed for given in film.given)


def test_one_module_makes_libmpv_s_cores_and_gives_them_film() -> None:
    """Elsewhere a core would open what a path says, and know nothing of film that is in no file."""
    attributes, commands = ("MPV", "loadfile", "loadlist"), ("loadfile", "loadlist", "audio-add", "sub-add")
    found = {
        module
        for module, tree in modules_with((*attributes, *commands))
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in attributes)
        or (isinstance(node, ast.Constant) and node.value in commands)
    }
    assert found == {"film/libmpv.py"}
