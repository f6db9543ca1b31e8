"""The film itself, in chunks: each encrypted with its number and whether it is the last one, so that none can
be changed, moved, left out or added unnoticed.

This is STREAM of Hoang, Reyhanitabar, Rogaway and Vizár ("Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", 2015), with the nonces that age has for its payload: eleven bytes count, the twelfth is 1
for the last chunk. No film has the key of another, and none is written twice with one: so no nonce is used
twice.
"""

from vigtui.vault.derivation import part_of
from vigtui.vault.film.errors import FilmDamagedError
from vigtui.vault.film.layout import CHUNK_BYTES
from vigtui.vault.headers import NONCE_BYTES


class ChunkCipher:
    """Encrypts and decrypts the chunks of one film. `commitment` tells its key from all others: a film opens
    with one key only, and so is the same to whoever opens it."""

    def __init__(self, film_key: bytes, film_id: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self.commitment = part_of(film_key, b"film commitment " + film_id)
        self._cipher = ChaCha20Poly1305(part_of(film_key, b"film chunks " + film_id))

    def encrypt(self, number: int, chunk: bytes | bytearray, *, last: bool) -> bytes:
        """Return a chunk as it is kept."""
        return self._cipher.encrypt(_nonce(number, last), chunk, None)

    def decrypt(self, number: int, stored: bytes, chunks: int) -> bytes:
        """Return a chunk of a film that has so many. Raises FilmDamagedError."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(_nonce(number, number == chunks - 1), stored, None)
        except InvalidTag:
            where = f"{number * CHUNK_BYTES / 1e6:.1f} of {chunks * CHUNK_BYTES / 1e6:.1f} MB"
            raise FilmDamagedError(f"was changed after it was encrypted, at {where}") from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(NONCE_BYTES - 1) + bytes([last])
