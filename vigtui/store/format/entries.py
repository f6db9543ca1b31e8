"""The entries of a caseload's tables: what one says, what it is about, and whether it can be read."""

from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from vigtui.domain.records import KIND_OF, CaseloadMeta, Record
from vigtui.store.format import documents
from vigtui.store.format.layout import (
    DELETED,
    META,
    META_ID,
    VERSIONS,
    Document,
    Entry,
    Tables,
    as_bytes,
    decode,
    decoded_carefully,
)

N = TypeVar("N", bound="_Named")

READABLE: dict[str, type[Record] | type[CaseloadMeta]] = {META: CaseloadMeta} | KIND_OF
"""What this version can read, by its table."""


def document(entry: Entry) -> Document:
    """Return an entry's document; of an entry that is none, a list or a number, one that has it as "unread".
    Raises LayoutError when it has a key twice."""
    found = entry if isinstance(entry, dict) else _value(bytes(as_bytes(entry)))
    return found if isinstance(found, dict) else {"unread": found}


def _value(data: bytes) -> Any:
    try:
        found = msgspec.json.decode(data)
        if msgspec.json.encode(found) == data:
            return found
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return decoded_carefully(data)


def decode_all(data: bytes) -> dict[str, dict[str, Document]]:
    """Return the tables in `data` with every entry looked into, or raise LayoutError."""
    tables = decode(data)
    return {
        name: {number: document(entry) for number, entry in table.items()} for name, table in tables.items()
    }


class _Named(msgspec.Struct):
    id: str


class _OfTable(_Named):
    table: str


def name_in(table: str, entry: Entry) -> str | None:
    """Return what an entry is called in a table: by its id, and in that of removals by "table/id" of its
    record, for ids of two tables may be the same; None where it has no name. Nothing else is looked at."""
    if table == DELETED:
        removal = _looked_at(entry, _OfTable)
        return None if removal is None else f"{removal.table}/{removal.id}"
    found = _looked_at(entry, _Named)
    return None if found is None else found.id


def _looked_at(entry: Entry, kind: type[N]) -> N | None:
    try:
        if isinstance(entry, msgspec.Raw):
            return msgspec.json.decode(entry, type=kind)
        return msgspec.convert(entry, kind, from_attributes=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


class _SaysWhich(_Named):
    schema: int


def says_which(tables: Tables) -> tuple[str, int] | None:
    """Return the id of the caseload in these tables, and the number of its form; None where they say
    neither."""
    found = _looked_at(tables.get(META, {}).get(META_ID, {}), _SaysWhich)
    return None if found is None else (found.id, found.schema)


def is_readable(table: str, found: Document) -> bool:
    """Whether the document can be read as what this table holds."""
    return table in READABLE and documents.is_readable(READABLE[table], found)


def unread_versions(table: str, record_id: str, several: Document) -> list[Document]:
    """Return what an entry with the versions of a record holds that cannot be read as one of them, each as a
    document of that record: what it says may be a refusal."""
    if table not in READABLE:
        return []
    versions = several.get("versions") or []
    items = versions if isinstance(versions, list) else [versions]
    own = [isinstance(each, dict) and (table == META or each.get("id") == record_id) for each in items]
    return [
        each if is_own else {"id": record_id, "unread": each}
        for each, is_own in zip(items, own, strict=True)
        if not (is_own and is_readable(table, each))
    ]


class Entries:
    """The entries of a caseload's tables by what they are about."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._numbers: dict[str, dict[str, str]] = {}

    def by_name(self, table: str, numbers: Collection[str]) -> dict[str, list[Entry]]:
        """Return these entries of a table by what they are called."""
        found: dict[str, list[Entry]] = {}
        for number in numbers:
            entry = self.tables[table][number]
            name = _called(table, number, entry)
            if name is not None:
                found.setdefault(name, []).append(entry)
        return found

    def document(self, table: str, name: str) -> Document | None:
        """Return what the first entry of this name says; None where there is none. Raises LayoutError."""
        number = self._named(table).get(name)
        return None if number is None else document(self.tables[table][number])

    def unread(self, table: str, numbers: Collection[str]) -> list[Entry]:
        """Return those of the entries that are not, or not the first, about a record that can be read.

        Of removals and versions, only those about nothing: a second one about a record would count where it
        is taken in and there is none before it."""
        entries = self.tables.get(table, {})
        if table in (DELETED, VERSIONS):
            return [entries[number] for number in sorted(numbers) if name_in(table, entries[number]) is None]
        named: set[str] = set()
        if table in READABLE:
            first = set(self._named(table).values())
            named = {n for n in numbers if n in first and is_readable(table, document(entries[n]))}
        return [entries[number] for number in sorted(set(numbers) - named)]

    def unread_versions(self, numbers: Collection[str]) -> dict[str, list[Document]]:
        """Return what cannot be read among the competing versions in these entries, by the record's table."""
        found: dict[str, list[Document]] = {}
        for name, entries in self.by_name(VERSIONS, numbers).items():
            table, _, record_id = name.partition("/")
            for entry in entries:
                found.setdefault(table, []).extend(unread_versions(table, record_id, document(entry)))
        return found

    def missing(self, table: str, entries: Collection[Entry]) -> list[Entry]:
        """Return those of another file's entries that are not among the unread ones of this table, each once.
        What is about a record that was erased is none of them."""
        if not entries:
            return []
        present = {_canonical(each) for each in self.unread(table, self.tables.get(table, {}))}
        found = {_canonical(each): each for each in entries if not self._is_erased(table, each)}
        return [each for said, each in found.items() if said not in present]

    def _is_erased(self, table: str, entry: Entry) -> bool:
        removal = self.document(DELETED, f"{table}/{name_in(table, entry) or ''}") or {}
        return removal.get("erased") is True

    def _named(self, table: str) -> dict[str, str]:
        """Return the number of each name in a table: of the first entry with it."""
        found = self._numbers.get(table)
        if found is None:
            entries = self.tables.get(table, {})
            found = self._numbers[table] = {}
            for number, entry in entries.items():
                name = _called(table, number, entry)
                if name is not None:
                    found.setdefault(name, number)
        return found


def _called(table: str, number: str, entry: Entry) -> str | None:
    return number if table == META else name_in(table, entry)


def compare(table: str, ours: Entries, theirs: Entries) -> tuple[set[str], set[str]]:
    """Return the names of what two files do not say alike in a table, and the numbers under which theirs has
    something else there than ours."""
    mine, others = ours.tables.get(table, {}), theirs.tables.get(table, {})
    numbers = {number for number, entry in mine.items() if not _alike(entry, others.get(number))}
    rest = (numbers & others.keys()) | (others.keys() - mine.keys())
    here, there = ours.by_name(table, numbers), theirs.by_name(table, rest)
    names = {
        name
        for name in here.keys() | there.keys()
        if len(here.get(name, ())) != 1
        or len(there.get(name, ())) != 1
        or not _alike(here[name][0], there[name][0])
    }
    return names, rest


def _alike(entry: Entry, other: Entry | None) -> bool:
    if other is None:
        return False
    if isinstance(entry, dict) or isinstance(other, dict):
        return document(entry) == document(other)
    return as_bytes(entry) == as_bytes(other)  # Most are never looked into.


def _canonical(entry: Entry) -> bytes:
    return msgspec.json.encode(document(entry), order="deterministic")
