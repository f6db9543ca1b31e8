"""The file of an open caseload and what is in memory, kept the same, whoever else writes the file."""

import contextlib
import functools
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from vigtui.store.disk.atomic import ChangedOnDiskError
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.left_behind import LeftBehind
from vigtui.store.disk.saver import Caveat, Saver, SaveStatus
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import Tables, encode
from vigtui.vault.key import Key

# How often a file is merged again that others go on writing while it is saved.
_TRIES = 50


class Memory(Protocol):
    """What a file is written from, and what comes from it goes to. Both may be called from any thread."""

    def snapshot(self) -> Tables:
        """Return everything as it is now."""

    def take_in(self, read: Callable[[], Tables]) -> bool:
        """Merge what `read` returns. Return whether that says all that is known now. Raises CaseloadError,
        and then nothing has changed."""

    def before_writing(self) -> None:
        """Called before what `snapshot` has returned is written."""

    @property
    def by(self) -> str:
        """Whose version it is that is kept beside a file which cannot be merged."""


class SharedFile:
    """Writes `file` soon after `changed()`, and takes in what others have written. Not to be called with the
    memory's own lock held, but for `changed`."""

    def __init__(self, file: CaseloadFile, memory: Memory, *, read_only: bool) -> None:
        self.file = file
        self._memory = memory
        self._read_only = read_only
        self._saver = Saver(self._write, () if read_only else file.caveats)
        self.changed = self._saver.changed
        self._on_disk = threading.Lock()
        self._left = LeftBehind()
        self._aside: tuple[Caveat, ...] = ()
        self._trouble = self._suspected = ""

    @property
    def status(self) -> SaveStatus:
        """Where the changes are now, and whether the file is still there to keep them."""
        return self._with_trouble(self._saver.status)

    def _with_trouble(self, status: SaveStatus) -> SaveStatus:
        if status.state == "saved" and self._trouble:
            return SaveStatus("not_saved", status.at, self._trouble)
        return replace(status, caveats=(*status.caveats, *self._aside)) if self._aside else status

    @property
    def on_status(self) -> Callable[[SaveStatus], None] | None:
        """What is called, in the saver's thread or that of `look`, when `status` changes."""
        return self._saver.on_status

    @on_status.setter
    def on_status(self, listener: Callable[[SaveStatus], None] | None) -> None:
        self._saver.on_status = listener

    def change_key(self, turn: Callable[[], Key]) -> None:
        """Go on with the key that `turn` returns, which writes the file for it. Nothing is read or written
        here meanwhile. Raises what it raises; then the key stays."""
        with self._on_disk:
            self.file.key = turn()
            self.file.locked_out = False

    def unlock(self, passphrase: str) -> None:
        """Go on with the passphrase that the file has now. Raises as `CaseloadFile.unlock`."""
        before = self.file.key
        self.file.unlock(passphrase)
        self._follow_key(before)
        self.changed()

    def _follow_key(self, before: Key | None) -> None:
        """Take film that was encrypted here with the key of before along, if that is another by now."""
        if self.file.key is not before:
            from vigtui.store.film_keys import follow_key  # Lazy: it happens once in years.

            with contextlib.suppress(OSError):  # That film stays, and `vigtui check` tells of it.
                follow_key(self.file.target.parent, before, self.file.key)

    def flush(self, timeout: float | None) -> SaveStatus:
        """Save now and wait (seconds; None: until done) until that has succeeded or failed."""
        return self._with_trouble(self._saver.flush(timeout))

    def stop(self) -> None:
        """Save what is not saved yet, once, and stop the saver."""
        self._saver.stop()

    def look(self) -> None:
        """Take in what others have written since the file was last read or written here, and see whether it
        is still there: if not, `status` says so from the second look on, since a file that is being copied
        is soon whole. Cheap when there is nothing new."""
        with self._on_disk:
            found = self._take_in_news()
            if found == self._trouble or found != self._suspected:
                self._suspected = found
                return
            self._trouble = found
        listener = self.on_status
        if listener is not None:
            listener(self.status)

    def _take_in_news(self) -> str:
        """Return a sentence about what is wrong with the file, "" for nothing."""
        file = self.file
        try:
            if file.is_changed() and not self._take_in(file) and not self._read_only:
                self.changed()
        except FileNotFoundError:
            if not file.path.parent.exists():
                return f"The folder of {file.name} is not there any more."
            return f"{file.name} is no longer in its folder. The next change writes it again."
        except CaseloadError as error:
            return f"Somebody put something else in the place of {file.name}. {error.sentence}"
        except OSError:
            pass  # Saving says why, when there is something to save.
        return ""

    def _take_in(self, file: CaseloadFile) -> bool:
        before = file.key
        with file.on_trial():
            same = self._memory.take_in(lambda: file.read()[0])
        self._follow_key(before)
        return not self._take_in_left(file) and same

    def take_in_left(self) -> None:
        """Take in what programs that were killed while they saved left beside the file, and save it."""
        with self._on_disk:
            if self._take_in_left(self.file):
                self.changed()

    def _take_in_left(self, file: CaseloadFile) -> bool:
        """Return whether something was taken in: it is removed once the file holds it."""
        taken_in = False
        for path in self._left.paths(file.target) if not self._read_only else ():
            try:
                self._memory.take_in(functools.partial(file.read_left, path))
            except CaseloadError:
                self._put_aside(file, path)
            else:
                self._left.note_taken_in(path)
                taken_in = True
        return taken_in

    def _put_aside(self, file: CaseloadFile, path: Path) -> None:
        with contextlib.suppress(OSError):
            name = self._left.put_aside(path, file.target)
            if name is not None:
                said = f"What was found beside {file.name} cannot be merged: it is in “{name.name}” now."
                self._aside = (Caveat("put aside", said),)

    def _write(self) -> tuple[Caveat, ...]:
        """Return what is not as it should be although it is saved."""
        for _ in range(_TRIES):
            # What is taken in while this is written must not count as written.
            with self._on_disk:
                file, tables = self.file, self._memory.snapshot()
                content = []
                for chunk in encode(tables):
                    content.append(chunk)
                    time.sleep(0)  # Let the screen go first: a chunk is a fraction of a millisecond's work.
                self._memory.before_writing()
                try:
                    caveats = file.write(content)
                    self._trouble = self._suspected = ""
                    if self._left.taken_in:
                        self._left.note_saved(file.target)
                    return caveats
                except ChangedOnDiskError as changed:
                    if changed.came_out is not None:
                        self._left.note_came_out(changed.came_out)
                    try:
                        self._take_in(file)
                    except CaseloadError:
                        break
        return file.write_beside(content, self._memory.by)
