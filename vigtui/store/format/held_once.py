"""What many records say alike is held once: who changed them, when and what, and whose they are.

Of ten thousand families that is a quarter of the memory. A record is a value, so nobody can tell.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from msgspec.structs import force_setattr

from vigtui.domain.records import Record
from vigtui.domain.records.schema import references


class HeldOnce:
    """What was met so far, in records that nobody else has yet."""

    def __init__(self) -> None:
        self._changed: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}

    def share(self, kind: type[Record], records: Sequence[Record]) -> None:
        """Let these records of a kind hold what was met before. What belongs to one family mostly stands
        together, so its id is looked for in the record before."""
        held = self._changed.setdefault
        for record in records:
            changed, created, modified = record.changed, record.created, record.modified
            # Two moments of the clock may be equal, and written for two places.
            if created is not None and created == modified and created.tzinfo is modified.tzinfo:
                force_setattr(record, "modified", created)
            one = held(tuple(changed.items()), changed)
            if one is not changed:
                force_setattr(record, "changed", one)
        for name in ("by", *(each.name for each in references(kind) if len(each.path) == 1)):
            before: Any = None
            for record, value in zip(records, map(attrgetter(name), records), strict=True):
                if value is not before:
                    if value == before:
                        force_setattr(record, name, before)
                    else:
                        before = value
