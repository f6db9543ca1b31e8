"""Taking a film in: what cannot be played leaves nothing in the caseload's folder."""

from pathlib import Path

import pytest

from tests.unit.film.films import make, shades
from vigtui.casefilm.adding import copy_film
from vigtui.casefilm.home import Folder
from vigtui.film.errors import FilmDamaged
from vigtui.film.files import FileSource
from vigtui.film.probing import probe


def test_a_film_is_copied_in_and_read(tmp_path: Path) -> None:
    film = make(tmp_path / "holiday.mp4", shades(10))
    folder = tmp_path / "caseload"
    folder.mkdir()
    found = copy_film(Folder(folder), film, "F-017-C1")
    assert (found.path, found.trouble) == ("media/F-017-C1.mp4", "")
    assert found.duration_ms == probe(FileSource(film)).duration_ms > 0


@pytest.mark.parametrize("content", [bytes(range(256)) * 8, b"\0\0\0\x20ftypisom" + bytes(4000)])
def test_what_libmpv_cannot_play_is_not_copied(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys.mp4").write_bytes(content)
    folder = tmp_path / "caseload"
    folder.mkdir()
    with pytest.raises(FilmDamaged, match=r"keys\.mp4 cannot be played"):
        copy_film(Folder(folder), tmp_path / "keys.mp4", "F-017-C1")
    assert list(folder.iterdir()) == []
