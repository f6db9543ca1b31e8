"""Encrypted film: what was written is read, from any place; whatever was changed since is noticed."""

import gc
import io
import os
import threading
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.vault.film.tampering import CHEAP, KEY, OTHER_KEY, Tamperer, encrypted
from vigtui.vault.envelope import DamagedError
from vigtui.vault.film import header
from vigtui.vault.film.chunks import ChunkCipher
from vigtui.vault.film.header import EMPTY_SLOT
from vigtui.vault.film.layout import (
    CHUNK_BYTES,
    HEADER_BYTES,
    PADDED_TO,
    is_encrypted_film,
    place_of_chunk,
    stored_bytes,
)
from vigtui.vault.film.reading import open_encrypted, verify_film
from vigtui.vault.film.writing import Summary, write
from vigtui.vault.key import WrongKeyError
from vigtui.vault.unlocking import new_key

CLEAR = Random(7).randbytes(PADDED_TO + 3 * CHUNK_BYTES + 5)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CLEAR, encrypted."""
    return encrypted(tmp_path_factory.mktemp("film") / "a1.vigfilm", CLEAR)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, PADDED_TO - 1, PADDED_TO, PADDED_TO + 1]
)
def test_film_of_any_length_is_read_as_it_was(tmp_path: Path, size: int) -> None:
    clear, path = CLEAR[:size], tmp_path / "a1.vigfilm"
    with path.open("wb") as file:
        written = write(file, [clear], KEY, ".mp4")
    assert written == verify_film(path, KEY) == Summary(written.film_id, size, sha256(clear).hexdigest())
    assert path.stat().st_size == stored_bytes(size)
    with open_encrypted(path, KEY) as opened:
        assert (opened.size, opened.ending, opened.read()) == (size, ".mp4", clear)
        assert opened.film_id == written.film_id


@given(st.lists(st.integers(0, CHUNK_BYTES + 1), max_size=40))
def test_however_it_comes_in_pieces_it_is_the_same_film(lengths: list[int]) -> None:
    """An encoder hands over what it has, and knows no length beforehand."""
    clear, places = CLEAR[: sum(lengths)], [sum(lengths[:number]) for number in range(len(lengths))]
    pieces = [clear[place : place + length] for place, length in zip(places, lengths, strict=True)]
    file = io.BytesIO()
    assert write(file, pieces, KEY, "").sha256 == sha256(clear).hexdigest()
    assert len(file.getvalue()) == stored_bytes(len(clear))


_PLACES = st.integers(-len(CLEAR) - 9, len(CLEAR) + 9)
_ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("seek"), _PLACES, st.sampled_from([os.SEEK_SET, os.SEEK_CUR, os.SEEK_END])),
        st.tuples(st.sampled_from(["read", "readinto"]), st.integers(0, 3 * CHUNK_BYTES), st.just(0)),
    ),
    max_size=30,
)


@given(_ACTS)
def test_seeking_and_reading_are_those_of_the_clear_film(
    film: Path, acts: list[tuple[str, int, int]]
) -> None:
    with open_encrypted(film, KEY) as opened, io.BytesIO(CLEAR) as clear:
        for act, number, whence in acts:
            if act == "read":
                assert opened.read(number) == clear.read(number)
            elif act == "readinto":
                rooms = bytearray(number), bytearray(number)
                assert opened.readinto(memoryview(rooms[0])) == clear.readinto(rooms[1])
                assert rooms[0] == rooms[1]
            elif number + {0: 0, 1: clear.tell(), 2: len(CLEAR)}[whence] >= 0:
                assert opened.seek(number, whence) == clear.seek(number, whence)
            else:
                with pytest.raises(ValueError, match="before"):
                    opened.seek(number, whence)
            assert opened.tell() == clear.tell()


def test_threads_that_read_one_film_at_once_all_get_whole_pieces(film: Path) -> None:
    """A player's own threads read it."""
    pieces = {CLEAR[place : place + CHUNK_BYTES] for place in range(0, len(CLEAR), CHUNK_BYTES)}
    found: list[bytes] = []
    with open_encrypted(film, KEY) as opened:

        def reading() -> None:
            while piece := opened.read(CHUNK_BYTES):
                found.append(piece)

        threads = [threading.Thread(target=reading) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert len(found) == len(pieces)
    assert set(found) == pieces


def test_another_key_opens_nothing_and_says_so(film: Path) -> None:
    with pytest.raises(WrongKeyError, match="not at hand"):
        open_encrypted(film, OTHER_KEY)


def test_once_the_key_is_wiped_nothing_more_is_read(tmp_path: Path) -> None:
    """Also nothing of what was decrypted before: the caseload was closed."""
    key = new_key("kingfisher", CHEAP)
    path = encrypted(tmp_path / "a1.vigfilm", b"faces", key)
    with open_encrypted(path, key) as opened:
        assert opened.read(2) == b"fa"
        key.wipe()
        left = [each for each in gc.get_objects() if isinstance(each, ChunkCipher)]
        assert left == [], "a film that is still open keeps its own key"
        with pytest.raises(WrongKeyError) as refused:
            opened.read(2)
        assert isinstance(refused.value, OSError), "whoever reads film expects that of a disk"
    with pytest.raises(WrongKeyError):
        open_encrypted(path, key)
    with pytest.raises(WrongKeyError):
        write(io.BytesIO(), [b"faces"], key, "")


def test_nothing_is_read_of_a_closed_film(film: Path) -> None:
    opened = open_encrypted(film, KEY)
    opened.close()
    opened.close()
    for act in (opened.read, opened.tell, lambda: opened.readinto(bytearray(1))):
        with pytest.raises(ValueError, match="closed"):
            act()


def test_neither_name_nor_ending_nor_words_of_it_can_be_found_in_it(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "a1.vigfilm", b"Jory looked up. " * 9)
    data = path.read_bytes()
    assert not [word for word in (b"Jory", b"looked", b".mp4", b"size") if word in data]
    assert is_encrypted_film(data[:12])
    assert not is_encrypted_film(b"\0\0\0\x20ftypisom")


def test_two_films_have_nothing_in_common_but_the_magic(tmp_path: Path) -> None:
    """Nobody is to know which films are of one caseload, or that two are the same film."""
    one, two = (encrypted(tmp_path / name, CLEAR).read_bytes() for name in ("a1.vigfilm", "a2.vigfilm"))
    pieces = {bytes(one[place : place + 16]) for place in range(0, len(one), 16)}
    same = [two[place : place + 16] for place in range(16, len(two), 16) if two[place : place + 16] in pieces]
    assert not [piece for piece in same if any(piece)]


def test_an_ending_that_no_file_has_is_refused_before_anything_is_written() -> None:
    for ending in ("mp4", "./../x", ".a\nb", ".\ud800", "." + 300 * "a"):
        file = io.BytesIO()
        with pytest.raises(ValueError):  # noqa: PT011  msgspec's words
            write(file, [b"faces"], KEY, ending)
        assert not file.getvalue()


def test_encrypting_and_checking_hold_little_in_memory(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(64):
            yield bytes(PADDED_TO)

    path = tmp_path / "a1.vigfilm"
    tracemalloc.start()
    with path.open("wb") as file:
        written = write(file, pieces(), KEY, ".mp4")
    assert verify_film(path, KEY) == written
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * PADDED_TO


def test_what_was_not_written_to_its_end_opens_for_nobody(tmp_path: Path) -> None:
    """Whatever was brought to the disk before a kill: the header comes last."""

    def broken_off() -> Iterator[bytes]:
        yield CLEAR
        raise InterruptedError

    path = tmp_path / "a1.vigfilm"
    with path.open("wb") as file, pytest.raises(InterruptedError):
        write(file, broken_off(), KEY, ".mp4")
    with pytest.raises(DamagedError, match="not encrypted to its end"):
        open_encrypted(path, KEY)


def test_whatever_was_changed_is_noticed(tmp_path: Path) -> None:
    """`make prove` tries ten thousand."""
    tamperer = Tamperer(tmp_path, seed=1)
    assert not [done for number in range(150) if (done := tamperer.unnoticed(number))]


def test_a_damaged_place_is_named_and_the_rest_is_read(film: Path, tmp_path: Path) -> None:
    data = bytearray(film.read_bytes())
    data[place_of_chunk(2) + 9] ^= 1
    path = tmp_path / "a1.vigfilm"
    path.write_bytes(data)
    with open_encrypted(path, KEY) as opened:
        assert opened.read(2 * CHUNK_BYTES) == CLEAR[: 2 * CHUNK_BYTES]
        with pytest.raises(DamagedError, match=r"^was changed after it was encrypted, at 0\.1 of 2\.1 MB$"):
            opened.read(1)
        assert opened.tell() == 2 * CHUNK_BYTES
        opened.seek(3 * CHUNK_BYTES)
        assert opened.read() == CLEAR[3 * CHUNK_BYTES :]


def test_a_file_that_shrinks_while_it_is_open_is_noticed(film: Path, tmp_path: Path) -> None:
    path = tmp_path / "a1.vigfilm"
    path.write_bytes(film.read_bytes())
    with open_encrypted(path, KEY) as opened:
        os.truncate(path, place_of_chunk(1) + 5)
        assert opened.read(CHUNK_BYTES) == CLEAR[:CHUNK_BYTES]
        with pytest.raises(DamagedError):
            opened.read(1)


def test_what_is_no_encrypted_film_is_refused_in_a_sentence(film: Path, tmp_path: Path) -> None:
    head = film.read_bytes()[:HEADER_BYTES]
    refused = {
        "no encrypted film": [b"", b"vigtui film", bytes(HEADER_BYTES), b"\0\0\0\x20ftypisom" * 2000],
        "changed or cut off": [head[:12], head[: HEADER_BYTES - 1], head[:12] + bytes(HEADER_BYTES)],
        "newer vigtui": [head[:15] + b"\x02" + head[16:], head[:12] + b"\xff" * HEADER_BYTES],
        "cut off: 0.0 of 2.1 MB": [head],
    }
    path = tmp_path / "a1.vigfilm"
    for words, files in refused.items():
        for data in files:
            path.write_bytes(data)
            with pytest.raises(DamagedError, match=words):
                open_encrypted(path, KEY)


def test_what_somebody_with_the_key_has_made_up_is_refused_too(film: Path, tmp_path: Path) -> None:
    """A colleague's header may ask for nothing that is not there, and no film is two films."""
    path = tmp_path / "a1.vigfilm"
    with film.open("rb") as file:
        found = header.read(file.fileno())
    contents = found.contents(KEY)
    made_up = {
        "cut off: 2.1 of 1099": replace(contents, size=2**40),
        "update vigtui": replace(contents, size=2**60),
        "newer vigtui": replace(contents, ending="/../../x"),
        "changed or cut off": replace(contents, key=bytes(32)),
    }
    for words, each in made_up.items():
        slot = found.slot_for(0, msgspec.json.encode(each), KEY)
        path.write_bytes(replace(found, slots=(slot, EMPTY_SLOT)).whole() + film.read_bytes()[HEADER_BYTES:])
        with pytest.raises(DamagedError, match=words):
            open_encrypted(path, KEY)


def test_a_huge_file_of_nothing_takes_no_time_and_no_memory(film: Path, tmp_path: Path) -> None:
    path = tmp_path / "a1.vigfilm"
    path.write_bytes(film.read_bytes())
    os.truncate(path, 2**40)
    with pytest.raises(DamagedError, match="bytes were added"):
        open_encrypted(path, KEY)


def test_a_pipe_or_folder_in_its_place_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(OSError, match=r"not an ordinary file|No such file"):
            open_encrypted(path, KEY)
