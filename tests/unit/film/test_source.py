"""A film is what a `FilmSource` gives: nothing that plays, hears, cuts or looks at one asks for a file."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tests.unit.film.watched import Watched
from vigtui.film.files import FileSource
from vigtui.film.making.cutting import cut
from vigtui.film.probing import probe
from vigtui.film.sound.waveform import listen


class Elsewhere:
    """A film that is not where its path says: only its bytes and its address lead to it."""

    starts_ms = 0
    whole = True
    is_copy = False
    name = "a film elsewhere"

    def __init__(self, film: Path) -> None:
        self.path = film.parent / "nothing here.mp4"
        self._film = film

    @property
    def address(self) -> str:
        return str(self._film)

    def open(self) -> BinaryIO:
        return BytesIO(self._film.read_bytes())

    def check(self) -> None:
        FileSource(self._film).check()


def test_film_is_played_heard_cut_and_looked_at_where_no_file_has_its_path(
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
