"""Copies of a caseload in memory, for the laws of merging, which are tried thousands of times."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from vigtui.domain.records import CaseloadMeta, Record
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.layout import DELETED, VERSIONS, Tables
from vigtui.store.format.opening import KIND_OF, load, new_tables
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.owners import owners_of
from vigtui.store.merging.record_versions import RecordKey, RecordVersions
from vigtui.store.merging.steps import Step

META = CaseloadMeta(id="c")
BOOKKEEPING = frozenset({"rev", "ancestors", "changed", "created", "modified", "by"})


class Copy:
    """One person's copy of the file, which is left as it is."""

    def __init__(self, name: str, tables: Tables | None = None, meta: CaseloadMeta = META) -> None:
        tables = own_tables(tables) if tables is not None else new_tables(meta)
        self.meta = meta
        self.ledger = Ledger(tables, load(Path("x"), tables, lambda: None), lambda: None)
        self.ledger.refresh()
        self.changes = Changes(self.ledger, name)

    def act(self, action: Callable[[Step], object]) -> None:
        """Do something as a step of its own, or not at all."""
        step = Step("")
        try:
            action(step)
            self.changes.settle(step, typed=True)
        except RecordInvalidError:
            self.ledger.roll_back(step.changes)
        self.changes.written()

    def find(self, key: RecordKey) -> Record | None:
        return self.ledger.index.get(*key)

    def write(self, record: Record, **fields: Any) -> None:
        there = self.find((record.table, record.id))
        self.act(lambda step: self.changes.save(replace(there or record, **fields), step))

    def remove(self, key: RecordKey) -> None:
        there = self.find(key)
        if there is not None:
            self.act(lambda step: self.changes.delete(there, step))

    def erase(self, key: RecordKey) -> None:
        there = self.find(key)
        if there is not None:
            self.act(lambda step: self.changes.erase(there, step))

    def decide(self) -> None:
        conflict = next(iter(self.ledger.conflicts()), None)
        if conflict is not None:
            self.act(lambda step: self.changes.resolve((conflict.table, conflict.id), {}, step))

    def merge(self, tables: Tables) -> None:
        self.act(lambda step: self.changes.merge_tables(self.meta, tables, step))

    def state(self) -> dict[RecordKey, RecordVersions]:
        tables = self.ledger.snapshot()
        keys = {(table, each) for table in KIND_OF for each in self.ledger._numbers.get(table, {})}
        keys |= {(str(found["table"]), str(found["id"])) for found in self.ledger.removed()}
        assert tables.keys() <= {*KIND_OF, "meta", DELETED, VERSIONS}
        return {key: self.ledger.versions(key) for key in keys}

    def loose(self) -> list[RecordKey]:
        """What is shown although what it belongs to is not."""
        return [
            key
            for key, found in self.state().items()
            for owner in owners_of(key[0], found.shown or {})
            if owner[1] and self.ledger.versions(owner).versions and self.find(owner) is None
        ]


def own_tables(tables: Tables) -> Tables:
    """Return tables that may be changed without changing these."""
    return {name: dict(table) for name, table in tables.items()}


def shown(copy: Copy) -> dict[RecordKey, Any]:
    """What a person finds: each record as it is shown, and what is to be decided, without who and when.

    What stands against a removal is compared once all have exchanged everything: a change that was joined to
    another before the removal came stands with it, although whoever removed the record had seen it."""
    found: dict[RecordKey, Any] = {}
    for key, versions in copy.state().items():
        content = {k: v for k, v in (versions.shown or {}).items() if k not in BOOKKEEPING}
        conflict = versions.conflict
        fields = {
            name: sorted(repr(said.value) for said in values)
            for name, values in (conflict.fields if conflict else {}).items()
        }
        removal = conflict is not None and conflict.removal is not None
        if removal:
            content, fields = {}, {}
        found[key] = (versions.shown is not None, content, fields, removal)
    return found
