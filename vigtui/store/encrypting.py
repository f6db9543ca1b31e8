"""Encrypting a caseload, decrypting it, and changing the ways into it, with the earlier versions of it.

The earlier versions come first and the file last, so that a caseload that is said to be encrypted leaves
nothing clear in its backups; film goes over to the new key with it (see `film_keys`). What was broken off
half-way is completed by doing it again. Other files that hold the same caseload are turned only when they are
named (see `siblings`).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from vigtui.foreign.files import resolved
from vigtui.store.disk import aside, atomic, backups
from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.lock import KEYS, locked
from vigtui.store.disk.looking import is_encrypted
from vigtui.store.disk.other_files import (
    earlier,
    identity,
    is_sign,
    kept,
    names_beside,
    opened,
    read,
    spaces_of,
)
from vigtui.store.disk.temporary import remove_unfinished
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError, CaseloadError, CaseloadLockedError
from vigtui.store.film_keys import follow_key, left_open, refuse_encrypted_film, rewrap_films, settle_films
from vigtui.values.text import one_line
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import COST, Cost
from vigtui.vault.envelope import DamagedError, parse
from vigtui.vault.envelope import is_encrypted as holds_encrypted
from vigtui.vault.film.rewrapping import settle
from vigtui.vault.headers import FirstHeader
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring
from vigtui.vault.unlocking import new_key
from vigtui.vault.unlocking import recover as recovered_key


class Sibling(Struct, frozen=True):
    """Another file with the same caseload, of this name, in the same folder: the file, if it is still there,
    and its earlier versions."""

    name: str
    files: tuple[Path, ...]


class EncryptionChanged(Struct):
    """What has been done: how many earlier versions were turned, and the files that could not be opened or
    are not finished, and were left as they are. `key` is what the caseload is encrypted with now."""

    earlier: int = 0
    left: tuple[Path, ...] = ()
    key: Key | None = None


def encrypt(
    path: Path, passphrase: str, cost: Cost = COST, also: Iterable[Sibling] = ()
) -> EncryptionChanged:
    """Encrypt the caseload at `path` and its earlier versions, and these others. Raises CaseloadError."""
    refuse_encrypted(path)
    key = new_key(passphrase, cost)
    return _turn(CaseloadFile(path), Keyring(passphrase, key), key, also)


def decrypt(path: Path, keyring: Keyring, also: Iterable[Sibling] = ()) -> EncryptionChanged:
    """Write the caseload at `path` and its earlier versions that the keyring opens in clear, and these
    others. Raises CaseloadLockedError when it opens not even the caseload, or another CaseloadError."""
    refuse_in_space(path, keyring)
    return _turn(_unlocked(path, keyring), keyring, None, also)


def change_passphrase(
    path: Path, keyring: Keyring, new: str, cost: Cost = COST, also: Iterable[Sibling] = ()
) -> EncryptionChanged:
    """Encrypt the caseload at `path` and its earlier versions, and these others, all of which the keyring
    opens, with a new key: the old one opens none of them. Raises as `decrypt`."""
    file = _unlocked(path, keyring)
    key, name = file.key, ""
    if isinstance(key, DataKey):
        way = key.opened_by
        key, name = key.renewed([way] if way else []), way.name if way else ""
    else:
        key = None
    changed = _with_passphrase(key, new, name, cost)
    keyring.add(changed)
    keyring.add(new)  # It opens what was turned before this was broken off once.
    return _turn(file, keyring, changed, also)


def _with_passphrase(key: DataKey | None, passphrase: str, name: str, cost: Cost) -> DataKey:
    if key is None:
        return new_key(passphrase, cost, name)
    key.add_way("passphrase", passphrase, name, cost)
    return key


def go_on_with(path: Path, keyring: Keyring, key: DataKey, also: Iterable[Sibling] = ()) -> EncryptionChanged:
    """Have the caseload at `path` and its earlier versions, and these others, encrypted with this key and
    open by the ways in that it has now. Where it is the key already, only headers are written. Raises as
    `decrypt`."""
    keyring.add(key)
    return _turn(_unlocked(path, keyring), keyring, key, also)


def recover(path: Path, words: str) -> DataKey:
    """Return the key to the caseload at `path` that the words of its recovery key open. Takes most of a
    second. Raises CaseloadLockedError when they do not, or another CaseloadError."""
    refuse_clear(path)
    name = one_line(path.name)
    try:
        return recovered_key(parse(read(path.resolve()) or b""), words)
    except DamagedError as error:
        raise CaseloadDamagedError(f"{name} {error}. It is left as it is.") from None
    except WrongKeyError:
        sentence = f"These words do not open {name}: they are of another recovery key, or it has none."
        raise CaseloadLockedError(sentence, wrong=True) from None


def _unlocked(path: Path, keyring: Keyring) -> CaseloadFile:
    refuse_clear(path)
    name = one_line(path.name)
    try:
        return CaseloadFile(path, keyring.key_to(read(path.resolve()) or b""))
    except DamagedError as error:
        raise CaseloadDamagedError(f"{name} {error}. It is left as it is.") from None
    except WrongKeyError:
        sentence = f"This is not the passphrase of {name}, or the file has been damaged."
        raise CaseloadLockedError(sentence, wrong=True) from None


def refuse_encrypted(path: Path) -> None:
    """Raise CaseloadError unless a clear caseload that can be read is at `path`."""
    if is_encrypted(path):
        name = one_line(path.name)
        raise CaseloadError(f"{name} is encrypted already. `vigtui passphrase` changes its passphrase.")
    CaseloadFile(path).read()


def refuse_clear(path: Path) -> None:
    """Raise CaseloadError unless an encrypted caseload is at `path`."""
    if not is_encrypted(path):
        CaseloadFile(path).read()
        raise CaseloadError(f"{one_line(path.name)} is not encrypted. `vigtui encrypt` does that.")


def refuse_in_space(path: Path, keyring: Keyring) -> None:
    """Raise CaseloadError where the caseload at `path`, under whatever name, is in a space."""
    if any(opened(read(each) or b"", keyring) is not None for each in spaces_of(path.resolve())):
        raise CaseloadError(
            f"{one_line(path.name)} is in a space, whose code is kept encrypted with it. Leave the space"
            " first: `vigtui space FILE --leave`."
        )


def settle_broken_off(path: Path, key: Key | None) -> None:
    """Have film that a change of key which was broken off left open to two keys opened by this one alone, if
    the caseload at `path` has it. Does nothing while somebody changes the key. Raises OSError."""
    target = resolved(path)
    if not isinstance(key, DataKey) or next(left_open(target.parent, key), None) is None:
        return
    with locked(target, KEYS) as no_lock:
        data = read(target)
        if not no_lock and data is not None and key.fits(data):
            for film in left_open(target.parent, key):
                settle(film, key)


def is_in_first_layout(path: Path) -> bool:
    """Whether the encrypted caseload at `path` knows one passphrase only."""
    try:
        return isinstance(parse(read(path.resolve()) or b"").header, FirstHeader)
    except DamagedError:
        return False


def siblings(path: Path, keyring: Keyring, *, encrypted: bool) -> list[Sibling]:
    """Return the other files in the folder that hold the same caseload, those that are encrypted, and that
    the keyring opens, or those that are clear; and the earlier versions of caseloads that were renamed."""
    target = path.resolve()
    caseload = identity(target, keyring)
    found = []
    for name in sorted(names_beside(target)):
        beside = target.with_name(name)
        files = tuple(
            each
            for each in (beside, *kept(beside))
            if is_encrypted(each) == encrypted and identity(each, keyring) == caseload != ""
        )
        if files:
            found.append(Sibling(name, files))
    return found


def _turn(
    file: CaseloadFile, keyring: Keyring, key: Key | None, also: Iterable[Sibling]
) -> EncryptionChanged:
    """Turn the earlier versions, the others, the file, and what another program has kept meanwhile."""
    done = EncryptionChanged(key=key)
    try:
        target, before = file.path.resolve(), file.key
        file.read_bytes()
        with locked(target, KEYS):
            if key is None:
                refuse_encrypted_film(target.parent, before)
            rewrap_films(target.parent, before, key)
            _turn_earlier(target, keyring, key, done)
            for path in (path for sibling in also for path in sibling.files):
                _turn_other(path, keyring, key)
            _turn_file(file, key)
            _turn_earlier(target, keyring, key, done)
            follow_key(target.parent, before, key)  # Film that another program has encrypted meanwhile.
            settle_films(target.parent, key)
    except ChangedOnDiskError:
        raise CaseloadError(f"{file.name} was changed by another program meanwhile. Try again.") from None
    except OSError as error:
        raise CannotSaveError(f"{file.name} is as it was: {error.strerror or error}.") from None
    return done


def _turn_earlier(target: Path, keyring: Keyring, key: Key | None, done: EncryptionChanged) -> None:
    """Encrypt with this key, or write clear, every earlier version of the caseload."""
    left = list(_unfinished(target))
    for path in dict.fromkeys((*earlier(target), *spaces_of(target))):
        data = read(path)
        clear = None if data is None else opened(data, keyring)
        if data is None or clear is None:
            left += () if is_sign(path) else (path,)
        elif not _is_as_wanted(data, key):
            atomic.replace(path, [clear] if key is None else key.encrypt([clear]))
            done.earlier += not is_sign(path)
        elif isinstance(key, DataKey):
            atomic.replace(path, key.with_present_ways(data))
    done.left = tuple(left)


def _turn_other(path: Path, keyring: Keyring, key: Key | None) -> None:
    """Turn another file, which somebody may have open."""
    data = read(path)
    if data is not None:
        try:
            _turn_file(CaseloadFile(path, keyring.key_to(data)), key)
        except ChangedOnDiskError:
            name = one_line(path.name)
            raise CaseloadError(f"{name} was changed by another program meanwhile. Try again.") from None
        except (WrongKeyError, DamagedError):
            pass  # Somebody encrypted it otherwise since it was looked at.


def _turn_file(file: CaseloadFile, key: Key | None) -> None:
    """Encrypt a caseload with this key, write it clear, or write the ways in that its key has now. Raises as
    `CaseloadFile.encrypt_with`."""
    before = file.key
    if isinstance(key, DataKey) and isinstance(before, DataKey) and before.commitment == key.commitment:
        file.key = key
        file.write_ways()
    elif key is not before:
        file.encrypt_with(key)


def _is_as_wanted(data: bytes, key: Key | None) -> bool:
    return not holds_encrypted(data) if key is None else holds_encrypted(data) and key.fits(data)


def _unfinished(target: Path) -> Iterator[Path]:
    """Yield what a program that is saving now, or was stopped in it, has not finished."""
    folder = backups.folder_of(target)
    for path in (target, folder / aside.ENDING):
        remove_unfinished(path)
    for where in (target.parent, folder):
        yield from sorted(where.glob(".vigtui-*.tmp"))
