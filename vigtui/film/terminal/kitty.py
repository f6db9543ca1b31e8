"""A picture for kitty's graphics: https://sw.kovidgoyal.net/kitty/graphics-protocol/.

It goes as PNG, whose rows are written as differences: half as many bytes as the pixels themselves compressed.
"""

import base64
import struct
import zlib

import numpy as np

from vigtui.film.picture.cells import Picture

_MOST_IN_A_CHUNK = 4096
_EFFORT = 6
_UP, _RGB, _BITS = 2, 2, 8


def removal(number: int) -> bytes:
    """Return the escape sequence that takes a picture off the terminal and out of its memory."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\".encode("ascii")


def kitty(picture: Picture, number: int, columns: int, rows: int) -> bytes:
    """Return the escape sequences that draw `picture`, shape (height, width, 3), over the text of so many
    cells from the cursor on.

    `number` is the picture's at the terminal: one already there with it goes. The terminal scales it,
    answers nothing and leaves the cursor.
    """
    words = base64.standard_b64encode(png(picture))
    chunks = [words[start : start + _MOST_IN_A_CHUNK] for start in range(0, len(words), _MOST_IN_A_CHUNK)]
    parts = []
    for place, chunk in enumerate(chunks, 1):
        control = f"a=T,f=100,i={number},p=1,c={columns},r={rows},z=1,C=1,q=2," if place == 1 else "q=2,"
        parts.append(f"\x1b_G{control}m={int(place < len(chunks))};".encode("ascii") + chunk + b"\x1b\\")
    return b"".join(parts)


def png(picture: Picture) -> bytes:
    """Return `picture` as a PNG file, each row written as its difference from the one above."""
    height, width, channels = picture.shape
    rows = np.full((height, 1 + width * channels), _UP, np.uint8)
    flat = picture.reshape(height, -1)
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    header = struct.pack(">2I5B", width, height, _BITS, _RGB, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), _EFFORT)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
