"""What would be lost: film that opens, whatever somebody else wrote into its index."""

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigtui.film.files import FileSource
from vigtui.film.mp4_index import is_mirrored, lengthen_last_frame

_NAMES = st.sampled_from([b"moov", b"trak", b"tkhd", b"mvhd", b"vmhd", b"mdia", b"minf", b"free"])


@st.composite
def _boxes(draw: st.DrawFn) -> bytes:
    inside = b"".join(draw(st.lists(st.binary(max_size=90) | _boxes(), max_size=3)))
    size = draw(st.just(8 + len(inside)) | st.integers(0, 2**32 - 1))
    return struct.pack(">I4s", size, draw(_NAMES)) + inside


@given(st.lists(_boxes() | st.binary(max_size=40), max_size=3).map(b"".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_index_makes_a_film_fail_to_open(tmp_path: Path, data: bytes) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(data)
    is_mirrored(FileSource(film))


@given(st.lists(_boxes() | st.binary(max_size=40), max_size=3).map(b"".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_film_that_the_encoder_gave_up_is_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    """It has no index; then a sentence says that it could not be made."""
    film = tmp_path / "film.mp4"
    film.write_bytes(data.replace(b"moov", b"free"))
    with film.open("r+b") as file:
        lengthen_last_frame(file, 40.0)
    assert film.read_bytes() == data.replace(b"moov", b"free")


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("matrix", [(-1, 0, 0, 1), (0, 1, 1, 0), (1, 0, 0, 1), (-1, 0, 0, -1)])
@pytest.mark.parametrize("of_movie", [(1, 0, 0, 1), (1, 0, 0, -1)])
def test_matrices_of_the_track_and_of_the_whole_film_are_read_in_both_versions_of_their_boxes(
    tmp_path: Path, version: int, matrix: tuple[int, int, int, int], of_movie: tuple[int, int, int, int]
) -> None:
    def box(name: bytes, *inside: bytes) -> bytes:
        content = b"".join(inside)
        return struct.pack(">I4s", 8 + len(content), name) + content

    def headed(name: bytes, before: int, numbers: tuple[int, int, int, int]) -> bytes:
        a, b, c, d = numbers
        long_times = 12 * version
        return box(
            name,
            bytes([version]),
            bytes(before - 1 + long_times),
            struct.pack(">5i", a, b, 0, c, d),
            bytes(24),
        )

    picture = box(b"mdia", box(b"minf", box(b"vmhd")))
    sound = box(b"trak", headed(b"tkhd", 40, (-1, 0, 0, 1)), box(b"mdia", box(b"minf", box(b"smhd"))))
    track = box(b"trak", headed(b"tkhd", 40, matrix), picture)
    film = tmp_path / "film.mp4"
    film.write_bytes(box(b"ftyp") + box(b"moov", headed(b"mvhd", 36, of_movie), sound, track))
    mirrors = [a * d - b * c < 0 for a, b, c, d in (matrix, of_movie)]
    assert is_mirrored(FileSource(film)) == (mirrors[0] != mirrors[1])
