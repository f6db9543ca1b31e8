"""What is made of a passphrase, slowly, by scrypt."""

import os
import unicodedata

from msgspec import Struct

from vigtui.vault.headers import KEY_BYTES, SALT_BYTES, Lock


class Cost(Struct, frozen=True):
    """What one try at the passphrase costs, in scrypt's numbers: 128 * n * r bytes, n * r * p of work."""

    n: int
    r: int
    p: int


COST = Cost(n=2**16, r=8, p=2)
"""64 MB, which an old laptop has to spare and a graphics card has not for thousands of tries at once, and
twice over it: 0.4 s of a present core, not quite a second of an old one."""


def new_lock(cost: Cost = COST) -> Lock:
    """Return a lock with a salt that nobody ever had."""
    return Lock("scrypt", cost.n, cost.r, cost.p, os.urandom(SALT_BYTES))


def derive(passphrase: str, lock: Lock) -> bytearray:
    """Return the secret that this passphrase makes for a lock, fitting or not. Takes most of a second."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # One keyboard writes é as one character, another as two.
    words = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
    return bytearray(Scrypt(salt=lock.salt, length=KEY_BYTES, n=lock.n, r=lock.r, p=lock.p).derive(words))


def part_of(secret: bytes | bytearray, use: bytes) -> bytes:
    """Return a secret that is made of another for one use, and tells nothing of it."""
    import hmac  # Lazy: it loads OpenSSL, which a plain file has no use for.

    return hmac.digest(secret, b"vigtui vault 2: " + use, "sha256")


def wipe(secret: bytearray) -> None:
    """Overwrite a secret where it lies in memory, and leave nothing that could be used for one."""
    secret[:] = bytes(len(secret))
    secret.clear()
