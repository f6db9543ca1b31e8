"""The key of the first layout, which vigtui wrote until it knew data keys: scrypt makes it of the passphrase,
and it encrypts the file itself."""

import os
from collections.abc import Iterable
from typing import ClassVar

from vigtui.vault import envelope
from vigtui.vault.derivation import derive
from vigtui.vault.envelope import Envelope
from vigtui.vault.headers import NONCE_BYTES, FirstHeader, Lock
from vigtui.vault.key import Key, WrongKeyError


class FirstKey(Key):
    """Encrypts and decrypts files of one lock, in the first layout."""

    in_first_layout: ClassVar[bool] = True

    def __init__(self, lock: Lock, secret: bytearray) -> None:
        super().__init__({lock: secret})
        self.lock = lock

    def fits_to(self, parts: Envelope) -> bool:
        return isinstance(parts.header, FirstHeader) and parts.header.kdf == self.lock

    def open(self, parts: Envelope) -> bytes:
        return opened(parts, self.secrets)

    def generation_of(self, _: Envelope) -> int:
        return 0  # It does not say.

    def encrypt(self, content: Iterable[bytes], _generation: int = 1) -> list[bytes]:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if not self.secrets[self.lock]:
            raise WrongKeyError  # It was wiped.
        header = FirstHeader(self.lock, "chacha20-poly1305", os.urandom(NONCE_BYTES))
        cipher = ChaCha20Poly1305(self.secrets[self.lock])
        data = cipher.encrypt(header.nonce, b"".join(content), envelope.header_bytes(header))
        return envelope.write(header, data)

    def is_of(self, passphrase: str) -> bool:
        import hmac  # Lazy: it loads OpenSSL, which a plain file has no use for.

        return hmac.compare_digest(derive(passphrase, self.lock), self.secrets[self.lock])


def opened(parts: Envelope, secrets: dict[Lock, bytearray]) -> bytes:
    """Return what a file of the first layout holds. `secrets` are what passphrases made, by their locks.
    Raises DamagedError or WrongKeyError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    header = parts.header
    if not isinstance(header, FirstHeader) or not secrets.get(header.kdf):
        raise WrongKeyError
    try:
        return ChaCha20Poly1305(secrets[header.kdf]).decrypt(header.nonce, parts.ciphertext(), parts.written)
    except InvalidTag:
        raise WrongKeyError from None
