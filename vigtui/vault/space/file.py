"""How a file of a space is written: `vigspace1`, the name of the key, a nonce, and what is encrypted.

Encrypted is the content, deflated, and filled up with zeros to a multiple of 16 KB: its length tells
little. The bytes before the nonce are authenticated. A file is refused before memory is spent on more than
it may hold.
"""

import os
import re
import zlib

from vigtui.vault.headers import NONCE_BYTES, TAG_BYTES
from vigtui.vault.space.key import NAME_BYTES, SpaceKey

MAGIC = b"vigspace1"
MOST_UNPACKED = 512 << 20
"""The most bytes that a file holds, unpacked."""
MOST_BYTES = 128 << 20
"""The longest file that is read, and written: whoever keeps the folder may put anything there, and a file of
10,000 families has about 11 MB."""
_PADDED_TO = 16 << 10
_TOO_LARGE = "the caseload is larger than a space takes"
_LEVEL = 6
_BEGINNING = len(MAGIC) + NAME_BYTES
_ANY_MAGIC = re.compile(rb"vigspace[0-9]")


class SpaceFileError(Exception):
    """A file that this program cannot use."""


class NotWholeError(SpaceFileError):
    """It is not whole yet, or no file of a space."""


class NewerError(SpaceFileError):
    """A newer vigtui wrote it."""


class OtherCodeError(SpaceFileError):
    """It opens with another code."""


def encrypt(key: SpaceKey, content: bytes) -> bytes:
    """Return a file that holds the content. Raises ValueError for more than may be in one."""
    if len(content) > MOST_UNPACKED:
        raise ValueError(_TOO_LARGE)
    packed = zlib.compress(content, _LEVEL)
    packed += bytes(-len(packed) % _PADDED_TO)
    nonce, before = os.urandom(NONCE_BYTES), MAGIC + key.name
    if len(before) + len(nonce) + len(packed) + TAG_BYTES > MOST_BYTES:
        raise ValueError(_TOO_LARGE)
    return before + nonce + key.cipher.encrypt(nonce, packed, before)


def key_name(data: bytes) -> bytes:
    """Return the name of the key of a file. Raises NotWholeError or NewerError."""
    if not data.startswith(MAGIC):
        if _ANY_MAGIC.match(data) and len(data) > _BEGINNING:
            raise NewerError
        raise NotWholeError
    if len(data) < _BEGINNING + NONCE_BYTES + TAG_BYTES:
        raise NotWholeError
    return data[len(MAGIC) : _BEGINNING]


def decrypt(key: SpaceKey, data: bytes) -> bytes:
    """Return what a file holds. Raises SpaceFileError."""
    from cryptography.exceptions import InvalidTag

    if key_name(data) != key.name:
        raise OtherCodeError
    start = _BEGINNING + NONCE_BYTES
    view = memoryview(data)
    try:
        packed = key.cipher.decrypt(view[_BEGINNING:start], view[start:], view[:_BEGINNING])
    except InvalidTag:
        raise NotWholeError from None
    return _unpacked(packed)


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, MOST_UNPACKED)
    except zlib.error:
        raise NotWholeError from None
    if not unpacking.eof or any(unpacking.unused_data):
        raise NotWholeError
    return content
