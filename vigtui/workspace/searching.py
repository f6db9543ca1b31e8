"""Searching a caseload that is open: its words are read when somebody first searches, and kept in step."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from vigtui.domain.records import KIND_OF, Person, Record
from vigtui.queries.search.audience import may_read
from vigtui.queries.search.index import MOST_HITS, Hits, Index
from vigtui.queries.search.parts import SEARCHED, Key, parts_of
from vigtui.store.caseload import Caseload

if TYPE_CHECKING:
    from vigtui.store.merging.steps import Step

_AT_ONCE = 500
"""So many records are read before somebody who searches may go ahead."""


class Searching:
    """The words of a caseload. Made in no time; `read` takes as long as there are words, on a thread of its
    own. Meanwhile what has been read is found."""

    def __init__(self, caseload: Caseload) -> None:
        self._caseload = caseload
        self._index = Index(caseload.get)
        self._changed: set[tuple[str, str]] = set()
        self._reading, self._noting, self._catching_up = Lock(), Lock(), Lock()
        self._all, self._done = 0, 0
        self.close = caseload.subscribe(self._note)
        """Ends being kept in step."""

    @property
    def share(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._done / self._all if self._all else 0.0

    def read(self) -> None:
        """Read all words, if nobody has; whoever comes while they are being read waits."""
        with self._reading:
            if self._all:
                return
            tables = [self._caseload.all(kind) for kind in SEARCHED]
            self._all = sum(map(len, tables)) + 1
            for records in tables:
                for start in range(0, len(records), _AT_ONCE):
                    self._put(records[start : start + _AT_ONCE])
            self._done = self._all

    def _put(self, records: Sequence[Record]) -> None:
        """Read some records, as they are by now."""
        with self._catching_up:
            now = (self._caseload.get(type(record), record.id) for record in records)
            self._index.put([record for record in now if record is not None])
        self._done += len(records)

    def search(
        self,
        typed: str,
        reader: Person | None,
        is_hidden: Callable[[Record, str], bool],
        most: int = MOST_HITS,
    ) -> Hits:
        """Return where the words that were typed stand, as records are now, of what `reader` may read."""
        self._catch_up()
        find, where = self._caseload.get, self._caseload.where

        def shown(key: Key) -> bool:
            record = find(KIND_OF[key[0]], key[1])
            return record is not None and may_read(find, where, reader, is_hidden, record, key[2])

        return self._index.search(typed, shown, most, reader=reader.id if reader else "")

    def _note(self, step: "Step") -> None:
        """Note what was changed, whoever changed it. It is read again when somebody searches."""
        found = {key for key in step.by_key if any(parts_of(key[0]))}
        with self._noting:
            self._changed |= found

    def _catch_up(self) -> None:
        with self._catching_up:
            with self._noting:
                changed, self._changed = self._changed, set()
            for table, record_id in changed:
                record = self._caseload.get(KIND_OF[table], record_id)
                if record is None:
                    self._index.drop(table, record_id)
                else:
                    self._index.put([record])
