"""Reading what is to be merged: a caseload's file, or a pack, be it a folder or a zip. Nothing of it is
written, moved or unpacked."""

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from msgspec import Struct

from vigtui.store.errors import (
    CaseloadDamagedError,
    CaseloadError,
    CaseloadLockedError,
    CaseloadMissingError,
    CaseloadUnreadableError,
    NotACaseloadError,
)
from vigtui.store.format.layout import LayoutError, Tables, decode
from vigtui.store.recovery import is_put_aside
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError, is_encrypted
from vigtui.vault.key import WrongKeyError
from vigtui.vault.keyring import Keyring

ENDING = ".vig.json"
_ZIP = b"PK\x03\x04"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DEEPEST = 2
_MOST_BYTES = 1 << 29


class Other(Struct, frozen=True):
    """A caseload as it stood in a file or a pack at `path` when it was read, encrypted or clear."""

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
            return decode((keyring or Keyring()).open(self.data))
        except (LayoutError, DamagedError) as error:
            raise self._damaged(error) from None
        except WrongKeyError:
            if keyring is None:
                raise CaseloadLockedError(f"{self.name} is encrypted: its passphrase opens it.") from None
            raise self._locked() from None

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
            return Other(path, _chosen(name, _in_folder(path)).read_bytes())
        if not stat.S_ISREG(path.stat().st_mode):
            raise CaseloadUnreadableError(f"{name} is not an ordinary file.")
        with path.open("rb") as file:
            if file.read(len(_ZIP)) == _ZIP:
                return Other(path, _in_zip(path))
            file.seek(0)
            return Other(path, file.read())
    except FileNotFoundError:
        raise CaseloadMissingError(f"There is no {one_line(str(path))}.") from None
    except OSError as error:
        raise CaseloadUnreadableError(f"{name} cannot be read: {error.strerror or error}.") from None


def _in_folder(folder: Path) -> list[Path]:
    found = (path for path in folder.iterdir() if path.name.endswith(ENDING) and path.is_file())
    return [path for path in found if not path.name.startswith(".") and not is_put_aside(path)]


def _in_zip(path: Path) -> bytes:
    name = one_line(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            packed = (each for each in archive.infolist() if each.compress_type in _PACKED)
            names = [PurePosixPath(each.filename) for each in packed if each.filename.endswith(ENDING)]
            found = [Path(each) for each in names if len(each.parts) <= _DEEPEST]
            with archive.open(_chosen(name, found).as_posix()) as member:
                data = member.read(_MOST_BYTES + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        KeyError,
        ValueError,
        RuntimeError,
        EOFError,
    ) as error:
        raise CaseloadDamagedError(f"{name} cannot be unpacked: {one_line(str(error))[:120]}.") from None
    if len(data) > _MOST_BYTES:
        raise CaseloadDamagedError(f"{name} holds a file too large to be a caseload.")
    return data


def _chosen(name: str, found: list[Path]) -> Path:
    """Return the caseload of a pack: there is one, or one that is called as the pack is."""
    named = [path for path in found if path.name == f"{Path(name).stem}{ENDING}"]
    if len(found) == 1 or len(named) == 1:
        return found[0] if len(found) == 1 else named[0]
    if found:
        names = ", ".join(sorted(one_line(path.name) for path in found))
        raise NotACaseloadError(f"{name} holds several caseloads ({names[:200]}). Name one of them.")
    raise NotACaseloadError(f"There is no caseload in {name}: no file whose name ends in {ENDING}.")
