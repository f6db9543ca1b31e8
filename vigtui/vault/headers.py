"""What an encrypted file says of itself before its data, in the first layout and in the second.

Everything here can be read without a key, and is bounded before anything is spent on it.
"""

import time
from typing import Annotated, Literal

from msgspec import Meta, Struct

NONCE_BYTES = 12
SALT_BYTES = 16
KEY_BYTES = 32
TAG_BYTES = 16
MOST_WAYS = 8
"""How many ways in are made for a file: a wrong passphrase is tried on each."""
MOST_WAYS_READ = 2 * MOST_WAYS
"""How many it may have: people add some in several copies of it, and then these are merged."""

_MOST_MEMORY = 256 * 1024 * 1024
_MOST_WORK = 2**22
_MOST_WORK_IN_ALL = 2**24

WayKind = Literal["passphrase", "recovery"]
Nonce = Annotated[bytes, Meta(min_length=NONCE_BYTES, max_length=NONCE_BYTES)]
PublicKey = Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]


class Lock(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a secret of a passphrase: scrypt's cost (128 * n * r bytes of memory, n * r * p of work),
    and a salt."""

    name: Literal["scrypt"]
    n: Annotated[int, Meta(ge=2, le=2**24)]
    r: Annotated[int, Meta(ge=1, le=64)]
    p: Annotated[int, Meta(ge=1, le=64)]
    salt: Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=64)]

    @property
    def work(self) -> int:
        """What trying a passphrase costs, in scrypt's steps."""
        return self.n * self.r * self.p

    @property
    def is_sensible(self) -> bool:
        """Whether trying a passphrase takes no more memory and time than a laptop has to spare."""
        power_of_two = self.n.bit_count() == 1
        return power_of_two and 128 * self.n * self.r <= _MOST_MEMORY and self.work <= _MOST_WORK


class FirstHeader(Struct, frozen=True, forbid_unknown_fields=True, tag_field="vigtui-vault", tag=1):
    """The first layout: what scrypt makes of the passphrase encrypts the data."""

    kdf: Lock
    cipher: Literal["chacha20-poly1305"]
    nonce: Nonce

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What a passphrase is tried on."""
        return (self.kdf,)


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in: the data key, `wrapped` for whoever knows the passphrase or the recovery words that `kdf`
    is for. `once` is the public half of a pair of keys that was made for this and thrown away."""

    kind: WayKind
    kdf: Lock
    once: PublicKey
    wrapped: Annotated[bytes, Meta(min_length=KEY_BYTES + TAG_BYTES, max_length=KEY_BYTES + TAG_BYTES)]


class Header(Struct, frozen=True, forbid_unknown_fields=True, tag_field="vigtui-vault", tag=2):
    """The second layout: a random data key encrypts the data. `commitment` tells data keys apart; `sealed` is
    what only who has the key may read, and authenticates everything before it."""

    ways: Annotated[tuple[Way, ...], Meta(min_length=1, max_length=MOST_WAYS_READ)]
    commitment: PublicKey
    cipher: Literal["chacha20-poly1305"]
    nonce: Nonce
    seal_nonce: Nonce
    sealed: Annotated[bytes, Meta(min_length=TAG_BYTES, max_length=6144)]

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What a passphrase is tried on."""
        return tuple(way.kdf for way in self.ways if way.kind == "passphrase")

    @property
    def has_recovery_key(self) -> bool:
        """Whether recovery words open it."""
        return any(way.kind == "recovery" for way in self.ways)


def is_sensible(header: FirstHeader | Header) -> bool:
    """Whether all that it may take to open the file is what a laptop has to spare."""
    locks = [way.kdf for way in header.ways] if isinstance(header, Header) else [header.kdf]
    return all(lock.is_sensible for lock in locks) and sum(lock.work for lock in locks) <= _MOST_WORK_IN_ALL


def first_generation() -> int:
    """Return the generation of a file that is encrypted for the first time: by the clock, so that one which
    was in clear for a while does not seem older than it was before. From then on each save adds one."""
    return int(time.time())
