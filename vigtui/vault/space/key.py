"""The key of a space, made of its code and of the caseload's id."""

from functools import cached_property
from typing import TYPE_CHECKING

from vigtui.vault.headers import KEY_BYTES
from vigtui.vault.process import keep_memory_private
from vigtui.vault.space.code import LETTERS, RANDOM_LETTERS

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

NAME_BYTES = 4
_BITS_A_LETTER = 5


class SpaceKey:
    """Encrypts and decrypts the files of one space: HKDF-SHA256 of the code, with the caseload's id as
    salt. The code is chance enough, so that nothing slower is needed. `name` is written into each file,
    and tells it from those of an earlier code."""

    def __init__(self, code: str, caseload: str) -> None:
        keep_memory_private()
        self.code = code
        self._salt = caseload.encode()
        self.name = self._made(b"vigtui space 1: name", NAME_BYTES)

    @cached_property
    def cipher(self) -> "ChaCha20Poly1305":
        """What encrypts and decrypts."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return ChaCha20Poly1305(self._made(b"vigtui space 1: data", KEY_BYTES))

    def _made(self, use: bytes, length: int) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        number = 0
        for letter in self.code[:RANDOM_LETTERS]:
            number = number << _BITS_A_LETTER | LETTERS.index(letter)
        secret = number.to_bytes(-(-RANDOM_LETTERS * _BITS_A_LETTER // 8))
        return HKDF(SHA256(), length, self._salt, use).derive(secret)
