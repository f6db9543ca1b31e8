"""The encryption key of a file: scrypt makes it of a passphrase, ChaCha20-Poly1305 encrypts with it."""

import contextlib
import os
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from vigtui.vault import envelope
from vigtui.vault.envelope import Envelope, Lock


class Cost(Struct, frozen=True):
    """What one try at the passphrase costs, in scrypt's numbers: 128 * n * r bytes, n * r * p of work."""

    n: int
    r: int
    p: int


COST = Cost(n=2**16, r=8, p=2)
"""64 MB, which an old laptop has to spare and a graphics card has not for thousands of tries at once, and
twice over it: 0.4 s of a present core, not quite a second of an old one."""


class WrongKeyError(Exception):
    """The key does not fit, or the file was changed after it was encrypted: nobody can tell which."""


class Key:
    """Encrypts and decrypts files of one lock. The passphrase itself is not kept."""

    def __init__(self, lock: Lock, secret: bytes) -> None:
        _keep_out_of_core_files()
        self.lock = lock
        self._secret = secret

    def fits(self, data: bytes) -> bool:
        """Whether these encrypted bytes say that they were encrypted with this key. Raises DamagedError."""
        return self.lock in Vault.read(data).locks

    def is_of(self, passphrase: str) -> bool:
        """Whether this is the key's passphrase. Takes as long as making the key did."""
        import hmac  # Lazy: it loads OpenSSL, which a plain file has no use for.

        return hmac.compare_digest(_derived(passphrase, self.lock), self._secret)

    def encrypt(self, content: Iterable[bytes]) -> list[bytes]:
        """Return the content encrypted with a new nonce, in pieces."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = os.urandom(envelope.NONCE_BYTES)
        header = envelope.header_bytes(self.lock, nonce)
        return envelope.write(
            header, ChaCha20Poly1305(self._secret).encrypt(nonce, b"".join(content), header)
        )

    def decrypt(self, data: bytes) -> bytes:
        """Return what was encrypted. Raises DamagedError or WrongKeyError."""
        return self.open(Vault.read(data))

    def open(self, vault: "Vault") -> bytes:
        """Return what an encrypted file holds. Raises DamagedError or WrongKeyError."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if self.lock not in vault.locks:
            raise WrongKeyError
        parts = vault.parts
        cipher = ChaCha20Poly1305(self._secret)
        try:
            return cipher.decrypt(parts.header.nonce, parts.ciphertext(), parts.authenticated)
        except InvalidTag:
            raise WrongKeyError from None


class Vault(Struct, frozen=True):
    """What an encrypted file says of itself. Get one from `Vault.read`."""

    parts: Envelope

    @classmethod
    def read(cls, data: bytes) -> "Vault":
        """Read the bytes of an encrypted file. Raises DamagedError when no key can open them."""
        return cls(envelope.parse(data))

    @property
    def locks(self) -> tuple[Lock, ...]:
        """The ways to its key: of each a passphrase makes one."""
        return (self.parts.header.kdf,)

    def unlock(self, passphrase: str) -> Key:
        """Return the key that this passphrase makes. Takes most of a second. Raises DamagedError, or
        WrongKeyError when it does not open the file."""
        for lock in self.locks:
            key = derive(passphrase, lock)
            with contextlib.suppress(WrongKeyError):
                key.open(self)
                return key
        raise WrongKeyError


def new_key(passphrase: str, cost: Cost = COST) -> Key:
    """Return a key that nobody ever had, also when the passphrase is an old one."""
    return derive(passphrase, Lock("scrypt", cost.n, cost.r, cost.p, os.urandom(envelope.SALT_BYTES)))


def derive(passphrase: str, lock: Lock) -> Key:
    """Return the key that this passphrase makes for a lock, fitting or not. Takes most of a second."""
    return Key(lock, _derived(passphrase, lock))


def _derived(passphrase: str, lock: Lock) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # One keyboard writes é as one character, another as two.
    words = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
    return Scrypt(salt=lock.salt, length=32, n=lock.n, r=lock.r, p=lock.p).derive(words)


def _keep_out_of_core_files() -> None:
    """Keep a crash of this process from writing its memory to the disk, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
