"""Gives the last frame of an MP4 film its time: libmpv's encoder leaves it none, and many players leave such
a frame out."""

import struct
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl"}
_MOST_BYTES = 64 << 20
# Where a box of version 0 keeps its time scale and its length, counted from its content.
_SCALE, _LENGTH, _TRACK_LENGTH, _EDIT_LENGTH = 12, 16, 20, 8


def lengthen_last_frame(path: Path, ms: float) -> None:
    """Let the last frame of the only picture track of an MP4 film last `ms`. The file has been written by
    FFmpeg just now: boxes of version 0, the index behind the pictures. Does nothing where there is no frame
    without a time."""
    with path.open("r+b") as file:
        start, size = _index(path)
        if size > _MOST_BYTES:
            return
        file.seek(start)
        index = bytearray(file.read(size))
        if _lengthen(index, ms):
            file.seek(start)
            file.write(index)


def _index(path: Path) -> tuple[int, int]:
    """Where the index of a film lies, and how long it is."""
    with path.open("rb") as file:
        end, at = path.stat().st_size, 0
        while at + 8 <= end:
            file.seek(at)
            size, name = struct.unpack(">I4s", file.read(8))
            if size == 1:
                size = struct.unpack(">Q", file.read(8))[0]
            if name == b"moov" or size < 8:
                return (at, size) if name == b"moov" else (0, 0)
            at += size
    return 0, 0


def _lengthen(index: bytearray, ms: float) -> bool:
    boxes = list(_boxes(index, 0, len(index), ()))
    tracks = [number for number, (names, _) in enumerate(boxes) if names[-1] == b"trak"]
    movie = next((at for names, at in boxes if names[-1] == b"mvhd"), None)
    for first, after in zip(tracks, [*tracks[1:], len(boxes)], strict=True):
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
            _add(index, track[b"elst"] + _EDIT_LENGTH, in_movie)
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
