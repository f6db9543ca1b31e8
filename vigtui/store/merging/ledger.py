"""Records, their versions, and the documents that hold both, changed together."""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar, cast

from msgspec.structs import replace

from vigtui.domain.conflicts import Conflict
from vigtui.domain.film.places import as_placed
from vigtui.domain.records import KIND_OF, CaseloadMeta, FilmPlace, Record, Recording
from vigtui.store.format import agreed, documents
from vigtui.store.format.entries import name_in
from vigtui.store.format.layout import DELETED, META, VERSIONS, Document, Entry, Tables, first_new_number
from vigtui.store.format.memory import CaseloadDatabase, CaseloadStorage, DocumentTable
from vigtui.store.format.opening import Loaded
from vigtui.store.merging.owners import all_below, owners_of
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    record_key,
    removal_key,
    versions_key,
    written,
)
from vigtui.store.merging.steps import Change, Step
from vigtui.values.memory import not_collecting

R = TypeVar("R", bound=Record)

_PARSED = 4096
"""Of how many records the versions are kept parsed."""


class Ledger:
    """Places the versions of one record at a time through TinyDB, and notes each change in a Step. Not safe
    between threads."""

    def __init__(self, tables: Tables, loaded: Loaded, changed: Callable[[], None]) -> None:
        self.index = loaded.index
        self._loaded = loaded
        self._numbers = loaded.numbers
        self._storage = CaseloadStorage(tables, changed)
        self._database = CaseloadDatabase(storage=lambda: self._storage)
        self._next = {name: first_new_number(table) for name, table in tables.items()}
        self._parsed: dict[RecordKey, RecordVersions] = {}
        self._conflicts: dict[RecordKey, Conflict] = {}
        self._outdated: set[RecordKey] = set()

    def snapshot(self) -> Tables:
        """Return everything as it is now. Documents are shared: they are replaced, never changed."""
        return self._storage.snapshot()

    def document(self, key: RecordKey) -> Document | None:
        """Return the stored document itself, which must not be changed; None when there is none."""
        number = self._numbers.get(key[0], {}).get(key[1])
        return None if number is None else self._table(key[0]).document(number)

    def shown(self, record: R, document: Document | None) -> R | None:
        """Return the record as it is shown, if that is this document of it: what was agreed is shown so."""
        held = self.index.find(type(record), record.id)
        return held if held is not None and document is not None and held.rev == document.get("rev") else None

    def versions(self, key: RecordKey) -> RecordVersions:
        """Return the versions of a record of which none came from another."""
        found = self._parsed.get(key)
        if found is None:
            several = self.document(versions_key(key))
            found = read_versions(key, self.document(key), self.document(removal_key(key)), several)
            self._keep(found)
        return found

    def refresh(self) -> None:
        """Work out again what is shown of every record with several versions: an earlier vigtui may have
        shown another."""
        with not_collecting():
            for key in self.several():
                found = self.versions(key)
                kind = KIND_OF.get(key[0])
                if kind is not None and found.shown is not None:
                    self._show(documents.read(kind, found.shown))
                self._note_conflict(found)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what several people have changed, and nobody has decided yet."""
        self._note_outdated()
        return tuple(self._conflicts[key] for key in sorted(self._conflicts, key=versions_key))

    def conflict(self, key: RecordKey) -> Conflict | None:
        """Return what there is to decide about a record."""
        self._note_outdated()
        return self._conflicts.get(key)

    def competing(self, kind: type[R], record_id: str) -> list[R]:
        """Return the versions of a record, as records, without removals."""
        found = self.versions((kind.table, record_id))
        return [documents.read(kind, each.document) for each in found.changed]

    def several(self) -> list[RecordKey]:
        """Return the records of which there is more than one version, in the order of their ids."""
        return [record_key(name) for name in sorted(self._numbers.get(VERSIONS, {}))]

    def removed(self) -> list[Document]:
        """Return the removals of records."""
        found = map(self.document, [(DELETED, each) for each in self._numbers.get(DELETED, {})])
        return [document for document in found if document is not None]

    def put(self, found: RecordVersions, step: Step, *, came: bool = False) -> None:
        """Set the versions of a record. `came`: they came from elsewhere, or are put back."""
        before = self.versions(found.key)
        if found != before:
            step.note(Change(before, found, came))
            self._place_all(found)
            self._note_owners(found.key, before.shown, found.shown)

    def roll_back(self, changes: Iterable[Change]) -> None:
        """Put everything as it was before these changes, as if they had never been."""
        for change in changes:
            self._place_all(change.before)
            self._note_owners(change.key, change.before.shown, change.after.shown)

    def add_entries(self, table: str, entries: Iterable[Entry]) -> None:
        """Put entries that are no records into a table, as they are."""
        for entry in entries:
            self._table(table).put(self._new_number(table), entry)

    def purge(self, keys: Collection[RecordKey]) -> None:
        """Drop what the file holds of erased records, apart from the marks."""
        for key in keys:
            self._place(key, None)
            self._place(versions_key(key), None)
            self._parsed.pop(key, None)
        self.drop_doubles(keys)

    def drop_doubles(self, keys: Collection[RecordKey]) -> None:
        """Drop duplicate entries about these records from the file: nothing of erased ones stays."""
        names: dict[str, set[str]] = {}
        for key in keys:
            for table, name in (key, removal_key(key), versions_key(key)):
                names.setdefault(table, set()).add(name)
        for table, erased in names.items():
            first = self._numbers.get(table, {})
            for number, entry in list(self._storage.tables.get(table, {}).items()):
                called = name_in(table, entry)
                if called in erased and number != first.get(called):
                    self._table(table).drop(number)

    def _place_all(self, found: RecordVersions) -> None:
        document, removal, several = written(found)
        unread = self._loaded.unread_versions.pop(found.key, ())
        if unread and not found.erased:
            self.add_entries(found.key[0], unread)  # It is kept, and may say no, until a person has looked.
        self._place(found.key, document)
        self._place(removal_key(found.key), removal)
        self._place(versions_key(found.key), several)
        self._keep(found)
        self._note_conflict(found)

    def _note_conflict(self, found: RecordVersions) -> None:
        """Keep what there is to decide about a record."""
        conflict = found.conflict
        if conflict is None:
            self._conflicts.pop(found.key, None)
        elif conflict.removal is None:
            self._conflicts[found.key] = conflict
        else:
            records = all_below(self.index, found.key)
            below = tuple(each for each in records if not self.versions((each.table, each.id)).is_kept)
            self._conflicts[found.key] = replace(conflict, below=below)

    def _note_owners(self, key: RecordKey, *documents: Document | None) -> None:
        """What there is to decide about all that a record belongs to, or belonged to, is listed with it: find
        that again once somebody asks. A thousand records of one family may change in a step."""
        waiting = [(key[0], found) for found in documents if found is not None] if self._conflicts else []
        while waiting:
            for owner in owners_of(*waiting.pop()):
                if owner in self._conflicts and owner not in self._outdated:
                    self._outdated.add(owner)
                    shown = self.versions(owner).shown
                    waiting += [(owner[0], shown)] if shown is not None else []

    def _note_outdated(self) -> None:
        while self._outdated:
            self._note_conflict(self.versions(self._outdated.pop()))

    def _keep(self, found: RecordVersions) -> None:
        if len(self._parsed) >= _PARSED:
            self._parsed.clear()
        self._parsed[found.key] = found

    def _place(self, key: RecordKey, document: Document | None) -> None:
        if self.document(key) == document:
            return
        table, record_id = key
        kind = KIND_OF.get(table)
        numbers = self._numbers.setdefault(table, {})
        if document is None:
            self._table(table).drop(numbers.pop(record_id))
            if kind is not None:
                gone = self.index.get(table, record_id)
                self.index.drop(table, record_id)
                self._show_where(gone)
            return
        if record_id not in numbers:
            numbers[record_id] = self._new_number(table)
        self._table(table).put(numbers[record_id], document)
        if table == META:
            self._loaded.meta = documents.read(CaseloadMeta, document)
        elif kind is not None:
            self._show(documents.read(kind, document))

    def _show(self, record: Record) -> None:
        """Show a record as it was agreed, or with its film where it is on this machine."""
        agreed.show(self.index, record)
        if isinstance(record, Recording):
            self.index.put(as_placed(self.index.find, record))
        self._show_where(record)

    def _show_where(self, place: Record | None) -> None:
        """Show a film where it is, after its place has changed or is gone."""
        document = self.document((Recording.table, place.recording)) if isinstance(place, FilmPlace) else None
        if document is not None:
            self._show(documents.read(Recording, document))

    def _new_number(self, table: str) -> str:
        number, taken = self._next.get(table, 1), self._storage.tables.get(table, {})
        while str(number) in taken:
            number += 1
        self._next[table] = number + 1
        return str(number)

    def _table(self, name: str) -> DocumentTable:
        return cast("DocumentTable", self._database.table(name))
