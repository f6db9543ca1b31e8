"""From a passphrase, or the words of a recovery key, to the key of a file."""

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping

from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import COST, Cost, derive
from vigtui.vault.envelope import CHANGED, DamagedError, Envelope
from vigtui.vault.first_key import FirstKey
from vigtui.vault.headers import KEY_BYTES, Header, Lock, Way, WayKind
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.ways import unwrapped


def new_key(passphrase: str, cost: Cost = COST, name: str = "") -> DataKey:
    """Return a key that nobody ever had, also when the passphrase is an old one. `name` is what the way in by
    this passphrase is called."""
    key = DataKey(bytearray(os.urandom(KEY_BYTES)))
    key.add_way("passphrase", passphrase, name, cost)
    return key


def in_second_layout(key: Key, name: str = "") -> DataKey:
    """Return the data key to go on with: for a key of the first layout a new one, which the same passphrase
    opens."""
    if isinstance(key, DataKey):
        return key
    data_key = DataKey(bytearray(os.urandom(KEY_BYTES)))
    for lock, secret in key.secrets.items():
        data_key.add_way_of("passphrase", lock, secret, name)
    return data_key


def unlock(parts: Envelope, passphrase: str, make: Callable[[str, Lock], bytearray] = derive) -> Key:
    """Return the key to a file that this passphrase opens. Takes most of a second for each way in. `make`
    derives a secret, or knows it already. Raises DamagedError, or WrongKeyError when it opens none."""
    for lock in parts.header.locks:
        with contextlib.suppress(WrongKeyError):
            return open_with(parts, {lock: make(passphrase, lock)})
    raise WrongKeyError


def recover(parts: Envelope, words: str) -> DataKey:
    """Return the key to a file that these words of a recovery key open. Raises as `unlock`."""
    ways = parts.header.ways if isinstance(parts.header, Header) else ()
    for way in ways:
        if way.kind == "recovery":
            with contextlib.suppress(WrongKeyError):
                return _data_key(parts, ways, {way.kdf: derive(words, way.kdf)}, "recovery")
    raise WrongKeyError


def open_with(parts: Envelope, secrets: Mapping[Lock, bytearray]) -> Key:
    """Return the key to a file that one of these secrets of passphrases opens, by their locks: with them
    somebody goes on after another has changed the ways in. Raises as `unlock`."""
    if isinstance(parts.header, Header):
        return _data_key(parts, parts.header.ways, secrets, "passphrase")
    lock = parts.header.kdf
    if lock not in secrets:
        raise WrongKeyError
    key = FirstKey(lock, secrets[lock])
    key.open(parts)
    return key


def _data_key(
    parts: Envelope, ways: Iterable[Way], secrets: Mapping[Lock, bytearray], kind: WayKind
) -> DataKey:
    for way in ways:
        if way.kind == kind and way.kdf in secrets:
            try:
                data_key = unwrapped(way, secrets[way.kdf])
            except WrongKeyError:
                continue
            key = DataKey(data_key, (), {way.kdf: secrets[way.kdf]} if kind == "passphrase" else {})
            try:
                key.learn_from(parts)
            except WrongKeyError:
                raise DamagedError(CHANGED) from None
            return key
    raise WrongKeyError
