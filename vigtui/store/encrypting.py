"""Encrypting a caseload, decrypting it, and changing its passphrase, with every copy of it beside it.

The copies come first and the file last, so that a caseload that is said to be encrypted leaves nothing
clear beside it. What was broken off half-way is completed by doing it again.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from vigtui.store.disk import atomic, backups
from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file import CaseloadFile, is_encrypted
from vigtui.store.disk.temporary import remove_unfinished
from vigtui.store.errors import CannotSaveError, CaseloadError
from vigtui.store.format.layout import LayoutError, decode, document
from vigtui.store.format.opening import META, META_ID
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError
from vigtui.vault.envelope import is_encrypted as holds_encrypted
from vigtui.vault.key import COST, Cost, Key, WrongKeyError, new_key
from vigtui.vault.keyring import Keyring


class Turned(Struct):
    """What has been done: how many copies were turned, and the files that were left as they are."""

    copies: int = 0
    left: tuple[Path, ...] = ()


def encrypt(path: Path, passphrase: str, cost: Cost = COST) -> Turned:
    """Encrypt the caseload at `path` and every copy of it. Raises CaseloadError."""
    refuse_encrypted(path)
    return _turn(CaseloadFile(path), [passphrase], new_key(passphrase, cost))


def decrypt(path: Path, passphrase: str) -> Turned:
    """Write the caseload at `path` and every copy of it that this passphrase opens in clear. Raises
    CaseloadLockedError when it is not the passphrase, or another CaseloadError."""
    refuse_clear(path)
    file = CaseloadFile(path)
    file.unlock(passphrase)
    return _turn(file, [passphrase], None)


def change_passphrase(path: Path, old: str, new: str, cost: Cost = COST) -> Turned:
    """Encrypt the caseload at `path` and every copy of it with a new key: the old one opens none of them.

    Raises CaseloadLockedError when `old` is not the passphrase, or another CaseloadError."""
    refuse_clear(path)
    file = CaseloadFile(path)
    file.unlock(old)
    return _turn(file, [old, new], new_key(new, cost))


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


def _turn(file: CaseloadFile, passphrases: Sequence[str], key: Key | None) -> Turned:
    """Turn the copies, the file, and whatever another program has copied meanwhile."""
    done = Turned()
    try:
        target = file.path.resolve()
        keyring = Keyring(*passphrases, key, file.key)
        caseload = _identity(file.read_bytes())
        _turn_copies(target, caseload, keyring, key, done)
        file.encrypt_with(key)
        _turn_copies(target, caseload, keyring, key, done)
    except ChangedOnDiskError:
        raise CaseloadError(f"{file.name} was changed by another program meanwhile. Try again.") from None
    except OSError as error:
        raise CannotSaveError(f"{file.name} is as it was: {error.strerror or error}.") from None
    return done


def _opened(data: bytes, keyring: Keyring) -> bytes | None:
    """Return what these bytes hold, or None when nothing here opens them."""
    try:
        return keyring.open(data)
    except (WrongKeyError, DamagedError):
        return None


def _turn_copies(target: Path, caseload: str, keyring: Keyring, key: Key | None, done: Turned) -> None:
    """Encrypt with this key, or write clear, every copy of the caseload; `left` are those that cannot be."""
    left = list(_unfinished(target))
    for copy in _candidates(target):
        data = copy.read_bytes()
        encrypted = holds_encrypted(data)
        named = _is_named_as_copy(copy, target)
        clear = _opened(data, keyring)
        if clear is None:
            if named:
                left.append(copy)
            continue
        as_wanted = not encrypted if key is None else encrypted and key.fits(data)
        if not as_wanted and (named or _identity(clear) == caseload):
            _write(copy, [clear] if key is None else key.encrypt([clear]))
            done.copies += 1
    done.left = tuple(left)


def _folders(target: Path) -> list[Path]:
    """Return the folders of copies, also those of caseloads that were renamed, and the caseload's own."""
    copies = backups.folder_of(target).parent
    return [*sorted(path for path in copies.glob("*") if path.is_dir()), target.parent]


def _candidates(target: Path) -> Iterator[Path]:
    """Yield the kept copies, and every file beside the caseload that may be a version of it."""
    for folder in _folders(target):
        for path in sorted(folder.glob("*.json")):
            if path != target and path.is_file() and not path.is_symlink():
                yield path


def _unfinished(target: Path) -> Iterator[Path]:
    """Yield what a program that is saving now, or was stopped in it, has not finished."""
    for path in (target, backups.folder_of(target) / ".vig.json", *_candidates(target)):
        remove_unfinished(path)
    for folder in _folders(target):
        yield from folder.glob(".vigtui-*.tmp")


def _is_named_as_copy(copy: Path, target: Path) -> bool:
    """Whether the file is among the caseload's copies, or is named as the versions kept beside it are."""
    stem = target.name.removesuffix(".json").removesuffix(".vig")
    return copy.parent == backups.folder_of(target) or copy.name.startswith(f"{stem} (")


def _identity(data: bytes) -> str:
    """Return the id of the caseload in these bytes; "" when there is none."""
    try:
        described = document(decode(data).get(META, {}).get(META_ID, {}))
    except LayoutError:
        return ""
    return str(described.get("id", "")) if isinstance(described, dict) else ""


def _write(copy: Path, content: list[bytes]) -> None:
    atomic.replace(copy, content)


def words(done: Turned, what: str) -> list[str]:
    """Say what became of the copies, a sentence each. `what` is "encrypted", for example."""
    sentences = []
    if done.copies:
        one = done.copies == 1
        copies = "The earlier copy beside it is" if one else f"The {done.copies} earlier copies beside it are"
        sentences.append(f"{copies} {what} too.")
    sentences += [
        f"{one_line(str(left))} could not be opened and is as it was: remove it if nobody needs it."
        for left in done.left
    ]
    return sentences
