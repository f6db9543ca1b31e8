"""The key of the second layout: random, made once for a caseload, and wrapped for each way in."""

import datetime as dt
import os
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Protocol
from weakref import WeakSet

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from vigtui.values.days import today
from vigtui.vault import envelope, first_key
from vigtui.vault.derivation import COST, Cost, derive, new_lock, part_of, wipe
from vigtui.vault.envelope import DamagedError, Envelope
from vigtui.vault.headers import (
    KEY_BYTES,
    MOST_WAYS,
    MOST_WAYS_READ,
    NONCE_BYTES,
    TAG_BYTES,
    Header,
    Lock,
    WayKind,
)
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.ways import WayIn, new_way

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SEAL_BYTES = NONCE_BYTES + TAG_BYTES
_PADDED_TO = 256  # The length of what is sealed tells nobody's name.


class _SealedWay(Struct, frozen=True):
    public: bytes
    name: str
    since: dt.date


class _Sealed(Struct, frozen=True):
    """What of a header only who has the key may read."""

    generation: Annotated[int, Meta(ge=0)]
    ways: tuple[_SealedWay, ...]


class TooManyWaysError(Exception):
    """A file has as many ways in as it may have."""


class Reader(Protocol):
    """Something that was opened with a key, and has keys or clear bytes of its own in memory."""

    def forget(self) -> None:
        """Let go of them."""


class DataKey(Key):
    """Encrypts and decrypts the files of one caseload, and knows the ways in to it. Ways are only added to a
    data key, by whoever and in whatever copy: one without a way is another data key."""

    def __init__(
        self, data_key: bytearray, ways: Iterable[WayIn] = (), secrets: dict[Lock, bytearray] | None = None
    ) -> None:
        super().__init__(secrets or {})
        self._data_key = data_key
        self._ways = tuple(ways)
        self._changing = threading.Lock()
        self._readers: WeakSet[Reader] = WeakSet()
        self.commitment = self._part(b"commitment")

    @property
    def ways(self) -> tuple[WayIn, ...]:
        """The ways in, in the order in which they were made."""
        return self._ways

    @property
    def opened_by(self) -> WayIn | None:
        """The way whose passphrase opened it here, where that is known."""
        return next((way for way in self._ways if way.lock in self.secrets), None)

    def add_way(
        self, kind: WayKind, words: str, name: str, cost: Cost = COST, since: dt.date | None = None
    ) -> WayIn:
        """Make a way in with these words. It is in every header that is written from here on. Takes most of a
        second. Raises TooManyWaysError."""
        lock = new_lock(cost)
        return self.add_way_of(kind, lock, derive(words, lock), name, since)

    def add_way_of(
        self, kind: WayKind, lock: Lock, secret: bytearray, name: str, since: dt.date | None = None
    ) -> WayIn:
        """Make a way in for what a passphrase makes for `lock`. Raises TooManyWaysError."""
        if len(self._ways) >= MOST_WAYS:
            raise TooManyWaysError
        way = new_way(kind, secret, lock, self._data_key, name, since or today())
        self._learn([way])
        if kind == "passphrase":
            self.secrets[lock] = bytearray(secret)
        return way

    def renewed(self, without: Iterable[WayIn]) -> "DataKey":
        """Return a new data key with the same ways in but these. The old one opens nothing of what it
        encrypts."""
        data_key, gone = bytearray(os.urandom(KEY_BYTES)), {way.lock for way in without}
        ways = [way.wrapping(data_key) for way in self._ways if way.lock not in gone]
        kept = {way.lock for way in ways}
        return DataKey(data_key, ways, {lock: each for lock, each in self.secrets.items() if lock in kept})

    def fits_to(self, parts: Envelope) -> bool:
        header = parts.header
        return isinstance(header, Header) and header.commitment == self.commitment

    def open(self, parts: Envelope) -> bytes:
        from cryptography.exceptions import InvalidTag

        if not isinstance(parts.header, Header):
            return first_key.opened(parts, self.secrets)
        self.learn_from(parts)
        try:
            return self._cipher(b"data").decrypt(parts.header.nonce, parts.ciphertext(), None)
        except InvalidTag:
            raise WrongKeyError from None

    def learn_from(self, parts: Envelope) -> None:
        """Take over the ways in that a file with this key has. Raises DamagedError or WrongKeyError."""
        if isinstance(parts.header, Header):
            self._learn(self._sealed(parts, parts.header)[1])

    def generation_of(self, parts: Envelope) -> int:
        return self._sealed(parts, parts.header)[0] if isinstance(parts.header, Header) else 0

    def encrypt(self, content: Iterable[bytes], generation: int = 1) -> list[bytes]:
        nonce = os.urandom(NONCE_BYTES)
        data = self._cipher(b"data").encrypt(nonce, b"".join(content), None)
        return envelope.write(self._header(nonce, generation), data)

    def with_present_ways(self, data: bytes, generation: int | None = None) -> list[bytes]:
        """Return a file that was encrypted with this key, with the ways in that there are now, and with its
        generation unless another is given. Its data stay as they are. Raises DamagedError or
        WrongKeyError."""
        parts = envelope.parse(data)
        if not isinstance(parts.header, Header):
            raise WrongKeyError
        before, ways = self._sealed(parts, parts.header)
        self._learn(ways)
        return parts.with_header(self._header(parts.header.nonce, generation or before))

    def handed_on(self) -> str:
        """Return the key itself, for another process of ours, to which it goes through a pipe; see
        `received`."""
        return self._data_key.hex()

    @classmethod
    def received(cls, handed_on: str) -> "DataKey":
        """Return the key that another process of ours handed on. It knows no ways in. Raises ValueError."""
        return cls(bytearray.fromhex(handed_on))

    @property
    def is_wiped(self) -> bool:
        """Whether it was overwritten: then it opens nothing more."""
        return not self._data_key

    def tag(self, use: bytes) -> bytes:
        """Return what tells this data key from all others, and nothing of it, for one use. Raises
        WrongKeyError when it was wiped."""
        return self._part(b"tag of " + use)

    def seal(self, use: bytes, secret: bytes, beside: bytes) -> bytes:
        """Return a secret encrypted for one use, SEAL_BYTES longer than it was. It opens only together with
        `beside`, which is not in it. Raises WrongKeyError when the key was wiped."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(b"seal of " + use).encrypt(nonce, secret, beside)

    def unseal(self, use: bytes, sealed: bytes, beside: bytes) -> bytes:
        """Return what was sealed. Raises WrongKeyError, also when one of the two was changed."""
        from cryptography.exceptions import InvalidTag

        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher(b"seal of " + use).decrypt(nonce, ciphertext, beside)
        except InvalidTag:
            raise WrongKeyError from None

    def is_of(self, passphrase: str) -> bool:
        ways = [way for way in self._ways if way.kind == "passphrase"]
        ways.sort(key=lambda way: way.lock not in self.secrets)  # Most likely it is typed again.
        return any(way.is_of(derive(passphrase, way.lock)) for way in ways)

    def forgotten_by(self, reader: Reader) -> None:
        """Have a reader forget what it has, too, once the key is wiped."""
        self._readers.add(reader)

    def wipe(self) -> None:
        super().wipe()
        wipe(self._data_key)
        for reader in tuple(self._readers):
            reader.forget()

    def _learn(self, ways: Iterable[WayIn]) -> None:
        """Keep the ways that are new here: somebody added them, in this file or in a copy of it."""
        with self._changing:
            known = {way.lock for way in self._ways}
            new = tuple(way for way in ways if way.lock not in known)
            self._ways = (self._ways + new)[:MOST_WAYS_READ]

    def _part(self, use: bytes) -> bytes:
        """Return a key made of the data key for one use."""
        if not self._data_key:
            raise WrongKeyError  # It was wiped: nothing may be encrypted with what is left of it.
        return part_of(self._data_key, use)

    def _cipher(self, use: bytes) -> "ChaCha20Poly1305":
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return ChaCha20Poly1305(self._part(use))

    def _header(self, nonce: bytes, generation: int) -> Header:
        ways = self._ways
        known = tuple(_SealedWay(way.public, way.name, way.since) for way in ways)
        inside = msgspec.json.encode(_Sealed(generation, known))
        inside += b" " * (-len(inside) % _PADDED_TO)
        seal_nonce = os.urandom(NONCE_BYTES)
        wrapped = tuple(way.way for way in ways)
        header = Header(wrapped, self.commitment, "chacha20-poly1305", nonce, seal_nonce, b"")
        sealed = self._cipher(b"header").encrypt(seal_nonce, inside, envelope.header_bytes(header))
        return replace(header, sealed=sealed)

    def _sealed(self, parts: Envelope, header: Header) -> tuple[int, list[WayIn]]:
        """Return the generation and the ways in of a file whose header nobody has changed. Raises
        DamagedError or WrongKeyError."""
        from cryptography.exceptions import InvalidTag

        if not self.fits_to(parts):
            raise WrongKeyError
        before = envelope.header_bytes(replace(header, sealed=b""))
        try:
            inside = self._cipher(b"header").decrypt(header.seal_nonce, header.sealed, before)
            found = msgspec.json.decode(inside, type=_Sealed)
        except InvalidTag:
            raise WrongKeyError from None
        except ValueError:
            raise DamagedError("was encrypted by a newer vigtui; update vigtui to open it") from None
        pairs = zip(header.ways, found.ways, strict=False)
        ways = [WayIn(way, known.public, known.name, known.since) for way, known in pairs]
        return found.generation, ways
