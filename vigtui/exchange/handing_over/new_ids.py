"""Ids for a family that comes back where it was erased, or removed: what is gone stays gone, and the family
is there again as new records. They are the same whenever the same hand-over is taken over."""

import re
from collections.abc import Mapping
from typing import Any

from vigtui.domain.records import KINDS, Family
from vigtui.domain.records.schema import references
from vigtui.exchange.handing_over.versions import Versions
from vigtui.store.format.entries import document
from vigtui.store.format.layout import META, Document, Tables
from vigtui.store.format.version import Rev, Version, hash_of, rev_of
from vigtui.values.identity import id_of

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_ids(tables: Tables, here: Versions, family: str, hand_over: str) -> dict[str, str]:
    """Return the new id of each record of a hand-over that is gone here, if the family is; else nothing."""

    def is_gone(table: str, record_id: str) -> bool:
        found = here.of((table, record_id))
        return bool(found.versions) and found.shown is None

    if not is_gone(Family.table, family):
        return {}
    return {each: id_of(hand_over, each) for table, each in Versions(tables).all() if is_gone(table, each)}


def with_new_ids(tables: Tables, ids: Mapping[str, str]) -> Tables:
    """Return the tables with these ids exchanged wherever they stand; every version keeps its history."""
    if not ids:
        return tables
    exchange = _Exchange(ids)
    return {
        name: table
        if name == META
        else {number: exchange.entry(document(each)) for number, each in table.items()}
        for name, table in tables.items()
    }


class _Exchange:
    """Exchanges ids in documents: those that fields hold, and those that stand in what was written."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        paths = [each.path for kind in KINDS for each in references(kind)]
        self._holding = {"id", *(path[-1] for path in paths)}

    def entry(self, found: Document) -> Document:
        """Return a record's document, or the entry that holds its versions, with the ids exchanged."""
        new = {name: self._field(name, value) for name, value in found.items()}
        if Version(found).is_as_saved:
            rev = rev_of(found)
            new["rev"] = str(Rev(rev.generation, hash_of(new), rev.writer))
        return new

    def _field(self, name: str, value: Any) -> Any:
        if name in ("rev", "ancestors", "changed"):
            return value
        if name in ("versions", "removals") and isinstance(value, list):
            return [self.entry(each) if isinstance(each, dict) else each for each in value]
        return self._value(name, value)

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
