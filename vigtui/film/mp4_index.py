"""The index of an MP4 film: what libmpv does not read there, and what its encoder leaves out."""

import struct
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import BinaryIO

from vigtui.film.source import FilmSource, reading

_FOLDERS = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl"}
_MOST_BYTES, _MOST_BOXES = 64 << 20, 10_000
# Where a box of version 0 keeps its time scale and its length, counted from its content.
_SCALE, _LENGTH, _TRACK_LENGTH, _EDIT_LENGTH = 12, 16, 20, 8
# Where boxes of either version keep their matrix.
_MATRIX = {b"mvhd": (36, 48), b"tkhd": (40, 52)}


def is_mirrored(source: FilmSource) -> bool:
    """Whether an MP4 or MOV film stores a mirror image of the picture that is to be shown, as some front
    cameras do. libmpv knows only by how much it is turned. Raises `FilmError`."""
    with reading(source) as file:
        index = _read_index(file)[1]
    mirrors = movie_mirrors = False
    for names, at in islice(_boxes(index, 0, len(index), ()), _MOST_BOXES):
        if names[-1] == b"mvhd":
            movie_mirrors = _mirrors(index, names[-1], at)
        elif names[-1] == b"tkhd":
            mirrors = _mirrors(index, names[-1], at)
        elif names[-1] == b"vmhd":  # the track before is the first one with a picture
            return mirrors != movie_mirrors
    return False


def lengthen_last_frame(file: BinaryIO, ms: float) -> None:
    """Let the last frame of the only picture track of an MP4 film, which is open to be changed, last `ms`:
    libmpv's encoder leaves it no time, and many players leave such a frame out. The file has been written by
    FFmpeg just now: boxes of version 0, the index behind the pictures. Does nothing where there is no frame
    without a time."""
    start, index = _read_index(file)
    if _lengthen(index, ms):
        file.seek(start)
        file.write(index)


def _read_index(file: BinaryIO) -> tuple[int, bytearray]:
    """Where the index of a film lies, and what is in it; nothing where there is none, or one of no likely
    size."""
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        size, name = struct.unpack_from(">I4s", head)
        if size == 1 and len(head) == 16:
            size = struct.unpack_from(">Q", head, 8)[0]
        if name == b"moov" and 8 <= size <= _MOST_BYTES:
            file.seek(at)
            return at, bytearray(file.read(size))
        if name == b"moov" or size < 8:
            break
        at += size
    return 0, bytearray()


def _mirrors(index: bytearray, name: bytes, at: int) -> bool:
    """Whether the matrix of this box turns what is right to the left."""
    if at + 8 > len(index):
        return False
    matrix = at + _MATRIX[name][index[at] > 0]
    if matrix + 20 > len(index):
        return False
    a, b, _, c, d = struct.unpack_from(">5i", index, matrix)
    return bool(a * d < b * c)


def _lengthen(index: bytearray, ms: float) -> bool:
    boxes = list(_boxes(index, 0, len(index), ()))
    tracks = [number for number, (names, _) in enumerate(boxes) if names[-1] == b"trak"]
    movie = next((at for names, at in boxes if names[-1] == b"mvhd"), None)
    for first, after in pairwise((*tracks, len(boxes))):
        track = {names[-1]: at for names, at in boxes[first:after]}
        if movie is None or not {b"vmhd", b"stts", b"mdhd", b"tkhd"} <= track.keys():
            continue
        entries = _number(index, track[b"stts"] + 4)
        last = track[b"stts"] + 8 * entries + 4  # the last entry's length of a frame
        if not entries or _number(index, last):
            return False
        in_track = round(ms * _number(index, track[b"mdhd"] + _SCALE) / 1000)
        in_movie = round(ms * _number(index, movie + _SCALE) / 1000)
        _add(index, last, in_track)
        _add(index, track[b"mdhd"] + _LENGTH, in_track)
        _add(index, track[b"tkhd"] + _TRACK_LENGTH, in_movie)
        if b"elst" in track:
            # A picture that comes later than the film's start has an edit without pictures before its own.
            edits = _number(index, track[b"elst"] + 4)
            _add(index, track[b"elst"] + 12 * edits - 12 + _EDIT_LENGTH, in_movie)
        whole = max(_number(index, movie + _LENGTH), _number(index, track[b"tkhd"] + _TRACK_LENGTH))
        struct.pack_into(">I", index, movie + _LENGTH, whole)
        return True
    return False


def _boxes(
    data: bytearray, start: int, end: int, above: tuple[bytes, ...]
) -> Iterator[tuple[tuple[bytes, ...], int]]:
    """The names of each box with those around it, and where its content begins."""
    at = start
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8:
            return
        names = (*above, name)
        yield names, at + 8
        if name in _FOLDERS:
            yield from _boxes(data, at + 8, min(at + size, end), names)
        at += size


def _number(data: bytearray, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])


def _add(data: bytearray, at: int, more: int) -> None:
    struct.pack_into(">I", data, at, _number(data, at) + more)
