"""Turning the tables of a file into records, and saying what could not be read."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct, field, to_builtins

from vigtui.domain.records import (
    KIND_OF,
    KINDS,
    AgreedWords,
    CaseloadMeta,
    FilmPlace,
    Record,
    Session,
    SessionItem,
)
from vigtui.store.errors import CaseloadDamagedError, NotACaseloadError
from vigtui.store.format import documents
from vigtui.store.format.entries import document, name_in, unread_versions
from vigtui.store.format.layout import (
    BOM,
    DELETED,
    META,
    META_ID,
    VERSIONS,
    Document,
    Entry,
    LayoutError,
    Tables,
)
from vigtui.store.format.version import new_writer, revised
from vigtui.store.index import Index
from vigtui.values.text import one_line

SCHEMA = 1
MANY = 16_384
"""Of how many records of a kind the bytes of the file are not kept in memory beside them. Of fewer they are:
a save copies them, which is quicker than to write each anew."""


class _SaysWhich(Struct):
    id: str = ""


class _Described(Struct):
    meta: dict[str, _SaysWhich] = {}


def caseload_id(data: bytes) -> str:
    """Return the id of the caseload in the bytes of a file, "" when they say none. Nothing else is read."""
    try:
        described = msgspec.json.decode(data.removeprefix(BOM), type=_Described).meta
    except (ValueError, RecursionError):
        return ""
    return described[META_ID].id if META_ID in described else ""


class Finding(Struct, frozen=True):
    """Something in a file that a person should look at. `entry` is the number TinyDB gave the document.
    `agreed`: it can be read, and says something else than what was agreed."""

    table: str
    entry: str
    sentence: str
    agreed: bool = False

    def __str__(self) -> str:
        return self.sentence


def unread(findings: Iterable[Finding]) -> int:
    """Return how many of these are of what cannot be read."""
    return sum(not each.agreed for each in findings)


class Loaded(Struct):
    """What a file held: its readable records, the number of each in its table, what was found wrong."""

    meta: CaseloadMeta
    read_only: str = ""
    index: Index = field(default_factory=Index)
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    erased: list[tuple[str, str]] = field(default_factory=list)
    """Records, by table and id, that the file still holds although it says that they were erased."""
    unread_versions: dict[tuple[str, str], list[Document]] = field(default_factory=dict)
    """What stands among the competing versions of a record, by table and id, and cannot be read."""

    def unused(self, tables: Tables, table: str) -> list[Document]:
        """Return the entries of a table of records that cannot be read, or have the id of another, and the
        competing versions that cannot be read."""
        numbers, entries = self.numbers.get(table, {}), tables.get(table, {})
        unread = [each for key, found in self.unread_versions.items() if key[0] == table for each in found]
        if len(numbers) == len(entries):
            return unread
        used = set(numbers.values())
        return [*unread, *(document(entry) for number, entry in entries.items() if number not in used)]


def new_tables(meta: CaseloadMeta) -> Tables:
    """Return what a new caseload's file holds."""
    now = to_builtins(dt.datetime.now(dt.UTC))
    described = revised(documents.write(meta), [], (), writer=new_writer(), at=now, by="")
    return {META: {META_ID: described}}


def load(path: Path, tables: Tables, backup: Callable[[], Path | None], *, plain: bool = False) -> Loaded:
    """Return the records in `tables`; `plain` says that no string in them needs cleaning.

    Raises NotACaseloadError or CaseloadDamagedError, naming `path`."""
    name = one_line(path.name)
    try:
        described = document(tables.get(META, {}).get(META_ID, {}))
        schema = described.get("schema") if isinstance(described, dict) else None
        if not isinstance(schema, int) or schema < 1:
            sentence = f"{name} is not a vigtui caseload: it does not say so. It is left as it is."
            raise NotACaseloadError(sentence, backup=backup())
        loaded = Loaded(_meta(path, described, schema, backup))
        loaded.numbers = {name: dict(_named(tables, name)) for name in (DELETED, VERSIONS)}
        loaded.numbers[META] = {META_ID: META_ID}
        _note_other_descriptions(loaded, tables[META])
        _hold_numbers_once(tables)
        for kind in KINDS:
            _load_table(loaded, kind, tables.get(kind.table, {}), plain=plain)
        _leave_out_erased(loaded, tables.get(DELETED, {}))
        _show_agreed(loaded)
        _show_places(loaded)
        _note_unread_versions(loaded, tables.get(VERSIONS, {}))
        for table in tables.keys() - loaded.numbers.keys():
            for entry in tables[table].values():
                document(entry)
        _let_go_of_the_file(tables)
    except LayoutError as error:
        raise CaseloadDamagedError(f"{name} {error}. It is left as it is.", backup=backup()) from None
    if schema > SCHEMA:
        loaded.read_only = (
            f"{name} was made by a newer vigtui. You can read it here; to change it, update vigtui."
        )
    return loaded


def _hold_numbers_once(tables: Tables) -> None:
    """Of many records, have tables that count alike hold the same numbers."""
    if sum(map(len, tables.values())) > MANY:
        held = dict[str, str]().setdefault
        for name, table in tables.items():
            tables[name] = {held(number, number): entry for number, entry in table.items()}


def _let_go_of_the_file(tables: Tables) -> None:
    """Hold what is still bytes apart from all the others, which have become records: each holds on to the
    bytes of the whole file."""
    raw = [
        (table, number, entry)
        for table in tables.values()
        for number, entry in table.items()
        if isinstance(entry, msgspec.Raw)
    ]
    if len(raw) < sum(map(len, tables.values())) / 2:
        for table, number, entry in raw:
            table[number] = entry.copy()


def _leave_out_erased(loaded: Loaded, removals: dict[str, Entry]) -> None:
    """Show nothing of what was erased, should another program have written it into the file again."""
    for name, number in loaded.numbers[DELETED].items():
        table, _, record_id = name.partition("/")
        erased = document(removals[number]).get("erased") is True
        if erased and table in KIND_OF and loaded.index.get(table, record_id):
            loaded.index.drop(table, record_id)
            loaded.erased.append((table, record_id))


def _show_agreed(loaded: Loaded) -> None:
    """Show what was agreed as it was agreed, should somebody have changed it past the program."""
    if not loaded.numbers.get(AgreedWords.table):
        return
    from vigtui.store.format.agreed import show_agreed  # Lazy: most first screens do without.

    for kept in loaded.index.all(AgreedWords):
        if sentence := show_agreed(loaded.index, kept):
            table = Session.table if kept.session else SessionItem.table
            entry = loaded.numbers[table].get(kept.session or kept.item, "")
            loaded.findings.append(Finding(table, entry, sentence, agreed=True))


def _show_places(loaded: Loaded) -> None:
    """Show film where it is on this machine, where each has its own place for it."""
    if loaded.numbers.get(FilmPlace.table):
        from vigtui.store.format.places import show_places  # Lazy: most first screens do without.

        show_places(loaded.index)


def _note_other_descriptions(loaded: Loaded, descriptions: dict[str, Entry]) -> None:
    """Tell of whatever stands beside the caseload's own description, such as a version of it that cannot be
    read: nothing else does."""
    for number, entry in descriptions.items():
        if number == META_ID:
            continue
        document(entry)
        sentence = f"Entry {number} in {META} is not the description in use. It stays in the file as it is."
        loaded.findings.append(Finding(META, number, sentence))


def _note_unread_versions(loaded: Loaded, versions: dict[str, Entry]) -> None:
    for name, number in loaded.numbers[VERSIONS].items():
        table, _, record_id = name.partition("/")
        unread = unread_versions(table, record_id, document(versions[number]))
        if unread and (table, record_id) not in loaded.erased:
            loaded.unread_versions[table, record_id] = unread
            sentence = (
                f"Entry {number} in {VERSIONS} holds a version of a record in {table} that cannot be used:"
                f" {one_line(record_id)[:60]}. It stays in the file."
            )
            loaded.findings += [Finding(VERSIONS, number, sentence)] * len(unread)


def _load_table(loaded: Loaded, kind: type[Record], table: dict[str, Entry], *, plain: bool) -> None:
    if plain:
        read = documents.read_all(kind, list(table.values()), loaded.index.records)
        if read is not None and loaded.index.fill(kind, read.records):
            ids = (record.id for record in read.records)
            loaded.numbers[kind.table] = dict(zip(ids, table, strict=True))
            if read.same and len(table) > MANY:
                table.update(zip(table, read.records, strict=True))
            return
    numbers = loaded.numbers.setdefault(kind.table, {})
    for number, entry in table.items():
        try:
            record = documents.read(kind, document(entry), plain=plain)
        except documents.UnreadableError as problem:
            sentence = (
                f"Entry {number} in {kind.table} cannot be used {problem}. It stays in the file as it is."
            )
            loaded.findings.append(Finding(kind.table, number, sentence))
            continue
        if record.id in numbers:
            sentence = (
                f"Entry {number} in {kind.table} has the id of an entry before it,"
                f" {one_line(record.id)[:60]}. The first is used; this one stays in the file as it is."
            )
            loaded.findings.append(Finding(kind.table, number, sentence))
            continue
        numbers[record.id] = number
        loaded.index.put(record)


def _meta(path: Path, described: Document, schema: int, backup: Callable[[], Path | None]) -> CaseloadMeta:
    try:
        return documents.read(CaseloadMeta, described)
    except documents.UnreadableError as problem:
        if schema > SCHEMA:
            return CaseloadMeta(schema=schema)
        sentence = f"{one_line(path.name)}: its settings (the table “meta”) cannot be used {problem}."
        raise CaseloadDamagedError(sentence, backup=backup()) from None


def _named(tables: Tables, name: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the number of each document of a table that is not one of records."""
    for number, entry in tables.get(name, {}).items():
        found = name_in(name, document(entry))
        if found is not None:
            yield found, number
