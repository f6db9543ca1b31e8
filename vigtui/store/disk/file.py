"""The caseload's file: read whole, written whole, and never over what somebody else has written."""

import contextlib
import datetime as dt
import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from vigtui.foreign.files import open_file, read_own
from vigtui.store.disk import aside, atomic, backups
from vigtui.store.disk.access import access_of, is_lost, name_of_owner
from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file_state import FileState, Seen, look, state_of
from vigtui.store.disk.lock import locked
from vigtui.store.disk.saver import Caveat, KeptElsewhereError
from vigtui.store.disk.temporary import new_file, remove_unfinished
from vigtui.store.errors import (
    CaseloadDamagedError,
    CaseloadError,
    CaseloadLockedError,
    CaseloadMissingError,
    CaseloadUnreadableError,
)
from vigtui.store.format.documents import is_plain
from vigtui.store.format.entries import decode_all
from vigtui.store.format.layout import LayoutError, Tables, decode
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError
from vigtui.vault.envelope import is_encrypted as holds_encrypted
from vigtui.vault.key import Key, Vault, WrongKeyError, derive


class _Refused(Struct, frozen=True):
    """The state of the file when it was not taken in, why it was not, and how often that was tried."""

    state: FileState
    error: CaseloadError
    times: int


class CaseloadFile:
    """One file on disk, and what it held when we last saw it. With a `key` it is encrypted whenever it
    is written; an encrypted file cannot be read without."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.path = path
        self.key = key
        self.locked_out = False
        self.name = one_line(path.name)
        self._seen: Seen | None = None
        self._state_read: FileState | None = None
        self._refused: _Refused | None = None
        self._beside: CaseloadFile | None = None
        self._copies = backups.Schedule()
        self._not_kept: dict[str, str] = {}

    def read(self) -> tuple[Tables, bool]:
        """Return the tables in the file and whether they are plain (see `documents.is_plain`), or raise a
        CaseloadError that says why not."""
        data, seen = self._read()
        try:
            tables = decode(data)
        except LayoutError as error:
            raise self._damaged(error) from None
        self._seen = seen
        self._note_what_cannot_be_kept()
        remove_unfinished(self.target)
        backups.remove_abandoned(self.target)
        return tables, is_plain(data)

    @contextlib.contextmanager
    def on_trial(self) -> Iterator[None]:
        """Read again what others have written. When the body raises, the file counts as not read by us: it
        must not be overwritten."""
        seen = self._seen
        try:
            yield
        except BaseException as error:
            self._seen = seen
            if isinstance(error, CaseloadError) and self._state_read is not None:
                again = self._refused is not None and self._refused.state == self._state_read
                self._refused = _Refused(self._state_read, error, 1 + again)
            raise

    def read_bytes(self) -> bytes:
        """Return what is in the file, or raise a CaseloadError that says why not."""
        data, self._seen = self._read()
        return data

    def unlock(self, passphrase: str) -> None:
        """Take the key that this passphrase makes; none when the file is not encrypted. Takes most of a
        second.

        Raises CaseloadLockedError when it is not the passphrase, or another CaseloadError."""
        data, _ = self._read_as_it_is()
        if not holds_encrypted(data):
            return
        try:
            lock = Vault.read(data).locks[0]
        except DamagedError as error:
            raise self._damaged(error) from None
        key = derive(passphrase, lock)
        self._decrypted(data, key)
        self.key = key
        self.locked_out = False
        self._refused = None

    def _read(self) -> tuple[bytes, Seen]:
        data, seen = self._read_as_it_is()
        try:
            return self._decrypted(data, self.key) if holds_encrypted(data) else data, seen
        except CaseloadLockedError:
            self.locked_out = True
            raise

    def _read_as_it_is(self) -> tuple[bytes, Seen]:
        """Return the bytes that are on the disk."""
        name, self._state_read = self.name, None
        try:
            with open_file(self.target) as file:
                self._state_read = state = state_of(file.fileno())
                data = read_own(file)
        except FileNotFoundError:
            raise CaseloadMissingError(
                f"There is no file {name} in {one_line(str(self.path.absolute().parent))}.",
                backup=self.backup(),
            ) from None
        except PermissionError:
            raise self._not_ours_to_read() from None
        except OSError as error:
            raise CaseloadUnreadableError(f"{name} cannot be read: {error.strerror or error}.") from None
        return data, Seen(state, data)

    def _not_ours_to_read(self) -> CaseloadError:
        whose = "somebody else"
        with contextlib.suppress(OSError):
            whose = one_line(name_of_owner(self.target))
        return CaseloadUnreadableError(
            f"You may not read {self.name}: it belongs to {whose}. Ask them for access."
        )

    def _decrypted(self, data: bytes, key: Key | None) -> bytes:
        """Return what encrypted bytes hold, or raise a CaseloadError."""
        if key is None:
            raise self._why_not_without_key(data)
        try:
            return key.decrypt(data)
        except DamagedError as error:
            raise self._damaged(error) from None
        except WrongKeyError:
            raise self._why_locked(data, key) from None

    def _why_not_without_key(self, data: bytes) -> CaseloadError:
        try:
            Vault.read(data)
        except DamagedError as error:
            return self._damaged(error)
        return CaseloadLockedError(f"{self.name} is encrypted: its passphrase opens it.")

    def _why_locked(self, data: bytes, key: Key) -> CaseloadError:
        if not key.fits(data):
            return CaseloadLockedError(f"The passphrase of {self.name} has been changed.", wrong=True)
        opened_before = key is self.key and self._seen is not None
        if opened_before or self._newest_copy(lambda copy: _opens(copy, key)) is not None:
            return self._damaged("is encrypted, and was damaged or changed after that")
        return CaseloadLockedError(
            f"This is not the passphrase of {self.name}, or the file has been damaged.", wrong=True
        )

    def _damaged(self, why: object) -> CaseloadError:
        return CaseloadDamagedError(f"{self.name} {why}. It is left as it is.", backup=self.backup())

    def backup(self) -> Path | None:
        """Return the newest good copy of this file, or None. Of an encrypted one without the key, no more
        can be said than that it is whole in its outer form."""
        return self._newest_copy(lambda copy: _holds_caseload(copy, self.key))

    def _newest_copy(self, is_good: Callable[[bytes], bool]) -> Path | None:
        with contextlib.suppress(OSError):
            return backups.newest_good(self.target, is_good)
        return None

    def create(self, chunks: Iterable[bytes], *, like: Path | None = None) -> None:
        """Write a file that must not exist yet, for its owner alone or for whom `like` is. Raises OSError."""
        remove_unfinished(self.path)
        self._seen = atomic.create(self.path, self._encrypted(chunks), like=like)
        self._copies.begin()

    def write(self, content: list[bytes]) -> tuple[Caveat, ...]:
        """Replace the file; return what is not as it should be although that is done.

        Raises ChangedOnDiskError when somebody else has changed it, or OSError; then it is as it was."""
        written = list(self._encrypted(content))
        try:
            no_lock = self._replace(written, self._copies)
        except OSError as error:
            # On a full disk what is new matters more than the last backup.
            if error.errno not in (errno.ENOSPC, errno.EDQUOT) or not self._copies.give_up(error):
                raise
            no_lock = self._replace(written, None)
        told = self._not_kept | {"no backup": self._copies.why_none, "no lock": no_lock}
        return tuple(map(Caveat, filter(told.get, told), filter(None, told.values())))

    def encrypt_with(self, key: Key | None) -> None:
        """Write what the file holds as it is, encrypted with another key or, without one, clear. No copy of
        how it was is kept. Raises CaseloadError, ChangedOnDiskError or OSError; then it is as it
        was."""
        data = self.read_bytes()
        try:
            decode(data)
        except LayoutError as error:
            raise self._damaged(error) from None
        content = [data] if key is None else key.encrypt([data])
        self._replace(content, None)
        self.key = key

    def write_beside(self, content: list[bytes], by: str) -> NoReturn:
        """Write our version into a file beside this one, the same each time. Raises KeptElsewhereError, which
        names it, or OSError."""
        if self.key is None:
            with contextlib.suppress(CaseloadMissingError, CaseloadUnreadableError):
                self._read()  # Nothing in clear beside what somebody else has encrypted meanwhile.
        try:
            if self._beside is None:
                raise ChangedOnDiskError
            self._beside.write(content)
        except ChangedOnDiskError:
            self._beside = CaseloadFile(self._free_name("" if self.key else by), self.key)
            self._beside.create(content, like=self.target)
        kept = f"Your version is in “{self._beside.name}”, in the same folder."
        raise KeptElsewhereError(f"Somebody else changed {self.name}. {kept}")

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What saving cannot keep of the file as it was when it was read."""
        return tuple(map(Caveat, self._not_kept, self._not_kept.values()))

    def _note_what_cannot_be_kept(self) -> None:
        with contextlib.suppress(OSError):
            if self.target.stat().st_nlink > 1:
                self._not_kept["hard link"] = (
                    f"{self.name} has another name on this disk (a hard link): what is saved here does not"
                    " reach it."
                )
            if is_lost(access_of(self.target), self.target.parent):
                self._not_kept["other owner"] = (
                    f"{self.name} belongs to {one_line(name_of_owner(self.target))}. Saving makes it yours,"
                    " and who could open it until now may not be able to: this disk keeps no access lists."
                )

    def _encrypted(self, content: Iterable[bytes]) -> Iterable[bytes]:
        return content if self.key is None else self.key.encrypt(content)

    def _replace(self, content: list[bytes], copies: backups.Schedule | None) -> str:
        """Return why it was done without the lock, if so. What was there is kept among the `copies`; not at
        all without them."""
        target, seen = self.target, self._seen
        if seen is None and self.key is None and is_encrypted(target):
            raise ChangedOnDiskError
        if copies is not None:
            copies.keep_when_due(target, seen)
        with new_file(target, content) as new, locked(target) as no_lock:
            try:
                self._seen = atomic.swap(new, target, seen)
            except PermissionError as error:
                raise self._not_ours_to_read() if error.filename == str(target) else error from None
            except atomic.RenameRefusedError:
                if copies is None:
                    backups.keep(target, b"".join(content))
                else:
                    copies.keep_for_now(target, seen)
                atomic.overwrite(target, new.path.read_bytes(), self._note_written)
        return no_lock

    def _note_written(self, seen: Seen) -> None:
        self._seen = seen

    @property
    def target(self) -> Path:
        """Return the file itself where the path is a symbolic link to it. Raises OSError."""
        return Path(os.path.realpath(self.path))

    def is_changed(self) -> bool:
        """Whether another program has written the file since we last read or wrote it. Costs one look at
        its dates and size, unless these have changed. Raises OSError, FileNotFoundError when it is gone, and
        again the CaseloadError for which what is there was twice not taken in."""
        target = self.target
        state = look(target)
        if self._seen is None or (state == self._seen.state and not state.may_hide_a_change()):
            return False
        if self._refused is not None and self._refused.state == state and self._refused.times > 1:
            raise self._refused.error.with_traceback(None)
        if not self._seen.is_in(target):
            return True
        self._seen = Seen(state, self._seen.held)
        return False

    def read_left(self, path: Path) -> Tables:
        """Return the tables in a file that was left beside this one (see `left_behind`). Raises
        CaseloadError."""
        try:
            with open_file(path, follow_links=False) as file:
                data = read_own(file)
        except OSError as error:
            raise CaseloadUnreadableError(f"{path.name} cannot be read: {error.strerror or error}.") from None
        try:
            return decode(self._decrypted(data, self.key) if holds_encrypted(data) else data)
        except LayoutError as error:
            raise CaseloadDamagedError(f"{path.name} {error}.") from None

    def _free_name(self, by: str) -> Path:
        """Return a name beside the file for our version of it."""
        target = self.target
        whose = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "", by).strip(". ")[:40] or "my version"
        now = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
        stem = target.name.removesuffix(aside.ENDING).removesuffix(".json")[:80]
        numbers = ("", *(f" {number}" for number in range(2, 1000)))
        names = (f"{stem} ({whose}, {now}{number}){aside.ENDING}" for number in numbers)
        return next(path for path in map(target.with_name, names) if not path.exists())


def is_encrypted(path: Path) -> bool:
    """Whether an encrypted caseload is at `path`; False also where nothing can be read."""
    try:
        with open_file(path) as file:
            return holds_encrypted(file.read(100))
    except OSError:
        return False


def unlock(path: Path, passphrase: str) -> Key | None:
    """Return the key to the caseload at `path`, or None when it is not encrypted. Takes most of a
    second.

    Raises CaseloadLockedError when this is not its passphrase, or another CaseloadError."""
    file = CaseloadFile(path)
    file.unlock(passphrase)
    return file.key


def _holds_caseload(data: bytes, key: Key | None) -> bool:
    """Whether a copy can be read as a caseload, as far as this key can show."""
    try:
        if holds_encrypted(data) and key is None:
            Vault.read(data)
            return True
        return "meta" in decode_all(key.decrypt(data) if key and holds_encrypted(data) else data)
    except (LayoutError, DamagedError, WrongKeyError):
        return False


def _opens(data: bytes, key: Key) -> bool:
    return holds_encrypted(data) and _holds_caseload(data, key)
