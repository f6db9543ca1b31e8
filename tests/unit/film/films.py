"""Small films for tests, made by the program's own encoder."""

import math
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.unit.film.numbered import BARS
from vigtui.film.files import FileSource
from vigtui.film.libmpv import libmpv
from vigtui.film.making.encode import SOUND_RATE, encode
from vigtui.film.options import QUIET
from vigtui.film.probing import probe

RATE = 10
WIDTH, HEIGHT = 160, 96
GREY_STEP = 8


def shade(number: int) -> int:
    """How bright frame `number` is, the same all over."""
    return 16 + GREY_STEP * (number % 28)


def shades(count: int, width: int = WIDTH, height: int = HEIGHT) -> Iterator[bytes]:
    """Frames of one grey each, that tell by their shade which they are."""
    for number in range(count):
        yield bytes([shade(number)]) * (width * height * 3)


def corners(count: int, width: int = WIDTH, height: int = HEIGHT) -> Iterator[bytes]:
    """A still picture: red above left, green above right, blue below left, white below right."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = (220, 20, 20)
    picture[: height // 2, width // 2 :] = (20, 200, 20)
    picture[height // 2 :, : width // 2] = (20, 20, 220)
    picture[height // 2 :, width // 2 :] = (240, 240, 240)
    for _ in range(count):
        yield picture.tobytes()


def numbered(count: int, width: int = WIDTH, height: int = HEIGHT) -> Iterator[bytes]:
    """Frames that show their number in ten bars, as `tests.unit.film.numbered` reads it."""
    for number in range(count):
        row = np.array([20 + 214 * (number >> bar & 1) for bar in range(BARS)], np.uint8)
        yield np.repeat(row, 3 * width // BARS).tobytes() * height


def moving(count: int, width: int = WIDTH, height: int = HEIGHT) -> Iterator[bytes]:
    """A warm ball that rolls over a cool, finely shaded ground."""
    rows, columns = np.mgrid[0:height, 0:width]
    ground = np.stack([30 + columns % 40, 60 + rows % 60, 120 + (rows + columns) % 50], axis=-1).astype(
        np.uint8
    )
    for number in range(count):
        picture = ground.copy()
        ball = (columns - (number * 4) % width) ** 2 + (rows - height // 2) ** 2 < (height // 4) ** 2
        picture[ball] = (240, 160, 60)
        yield picture.tobytes()


def tone(seconds: float) -> bytes:
    """A soft steady tone."""
    count = round(seconds * SOUND_RATE)
    return struct.pack(f"<{count}h", *(round(6000 * math.sin(step / 15)) for step in range(count)))


def make(path: Path, frames: Iterator[bytes], *, sound: bytes | None = None, rate: float = RATE) -> Path:
    """Encode a film of `WIDTH` x `HEIGHT`."""
    encode(path, width=WIDTH, height=HEIGHT, frames_per_second=rate, frames=frames, sound=sound)
    return path


Matrix = tuple[int, int, int, int]
TURNED: dict[int, Matrix] = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
MIRRORED: dict[int, Matrix] = {angle: (a, b, -c, -d) for angle, (a, b, c, d) in TURNED.items()}
"""What an MP4 film says of a picture: where its right (a, b) and its lower edge (c, d) are to be, when it is
turned clockwise by so many degrees, and when it was turned upside down before."""


def held_upright(film: Path, target: Path, matrix: Matrix) -> Path:
    """Copy an MP4 film, marked as a phone marks one that was held turned, or that it has mirrored."""
    data = bytearray(film.read_bytes())
    a, b, c, d = matrix
    place = 0
    while (place := data.find(b"tkhd", place + 1)) >= 0:
        width, height = struct.unpack_from(">2I", data, place + 80)
        if width:
            right, down = (max(0, -x * width - y * height) for x, y in ((a, c), (b, d)))
            numbers = (a << 16, b << 16, 0, c << 16, d << 16, 0, right, down, 1 << 30)
            struct.pack_into(">9i", data, place + 44, *numbers)
    target.write_bytes(data)
    return target


COLOURS = {"red": (220, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 220), "white": (240, 240, 240)}


def named_corners(picture: NDArray[np.uint8]) -> list[str]:
    """The colours of a picture's corners, by rows: those of `corners`, wherever they are."""
    height, width = picture.shape[:2]
    pixels = (picture[y * height // 4, x * width // 4].astype(int) for y in (1, 3) for x in (1, 3))
    return [min(COLOURS, key=lambda name: abs(pixel - COLOURS[name]).sum()) for pixel in pixels]


def corners_shown(matrix: Matrix) -> list[str]:
    """The same of the film of `corners`, as it is to be shown with such a matrix."""
    a, b, c, d = matrix
    stored = {(-1, -1): "red", (1, -1): "green", (-1, 1): "blue", (1, 1): "white"}
    shown = {(a * x + c * y, b * x + d * y): colour for (x, y), colour in stored.items()}
    return [shown[x, y] for y in (-1, 1) for x in (-1, 1)]


def with_tracks_of(film: Path, other: Path, target: Path, kind: bytes, language: str = "und") -> Path:
    """Copy an MP4 film, with the tracks of another one that are of this `kind` beside its own: b"vide" or
    b"soun". They are in `language`, three small letters."""
    data, more = film.read_bytes(), other.read_bytes()
    index, its = (dict(_boxes(content, 0, len(content)))[b"moov"] for content in (data, more))
    pictures = dict(_boxes(more, 0, len(more)))[b"mdat"]
    tracks = b""
    for start, end in (place for name, place in _boxes(more, its[0] + 8, its[1]) if name == b"trak"):
        track = bytearray(more[start:end])
        if b"hdlr" + bytes(8) + kind not in track:
            continue
        place = track.index(b"tkhd")
        struct.pack_into(">I", track, place + 16, 10 + len(tracks))  # a number of its own
        code = sum(ord(letter) - 0x60 << shift for letter, shift in zip(language, (10, 5, 0), strict=True))
        struct.pack_into(">H", track, track.index(b"mdhd") + 24, code)
        place = track.index(b"stco")
        for at in range(place + 12, place + 12 + 4 * struct.unpack_from(">I", track, place + 8)[0], 4):
            where = struct.unpack_from(">I", track, at)[0] - pictures[0] + index[0]
            struct.pack_into(">I", track, at, where)
        tracks += track
    moved = struct.pack(">I4s", index[1] - index[0] + len(tracks), b"moov")
    inside = data[index[0] + 8 : index[1]]
    target.write_bytes(data[: index[0]] + more[slice(*pictures)] + moved + inside + tracks)
    return target


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """The boxes of an MP4 film, and where each begins and ends."""
    while start < end:
        size, name = struct.unpack_from(">I4s", data, start)
        yield name, (start, start + size)
        start += size


def turned_into(target: Path, film: Path, **options: str) -> None:
    """Encode a film in another way, without its sound unless `options` say otherwise."""
    core = libmpv().MPV(**QUIET | {"o": str(target), "aid": "no", "idle": "yes"} | options)
    ended = threading.Event()
    core.register_event_callback(
        lambda event: ended.set() if event.event_id.value == libmpv().MpvEventID.END_FILE else None
    )
    core.command("loadfile", str(film))
    assert ended.wait(60)
    core.terminate()


def pictures(film: Path, folder: Path) -> NDArray[np.uint8]:
    """Every frame of a film, in red, green, blue: shape (frames, height, width, 3)."""
    facts, raw = probe(FileSource(film)), folder / "frames.raw"
    turned_into(raw, film, of="rawvideo", ovc="rawvideo", vf="format=fmt=rgb24")
    data = np.frombuffer(raw.read_bytes(), np.uint8)
    raw.unlink()
    return data.reshape(-1, facts.height, facts.width, 3)
