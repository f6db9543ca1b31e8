"""A caseload: the only way to its records. They go in and out here; nobody else sees TinyDB."""

import atexit
import contextlib
import functools
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vigtui.domain.records import CaseloadMeta, Record
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.disk.saver import SaveStatus
from vigtui.store.disk.shared_file import SharedFile
from vigtui.store.erasing_notes import ErasingNotes
from vigtui.store.errors import (
    CannotSaveError,
    CaseloadExistsError,
    ReadOnlyError,
    RecordInvalidError,
    RecordMissingError,
)
from vigtui.store.format.layout import VERSIONS, Document, Tables, encode
from vigtui.store.format.opening import Finding, Loaded, load, new_tables
from vigtui.vault.key import Key

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict
    from vigtui.store.merging.changes import Changes
    from vigtui.store.merging.ledger import Ledger
    from vigtui.store.merging.steps import Removed, Step

R = TypeVar("R", bound=Record)

STEPS = 200
"""How many steps can be taken back."""


class Caseload:
    """Typed reading and writing of records, in memory at once and on disk within a second.

    Every method may be called from any thread. Records are values and never change under their holder.
    Get one from `Caseload.open` or `Caseload.create`, and `close` it.
    """

    def __init__(self, file: CaseloadFile, tables: Tables, loaded: Loaded, by: str) -> None:
        self.folder: Path = file.path.absolute().parent
        self.read_only: str = loaded.read_only
        self.findings: tuple[Finding, ...] = tuple(loaded.findings)
        self._lock = threading.RLock()
        self._file = SharedFile(file, self, read_only=bool(loaded.read_only))
        self.erasing = ErasingNotes(loaded.meta.id, lambda: self._file.file)
        self._tables, self._loaded, self._by = tables, loaded, by
        self._taking_in = False
        self._one_at_a_time = threading.Lock()  # Taken before `_lock`, never with it held.
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._open_steps: list[Step] = []
        self._listeners: list[Callable[[Step], None]] = []
        self._conflicts: tuple[Conflict, ...] = ()
        if loaded.numbers.get(VERSIONS):
            self._ledger.refresh()
            self._conflicts = self._ledger.conflicts()
        if loaded.erased and not loaded.read_only:
            self._changes.purge(loaded.erased)
        atexit.register(self.close)

    @functools.cached_property
    def _ledger(self) -> "Ledger":
        # A lazy import, since it imports TinyDB: the first screen only reads, and must not wait for it.
        from vigtui.store.merging.ledger import Ledger

        return Ledger(self._tables, self._loaded, self._note_change)

    @functools.cached_property
    def _changes(self) -> "Changes":
        from vigtui.store.merging.changes import Changes

        return Changes(self._ledger, self._by)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        by: str = "",
        key: Key | None = None,
        expect: Callable[[str, Key | None, int], None] | None = None,
    ) -> "Caseload":
        """Open the caseload at `path`. `by` is the name written into what is saved, `key` opens one that is
        encrypted (see `vigtui.store.disk.file.unlock`), and encrypts it at every save. `expect` is called
        with its id, key and generation before anything is written, and may raise a CaseloadError.

        Raises a CaseloadError whose sentence says why not, and which carries the newest good backup. A
        caseload that may only be read opens with `read_only` set. Records that cannot be read are listed in
        `findings` and stay in the file as they are.
        """
        file = CaseloadFile(path, key)
        tables, plain = file.read()
        loaded = load(path, tables, file.backup, plain=plain)
        if expect is not None:
            expect(loaded.meta.id, file.key, file.generation)
        if not loaded.read_only and not os.access(path, os.W_OK):
            loaded.read_only = f"You may read {file.name}, but not change it."
        caseload = cls(file, tables, loaded, by)
        caseload._file.take_in_left()
        return caseload

    @classmethod
    def create(
        cls, path: Path, *, service: str = "", by: str = "", demo: bool = False, key: Key | None = None
    ) -> "Caseload":
        """Make a new caseload at `path`, which must not exist yet; it is on disk when this returns,
        encrypted if there is a `key`.

        Raises CaseloadExistsError or CannotSaveError."""
        file = CaseloadFile(path, key)
        tables = new_tables(CaseloadMeta(service=service, demo=demo))
        _create(file, tables)
        return cls(file, tables, load(path, tables, file.backup), by)

    @property
    def by(self) -> str:
        """The name written into what is saved."""
        return self._by

    @by.setter
    def by(self, name: str) -> None:
        with self._lock:
            self._by = name
            if "_changes" in vars(self):
                self._changes.new_person(name)

    @property
    def path(self) -> Path:
        """Where its file is; another one after `save_elsewhere`."""
        return self._file.file.path

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted at every save."""
        return self._file.file.key is not None

    @property
    def key(self) -> Key | None:
        """What the file is encrypted with; None when it is not encrypted."""
        return self._file.file.key

    @property
    def generation(self) -> int:
        """How often an encrypted file had been written when it was read or saved here last; 0 where it does
        not say."""
        return self._file.file.generation

    @property
    def locked_out(self) -> bool:
        """Whether another program has encrypted the file, or changed its passphrase: nothing can be saved in
        it until `unlock`."""
        return self._file.file.locked_out

    def unlock(self, passphrase: str) -> None:
        """Go on with the passphrase that the file has now. Takes most of a second. Raises CaseloadLockedError
        when this is not it, or another CaseloadError."""
        self._file.unlock(passphrase)

    @property
    def is_in_first_layout(self) -> bool:
        """Whether the file is encrypted as vigtui did it before it knew several ways in."""
        return self.key is not None and self.key.in_first_layout

    def go_on_in_second_layout(self) -> None:
        """Encrypt the file in the second layout from the next save on. Its passphrase stays."""
        if self.key is not None:
            from vigtui.vault.unlocking import in_second_layout  # Lazy: a plain file has no use for it.

            self._file.file.key = in_second_layout(self.key)

    def change_key(self, turn: Callable[[], Key]) -> None:
        """Save, and go on with the key that `turn` returns, which writes the file for it. Raises what it
        raises; then the key stays. Blocks meanwhile."""
        self.flush()
        self._file.change_key(turn)
        self.look()

    def opens_with(self, passphrase: str) -> bool:
        """Whether this is the passphrase of an encrypted caseload. Takes most of a second."""
        return self._file.file.key is not None and self._file.file.key.is_of(passphrase)

    @property
    def meta(self) -> CaseloadMeta:
        """What the caseload says about itself; `save_meta` changes it."""
        return self._loaded.meta

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return the record of this kind with this id, or None."""
        with self._lock:
            return self._loaded.index.find(kind, record_id)

    def need(self, kind: type[R], record_id: str) -> R:
        """Return the record of this kind with this id, or raise RecordMissingError."""
        found = self.get(kind, record_id)
        if found is None:
            raise RecordMissingError(
                f"There is no record {record_id!r} in {kind.table}: it was removed, or never there."
            )
        return found

    def versions(self, kind: type[R], record_id: str) -> tuple[R, ...]:
        """Return the record as it is shown, and then each of its versions where several compete; nothing for
        one that is not there. What must not be decided by one version alone is decided over all of these."""
        with self._lock:
            shown = self._loaded.index.find(kind, record_id)
            if shown is None or not self._competes(kind, record_id):
                return () if shown is None else (shown,)
            return (shown, *self._ledger.competing(kind, record_id))

    def is_removed_in_a_version(self, kind: type[Record], record_id: str) -> bool:
        """Whether somebody has removed the record that is shown, and another has changed it."""
        with self._lock:
            return self._competes(kind, record_id) and bool(
                self._ledger.versions((kind.table, record_id)).removals
            )

    def is_erased(self, kind: type[Record], record_id: str) -> bool:
        """Whether the record with this id was erased: nothing is saved under that id any more."""
        with self._lock:
            return self._ledger.versions((kind.table, record_id)).erased

    def unused(self, kind: type[Record]) -> list[Document]:
        """Return the entries of a kind that cannot be read, or have the id of another."""
        with self._lock:
            return self._loaded.unused(self._tables, kind.table)

    def competing(self, kind: type[Record]) -> list[str]:
        """Return the ids of the records of a kind of which several versions compete."""
        prefix = f"{kind.table}/"
        with self._lock:
            keys = self._loaded.numbers.get(VERSIONS, ())
            return sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))

    def _competes(self, kind: type[Record], record_id: str) -> bool:
        """Whether there are several versions of a record. Looks into no table: most have one."""
        return f"{kind.table}/{record_id}" in self._loaded.numbers.get(VERSIONS, ())

    def all(self, kind: type[R]) -> list[R]:
        """Return the records of a kind in the order of their creation."""
        with self._lock:
            return self._loaded.index.all(kind)

    def where(self, kind: type[R], /, **equals: object) -> list[R]:
        """Return the records whose fields have these values, in the order of their creation."""
        with self._lock:
            return self._loaded.index.where(kind, **equals)

    def save(self, record: R) -> R:
        """Add or change a record and return it as it now is, with its revision and dates.

        `record` must be one that was read here, or saved, and then changed: its `rev` says what it started
        from. Where somebody else has changed the same fields since, both versions are kept (`conflicts`),
        and the record that is returned goes on from this one. What says nothing new is not saved again.
        Raises ReadOnlyError, or RecordInvalidError when a field cannot hold its value."""
        with self._step() as step:
            return self._changes.save(record, step)

    def enter(self, *records: Record) -> None:
        """Add records of what has happened, which nobody has typed: no step to undo. Raises as `save`
        does."""
        with self._step(to_undo=False) as step:
            for record in records:
                self._changes.save(record, step)

    def save_meta(self, meta: CaseloadMeta) -> None:
        """Change what the caseload says about itself. Raises as `save` does."""
        with self._step("Change the caseload's settings") as step:
            self._changes.save_meta(meta, step)

    def delete(self, record: Record) -> None:
        """Remove a record with all that belongs to it. The file keeps that they were there, and nothing of
        what they said. A record that somebody else has changed since it was read stays, and is among the
        `conflicts`. Raises RecordInvalidError for what is agreed."""
        with self._step() as step:
            self._changes.delete(record, step)

    def let_go(self, *records: Record) -> None:
        """Remove records whose time is over, which nobody asked for: no step to undo. Raises as `delete`
        does."""
        with self._step(to_undo=False) as step:
            for record in records:
                self._changes.delete(record, step)

    def erase(self, record: Record) -> None:
        """Erase a record and all that belongs to it, here and, once they take in this file, everywhere: no
        word of them stays, and nothing of it can be undone. What belongs to it and arrives later is erased as
        well. Copies of the file, and backups, keep what they have. Raises ReadOnlyError.

        Not to be called within a transaction."""
        from vigtui.store.merging.steps import Step, words_for

        if self.read_only:
            raise ReadOnlyError(self.read_only)
        step = Step(words_for("Erase", record))
        with self._lock:
            self._changes.erase(record, step)
            self._note(step)
        self._tell(step)

    @contextlib.contextmanager
    def transaction(self, words: str) -> Iterator[None]:
        """Make all changes in the body one step to undo, called `words`; none of them if the body raises.

        Nestable: the outermost `words` count. Other threads, the saver too, wait until the body is done.
        """
        with self._step(words):
            yield

    @property
    def to_undo(self) -> "Step | None":
        """The step that `undo` takes back next."""
        with self._lock:
            return self._steps[-1] if self._steps else None

    @property
    def to_redo(self) -> "Step | None":
        """The step that `redo` takes back next."""
        with self._lock:
            return self._undone[-1] if self._undone else None

    def undo(self, traces: Sequence[Record] = ()) -> str | None:
        """Take back the newest step and return its words; None when there is nothing to take back. What
        others have changed since stays. `traces` are records that tell of what is taken back, saved in the
        same step. Raises RecordInvalidError, once, for what was agreed since, and where nothing is left to
        take back."""
        return self._take_back(self._steps, self._undone, "Undo: ", traces)

    def redo(self, traces: Sequence[Record] = ()) -> str | None:
        """Do again what was taken back last, and return its words; None after any other change. `traces` as
        for `undo`."""
        return self._take_back(self._undone, self._steps, "", traces)

    def _take_back(
        self, source: "list[Step]", other: "list[Step]", prefix: str, traces: Sequence[Record]
    ) -> str | None:
        if self.read_only:
            return None
        with self._lock:
            if not source:
                return None
            from vigtui.store.merging.undo import take_back

            step = source[-1]
            words = step.words.removeprefix("Undo: ")
            kept = list(other)
            try:
                with self._step(f"{prefix}{words}", to_undo=False) as back:
                    take_back(self._changes, step, back)
                    for trace in traces if back.by_key else ():
                        self._changes.save(trace, back)
            finally:
                source.pop()
            if step.by_key and not back.by_key:
                raise RecordInvalidError("Somebody else has changed this since: it stays as it is.")
            other[:] = [*kept, back]
            return words

    def conflicts(self) -> "list[Conflict]":
        """Return what several people have changed, and nobody has decided yet. It is kept as changes happen:
        asking costs nothing, and waits for nobody."""
        if self._in_transaction():
            return list(self._ledger.conflicts())
        return list(self._conflicts)

    def conflict(self, record: Record) -> "Conflict | None":
        """Return what several people have changed of this record, and nobody has decided yet."""
        if not self._competes(type(record), record.id):
            return None
        with self._lock:
            return self._ledger.conflict((record.table, record.id))

    def removals(self) -> "list[Removed]":
        """Return what was removed: which kind of record, by whom and when. What it said is not kept."""
        from vigtui.store.merging.steps import removed_of

        with self._lock:
            found = map(removed_of, self._ledger.removed())
            return [removed for removed in found if removed is not None]

    def resolve(self, conflict: "Conflict", values: Mapping[str, Any]) -> None:
        """Decide a conflict: each field in `values` becomes this, the others stay as they are seen.

        Values are what is in the file: strings, numbers, lists. Raises ReadOnlyError or
        RecordInvalidError."""
        with self._step(conflict.words) as step:
            self._changes.resolve((conflict.table, conflict.id), values, step)

    @contextlib.contextmanager
    def _step(self, words: str = "", *, to_undo: bool = True) -> "Iterator[Step]":
        """Hold the lock and collect changes; afterwards keep the step `to_undo` and tell the listeners."""
        from vigtui.store.merging.steps import Step  # The first screen reads, and need not wait for it.

        step = Step(words)
        with self._lock:
            if self.read_only:
                raise ReadOnlyError(self.read_only)
            self._open_steps.append(step)
            try:
                yield step
                if len(self._open_steps) == 1:
                    self._changes.settle(step, typed=True)
            except BaseException:
                self._ledger.roll_back(step.changes)
                raise
            finally:
                self._open_steps.pop()
            if self._open_steps:
                self._open_steps[-1].extend(step)
                return
            if step.by_key and to_undo:
                self._steps[:] = [*self._steps[1 - STEPS :], step]
                self._undone.clear()
            self._note(step)
        self._tell(step)

    def _note(self, step: "Step") -> None:
        """Keep what there is to decide now, and nothing of what was erased."""
        if self._conflicts or VERSIONS in step.tables:
            self._conflicts = self._ledger.conflicts()
        erased = {change.key for change in step.changes if change.after.erased}
        if any(change.after.erased and not change.before.erased for change in step.changes):
            self.erasing.add(step.changes)
        if erased:
            for steps in (self._steps, self._undone):
                kept = (each.without(erased) for each in steps)
                steps[:] = [each for each in kept if each.by_key]

    def _tell(self, step: "Step") -> None:
        with self._lock:
            listeners = list(self._listeners)
        if step.by_key:
            for listener in listeners:
                listener(step)

    def subscribe(self, listener: "Callable[[Step], None]") -> Callable[[], None]:
        """Call `listener` after each step, in the thread that made it. Call what is returned to end that."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock, contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    @property
    def status(self) -> SaveStatus:
        """Where the changes are now, and whether the file is still there to keep them."""
        return self._file.status

    @property
    def on_status(self) -> Callable[[SaveStatus], None] | None:
        """What is called, in the saver's thread, when `status` changes."""
        return self._file.on_status

    @on_status.setter
    def on_status(self, listener: Callable[[SaveStatus], None] | None) -> None:
        self._file.on_status = listener

    def flush(self, timeout: float | None = None) -> SaveStatus:
        """Save now and wait (seconds; None: until done) until that has succeeded or failed.

        Called within a transaction it returns at once: what is half changed is not saved. Not to be called
        from `on_status`."""
        if self._in_transaction():
            return self.status
        return self._file.flush(timeout)

    def save_elsewhere(self, path: Path) -> None:
        """Go on in another, new file. `folder` stays what it was, since the films are there.

        Raises CaseloadExistsError or CannotSaveError, and then nothing has changed."""
        file = CaseloadFile(path, self._file.file.key)
        with self._lock:
            _create(file, self.snapshot())
            self._file.file = file
            self._file.changed()
        self.flush()

    def close(self) -> None:
        """Save what is not saved yet and stop the saver. Closing twice does no harm."""
        atexit.unregister(self.close)
        self._file.stop()

    def _in_transaction(self) -> bool:
        """Whether this thread is inside a transaction."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return bool(self._open_steps)
        finally:
            self._lock.release()

    # Others

    def look(self) -> None:
        """Take in what others have written to the file, and see whether it is still there: if not, `status`
        says so. Cheap when there is nothing new."""
        self._file.look()

    def merge(self, tables: Tables, words: str) -> "Step":
        """Take in what another file of this caseload says, as one step that can be undone, and return it.

        Raises ReadOnlyError, OtherCaseloadError or CaseloadDamagedError."""
        with self._step(words) as step:
            self._changes.merge_tables(self.meta, self._for_this_file(tables), step)
        return step

    def bring_in(self, tables: Tables, then: Callable[[], Sequence[Record]]) -> "Step":
        """Take in tables that say they are of this caseload, and save with them what `then` returns, which
        may look at what came: all of it or nothing, and no step to take back. Raises as `merge` and `save`
        do."""
        with self._step(to_undo=False) as step:
            self._changes.merge_tables(self.meta, self._for_this_file(tables), step)
            for record in then():
                self._changes.save(record, step)
        return step

    # For the file

    def snapshot(self) -> Tables:
        """Return everything as it is now, to be written: what changes from here on is a new revision."""
        with self._lock:
            self._changes.written()
            return self._ledger.snapshot()

    def before_writing(self) -> None:
        """Note beside the file what is to be deleted of what was erased: see `erasing`."""
        self.erasing.write()

    def take_in(self, read: Callable[[], Tables]) -> bool:
        """Merge the tables that `read` returns, which others wrote: nothing of it is ours to take back.
        Return whether they say all that is known now. Raises CaseloadError; then nothing has changed."""
        return self._take_in(read)[1]

    def receive(self, tables: Tables) -> "Step":
        """Take in what a file of this caseload says that another machine wrote, and save it in our own. It is
        no step to take back. Returns what that has changed. Raises CaseloadError; then nothing has."""
        if self.read_only:
            raise ReadOnlyError(self.read_only)
        step, _ = self._take_in(lambda: tables)
        if step.by_key:
            self._file.changed()
        return step

    def _take_in(self, read: Callable[[], Tables]) -> "tuple[Step, bool]":
        """Compare outside the lock: nobody waits for what takes long with a large file."""
        from vigtui.store.merging.steps import Step

        step, theirs = Step(""), self._for_this_file(read())
        with self._one_at_a_time:
            with self._lock:
                changes, ours = self._changes, self._ledger.snapshot()
            compared = changes.compare(self.meta, ours, theirs)
            with self._lock:
                self._taking_in = True
                try:
                    same = changes.merge_compared(compared, step)
                except BaseException:
                    self._ledger.roll_back(step.changes)
                    raise
                finally:
                    self._taking_in = False
                self._note(step)
        self._tell(step)
        return step, same

    def _for_this_file(self, tables: Tables) -> Tables:
        """What of another file may be in this one: in clear, nothing that opens film."""
        if self.encrypted:
            return tables
        from vigtui.store.format.agenda_films import without_film_keys  # The first screen does without.

        return without_film_keys(tables)

    def _note_change(self) -> None:
        if not self._taking_in:
            self._file.changed()


def _create(file: CaseloadFile, tables: Tables) -> None:
    try:
        file.create(encode(tables))
    except FileExistsError:
        raise CaseloadExistsError(f"{file.name} exists already. Choose another name, or open it.") from None
    except OSError as error:
        raise CannotSaveError(f"{file.name} cannot be made: {error.strerror or error}.") from None
