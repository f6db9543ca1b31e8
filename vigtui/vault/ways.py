"""The ways into an encrypted file: how a data key is wrapped for a passphrase, and unwrapped with it.

What scrypt makes of a passphrase is the private half of a pair of X25519 keys. A data key is wrapped for the
public half, so that a new one can be wrapped for everybody without asking anybody for their passphrase; and
whoever knows an old data key learns nothing of the new one. The public halves are encrypted, too: whoever
never had a data key has nothing but scrypt to try, be it with a quantum computer.
"""

import datetime as dt

from msgspec import Struct

from vigtui.vault.derivation import part_of
from vigtui.vault.headers import NONCE_BYTES, Lock, Way, WayKind
from vigtui.vault.key import WrongKeyError

LONGEST_NAME = 40
_NO_NONCE = bytes(NONCE_BYTES)  # Each wrapping has a key of its own.


class WayIn(Struct, frozen=True):
    """A way in, as whoever has the data key knows it: what it is called, and since when it is one."""

    way: Way
    public: bytes
    name: str
    since: dt.date

    @property
    def lock(self) -> Lock:
        """What its passphrase, or its recovery words, are for."""
        return self.way.kdf

    @property
    def kind(self) -> WayKind:
        """Whether a passphrase or recovery words open it."""
        return self.way.kind

    def wrapping(self, data_key: bytearray) -> "WayIn":
        """Return the same way to another data key."""
        way = _wrapped(data_key, self.kind, self.lock, self.public)
        return WayIn(way, self.public, self.name, self.since)

    def is_of(self, secret: bytearray) -> bool:
        """Whether this is what its passphrase makes."""
        return public_of(secret) == self.public


def new_way(
    kind: WayKind, secret: bytearray, lock: Lock, data_key: bytearray, name: str, since: dt.date
) -> WayIn:
    """Return a way to this data key for whoever can make `secret` for `lock` (see `derivation`)."""
    public = public_of(secret)
    return WayIn(_wrapped(data_key, kind, lock, public), public, name[:LONGEST_NAME], since)


def unwrapped(way: Way, secret: bytearray) -> bytearray:
    """Return the data key, if this is what the passphrase of the way makes. Raises WrongKeyError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    private = X25519PrivateKey.from_private_bytes(_private(secret))
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(way.once))
        key = _wrapping_key(shared, way.once, private.public_key().public_bytes_raw())
        return bytearray(ChaCha20Poly1305(key).decrypt(_NO_NONCE, way.wrapped, None))
    except (InvalidTag, ValueError):  # A public half that shares nothing is a ValueError.
        raise WrongKeyError from None


def public_of(secret: bytearray) -> bytes:
    """Return the public half of the pair of keys that a secret makes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_private(secret)).public_key().public_bytes_raw()


def _wrapped(data_key: bytearray, kind: WayKind, lock: Lock, public: bytes) -> Way:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    private = X25519PrivateKey.generate()
    once = private.public_key().public_bytes_raw()
    key = _wrapping_key(private.exchange(X25519PublicKey.from_public_bytes(public)), once, public)
    return Way(kind, lock, once, ChaCha20Poly1305(key).encrypt(_NO_NONCE, bytes(data_key), None))


def _private(secret: bytearray) -> bytes:
    # The first layout encrypts with the secret itself: it is used for one thing only.
    return part_of(secret, b"pair of keys")


def _wrapping_key(shared: bytes, once: bytes, public: bytes) -> bytes:
    return part_of(shared, b"way in" + once + public)
