"""Encrypting a caseload, decrypting it, and changing its passphrase, with every copy of it beside it.

The copies come first and the file last, so that a caseload that is said to be encrypted leaves nothing
clear beside it. What was broken off half-way is completed by doing it again.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from vigtui.store.disk import atomic, backups
from vigtui.store.disk.file import CaseloadFile, ChangedOnDiskError, is_encrypted
from vigtui.store.errors import CannotSaveError, CaseloadError
from vigtui.store.format.layout import LayoutError, decode, document
from vigtui.store.format.opening import META, META_ID
from vigtui.values.text import one_line
from vigtui.vault import envelope as vault


class Sealed(Struct):
    """What has been done: how many copies were turned, and the files that were left as they are."""

    copies: int = 0
    left: tuple[Path, ...] = ()


def encrypt(path: Path, passphrase: str, cost: vault.Cost = vault.COST) -> Sealed:
    """Seal the caseload at `path` and every copy of it. Raises CaseloadError."""
    refuse_sealed(path)
    return _turn(CaseloadFile(path), [passphrase], vault.new_key(passphrase, cost))


def decrypt(path: Path, passphrase: str) -> Sealed:
    """Write the caseload at `path` and every copy of it that this passphrase opens in clear. Raises
    CaseloadLockedError when it is not the passphrase, or another CaseloadError."""
    refuse_clear(path)
    file = CaseloadFile(path)
    file.unlock(passphrase)
    return _turn(file, [passphrase], None)


def change_passphrase(path: Path, old: str, new: str, cost: vault.Cost = vault.COST) -> Sealed:
    """Seal the caseload at `path` and every copy of it with a new key: the old one opens none of them.

    Raises CaseloadLockedError when `old` is not the passphrase, or another CaseloadError."""
    refuse_clear(path)
    file = CaseloadFile(path)
    file.unlock(old)
    return _turn(file, [old, new], vault.new_key(new, cost))


def refuse_sealed(path: Path) -> None:
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


def _turn(file: CaseloadFile, passphrases: Sequence[str], key: vault.Key | None) -> Sealed:
    """Turn the copies, the file, and whatever another program has copied meanwhile."""
    done = Sealed()
    try:
        target = file.path.resolve()
        ring = _Ring(passphrases, [each for each in (key, file.key) if each])
        caseload = _identity(file.read_bytes())
        _turn_copies(target, caseload, ring, key, done)
        file.reseal(key)
        _turn_copies(target, caseload, ring, key, done)
    except ChangedOnDiskError:
        raise CaseloadError(f"{file.name} was changed by another program meanwhile. Try again.") from None
    except OSError as error:
        raise CannotSaveError(f"{file.name} is as it was: {error.strerror or error}.") from None
    return done


class _Ring:
    """The keys that are known, and those that the passphrases make for other files."""

    def __init__(self, passphrases: Sequence[str], keys: list[vault.Key]) -> None:
        self._passphrases = passphrases
        self._keys = keys

    def open(self, data: bytes) -> bytes | None:
        """Return what these sealed bytes hold, or None when nothing here opens them."""
        try:
            fitting = [key for key in self._keys if key.fits(data)]
            if not fitting:
                fitting = [vault.key_for(data, passphrase) for passphrase in self._passphrases]
                self._keys.extend(fitting)
        except LayoutError:
            return None
        for key in fitting:
            with contextlib.suppress(vault.WrongKeyError):
                return key.unseal(data)
        return None


def _turn_copies(target: Path, caseload: str, ring: _Ring, key: vault.Key | None, done: Sealed) -> None:
    """Seal with this key, or write clear, every copy of the caseload; `left` are those that cannot be."""
    left = list(_unfinished(target))
    for copy in _candidates(target):
        data = copy.read_bytes()
        sealed = vault.is_sealed(data)
        named = _is_named_as_copy(copy, target)
        clear = ring.open(data) if sealed else data
        if clear is None:
            if named:
                left.append(copy)
            continue
        as_wanted = not sealed if key is None else sealed and key.fits(data)
        if not as_wanted and (named or _identity(clear) == caseload):
            _write(copy, [clear] if key is None else key.seal([clear]))
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
        atomic.remove_abandoned(path)
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
    atomic.replace(
        copy,
        content,
        alone=contextlib.nullcontext,
        verify=lambda: None,
        before_overwriting=lambda: None,
        written=lambda _: None,
    )


def words(done: Sealed, what: str) -> list[str]:
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
