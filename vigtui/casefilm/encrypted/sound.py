"""What was heard of encrypted film, encrypted."""

from dataclasses import dataclass

from vigtui.vault.data_key import DataKey
from vigtui.vault.key import WrongKeyError

_USE = b"sound"


@dataclass(frozen=True)
class SoundCipher:
    """Encrypts who speaks when. What another key encrypted, or nobody, is no longer there for it."""

    key: DataKey

    def encrypt(self, content: bytes) -> bytes:
        """Return it encrypted. Raises OSError once the key was wiped."""
        try:
            return self.key.seal(_USE, content, b"")
        except WrongKeyError:
            raise OSError("the key was wiped") from None

    def decrypt(self, content: bytes) -> bytes:
        """Return what was encrypted. Raises ValueError where this was not, or not with this key."""
        try:
            return self.key.unseal(_USE, content, b"")
        except WrongKeyError:
            raise ValueError("not encrypted with this key") from None
