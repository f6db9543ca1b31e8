"""What a record belongs to, and what belongs to it: a tag to its clip, a clip to its recording; and what a
record is about."""

from collections.abc import Iterator
from typing import Any

from vigtui.domain.records import KIND_OF, Record, schema
from vigtui.domain.records.metadata import MEMBERS, Sort
from vigtui.store.format.layout import Document
from vigtui.store.index import Index
from vigtui.store.merging.record_versions import BELONGED, RecordKey, record_key


def owners_of(table: str, document: Document) -> Iterator[RecordKey]:
    """Yield the keys of what a record may belong to: where that may be in several tables, one for each."""
    kind = KIND_OF.get(table)
    for name, tables in (schema.owners(kind) if kind is not None else {}).items():
        owner: Any = document.get(name)
        if isinstance(owner, str) and owner:
            yield from ((each, owner) for each in tables if each != MEMBERS)


def belonged(table: str, document: Document) -> list[str]:
    """Return what a removal keeps of what the record belonged to, as "table/id" each: nothing where nothing
    can belong to the record itself, nor be about it."""
    kept = table in KIND_OF and (schema.owned_by(table) or schema.told_about(table))
    return sorted(f"{owner}/{name}" for owner, name in owners_of(table, document)) if kept else []


def belonged_to(removal: Document) -> Iterator[RecordKey]:
    """Yield what a record that was removed belonged to, as far as its removal says."""
    said: Any = removal.get(BELONGED)
    yield from (record_key(each) for each in said if isinstance(each, str)) if isinstance(said, list) else ()


def is_about(table: str, document: Document) -> Iterator[RecordKey]:
    """Yield the keys of what a record says something about, without belonging to it."""
    kind = KIND_OF.get(table)
    for each in schema.references(kind) if kind is not None else ():
        if each.ref.about:
            said: Any = document.get(each.name)
            ids = said if isinstance(said, list) else [said]
            yield from (
                (to, found) for to in each.ref.tables for found in ids if found and isinstance(found, str)
            )


def about(index: Index, key: RecordKey) -> list[Record]:
    """Return the records that say something about one, be it there or not."""
    table, record_id = key
    found: list[Record] = []
    for kind, each in schema.told_about(table):
        if schema.fields(kind)[each.name].sort is Sort.LIST:
            found += [record for record in index.all(kind) if record_id in each.ids(record)]
        else:
            found += index.where(kind, **{each.name: record_id})
    return found


def below(index: Index, key: RecordKey) -> list[Record]:
    """Return the records that belong to one, be it there or not."""
    table, record_id = key
    found = (index.where(kind, **{name: record_id}) for kind, name in schema.owned_by(table))
    return [record for records in found for record in records]


def all_below(index: Index, key: RecordKey) -> list[Record]:
    """Return the records that belong to one, and what belongs to those, the deepest first."""
    found: dict[RecordKey, Record] = {}
    waiting = [key]
    while waiting:
        for record in below(index, waiting.pop()):
            own = (record.table, record.id)
            if own != key and own not in found:
                found[own] = record
                waiting.append(own)
    return list(reversed(found.values()))
