"""Reads what is sent to terminals that draw pixels, as they do."""

import base64
import re
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

KITTY = re.compile(rb"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
SIXEL = re.compile(rb"\x1bP[\d;]*q([^\x1b]*)\x1b\\")
_TOKENS = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([$-])|([?-~])")


def sixel(data: str) -> Pixels:
    """The picture drawn by what is between `q` and the end of a sixel sequence, on black."""
    attributes = re.match(r'"1;1;(\d+);(\d+)', data)
    assert attributes
    width, height = int(attributes[1]), int(attributes[2])
    picture = np.zeros((-(-height // 6) * 6, width, 3), np.uint8)
    colours: dict[int, tuple[int, ...]] = {}
    colour, column, top = (0, 0, 0), 0, 0
    for token in _TOKENS.finditer(data, attributes.end()):
        number, red, green, blue, chosen, times, repeated, control, single = token.groups()
        if number:
            colours[int(number)] = tuple(round(int(share) * 2.55) for share in (red, green, blue))
        elif chosen:
            colour = colours[int(chosen)]
        elif control:
            column, top = 0, top + 6 * (control == "-")
        else:
            length, bits = int(times or 1), ord(repeated or single) - 63
            for row in range(6):
                if bits >> row & 1:
                    picture[top + row, column : column + length] = colour
            column += length
            assert column <= width
    assert not picture[height:].any()
    return picture[:height]


def png(data: bytes) -> Pixels:
    """The picture of a PNG file whose rows are written as differences from the one above."""
    width, height = struct.unpack_from(">2I", data, 16)
    start = data.index(b"IDAT")
    length = struct.unpack_from(">I", data, start - 4)[0]
    rows = np.frombuffer(zlib.decompress(data[start + 4 : start + 4 + length]), np.uint8)
    rows = rows.reshape(height, 1 + 3 * width)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


def kitty(data: bytes) -> tuple[dict[str, str], Pixels]:
    """What a picture's first chunk says of it, and the picture."""
    chunks = KITTY.findall(data)
    assert b"".join(match[0] for match in KITTY.finditer(data)) == data
    heads = [dict(pair.split("=") for pair in head.decode().split(",")) for head, _ in chunks]
    assert [head["m"] for head in heads] == ["1"] * (len(chunks) - 1) + ["0"]
    assert all(len(payload) <= 4096 for _, payload in chunks)
    return heads[0], png(base64.b64decode(b"".join(payload for _, payload in chunks)))


def likeness(some: Pixels, other: Pixels) -> float:
    """Peak signal to noise ratio in dB."""
    error = ((some.astype(float) - other.astype(float)) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))
