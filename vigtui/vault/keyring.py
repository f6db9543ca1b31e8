"""The encryption keys of one run of the program, each made once."""

import contextlib
import threading

from vigtui.vault.derivation import derive, wipe
from vigtui.vault.envelope import Envelope, is_encrypted, parse
from vigtui.vault.headers import Lock
from vigtui.vault.key import Key, WrongKeyError

MOST_MADE = 100
"""How many secrets are made of passphrases: a folder full of files from others must not take for ever."""


class Keyring:
    """Keys, and passphrases of which keys are made when a file wants one. Safe between threads."""

    def __init__(self, *secrets: str | Key | None) -> None:
        self._keys: list[Key] = []
        self._passphrases: list[str] = []
        self._made: dict[tuple[str, Lock], bytearray] = {}
        self._making = threading.Lock()
        for secret in secrets:
            if secret is not None:
                self.add(secret)

    def add(self, secret: str | Key) -> None:
        """Try this key, or the keys that this passphrase makes, from here on."""
        if isinstance(secret, Key):
            self._keys.append(secret)
        elif secret not in self._passphrases:
            self._passphrases.append(secret)

    def open(self, data: bytes) -> bytes:
        """Return what these bytes hold; such as are not encrypted as they are.

        Takes most of a second when a key must be made. Raises WrongKeyError when nothing here opens them, or
        DamagedError."""
        return self._opened(parse(data))[1] if is_encrypted(data) else data

    def key_to(self, data: bytes) -> Key | None:
        """Return the key that opens these bytes, None when they are not encrypted. Raises as `open`."""
        return self._opened(parse(data))[0] if is_encrypted(data) else None

    def unlock(self, data: bytes, passphrase: str) -> Key:
        """Return the key that this passphrase makes for these encrypted bytes, and keep it; the passphrase is
        not kept. Raises WrongKeyError when it is not the right one, or DamagedError."""
        from vigtui.vault import unlocking  # Lazy: a plain file has no use for it.

        key = unlocking.unlock(parse(data), passphrase)
        self.add(key)
        return key

    def wipe(self) -> None:
        """Forget the passphrases, and overwrite what was made of them. The keys are their owners'."""
        self._passphrases.clear()
        while self._made:
            wipe(self._made.popitem()[1])

    def _opened(self, parts: Envelope) -> tuple[Key, bytes]:
        fitting = [key for key in self._keys if key.fits_to(parts)]
        for key in fitting:
            with contextlib.suppress(WrongKeyError):
                return key, key.open(parts)
        if fitting:
            raise WrongKeyError  # A key that is known is the one: then no passphrase is tried.
        key = self._found(parts)
        self._keys.append(key)
        return key, key.open(parts)

    def _found(self, parts: Envelope) -> Key:
        """Return the key of a file that none here was made for. Raises DamagedError or WrongKeyError."""
        from vigtui.vault import unlocking  # Lazy: a plain file has no use for it.

        for key in tuple(self._keys):
            with contextlib.suppress(WrongKeyError):
                return unlocking.open_with(parts, key.secrets)
        for passphrase in tuple(self._passphrases):
            with contextlib.suppress(WrongKeyError):
                return unlocking.unlock(parts, passphrase, self._made_of)
        raise WrongKeyError

    def _made_of(self, passphrase: str, lock: Lock) -> bytearray:
        with self._making:
            secret = self._made.get((passphrase, lock))
            if secret is None:
                if len(self._made) == MOST_MADE:
                    raise WrongKeyError
                secret = self._made[passphrase, lock] = derive(passphrase, lock)
            return secret
