"""A caseload in memory alone, to see what a merge would bring before anything is changed."""

from typing import TypeVar

from vigtui.domain.conflicts import Conflict
from vigtui.domain.records import Record
from vigtui.store.caseload import Caseload
from vigtui.store.format.layout import Tables
from vigtui.store.format.opening import load
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.steps import Step

R = TypeVar("R", bound=Record)


class Rehearsal:
    """What a caseload holds now, without a file: whatever is done here is known nowhere else. Reads every
    record when it is made: make it in a worker."""

    def __init__(self, caseload: Caseload) -> None:
        tables = caseload.snapshot()
        self._loaded = load(caseload.path, tables, lambda: None)
        self._ledger = Ledger(tables, self._loaded, lambda: None)
        self._ledger.refresh()
        self._changes = Changes(self._ledger, caseload.by)

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return the record of this kind with this id, or None."""
        return self._loaded.index.find(kind, record_id)

    def conflicts(self) -> list[Conflict]:
        """Return what would wait to be decided."""
        return list(self._ledger.conflicts())

    def merge(self, tables: Tables, words: str) -> Step:
        """Take in what another file says and return what that changed. Raises as `Caseload.merge` does."""
        step = Step(words)
        self._changes.merge_tables(self._loaded.meta, tables, step)
        return step
