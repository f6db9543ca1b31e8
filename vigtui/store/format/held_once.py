"""What many records say alike is held once: who changed them, when and what, their days, and whose they are.

Of ten thousand families that is a quarter of the memory. A record is a value, so nobody can tell.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_type_hints

from msgspec.structs import force_setattr

from vigtui.domain.records import Record
from vigtui.domain.records.schema import references


class HeldOnce:
    """What was met so far, in records that nobody else has yet. `known` are those that were read before,
    by their table and id."""

    def __init__(self, known: Mapping[str, Mapping[str, Record]]) -> None:
        self._known = known
        self._changed: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}
        self._days: dict[dt.date, dt.date] = {}

    def share(self, kind: type[Record], records: Sequence[Record]) -> None:
        """Let these records of a kind hold what was met before."""
        self._share_changes(records)
        for name in _days_of(kind):
            self._share_days(name, records)
        self._share_ids("by", (), records)
        for each in references(kind):
            if len(each.path) == 1:
                self._share_ids(each.name, each.ref.tables, records)

    def _share_changes(self, records: Sequence[Record]) -> None:
        held = self._changed.setdefault
        for record in records:
            changed, created, modified = record.changed, record.created, record.modified
            # Two moments of the clock may be equal, and written for two places.
            if created is not None and created == modified and created.tzinfo is modified.tzinfo:
                force_setattr(record, "modified", created)
            one = held(tuple(changed.items()), changed)
            if one is not changed:
                force_setattr(record, "changed", one)

    def _share_days(self, name: str, records: Sequence[Record]) -> None:
        held = self._days.setdefault
        for record, day in zip(records, map(attrgetter(name), records), strict=True):
            if day is not None:
                force_setattr(record, name, held(day, day))

    def _share_ids(self, name: str, tables: Sequence[str], records: Sequence[Record]) -> None:
        """Hold the id of the record of one of these tables that is named. What belongs to one family mostly
        stands together, so it is looked for in the record before."""
        known = [self._known.get(table, {}) for table in tables]
        before: Any = ""
        own: Any = ""
        for record, value in zip(records, map(attrgetter(name), records), strict=True):
            if value != before:
                before = own = value
                for each in known:
                    if value in each:
                        own = each[value].id
            if own is not value:
                force_setattr(record, name, own)


@cache
def _days_of(kind: type[Record]) -> list[str]:
    """Return the fields that hold a day."""
    return [name for name, held in get_type_hints(kind).items() if dt.date in (held, *get_args(held))]
