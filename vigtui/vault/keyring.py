"""The encryption keys of one run of the program, each made once."""

import threading
from collections.abc import Iterator

from vigtui.vault.envelope import Lock, is_encrypted
from vigtui.vault.key import Key, Vault, WrongKeyError, derive

MOST_MADE = 100
"""How many keys are made of passphrases: a folder full of files from others must not take for ever."""


class Keyring:
    """Keys, and passphrases of which keys are made when a file wants one. Safe between threads."""

    def __init__(self, *secrets: str | Key | None) -> None:
        self._keys: list[Key] = []
        self._passphrases: list[str] = []
        self._made: dict[tuple[str, Lock], Key] = {}
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
        return self._opened(data)[1] if is_encrypted(data) else data

    def key_to(self, data: bytes) -> Key | None:
        """Return the key that opens these bytes, None when they are not encrypted. Raises as `open`."""
        return self._opened(data)[0] if is_encrypted(data) else None

    def unlock(self, data: bytes, passphrase: str) -> Key:
        """Return the key that this passphrase makes for these encrypted bytes, and keep it; the passphrase is
        not kept. Raises WrongKeyError when it is not the right one, or DamagedError."""
        key = Vault.read(data).unlock(passphrase)
        self.add(key)
        return key

    def _opened(self, data: bytes) -> tuple[Key, bytes]:
        vault = Vault.read(data)
        for lock in vault.locks:
            for key in self._candidates(lock):
                try:
                    return key, key.open(vault)
                except WrongKeyError:
                    continue
        raise WrongKeyError

    def _candidates(self, lock: Lock) -> Iterator[Key]:
        """Yield the keys of a lock. A key that is known is the one: then no passphrase is tried."""
        known = [key for key in self._keys if key.lock == lock]
        yield from known
        if not known:
            yield from (self._made_of(passphrase, lock) for passphrase in tuple(self._passphrases))

    def _made_of(self, passphrase: str, lock: Lock) -> Key:
        with self._making:
            key = self._made.get((passphrase, lock))
            if key is None:
                if len(self._made) == MOST_MADE:
                    raise WrongKeyError
                key = self._made[passphrase, lock] = derive(passphrase, lock)
            return key
