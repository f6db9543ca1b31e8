"""Ids for a family that comes back where it was erased, or removed: what is gone stays gone, and the family
is there again as new records. They are the same whenever that family is taken over again, until it is erased
again."""

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from vigtui.domain.records import KINDS, Family
from vigtui.domain.records.schema import references
from vigtui.exchange.handing_over.versions import Versions
from vigtui.store.format.entries import document
from vigtui.store.format.layout import DELETED, META, VERSIONS, Document, Tables
from vigtui.store.format.version import Rev, Version, hash_of, parse, rev_of
from vigtui.store.merging.record_versions import RecordKey, record_key
from vigtui.values.identity import id_of

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_ids(tables: Tables, here: Versions, family: str, removals: Iterable[Document] = ()) -> dict[str, str]:
    """Return the new id of each record of a hand-over, and of those whose `removals` it brings, that is gone
    here, if the family is; else nothing. They are others once it is gone under these as well."""

    def is_gone(table: str, record_id: str) -> bool:
        found = here.of((table, record_id))
        return bool(found.versions) and found.shown is None

    if not is_gone(Family.table, family):
        return {}
    seeds = (f"{family} {number}" for number in itertools.count(1))
    seed = next(each for each in seeds if not is_gone(Family.table, id_of(each, family)))
    keys = [*Versions(tables).all(), *((str(each.get("table")), str(each.get("id"))) for each in removals)]
    return {each: id_of(seed, each) for table, each in keys if is_gone(table, each)}


def with_new_ids(tables: Tables, ids: Mapping[str, str], here: Versions) -> Tables:
    """Return the tables with these ids exchanged wherever they stand; every version keeps its history, also
    where it goes on from one that is `here` under its new id."""
    if not ids:
        return tables
    exchange = _Exchange(ids, here)
    return {
        name: table
        if name == META
        else {number: exchange.entry(document(each), name) for number, each in table.items()}
        for name, table in tables.items()
    }


class _Exchange:
    """Exchanges ids in documents: those that fields hold, and those that stand in what was written."""

    def __init__(self, ids: Mapping[str, str], here: Versions) -> None:
        self._ids, self._here = ids, here
        paths = [each.path for kind in KINDS for each in references(kind)]
        self._holding = {"id", *(path[-1] for path in paths)}

    def entry(self, found: Document, table: str) -> Document:
        """Return a record's document, or the entry that holds its versions, with the ids exchanged. `table`
        is that in which it stands."""
        name = str(found.get("id"))
        if table == VERSIONS:
            return self._document(found, record_key(name))
        return self._document(found, (str(found.get("table")) if table == DELETED else table, name))

    def _document(self, found: Document, key: RecordKey) -> Document:
        new = {name: self._field(name, value, key) for name, value in found.items()}
        if Version(found).is_as_saved:
            rev = rev_of(found)
            new["rev"] = str(Rev(rev.generation, hash_of(new), rev.writer))
        return new

    def _field(self, name: str, value: Any, key: RecordKey) -> Any:
        if name in ("rev", "changed"):
            return value
        if name == "ancestors" and isinstance(value, list) and key[1] in self._ids:
            return self._as_here(value, (key[0], self._ids[key[1]]))
        if name == "ancestors":
            return value
        if name in ("versions", "removals") and isinstance(value, list):
            return [self._document(each, key) if isinstance(each, dict) else each for each in value]
        return self._value(name, value)

    def _as_here(self, ancestors: list[Any], key: RecordKey) -> list[Any]:
        """Return the entries of an ancestry, with the revisions that versions of the record have here: they
        tell of other ids, and so have another hash."""
        known = {
            (each.rev.generation, each.rev.writer): str(each.rev) for each in self._here.of(key).versions
        }

        def exchanged(entry: Any) -> Any:
            if not (isinstance(entry, list) and entry and isinstance(entry[0], str)):
                return entry
            rev = parse(entry[0])
            return [known.get((rev.generation, rev.writer), entry[0]), *entry[1:]]

        return [exchanged(each) for each in ancestors]

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            return self._words(name, value)
        if isinstance(value, list):
            return [self._value(name, each) for each in value]
        if isinstance(value, dict):
            return {inner: self._value(inner, each) for inner, each in value.items()}
        return value

    def _words(self, name: str, words: str) -> str:
        table, slash, record_id = words.partition("/")
        if name == "id" and slash and record_id in self._ids:  # The versions of a record.
            return f"{table}/{self._ids[record_id]}"
        if name in self._holding and words in self._ids:
            return self._ids[words]
        return _ID.sub(lambda found: self._ids.get(found[0], found[0]), words)
