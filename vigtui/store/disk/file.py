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
from vigtui.store.disk.looking import holds_caseload, is_encrypted, opens_alike, wrong_passphrase
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
from vigtui.store.format.layout import LayoutError, Tables, decode
from vigtui.values.memory import give_memory_back
from vigtui.values.text import one_line
from vigtui.vault.envelope import DamagedError, Envelope, parse
from vigtui.vault.envelope import is_encrypted as holds_encrypted
from vigtui.vault.headers import first_generation
from vigtui.vault.key import Key, WrongKeyError
from vigtui.vault.keyring import Keyring


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
        self.generation = 0
        """How often the file had been written, as it says, when it was read or written here last."""
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
        ring = Keyring(passphrase)
        try:
            self.key = ring.key_to(data)
        except DamagedError as error:
            raise self._damaged(error) from None
        except WrongKeyError:
            raise self._why_not_opened(parse(data), ring) from None
        finally:
            ring.wipe()
        self.locked_out = False
        self._refused = None

    def _read(self) -> tuple[bytes, Seen]:
        data, seen = self._read_as_it_is()
        try:
            return self._decrypted(data) if holds_encrypted(data) else data, seen
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

    def _decrypted(self, data: bytes) -> bytes:
        """Return what encrypted bytes hold, or raise a CaseloadError. Where somebody has changed the ways in,
        and ours is still one, the key becomes the new one."""
        if self.key is None:
            raise self._why_not_without_key(data)
        try:
            parts = parse(data)
            self.key, content = self._opened(parts, self.key)
            self.generation = self.key.generation_of(parts)
        except DamagedError as error:
            raise self._damaged(error) from None
        except WrongKeyError:
            raise self._damaged("is encrypted, and was damaged or changed after that") from None
        return content

    def _opened(self, parts: Envelope, key: Key) -> tuple[Key, bytes]:
        from vigtui.vault.unlocking import open_with  # Lazy: a plain file has no use for it.

        with contextlib.suppress(WrongKeyError):
            return key, key.open(parts)
        if key.fits_to(parts):
            raise WrongKeyError
        try:
            key = open_with(parts, key.secrets)
        except WrongKeyError:
            raise CaseloadLockedError(
                f"The passphrase of {self.name} has been changed.", wrong=True
            ) from None
        return key, key.open(parts)

    def _why_not_without_key(self, data: bytes) -> CaseloadError:
        try:
            parse(data)
        except DamagedError as error:
            return self._damaged(error)
        return CaseloadLockedError(f"{self.name} is encrypted: its passphrase opens it.")

    def _why_not_opened(self, parts: Envelope, ring: Keyring) -> CaseloadError:
        """Tell a wrong passphrase from a damaged file, where a copy can tell."""
        if self._newest_copy(lambda copy: opens_alike(copy, parts, ring)) is not None:
            return self._damaged("is encrypted, and was damaged or changed after that")
        return wrong_passphrase(self.name, parts)

    def _damaged(self, why: object) -> CaseloadError:
        return CaseloadDamagedError(f"{self.name} {why}. It is left as it is.", backup=self.backup())

    def backup(self) -> Path | None:
        """Return the newest good copy of this file, or None. Of an encrypted one without the key, no more
        can be said than that it is whole in its outer form."""
        return self._newest_copy(lambda copy: holds_caseload(copy, self.key))

    def _newest_copy(self, is_good: Callable[[bytes], bool]) -> Path | None:
        with contextlib.suppress(OSError):
            return backups.newest_good(self.target, is_good)
        return None

    def create(self, chunks: Iterable[bytes], *, like: Path | None = None) -> None:
        """Write a file that must not exist yet, for its owner alone or for whom `like` is. Raises OSError."""
        remove_unfinished(self.path)
        with self._encrypted(chunks) as written:
            self._seen = atomic.create(self.path, written, like=like)
        self._copies.begin()

    def write(self, content: list[bytes]) -> tuple[Caveat, ...]:
        """Replace the file; return what is not as it should be although that is done.

        Raises ChangedOnDiskError when somebody else has changed it, or OSError; then it is as it was."""
        with self._encrypted(content) as encrypted:
            written = list(encrypted)
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
        before, self.key = self.key, key
        try:
            with self._encrypted([data]) as content:
                self._replace(list(content), None)
        except BaseException:
            self.key = before
            raise

    def write_ways(self) -> None:
        """Give an encrypted file the ways in that its key has now; what it holds stays as it is. No copy of
        how it was is kept. Raises as `encrypt_with`."""
        from vigtui.vault.data_key import DataKey  # Lazy: a plain file has no use for it.

        data, self._seen = self._read_as_it_is()
        self._decrypted(data)
        if isinstance(self.key, DataKey):
            self._replace(self.key.with_present_ways(data, self.generation + 1), None)
            self.generation += 1

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
            self._beside.generation = self.generation
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

    @contextlib.contextmanager
    def _encrypted(self, content: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
        """Encrypt what is to be written, if there is a key. The generation is the next once that is done."""
        if self.key is None:
            yield content
            return
        generation = self.generation + 1 if self.generation else first_generation()
        yield self.key.encrypt(content, generation)
        self.generation = generation

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
        if self._seen is None:
            return False
        self._let_go_of_what_was_read()
        if state == self._seen.state and not state.may_hide_a_change():
            return False
        if self._refused is not None and self._refused.state == state and self._refused.times > 1:
            raise self._refused.error.with_traceback(None)
        if not self._seen.is_in(target):
            return True
        self._seen = Seen(state, self._seen.held)
        return False

    def _let_go_of_what_was_read(self) -> None:
        if self._seen is not None and isinstance(self._seen.held, bytes):
            self._seen = self._seen.summed()
            give_memory_back()

    def read_left(self, path: Path) -> Tables:
        """Return the tables in a file that was left beside this one (see `left_behind`). Raises
        CaseloadError."""
        try:
            with open_file(path, follow_links=False) as file:
                data = read_own(file)
        except OSError as error:
            raise CaseloadUnreadableError(f"{path.name} cannot be read: {error.strerror or error}.") from None
        try:
            return decode(self._opened_left(data) if holds_encrypted(data) else data)
        except LayoutError as error:
            raise CaseloadDamagedError(f"{path.name} {error}.") from None

    def _opened_left(self, data: bytes) -> bytes:
        """Return what was left beside the file. The key and the generation stay those of the file."""
        key, generation = self.key, self.generation
        try:
            return self._decrypted(data)
        finally:
            self.key, self.generation = key, generation

    def _free_name(self, by: str) -> Path:
        """Return a name beside the file for our version of it."""
        target = self.target
        whose = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "", by).strip(". ")[:40] or "my version"
        now = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
        stem = target.name.removesuffix(aside.ENDING).removesuffix(".json")[:80]
        numbers = ("", *(f" {number}" for number in range(2, 1000)))
        names = (f"{stem} ({whose}, {now}{number}){aside.ENDING}" for number in numbers)
        return next(path for path in map(target.with_name, names) if not path.exists())


def unlock(path: Path, passphrase: str, called: str = "") -> Key | None:
    """Return the key to the caseload at `path`, or None when it is not encrypted. Takes most of a
    second. Sentences call it `called`, if that is named, in place of the file's own name.

    Raises CaseloadLockedError when this is not its passphrase, or another CaseloadError."""
    file = CaseloadFile(path)
    file.name = called or file.name
    file.unlock(passphrase)
    return file.key
