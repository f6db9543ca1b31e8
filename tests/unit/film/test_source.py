"""A film is what a `FilmSource` gives: nothing that plays, hears, cuts or looks at one asks for a file."""

import ast
from pathlib import Path

import pytest

import vigtui
from tests.unit.film.elsewhere import CHANGED, Elsewhere
from tests.unit.film.watched import Watched
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.cutting import cut
from vigtui.film.probing import probe
from vigtui.film.sound.waveform import listen

PROGRAM = Path(vigtui.__file__).parent


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


def test_one_module_makes_libmpv_s_cores_and_gives_them_film() -> None:
    """Elsewhere a core would open what a path says, and know nothing of film that is in no file."""
    found = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("MPV", "loadfile", "loadlist"))
        or (isinstance(node, ast.Constant) and node.value in ("loadfile", "loadlist", "audio-add", "sub-add"))
    }
    assert found == {"film/libmpv.py"}
