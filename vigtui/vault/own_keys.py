"""The keys of somebody's caseloads under one passphrase of their own.

Encrypted as a caseload is, with a data key of its own. It holds the data keys themselves, by the ids of their
caseloads, and no passphrase: a caseload whose data key was changed, as when somebody's way in was taken away,
is opened by it no more.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from vigtui.vault import envelope
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import COST, Cost
from vigtui.vault.envelope import CHANGED, DamagedError, Envelope
from vigtui.vault.key import WrongKeyError
from vigtui.vault.unlocking import new_key, unlock

_PADDED_TO = 4096  # Its length tells little of how many there are.


class _Content(Struct, frozen=True):
    keys: dict[str, str]


class OwnKeys:
    """Data keys by the ids of their caseloads, and what encrypts them. Not safe between threads."""

    def __init__(self, own: DataKey, keys: Mapping[str, DataKey]) -> None:
        self._own = own
        self._keys = dict(keys)

    @property
    def caseloads(self) -> Iterable[str]:
        """The ids of the caseloads that are opened."""
        return tuple(self._keys)

    def key_to(self, caseload: str, parts: Envelope) -> DataKey | None:
        """Return a key of the caller's own that opens this file of a caseload; None where none is kept for
        it, or its key has been changed."""
        key = self._keys.get(caseload)
        return _copied(key) if key is not None and key.fits_to(parts) else None

    def fits(self, caseload: str, key: DataKey) -> bool:
        """Whether this is the key that is kept for a caseload."""
        kept = self._keys.get(caseload)
        return kept is not None and kept.commitment == key.commitment

    def put(self, caseload: str, key: DataKey) -> None:
        """Keep the key of a caseload, in place of an earlier one."""
        self.drop(caseload)
        self._keys[caseload] = _copied(key)

    def drop(self, caseload: str) -> None:
        """Forget the key of a caseload."""
        key = self._keys.pop(caseload, None)
        if key is not None:
            key.wipe()

    def take_in(self, data: bytes) -> None:
        """Take over what another program has written with the same key since. Raises DamagedError or
        WrongKeyError."""
        parts = envelope.parse(data)
        if not self._own.fits_to(parts):
            raise WrongKeyError
        for caseload, key in _read(self._own, parts).items():
            self._keys.setdefault(caseload, key)

    def take_over(self, others: "OwnKeys") -> None:
        """Keep the keys that are kept in `others` as well."""
        for caseload, key in others._keys.items():
            self.put(caseload, key)

    def encrypted(self) -> list[bytes]:
        """Return what is written of it, in pieces."""
        content = msgspec.json.encode(_Content({name: key.handed_on() for name, key in self._keys.items()}))
        return self._own.encrypt([content, b" " * (-len(content) % _PADDED_TO)])

    def wipe(self) -> None:
        """Overwrite every key in memory."""
        for caseload in self.caseloads:
            self.drop(caseload)
        self._own.wipe()


def new_own_keys(passphrase: str, cost: Cost = COST) -> OwnKeys:
    """Return no keys yet, under this passphrase. Takes most of a second."""
    return OwnKeys(new_key(passphrase, cost), {})


def open_own_keys(data: bytes, passphrase: str) -> OwnKeys:
    """Return the keys in an encrypted file. Takes most of a second. Raises DamagedError or WrongKeyError."""
    parts = envelope.parse(data)
    own = unlock(parts, passphrase)
    if not isinstance(own, DataKey):
        raise DamagedError(CHANGED)
    return OwnKeys(own, _read(own, parts))


def _read(own: DataKey, parts: Envelope) -> dict[str, DataKey]:
    try:
        content = msgspec.json.decode(own.open(parts), type=_Content)
        return {caseload: DataKey.received(key) for caseload, key in content.keys.items()}
    except ValueError:
        raise DamagedError(CHANGED) from None


def _copied(key: DataKey) -> DataKey:
    """Return a key of its own: whoever holds one may overwrite it."""
    return DataKey.received(key.handed_on())
