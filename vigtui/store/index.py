"""Records in memory, found by id and by the value of any field."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TypeVar, cast

from vigtui.domain.records import KINDS, Record

R = TypeVar("R", bound=Record)

_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)


def _in_order(records: Iterable[Record]) -> list[Record]:
    found = list(records)
    try:
        return sorted(found, key=attrgetter("created", "id"))
    except TypeError:  # Edited by hand: without a date, or its time zone.
        return sorted(found, key=_age)


def _age(record: Record) -> tuple[dt.datetime, str]:
    """Return the key that puts records in the order of their creation."""
    created = record.created or _EARLIEST
    return (created if created.tzinfo else created.replace(tzinfo=dt.UTC)), record.id


class Index:
    """Every readable record, and where its document is. Not safe between threads by itself."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, Record]] = {kind.table: {} for kind in KINDS}
        self._ordered: dict[str, list[Record]] = {}
        self._values: dict[tuple[str, str], dict[object, set[str]]] = {}

    def get(self, table: str, record_id: str) -> Record | None:
        return self._records[table].get(record_id)

    def find(self, kind: type[R], record_id: str, /) -> R | None:
        """Return the record of this kind with this id, or None."""
        return cast("R | None", self.get(kind.table, record_id))

    @property
    def records(self) -> Mapping[str, Mapping[str, Record]]:
        """All of them by their table and id."""
        return self._records

    def put(self, record: Record) -> None:
        """Add the record, in place of an earlier version."""
        if record.id in self._records[record.table]:
            self.drop(record.table, record.id)
        self._records[record.table][record.id] = record
        for (table, field), values in self._values.items():
            if table == record.table:
                values[getattr(record, field)].add(record.id)
        self._ordered.pop(record.table, None)

    def fill(self, kind: type[R], records: Sequence[R]) -> bool:
        """Add all the records of a kind, of which there are none yet; nothing when an id is there twice."""
        found = {record.id: record for record in records}
        if len(found) < len(records):
            return False
        self._records[kind.table] = cast("dict[str, Record]", found)
        return True

    def drop(self, table: str, record_id: str) -> None:
        """Remove the record if it is there."""
        record = self._records[table].pop(record_id, None)
        if record is None:
            return
        for (indexed, field), values in self._values.items():
            if indexed == table:
                values[getattr(record, field)].discard(record_id)
        self._ordered.pop(table, None)

    def all(self, kind: type[R]) -> list[R]:
        """Return the records of a kind in the order of their creation."""
        ordered = self._ordered.get(kind.table)
        if ordered is None:
            ordered = self._ordered[kind.table] = _in_order(self._records[kind.table].values())
        return cast("list[R]", list(ordered))

    def where(self, kind: type[R], /, **equals: object) -> list[R]:
        """Return the records whose fields have these values, in the order of their creation."""
        if not equals:
            return self.all(kind)
        found = set.intersection(*(self._with(kind, field, value) for field, value in equals.items()))
        records = self._records[kind.table]
        return cast("list[R]", _in_order(records[each] for each in found))

    def _with(self, kind: type[Record], field: str, value: object) -> set[str]:
        """Return the ids of the records with this value; the index of a field is made on first use."""
        values = self._values.get((kind.table, field))
        if values is None:
            values = self._values[kind.table, field] = defaultdict(set)
            for record in self._records[kind.table].values():
                values[getattr(record, field)].add(record.id)
        return values.get(value, set())
