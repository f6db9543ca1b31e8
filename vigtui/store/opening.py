"""Turning the tables of a file into records, and saying what could not be read."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field

from vigtui.domain.records import KINDS, CaseloadMeta, Record
from vigtui.domain.text import one_line
from vigtui.store import documents
from vigtui.store.errors import CaseloadDamagedError, NotACaseloadError
from vigtui.store.index import Index
from vigtui.store.layout import Document, Tables

META = "meta"
META_ID = "1"
DELETED = "deleted"
SCHEMA = 1


class Finding(Struct, frozen=True):
    """Something in a file that a person should look at. `entry` is the number TinyDB gave the document."""

    table: str
    entry: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Loaded(Struct):
    """What a file held: its readable records, where their documents stand, and what was found wrong."""

    meta: CaseloadMeta
    read_only: str = ""
    index: Index = field(default_factory=Index)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def new_tables(meta: CaseloadMeta) -> Tables:
    """Return what a new caseload's file holds."""
    return {META: {META_ID: documents.write(meta)}}


def load(path: Path, tables: Tables, backup: Callable[[], Path | None], *, plain: bool = False) -> Loaded:
    """Return the records in `tables`; `plain` says that no string in them needs cleaning.

    Raises NotACaseloadError or CaseloadDamagedError, naming `path`."""
    name = one_line(path.name)
    described = tables.get(META, {}).get(META_ID)
    schema = described.get("schema") if isinstance(described, dict) else None
    if not isinstance(described, dict) or not isinstance(schema, int) or schema < 1:
        sentence = f"{name} is not a vigtui caseload: it does not say so. It is left as it is."
        raise NotACaseloadError(sentence, backup=backup())
    loaded = Loaded(_meta(path, described, schema, backup))
    if schema > SCHEMA:
        loaded.read_only = (
            f"{name} was made by a newer vigtui. You can read it here; to change it, update vigtui."
        )
    loaded.numbers[META, META_ID] = int(META_ID)
    for record_id, number in _tombstones(tables):
        loaded.numbers[DELETED, record_id] = number
    for kind in KINDS:
        for entry, record in _records(kind, tables.get(kind.table, {}), plain=plain):
            if isinstance(record, documents.UnreadableError):
                sentence = (
                    f"Entry {entry} in {kind.table} cannot be used {record}. It stays in the file as it is."
                )
                loaded.findings.append(Finding(kind.table, entry, sentence))
                continue
            if (kind.table, record.id) in loaded.numbers:
                sentence = (
                    f"Entry {entry} in {kind.table} has the id of an entry before it,"
                    f" {one_line(record.id)[:60]}. The first is used; this one stays in the file as it is."
                )
                loaded.findings.append(Finding(kind.table, entry, sentence))
                continue
            loaded.numbers[kind.table, record.id] = int(entry)
            loaded.index.put(record)
    return loaded


def _records(
    kind: type[Record], table: dict[str, Document], *, plain: bool
) -> Iterator[tuple[str, Record | documents.UnreadableError]]:
    """Yield each entry with its record, or with what is wrong with it."""
    if plain and (records := documents.read_all(kind, list(table.values()))) is not None:
        yield from zip(table, records, strict=True)
        return
    for entry, document in table.items():
        try:
            yield entry, documents.read(kind, document, plain=plain)
        except documents.UnreadableError as problem:
            yield entry, problem


def _meta(path: Path, document: Document, schema: int, backup: Callable[[], Path | None]) -> CaseloadMeta:
    try:
        return documents.read(CaseloadMeta, document)
    except documents.UnreadableError as problem:
        if schema > SCHEMA:
            return CaseloadMeta(schema=schema)
        sentence = f"{one_line(path.name)}: its settings (the table “meta”) cannot be used {problem}."
        raise CaseloadDamagedError(sentence, backup=backup()) from None


def _tombstones(tables: Tables) -> Iterator[tuple[str, int]]:
    for entry, document in tables.get(DELETED, {}).items():
        record_id = document.get("id") if isinstance(document, dict) else None
        if isinstance(record_id, str):
            yield record_id, int(entry)
