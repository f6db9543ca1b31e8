"""How another file differs from ours, record by record."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from vigtui.domain.records import CaseloadMeta
from vigtui.store.errors import OtherCaseloadError
from vigtui.store.format import documents
from vigtui.store.format.layout import Document, Entry, Tables, document, name_of
from vigtui.store.format.opening import (
    DELETED,
    META,
    META_ID,
    READABLE,
    SCHEMA,
    VERSIONS,
    is_readable,
    name_in,
    unread_versions,
)
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    record_key,
    removal_key,
    versions_key,
)

Table = Mapping[str, Entry]


class Difference(Struct, frozen=True):
    """A record of which two files say different things: its versions in each."""

    key: RecordKey
    ours: RecordVersions
    theirs: RecordVersions


def require_same(meta: CaseloadMeta, tables: Tables) -> None:
    """Raise OtherCaseloadError unless the tables are of this caseload, and of a version known here."""
    described = document(tables.get(META, {}).get(META_ID, {}))
    try:
        other = documents.read(CaseloadMeta, described)
    except documents.UnreadableError:
        raise OtherCaseloadError("It does not say which caseload it is.") from None
    if other.schema > SCHEMA:
        raise OtherCaseloadError("It was made by a newer vigtui. Update vigtui to merge it.")
    if other.id != meta.id:
        raise OtherCaseloadError("It is another caseload, not another copy of this one.")


class TwoFiles:
    """The tables of ours and those of another file, compared entry by entry, once."""

    def __init__(self, ours: Tables, theirs: Tables) -> None:
        self._ours, self._theirs = ours, theirs
        self._mine, self._others = _Found(ours), _Found(theirs)
        self._compared: dict[str, tuple[set[str], set[str]]] = {}

    def differences(self) -> Iterator[Difference]:
        """Yield each record of which the files say different things. Raises LayoutError."""
        for key in sorted(self._suspects()):
            found = Difference(key, self._mine.versions(key), self._others.versions(key))
            if found.ours != found.theirs:
                yield found

    def other_entries(self) -> dict[str, list[Entry]]:
        """Return those entries of their tables that are no record this version can read, and that ours lack.
        Raises LayoutError."""
        missing: dict[str, list[Entry]] = {}
        mine = self._mine
        versions = self._others.unread_versions(self._differing(VERSIONS)[1])
        for name in self._theirs.keys() | versions.keys():
            unread = [*self._others.unread(name, self._differing(name)[1]), *versions.get(name, [])]
            if unread:
                present = {_canonical(entry) for entry in mine.unread(name, set(self._ours.get(name, {})))}
                entries = {_canonical(entry): entry for entry in unread if not mine.is_erased(name, entry)}
                missing[name] = [entry for said, entry in entries.items() if said not in present]
        return {name: entries for name, entries in missing.items() if entries}

    def _suspects(self) -> set[RecordKey]:
        """Return the records of which the entries are not the same, byte for byte, in both files."""
        suspects: set[RecordKey] = set()
        for table in (*READABLE, DELETED, VERSIONS):
            numbers, rest = self._differing(table)
            ours, theirs = self._mine.by_id(table, numbers), self._others.by_id(table, rest)
            for name in ours.keys() | theirs.keys():
                entries, also = ours.get(name, []), theirs.get(name, [])
                if len(entries) != 1 or len(also) != 1 or not _same(entries[0], also[0]):
                    suspects.add(record_key(name) if table in (DELETED, VERSIONS) else (table, name))
        return {key for key in suspects if key[0] in READABLE}

    def _differing(self, table: str) -> tuple[set[str], set[str]]:
        """Return the numbers under which ours has something else than theirs, and theirs than ours."""
        found = self._compared.get(table)
        if found is None:
            ours, theirs = self._ours.get(table, {}), self._theirs.get(table, {})
            numbers = {number for number, entry in ours.items() if not _same(entry, theirs.get(number))}
            found = numbers, (numbers & theirs.keys()) | (theirs.keys() - ours.keys())
            self._compared[table] = found
        return found


def differences(ours: Tables, theirs: Tables) -> Iterator[Difference]:
    """Yield each record of which the tables say different things. Raises LayoutError."""
    return TwoFiles(ours, theirs).differences()


def _same(entry: Entry, other: Entry | None) -> bool:
    if other is None or isinstance(entry, msgspec.Raw) == isinstance(other, msgspec.Raw):
        return entry == other
    return document(entry) == document(other)


def _canonical(entry: Entry) -> bytes:
    return msgspec.json.encode(document(entry), order="deterministic")


class _Found:
    """The entries of a caseload's tables by what they are about."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._numbers: dict[str, dict[str, str]] = {}

    def by_id(self, table: str, numbers: set[str]) -> dict[str, list[Entry]]:
        """Return these entries of a table by what they are called."""
        found: dict[str, list[Entry]] = {}
        for number in numbers:
            entry = self._tables[table][number]
            name = number if table == META else name_in(table, entry)
            if name is not None:
                found.setdefault(name, []).append(entry)
        return found

    def versions(self, key: RecordKey) -> RecordVersions:
        """Return the versions of a record; none when this program cannot read it."""
        own = self._document(key)
        removal, several = self._document(removal_key(key)), self._document(versions_key(key))
        if own is not None and not is_readable(key[0], own):
            if removal is None and several is None:
                return RecordVersions(key)
            own = None  # It is kept, and must not hide what else is known of the record.
        return read_versions(key, own, removal, several)

    def is_erased(self, table: str, entry: Entry) -> bool:
        """Whether an entry is about a record that was erased."""
        removal = self._document(removal_key((table, name_of(entry) or ""))) or {}
        return removal.get("erased") is True

    def unread(self, table: str, numbers: set[str]) -> list[Entry]:
        """Return those of the entries that are not, or not the first, about a record that can be read.

        Of removals and versions, only those about nothing: a second one about a record would count where it
        is taken in and there is none before it."""
        entries = self._tables.get(table, {})
        if table in (DELETED, VERSIONS):
            return [entries[number] for number in sorted(numbers) if name_in(table, entries[number]) is None]
        named: set[str] = set()
        if table in READABLE:
            first = set(self._named(table).values())
            named = {n for n in first & numbers if is_readable(table, document(entries[n]))}
        return [entries[number] for number in sorted(numbers - named)]

    def unread_versions(self, numbers: set[str]) -> dict[str, list[Document]]:
        """Return what cannot be read among the competing versions in these entries, by the record's table."""
        found: dict[str, list[Document]] = {}
        for name, entries in self.by_id(VERSIONS, numbers).items():
            key = record_key(name)
            for entry in entries:
                for each in unread_versions(*key, document(entry)):
                    found.setdefault(key[0], []).append(each)
        return found

    def _document(self, key: RecordKey) -> Document | None:
        number = self._named(key[0]).get(key[1])
        return None if number is None else document(self._tables[key[0]][number])

    def _named(self, table: str) -> dict[str, str]:
        """Return the number of each id in a table: of the first entry with it."""
        found = self._numbers.get(table)
        if found is None:
            entries = self._tables.get(table, {})
            found = self._numbers[table] = {}
            for number, entry in entries.items():
                name = number if table == META else name_in(table, entry)
                if name is not None:
                    found.setdefault(name, number)
        return found
