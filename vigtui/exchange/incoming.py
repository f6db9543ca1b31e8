"""Reading what is to be merged: a caseload's file, or a pack, be it a folder or a zip. Nothing of it is
written, moved or unpacked."""

from collections.abc import Collection
from pathlib import Path, PurePosixPath

from msgspec import Struct

from vigtui.foreign import zips
from vigtui.foreign.files import entries, open_file, read_file, read_open, reason
from vigtui.foreign.json_data import refuse_many_values
from vigtui.store.disk.aside import is_put_aside
from vigtui.store.errors import (
    CaseloadDamagedError,
    CaseloadError,
    CaseloadLockedError,
    CaseloadMissingError,
    CaseloadUnreadableError,
    NotACaseloadError,
)
from vigtui.store.format.layout import LayoutError, Tables, decode
from vigtui.store.format.opening import caseload_id
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError, is_encrypted
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

ENDING = ".vig.json"
MOST_BYTES = 64_000_000
"""The largest caseload that is read from somebody else: of a thousand families, eight times over."""
MOST_VALUES = 2_000_000
"""The most values, words and numbers, in one: of a thousand families, five times over."""

_DEEPEST = 2


class Other(Struct, frozen=True):
    """A caseload as it was in a file or a pack at `path` when it was read, encrypted or clear."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        """What it is called, safe to show."""
        return one_line(self.path.name)

    @property
    def is_encrypted(self) -> bool:
        """Whether it takes a key to open it."""
        return is_encrypted(self.data)

    def unlock(self, passphrase: str, keyring: Keyring) -> None:
        """Put the key that this passphrase makes on the keyring. Takes most of a second. Raises
        CaseloadLockedError when it is not the right one, or CaseloadDamagedError."""
        try:
            keyring.unlock(self.data, passphrase)
        except DamagedError as error:
            raise self._damaged(error) from None
        except WrongKeyError:
            raise self._locked() from None

    def opens_with(self, keyring: Keyring) -> bool:
        """Whether something on this keyring opens it."""
        try:
            keyring.key_to(self.data)
        except (DamagedError, WrongKeyError):
            return False
        return True

    def tables(self, keyring: Keyring | None = None) -> Tables:
        """Return what it holds. Raises CaseloadLockedError or CaseloadDamagedError."""
        try:
            return decode(self.clear(keyring))
        except LayoutError as error:
            raise self._damaged(error) from None

    def caseload_id(self, keyring: Keyring | None = None) -> str:
        """Return the id of the caseload that it says it is, "" for none. Raises as `tables`."""
        return caseload_id(self.clear(keyring))

    def clear(self, keyring: Keyring | None = None) -> bytes:
        """Return the bytes of it decrypted, and no more values than are read. Raises as `tables`."""
        try:
            data = (keyring or Keyring()).open(self.data)
            refuse_many_values(data, MOST_VALUES)
        except DamagedError as error:
            raise self._damaged(error) from None
        except ValueError as error:
            raise CaseloadDamagedError(f"{self.name} cannot be read: {error}.") from None
        except WrongKeyError:
            if keyring is None:
                raise CaseloadLockedError(f"{self.name} is encrypted: its passphrase opens it.") from None
            raise self._locked() from None
        return data

    def _locked(self) -> CaseloadLockedError:
        sentence = f"This is not the passphrase of {self.name}, or the file has been damaged."
        return CaseloadLockedError(sentence, wrong=True)

    def _damaged(self, why: Exception) -> CaseloadError:
        return CaseloadDamagedError(f"{self.name} {why}.")


def read_other(path: Path) -> Other:
    """Read the caseload at `path`, or the one in the pack there. Raises CaseloadError."""
    name = one_line(path.name)
    try:
        if path.is_dir():
            return Other(path, read_file(_chosen(name, _in_folder(path)), MOST_BYTES, follow_links=False))
        with open_file(path) as file:
            if file.read(len(zips.BEGINNING)) != zips.BEGINNING:
                file.seek(0)
                return Other(path, read_open(file, MOST_BYTES))
        with zips.open_zip(path) as pack:
            found = _in_zip(pack.names)
            return Other(path, pack.read(found[_chosen(name, found)], MOST_BYTES))
    except FileNotFoundError:
        raise CaseloadMissingError(f"There is no {one_line(str(path))}.") from None
    except OSError as error:
        raise CaseloadUnreadableError(f"{name} cannot be read: {reason(error)}.") from None
    except ValueError as error:
        raise CaseloadDamagedError(f"{name} cannot be read: {one_line(str(error))[:120]}.") from None


def _in_folder(folder: Path) -> list[Path]:
    named = (path for path in entries(folder) if path.name.endswith(ENDING) and not path.name.startswith("."))
    return [path for path in named if path.is_file() and not path.is_symlink() and not is_put_aside(path)]


def _in_zip(names: list[str]) -> dict[Path, str]:
    found = {PurePosixPath(name): name for name in names if name.endswith(ENDING)}
    return {Path(path): name for path, name in found.items() if len(path.parts) <= _DEEPEST}


def _chosen(name: str, found: Collection[Path]) -> Path:
    """Return the caseload of a pack: there is one, or one that is called as the pack is."""
    named = [path for path in found if path.name == f"{Path(name).stem}{ENDING}"]
    for paths in (found, named):
        if len(paths) == 1:
            return next(iter(paths))
    if found:
        names = ", ".join(sorted(one_line(path.name) for path in found))
        raise NotACaseloadError(f"{name} holds several caseloads ({names[:200]}). Name one of them.")
    raise NotACaseloadError(f"There is no caseload in {name}: no file whose name ends in {ENDING}.")
