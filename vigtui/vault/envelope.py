"""How an encrypted file is written: as one JSON object, of which every byte counts.

`{"vigtui-vault":2,...,"data":"..."}`: the header (see `headers`), then the data in base64. A file that is not
written exactly so is refused, before memory or time is spent on what it asks for.
"""

import binascii
import re
import time
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from vigtui.vault.headers import FirstHeader, Header, is_sensible

NEWEST = 2
_LONGEST_HEADER = 16 * 1024
_BEGINNING = 100
_DATA = b',"data":"'
_END = b'"}\n'
_ENCRYPTED = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"vigtui-vault"\s*:\s*(\d{0,9})')
CHANGED = "is encrypted, and was changed or cut off after that"
_PIECE = 48 * 1024  # Divisible by three: in base64 the pieces join without a seam.


class DamagedError(Exception):
    """No key opens this: it is not whole, or no encrypted file of ours. The message completes a sentence that
    begins with the file's name."""


class Envelope(Struct, frozen=True):
    """The parts of an encrypted file: the header, read and as its bytes, and the data in base64."""

    header: FirstHeader | Header
    written: bytes
    data: memoryview

    def ciphertext(self) -> bytes:
        """Return what is encrypted. Raises DamagedError when it is not written as `write` does."""
        pieces = []
        length = _PIECE // 3 * 4
        for start in range(0, len(self.data), length):
            piece = self.data[start : start + length]
            try:
                pieces.append(binascii.a2b_base64(piece))
            except binascii.Error:
                raise DamagedError(CHANGED) from None
            if binascii.b2a_base64(pieces[-1], newline=False) != piece:
                raise DamagedError(CHANGED)
            time.sleep(0)
        return b"".join(pieces)

    def with_header(self, header: Header) -> list[bytes]:
        """Return the same file with another header, in pieces. The data are as they were."""
        return [header_bytes(header)[:-1], _DATA, bytes(self.data), _END]


def is_encrypted(data: bytes) -> bool:
    """Whether this is an encrypted file, be it damaged. Its first hundred bytes tell."""
    return _ENCRYPTED.match(data, 0, _BEGINNING) is not None


def parse(data: bytes) -> Envelope:
    """Return the parts of an encrypted file. Raises DamagedError, also when it asks for more memory or time
    than is sensible: before that is spent."""
    start = data.find(_DATA, 0, _LONGEST_HEADER)
    before = data[:start] + b"}" if start > 0 else b""
    _refuse_newer(data)
    try:
        header = msgspec.json.decode(before, type=FirstHeader | Header)
    except (ValueError, RecursionError):
        header = None
    if header is None or header_bytes(header) != before or not data.endswith(_END):
        raise DamagedError(CHANGED)
    if not is_sensible(header):
        raise DamagedError("is encrypted, and asks for more memory or time than vigtui gives it")
    return Envelope(header, before, memoryview(data)[start + len(_DATA) : -len(_END)])


def write(header: FirstHeader | Header, ciphertext: bytes) -> list[bytes]:
    """Return an encrypted file in pieces."""
    return [header_bytes(header)[:-1], _DATA, *_in_base64(ciphertext), _END]


def header_bytes(header: FirstHeader | Header) -> bytes:
    """Return a header as it is written, but for the data that follow in the same object."""
    return msgspec.json.encode(header)


def _refuse_newer(data: bytes) -> None:
    found = _ENCRYPTED.match(data, 0, _BEGINNING)
    if found and found[1] and int(found[1]) > NEWEST:
        raise DamagedError("was encrypted by a newer vigtui; update vigtui to open it")


def _in_base64(data: bytes) -> Iterator[bytes]:
    whole = memoryview(data)
    for start in range(0, len(whole), _PIECE):
        yield binascii.b2a_base64(whole[start : start + _PIECE], newline=False)
        time.sleep(0)  # Let the screen go first.
