"""Gzip files from others: unpacked no further than was asked for."""

import zlib

from vigtui.foreign.files import size_words

BEGINNING = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(data: bytes, most: int) -> bytes:
    """Return what is in a gzip file of one part. Raises ValueError where that is more than `most` bytes, of
    which no more is unpacked, or where it is not whole."""
    stream = zlib.decompressobj(_GZIP)
    try:
        found = stream.decompress(data, most + 1)
    except zlib.error:
        raise ValueError("it cannot be unpacked: it is damaged") from None
    if len(found) > most:
        raise ValueError(f"what is in it is larger than {size_words(most)}")
    if not stream.eof:
        raise ValueError("it cannot be unpacked: its end is missing")
    return found
