"""What encrypts and decrypts a file. There are two kinds: `first_key` and `data_key`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from vigtui.vault import envelope
from vigtui.vault.derivation import wipe
from vigtui.vault.envelope import Envelope
from vigtui.vault.headers import Lock
from vigtui.vault.process import keep_memory_private


class WrongKeyError(Exception):
    """The key does not fit, or the file was changed after it was encrypted: nobody can tell which."""


class Key(ABC):
    """Encrypts and decrypts files. Passphrases are not kept; `secrets` has what was made of those that opened
    it, by their locks. After `wipe` it can do nothing more."""

    in_first_layout: ClassVar[bool] = False
    """Whether it encrypts as vigtui did before it knew several ways in."""

    def __init__(self, secrets: dict[Lock, bytearray]) -> None:
        keep_memory_private()
        self.secrets = {lock: bytearray(secret) for lock, secret in secrets.items()}

    def fits(self, data: bytes) -> bool:
        """Whether these encrypted bytes say that they were encrypted with this key. Raises DamagedError."""
        return self.fits_to(envelope.parse(data))

    def decrypt(self, data: bytes) -> bytes:
        """Return what was encrypted. Raises DamagedError or WrongKeyError."""
        return self.open(envelope.parse(data))

    @abstractmethod
    def fits_to(self, parts: Envelope) -> bool:
        """Whether this file says that it was encrypted with this key."""

    @abstractmethod
    def open(self, parts: Envelope) -> bytes:
        """Return what an encrypted file holds. Raises DamagedError or WrongKeyError."""

    @abstractmethod
    def generation_of(self, parts: Envelope) -> int:
        """Return how often the file had been written; 0 where it does not say. Raises WrongKeyError."""

    @abstractmethod
    def encrypt(self, content: Iterable[bytes], generation: int = 1) -> list[bytes]:
        """Return the content encrypted with a new nonce, in pieces. `generation` says how often the file has
        been written with this."""

    @abstractmethod
    def is_of(self, passphrase: str) -> bool:
        """Whether this passphrase opens it. Takes most of a second for each that does."""

    def wipe(self) -> None:
        """Overwrite the key in memory."""
        for secret in self.secrets.values():
            wipe(secret)
