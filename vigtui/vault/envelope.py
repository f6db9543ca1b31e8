"""How an encrypted file is written: as one JSON object, of which every byte counts.

`{"vigtui-vault":1,"kdf":{...},"cipher":"chacha20-poly1305","nonce":"...","data":"..."}`. The header, all that
stands before the data, is authenticated with them. A file that is not written exactly so is refused.
"""

import binascii
import re
import time
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

VERSION = 1
NONCE_BYTES = 12
SALT_BYTES = 16
_MOST_MEMORY = 256 * 1024 * 1024
_MOST_WORK = 2**22
_LONGEST_HEADER = 1024
_DATA = b',"data":"'
_END = b'"}\n'
_ENCRYPTED = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"vigtui-vault"\s*:\s*(\d{0,9})')
_CHANGED = "is encrypted, and was changed or cut off after that"
_PIECE = 48 * 1024  # Divisible by three: in base64 the pieces join without a seam.


class DamagedError(Exception):
    """No key opens this: it is not whole, or no encrypted file of ours. The message completes a sentence that
    begins with the file's name."""


class Lock(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes an encryption key of a passphrase: scrypt's cost (128 * n * r bytes of memory, n * r * p of
    work), and a salt."""

    name: Literal["scrypt"]
    n: Annotated[int, Meta(ge=2, le=2**24)]
    r: Annotated[int, Meta(ge=1, le=64)]
    p: Annotated[int, Meta(ge=1, le=64)]
    salt: Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=64)]

    @property
    def is_sensible(self) -> bool:
        """Whether trying a passphrase takes no more memory and time than a laptop has to spare."""
        power_of_two = self.n.bit_count() == 1
        return (
            power_of_two and 128 * self.n * self.r <= _MOST_MEMORY and self.n * self.r * self.p <= _MOST_WORK
        )


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """What is before the data."""

    version: Annotated[int, Meta(ge=1)] = msgspec.field(name="vigtui-vault")
    kdf: Lock
    cipher: Literal["chacha20-poly1305"]
    nonce: Annotated[bytes, Meta(min_length=NONCE_BYTES, max_length=NONCE_BYTES)]


class Envelope(Struct, frozen=True):
    """The parts of an encrypted file: the header, read and as its bytes, and the data in base64."""

    header: Header
    authenticated: bytes
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
                raise DamagedError(_CHANGED) from None
            if binascii.b2a_base64(pieces[-1], newline=False) != piece:
                raise DamagedError(_CHANGED)
            time.sleep(0)
        return b"".join(pieces)


def is_encrypted(data: bytes) -> bool:
    """Whether this is an encrypted file, be it damaged. Its first hundred bytes tell."""
    return _ENCRYPTED.match(data, 0, _LONGEST_HEADER) is not None


def parse(data: bytes) -> Envelope:
    """Return the parts of an encrypted file. Raises DamagedError, also when it asks for more memory or time
    than is sensible: before that is spent."""
    start = data.find(_DATA, 0, _LONGEST_HEADER)
    before = data[:start] + b"}"
    _refuse_newer(data)
    try:
        header = msgspec.json.decode(before, type=Header)
    except (ValueError, RecursionError):
        header = None
    if header is None or msgspec.json.encode(header) != before or not data.endswith(_END):
        raise DamagedError(_CHANGED)
    if not header.kdf.is_sensible:
        raise DamagedError("is encrypted, and asks for more memory or time than vigtui gives it")
    return Envelope(header, before, memoryview(data)[start + len(_DATA) : -len(_END)])


def write(authenticated: bytes, ciphertext: bytes) -> list[bytes]:
    """Return an encrypted file in pieces: its header, as `header_bytes` returns it, and the data."""
    return [authenticated[:-1], _DATA, *_in_base64(ciphertext), _END]


def header_bytes(lock: Lock, nonce: bytes) -> bytes:
    """Return the header that is authenticated with the data."""
    return msgspec.json.encode(Header(VERSION, lock, "chacha20-poly1305", nonce))


def _refuse_newer(data: bytes) -> None:
    found = _ENCRYPTED.match(data, 0, _LONGEST_HEADER)
    if found and found[1] and int(found[1]) > VERSION:
        raise DamagedError("was encrypted by a newer vigtui; update vigtui to open it")


def _in_base64(data: bytes) -> Iterator[bytes]:
    whole = memoryview(data)
    for start in range(0, len(whole), _PIECE):
        yield binascii.b2a_base64(whole[start : start + _PIECE], newline=False)
        time.sleep(0)  # Let the screen go first.
