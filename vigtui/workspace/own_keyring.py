"""One passphrase of a person's own that opens the caseloads they chose: a file on this machine, encrypted.

Nothing is lost with it: every caseload still opens by its own passphrase.
"""

from pathlib import Path
from threading import Lock

from vigtui.foreign.files import read_file, reason
from vigtui.store.disk import atomic
from vigtui.store.errors import CannotSaveError, CaseloadDamagedError, CaseloadLockedError
from vigtui.vault.data_key import DataKey
from vigtui.vault.derivation import COST, Cost
from vigtui.vault.envelope import DamagedError, Envelope
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.own_keys import OwnKeys, new_own_keys, open_own_keys
from vigtui.workspace.settings import user_folder

ASKED = "asked for the own passphrase"
"""The place in which it is remembered that somebody was asked whether it shall open a caseload."""

_LARGEST = 1 << 20
_WHAT_TO_DO = "Remove that file and make another: every caseload still opens by its own passphrase."
_NOT_THIS = "This is not your own passphrase, or the keyring has been damaged."


def keyring_path() -> Path:
    """Where the keyring is, whether or not there is one."""
    return user_folder("data") / "keyring.json"


class OwnKeyring:
    """The keyring of whoever uses this machine's account; closed until `unlock` or `make`. May be called from
    any thread."""

    def __init__(self, path: Path | None = None, cost: Cost = COST) -> None:
        self.path = path or keyring_path()
        self._cost = cost
        self.version = 0
        """Another number each time that something else is opened than before."""
        self._keys: OwnKeys | None = None
        self._lock = Lock()

    @property
    def exists(self) -> bool:
        """Whether there is one."""
        return self.path.is_file()

    @property
    def is_open(self) -> bool:
        """Whether its passphrase was given."""
        return self._keys is not None

    def make(self, passphrase: str) -> None:
        """Make an empty one with this passphrase; where it is open, give it this passphrase. Raises
        CannotSaveError."""
        with self._lock:
            keys = new_own_keys(passphrase, self._cost)
            if self._keys is not None:
                keys.take_over(self._keys)
            self._write(keys)
            if self._keys is not None:
                self._keys.wipe()
            self._keys = keys
            self.version += 1

    def unlock(self, passphrase: str) -> None:
        """Open it. Takes most of a second. Raises CaseloadLockedError when it is not the passphrase, or
        CaseloadDamagedError."""
        try:
            keys = open_own_keys(read_file(self.path, _LARGEST), passphrase)
        except WrongKeyError:
            raise CaseloadLockedError(_NOT_THIS, wrong=True) from None
        except DamagedError as error:
            raise CaseloadDamagedError(f"The keyring {self.path} {error}. {_WHAT_TO_DO}") from None
        except OSError as error:
            raise CaseloadDamagedError(
                f"The keyring {self.path} cannot be read: {reason(error)}. {_WHAT_TO_DO}"
            ) from None
        self.close()
        with self._lock:
            self._keys = keys
            self.version += 1

    def key_to(self, caseload: str, parts: Envelope) -> DataKey | None:
        """Return the key to a caseload's file, as `OwnKeys.key_to`."""
        with self._lock:
            return self._keys.key_to(caseload, parts) if self._keys else None

    def opened_before(self, caseload: str) -> bool:
        """Whether it holds a key of this caseload, be it the present one or an earlier one."""
        with self._lock:
            return self._keys is not None and caseload in self._keys.caseloads

    def holds(self, caseload: str, key: Key | None) -> bool:
        """Whether it is open, and opens this caseload as it is now."""
        with self._lock:
            return self._keys is not None and isinstance(key, DataKey) and self._keys.fits(caseload, key)

    def may_keep(self, caseload: str, key: Key | None) -> bool:
        """Whether it is open, and could open this caseload and does not yet."""
        with self._lock:
            return self._keys is not None and isinstance(key, DataKey) and not self._keys.fits(caseload, key)

    def keep(self, caseload: str, key: Key) -> None:
        """Open this caseload from here on. Raises CannotSaveError."""
        with self._lock:
            if self._keys is not None and isinstance(key, DataKey):
                self._catch_up(self._keys)
                self._keys.put(caseload, key)
                self.version += 1
                self._write(self._keys)

    def forget(self, caseload: str) -> None:
        """Open this caseload no more. Raises CannotSaveError."""
        with self._lock:
            if self._keys is not None and caseload in self._keys.caseloads:
                self._catch_up(self._keys)
                self._keys.drop(caseload)
                self.version += 1
                self._write(self._keys)

    def remove(self) -> None:
        """Have none any more. Raises CannotSaveError."""
        self.close()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotSaveError(f"{self.path} cannot be removed: {reason(error)}.") from None

    def close(self) -> None:
        """Overwrite in memory what it opens."""
        with self._lock:
            if self._keys is not None:
                self._keys.wipe()
            self._keys = None
            self.version += 1

    def _catch_up(self, keys: OwnKeys) -> None:
        """Keep what another program of the same person has put into it meanwhile."""
        try:
            keys.take_in(read_file(self.path, _LARGEST))
        except (OSError, DamagedError, WrongKeyError):
            return  # It is written anew.

    def _write(self, keys: OwnKeys) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            atomic.replace(self.path, keys.encrypted())
        except OSError as error:
            raise CannotSaveError(f"The keyring {self.path} cannot be written: {reason(error)}.") from None
