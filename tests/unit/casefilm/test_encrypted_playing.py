"""What would be lost: that film nobody else can read is seen, stepped through, cut and heard as any other."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.unit.film import films
from tests.unit.film.watched import Watched
from vigtui.casefilm.encrypted.files import encrypt_film, encrypt_into
from vigtui.casefilm.encrypted.source import EncryptedSource
from vigtui.casefilm.home import Folder
from vigtui.film.errors import FilmError
from vigtui.film.files import FileSource
from vigtui.film.making.cutting import cut
from vigtui.film.probing import probe
from vigtui.film.sound.waveform import listen
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import Cost
from vigtui.vault.unlocking import new_key

pytestmark = pytest.mark.slow


@pytest.fixture
def key() -> DataKey:
    return new_key("toast and honey", Cost(n=2, r=1, p=1))


@pytest.fixture
def home(tmp_path: Path, key: DataKey) -> Folder:
    folder = tmp_path / "caseload"
    folder.mkdir()
    return Folder(folder, key)


@pytest.fixture
def clear(tmp_path: Path) -> Path:
    return films.make(tmp_path / "shades.mp4", films.shades(30), sound=films.tone(3))


@pytest.fixture
def film(home: Folder, clear: Path) -> EncryptedSource:
    return EncryptedSource(encrypt_film(home, clear), home)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.player.close()


def test_it_is_played_stepped_looped_and_heard(film: EncryptedSource, clear: Path, watched: Watched) -> None:
    watched.open(film, start_ms=1000)
    watched.until_frame(10)
    watched.player.step(-1)
    watched.until_frame(9)
    watched.player.seek(2200)
    watched.until_frame(22)
    watched.player.seek(900)
    watched.until_frame(9)
    watched.player.set_loop((500, 1100))
    watched.player.play()
    watched.until(lambda state: 500 <= state.position_ms < 850)
    assert probe(film) == probe(FileSource(clear))
    assert listen(film, lambda _: True) == listen(FileSource(clear), lambda _: True)


def test_a_cut_of_it_is_encrypted_before_it_is_on_a_disk(film: EncryptedSource, home: Folder) -> None:
    made: list[tuple[Path, bytes]] = []

    def taken(content: BinaryIO, ending: str) -> None:
        clear = content.read()
        made.append((encrypt_into(home, BytesIO(clear), ending), clear))

    assert cut(film, taken, 500, 1500) == 500
    [(path, bytes_in_clear)] = made
    assert probe(EncryptedSource(path, home)).last_ms == pytest.approx(900, abs=1)
    on_the_disk = b"".join(each.read_bytes() for each in home.folder.rglob("*") if each.is_file())
    assert not any(bytes_in_clear[at : at + 32] in on_the_disk for at in range(0, len(bytes_in_clear), 512))


def test_once_its_key_was_wiped_nothing_of_it_is_read(
    film: EncryptedSource, key: DataKey, watched: Watched
) -> None:
    watched.open(film)
    key.wipe()
    watched.player.load(film)
    assert "a key that is not at hand" in watched.until(lambda state: state.trouble).trouble
    assert watched.player.take_picture() is None
    with pytest.raises(FilmError, match="a key that is not at hand"):
        probe(film)
