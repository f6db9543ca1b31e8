"""A caseload sealed with a passphrase: one JSON file that nobody can read, or change unnoticed, without it.

`{"vigtui-vault":1,"kdf":{...},"cipher":"chacha20-poly1305","nonce":"...","data":"..."}`. scrypt makes the
key of the passphrase, ChaCha20-Poly1305 seals the data with everything that stands before it. A file that
is not written exactly so is refused, so every byte of it counts.
"""

import binascii
import contextlib
import hmac
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from vigtui.store.format.layout import LayoutError

VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MOST_MEMORY = 256 * 1024 * 1024
_MOST_WORK = 2**22
_LONGEST_HEADER = 1024
_DATA = b',"data":"'
_END = b'"}\n'
_SEALED = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"vigtui-vault"\s*:')
_PIECE = 48 * 1024  # Divisible by three: in base64 the pieces join without a seam.


class Cost(Struct, frozen=True):
    """What one try at the passphrase costs, in scrypt's numbers: 128 * n * r bytes, n * r * p of work."""

    n: int
    r: int
    p: int


COST = Cost(n=2**16, r=8, p=2)
"""64 MB, which an old laptop has to spare and a graphics card has not for thousands of tries at once, and
twice over it: 0.4 s of a present core, not quite a second of an old one."""


class WrongKeyError(Exception):
    """The key does not fit, or the file was changed after it was sealed: nobody can tell which."""


class _Kdf(Struct, frozen=True, forbid_unknown_fields=True):
    name: Literal["scrypt"]
    n: Annotated[int, Meta(ge=2, le=2**24)]
    r: Annotated[int, Meta(ge=1, le=64)]
    p: Annotated[int, Meta(ge=1, le=64)]
    salt: Annotated[bytes, Meta(min_length=_SALT_BYTES, max_length=64)]


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    version: Annotated[int, Meta(ge=1)] = msgspec.field(name="vigtui-vault")
    kdf: _Kdf
    cipher: Literal["chacha20-poly1305"]
    nonce: Annotated[bytes, Meta(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]


class _Version(Struct):
    version: int = msgspec.field(name="vigtui-vault")


class Key:
    """Seals and opens one caseload. The passphrase itself is not kept."""

    def __init__(self, passphrase: str, kdf: _Kdf) -> None:
        _keep_out_of_core_files()
        self._kdf = kdf
        self._secret = _derived(passphrase, kdf)

    def fits(self, data: bytes) -> bool:
        """Whether these sealed bytes say that they were sealed with this key. Raises LayoutError."""
        return _split(data)[0].kdf == self._kdf

    def comes_from(self, passphrase: str) -> bool:
        """Whether this is the key's passphrase. Takes as long as making the key did."""
        return hmac.compare_digest(_derived(passphrase, self._kdf), self._secret)

    def seal(self, content: Iterable[bytes]) -> list[bytes]:
        """Return the content sealed anew, in pieces."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = os.urandom(_NONCE_BYTES)
        header = _Header(VERSION, self._kdf, "chacha20-poly1305", nonce)
        before = msgspec.json.encode(header)
        sealed = ChaCha20Poly1305(self._secret).encrypt(nonce, b"".join(content), before)
        return [before[:-1], _DATA, *_in_base64(sealed), _END]

    def unseal(self, data: bytes) -> bytes:
        """Return what was sealed. Raises LayoutError, or WrongKeyError."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        header, before, written = _split(data)
        if header.kdf != self._kdf:
            raise WrongKeyError
        try:
            return ChaCha20Poly1305(self._secret).decrypt(header.nonce, _from_base64(written), before)
        except InvalidTag:
            raise WrongKeyError from None


def new_key(passphrase: str, cost: Cost = COST) -> Key:
    """Return a key that nobody ever had, also when the passphrase is an old one."""
    return Key(passphrase, _Kdf("scrypt", cost.n, cost.r, cost.p, os.urandom(_SALT_BYTES)))


def key_for(data: bytes, passphrase: str) -> Key:
    """Return the key that this passphrase makes for these sealed bytes, fitting or not. Takes most of a
    second. Raises LayoutError, also when the bytes ask for more memory or time than is sensible."""
    return Key(passphrase, _split(data)[0].kdf)


def is_sealed(data: bytes) -> bool:
    """Whether this is a sealed caseload, be it damaged."""
    return _SEALED.match(data) is not None


def check(data: bytes) -> None:
    """Raise LayoutError when these sealed bytes cannot be opened by any key."""
    _split(data)


def _split(data: bytes) -> tuple[_Header, bytes, memoryview]:
    """Return the header, its bytes, and the rest in base64."""
    start = data.find(_DATA, 0, _LONGEST_HEADER)
    before = data[:start] + b"}"
    _refuse_newer(before if start >= 0 else data)
    try:
        header = msgspec.json.decode(before, type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        header = None
    if header is None or msgspec.json.encode(header) != before or not data.endswith(_END):
        raise LayoutError("is encrypted, and was changed or cut off after that")
    kdf = header.kdf
    if kdf.n.bit_count() > 1 or 128 * kdf.n * kdf.r > _MOST_MEMORY or kdf.n * kdf.r * kdf.p > _MOST_WORK:
        raise LayoutError("is encrypted, and asks for more memory or time than vigtui gives it")
    return header, before, memoryview(data)[start + len(_DATA) : -len(_END)]


def _refuse_newer(data: bytes) -> None:
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if msgspec.json.decode(data, type=_Version).version > VERSION:
            raise LayoutError("was encrypted by a newer vigtui; update vigtui to open it")


def _derived(passphrase: str, kdf: _Kdf) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # One keyboard writes é as one character, another as two.
    words = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
    return Scrypt(salt=kdf.salt, length=32, n=kdf.n, r=kdf.r, p=kdf.p).derive(words)


def _in_base64(data: bytes) -> Iterator[bytes]:
    whole = memoryview(data)
    for start in range(0, len(whole), _PIECE):
        yield binascii.b2a_base64(whole[start : start + _PIECE], newline=False)
        time.sleep(0)  # Let the screen go first.


def _from_base64(written: memoryview) -> bytes:
    """Decode what `_in_base64` wrote, and nothing that is written in any other way."""
    pieces = []
    length = _PIECE // 3 * 4
    for start in range(0, len(written), length):
        piece = written[start : start + length]
        try:
            pieces.append(binascii.a2b_base64(piece))
        except binascii.Error:
            raise WrongKeyError from None
        if binascii.b2a_base64(pieces[-1], newline=False) != piece:
            raise WrongKeyError
        time.sleep(0)
    return b"".join(pieces)


def _keep_out_of_core_files() -> None:
    """See to it that a crash of this process writes no memory to the disk, where the system asks us."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
