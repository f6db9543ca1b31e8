"""Orphans: what becomes of a record when what it belongs to was removed or erased elsewhere.

What was written below a record that somebody else removed competes with the removal: the record is shown
again, as it last was so far as any file still says, until somebody decides. When all of that is removed
again, the removal holds. Below an erased record everything is erased, whenever it arrives. Both follow from
the versions alone, so they are the same on every machine that has taken in the same files.

What was removed before, from what is then erased, is erased as well: its removal says what it belonged to.
What was written about an erased record, without belonging to it, is erased where any version of it says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from vigtui.domain.records import KIND_OF
from vigtui.domain.records.schema import told_about
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format.layout import Document
from vigtui.store.format.version import Version, erasure, kept_against
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.owners import about, all_below, belonged_to, below, is_about, owners_of
from vigtui.store.merging.record_versions import RecordKey, RecordVersions
from vigtui.store.merging.steps import Step
from vigtui.store.merging.writer import Writer


class Orphans:
    """Settles what the changes of a step mean for what belongs together. `last_said` gives the versions that
    a removal has replaced, as far as they came with it."""

    def __init__(
        self, ledger: Ledger, writer: Writer, step: Step, last_said: Mapping[RecordKey, RecordVersions]
    ) -> None:
        self._ledger, self._writer, self._step = ledger, writer, step
        self._last_said = last_said
        self._waiting: list[RecordKey] = []
        self._kept_before: dict[RecordKey, list[Version]] = {}
        self.touched: set[RecordKey] = set()

    def settle(self, keys: Iterable[RecordKey], *, typed: bool) -> None:
        """Settle these records and all that this changes in turn. Raises RecordInvalidError for what was
        `typed` below a record that is removed for good."""
        self._waiting = list(keys)
        while self._waiting:
            key = self._waiting.pop()
            found = self._ledger.versions(key)
            if found.shown is not None and not self._is_about_erased(found, typed=typed):
                self._above(key, found.shown, typed=typed)
            elif found.erased:
                for each in self._told_with(key):
                    self._erase(each)
            elif self._belonged_to_erased(found):
                self._erase(key)
            elif found.versions and below(self._ledger.index, key):
                self._keep(found)
            if found.shown is None:
                self._let_go(key, self._said_last(key))

    def _told_with(self, key: RecordKey) -> list[RecordKey]:
        """Return what belongs to a record, and what says something about it in any version."""
        records = [*below(self._ledger.index, key), *about(self._ledger.index, key)]
        kinds = {kind.table for kind, _ in told_about(key[0])}
        several = [each for each in self._ledger.several() if each[0] in kinds] if kinds else []
        told = [each for each in several if key in self._about(self._ledger.versions(each))]
        return [*((each.table, each.id) for each in records), *told, *self._removed_below.get(key, ())]

    @cached_property
    def _removed_below(self) -> Mapping[RecordKey, Sequence[RecordKey]]:
        """What was removed before, by what it belonged to."""
        found: dict[RecordKey, list[RecordKey]] = {}
        for removal in self._ledger.removed():
            for owner in belonged_to(removal):
                found.setdefault(owner, []).append((str(removal.get("table")), str(removal.get("id"))))
        return found

    def _belonged_to_erased(self, found: RecordVersions) -> bool:
        owners = (owner for each in found.removals for owner in belonged_to(each.document))
        return found.shown is None and any(self._ledger.versions(each).erased for each in owners)

    def _about(self, found: RecordVersions) -> set[RecordKey]:
        return {each for said in found.changed for each in is_about(found.key[0], said.document)}

    def _is_about_erased(self, found: RecordVersions, *, typed: bool) -> bool:
        """Erase a record that says something about an erased one; whether it does."""
        erased = [
            each
            for each in self._about(found)
            if self._ledger.index.get(*each) is None and self._ledger.versions(each).erased
        ]
        if erased and typed:
            raise RecordInvalidError("What this is about was erased for good. It is not saved.")
        if erased:
            self._erase(found.key)
        return bool(erased)

    def _above(self, key: RecordKey, document: Document, *, typed: bool) -> None:
        """Settle what a record belongs to."""
        for owner in owners_of(key[0], document):
            if self._ledger.index.get(*owner) is not None:
                continue
            found = self._ledger.versions(owner)
            if found.erased and not typed:
                self._erase(key)
            elif found.versions and not self._keep(found) and typed:
                what = KIND_OF[owner[0]].singular
                raise RecordInvalidError(f"The {what} that this belongs to was removed. It is not saved.")

    def _keep(self, found: RecordVersions) -> bool:
        """Keep a removed record, as it last was, against the removal; False where that is not known."""
        if found.erased:
            return False
        kept = self._kept_before.get(found.key) or [
            kept_against(found.removals[0], each) for each in self._said_last(found.key)
        ]
        if kept:
            self._put(RecordVersions.of(found.key, [*found.versions, *kept]))
        return bool(kept)

    def _said_last(self, key: RecordKey) -> tuple[Version, ...]:
        came, change = self._last_said.get(key), self._step.by_key.get(key)
        for found in (came, change.before if change is not None else None):
            if found is not None and found.changed:
                return found.changed
        document = self._writer.recall_last(key)
        return (Version(document),) if document is not None else ()

    def _let_go(self, key: RecordKey, said_last: Iterable[Version]) -> None:
        """Let the removal of what was kept only for this record hold, if nothing else is below that."""
        for owner in {each for last in said_last for each in owners_of(key[0], last.document)}:
            found = self._ledger.versions(owner)
            kept = [each for each in found.changed if each.rev.is_kept]
            if kept and found.removals and not below(self._ledger.index, owner):
                self._kept_before[owner] = kept  # What is settled later may still need it.
                self._put(RecordVersions.of(owner, [each for each in found.versions if each not in kept]))
                self._let_go(owner, kept)

    def _erase(self, key: RecordKey) -> None:
        self._writer.forget(key)
        self._put(RecordVersions(key, (Version(erasure(*key), removed=True),)))

    def _put(self, found: RecordVersions) -> None:
        if found != self._ledger.versions(found.key):
            self._ledger.put(found, self._step, came=True)
            self._waiting.append(found.key)
            self.touched.add(found.key)


def erase(ledger: Ledger, writer: Writer, key: RecordKey, step: Step, *, at: str, by: str) -> None:
    """Replace all versions of a record, and of all that belongs to it, by marks without content."""
    below_it = [(record.table, record.id) for record in all_below(ledger.index, key)]
    for own in below_it:
        writer.forget(own)
        ledger.put(RecordVersions(own, (Version(erasure(*own), removed=True),)), step, came=True)
    writer.forget(key)
    mark = Version(erasure(*key, at=at, by=by), removed=True)
    ledger.put(RecordVersions(key, (mark,)), step, came=True)
    Orphans(ledger, writer, step, {}).settle([*below_it, key], typed=False)
    ledger.drop_doubles(step.by_key)
