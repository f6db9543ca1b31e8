"""Every change to a caseload as new versions of its records: made here, or received."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.film.places import moved
from vigtui.domain.records import CaseloadMeta, Family, Record, Recording
from vigtui.domain.removal import plan_member_removal
from vigtui.store.errors import CaseloadDamagedError, RecordInvalidError
from vigtui.store.format import documents, version
from vigtui.store.format.entries import READABLE
from vigtui.store.format.layout import META, META_ID, Document, Entry, LayoutError, Tables
from vigtui.store.format.version import Version
from vigtui.store.merging.differences import Difference, TwoFiles, both_of
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.members import keep_members
from vigtui.store.merging.merged_view import REFUSAL, is_agreed, require_agreed
from vigtui.store.merging.orphans import Orphans, erase
from vigtui.store.merging.owners import all_below, belonged, owners_of
from vigtui.store.merging.record_versions import BELONGED, RecordKey, RecordVersions
from vigtui.store.merging.steps import Step, words_for
from vigtui.store.merging.writer import Writer
from vigtui.values.memory import not_collecting

R = TypeVar("R", bound=Record)


class Compared(Struct, frozen=True):
    """What another file says otherwise than ours: the records, and by table the entries that are none and
    that ours lack."""

    differences: tuple[Difference, ...]
    others: Mapping[str, Sequence[Entry]]


class Changes:
    """Changes records in a ledger, as `by`. Not safe between threads."""

    def __init__(self, ledger: Ledger, by: str) -> None:
        self.by = documents.cleaned(by)
        self.ledger = ledger
        self.writer = Writer()

    def new_person(self, by: str) -> None:
        """Somebody else makes the changes from now on."""
        self.by = documents.cleaned(by)
        self.writer.new_person()

    def written(self) -> None:
        """The file was written: others may have read every version up to now. Those replaced before leave no
        trace."""
        self.writer.written()

    # Changing

    def save(self, record: R, step: Step) -> R:
        """Add or change a record and return it as it now is. Raises RecordInvalidError.

        `record.rev` says from which version the caller started. Where others have changed the same fields
        since, what is saved is a version beside theirs, and the record that is returned goes on from it.
        """
        key = record.table, record.id
        found = self.ledger.versions(key)
        base = self.writer.base(found, record)
        record, shown = self._with_own_place(record, base, step)
        try:
            written = documents.rewrite(record, base, shown)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"{words_for('The', record)} cannot be saved {problem}.") from None
        if written.before is not None and written.says_the_same:
            return self.ledger.shown(record, base) or written.before
        if written.before is not None and is_agreed(base or {}):
            said, says = map(documents.write, (written.before, written.record))
            require_agreed([said], version.content(says))
        step.words = step.words or words_for("Change" if base else "Add", written.record)
        new, after = self.writer.revise(found, written, by=self.by)
        self.put(after, step)
        return self.ledger.shown(record, new.document) or documents.read(type(record), new.document)

    def _with_own_place(self, record: R, base: Document | None, step: Step) -> tuple[R, R | None]:
        """Return the record to be saved, and how its base is shown: where only the film's place has moved,
        and that is this machine's own, it is saved apart."""
        shown = self.ledger.shown(record, base)
        before = documents.readable(Recording, base) if isinstance(record, Recording) and base else None
        if before is None or not isinstance(record, Recording):
            return record, shown
        now, place = moved(self.ledger.index.find, before, record)
        if place is not None:
            self.save(place, step)
            step.words = words_for("Change", record)
        if shown is not None:
            shown = replace(shown, path=before.path, state=before.state)
        return cast("R", now), shown

    def save_meta(self, meta: CaseloadMeta, step: Step) -> None:
        """Change what the caseload says about itself. Raises RecordInvalidError."""
        key = (META, META_ID)
        found = self.ledger.versions(key)
        try:
            written = documents.rewrite(meta, found.shown)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"The settings cannot be saved {problem}.") from None
        if found.shown is None or written.fields:
            self.write(key, written.document, found.standing, step, over=found.shown)

    def delete(self, record: Record, step: Step) -> None:
        """Remove a record with all that belongs to it, and leave of each a tombstone, which says nothing of
        what it said. One that others have changed since `record` was read stays."""
        key = (record.table, record.id)
        found = self.ledger.versions(key)
        base = self.writer.base(found, record)
        if found.shown is None or base is None:
            return
        if found.agreed:
            raise RecordInvalidError(REFUSAL)
        step.words = step.words or words_for("Remove", record)
        since = version.differing(Version(base), Version(found.shown))
        if self.writer.is_replaced(found, base, since):
            self.remove(key, (Version(base),), step)
            return
        for each in all_below(self.ledger.index, key):
            if is_agreed(self.ledger.document((each.table, each.id)) or {}):
                raise RecordInvalidError(REFUSAL)
            self.remove((each.table, each.id), self.ledger.versions((each.table, each.id)).versions, step)
        self.remove(key, found.versions, step)

    def resolve(self, key: RecordKey, values: Mapping[str, Any], step: Step) -> None:
        """Decide the fields that were changed to different values: `values` gives some of them another
        value than the one that is shown. Raises RecordInvalidError."""
        found = self.ledger.versions(key)
        seen = found.view
        if seen.document is None or seen.is_clear:
            return
        require_agreed([each.document for each in found.changed if is_agreed(each.document)], values)
        document = documents.cleaned({**seen.document, **values})
        try:
            decided = documents.read(READABLE[key[0]], document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"This cannot be kept {problem}.") from None
        if isinstance(decided, Record):
            self._require_rules(decided, found)
        self.write(key, document, found.versions, step, over=seen.document, asserted=seen.others)
        if seen.removal is not None:
            self._keep_owners(key, document, step)
        if key[0] == Family.table:
            self._let_members_go(documents.read(Family, seen.document), step)
        self.settle_members(step)

    def _let_members_go(self, before: Family, step: Step) -> None:
        """Remove, with the members who were decided not to be in a family, what means nothing without them;
        what they said stays under the name they had."""
        family = self.ledger.index.find(Family, before.id)
        there = {member.id for member in family.members} if family is not None else set()
        for member in before.members:
            if member.id not in there:
                removal = plan_member_removal(self.ledger.index.where, before, member)
                for record in removal.along:
                    self.delete(record, step)
                for record in removal.changed:
                    if not isinstance(record, Family):
                        self.save(record, step)

    def _require_rules(self, decided: Record, found: RecordVersions) -> None:
        """Raise RecordInvalidError if this breaks a rule, where no version by itself breaks one."""
        from vigtui.domain.rules import problems  # Lazy: only needed to decide a conflict.

        find = self.ledger.index.find
        records = (documents.readable(type(decided), each.document) for each in found.changed)
        problem = next(iter(problems(decided, find)), "")
        if problem and not any(problems(each, find) for each in records if each is not None):
            raise RecordInvalidError(f"These do not go together. {problem}")

    def _keep_owners(self, key: RecordKey, document: Document, step: Step) -> None:
        """Keep, with a record that was kept, what it belongs to and what was kept only for it."""
        for owner in owners_of(key[0], document):
            found = self.ledger.versions(owner)
            if found.removals and any(each.rev.is_kept for each in found.changed) and not found.view.others:
                self.resolve(owner, {}, step)

    # Writing versions

    def remove(self, key: RecordKey, parents: tuple[Version, ...], step: Step) -> None:
        """Replace these versions of a record by its removal."""
        removal: Document = {"id": key[1], "table": key[0]}
        if names := belonged(key[0], self.ledger.document(key) or {}):
            removal[BELONGED] = names
        self.write(key, removal, parents, step, over=None, removed=True)

    def write(
        self,
        key: RecordKey,
        document: Document,
        parents: tuple[Version, ...],
        step: Step,
        *,
        over: Document | None,
        asserted: Collection[str] = (),
        removed: bool = False,
    ) -> Version:
        """Replace these versions of a record by one with this document, changed from `over`."""
        new, after = self.writer.next(
            self.ledger.versions(key),
            document,
            parents,
            over=over,
            by=self.by,
            asserted=asserted,
            removed=removed,
        )
        self.put(after, step)
        return new

    def put(self, after: RecordVersions, step: Step, *, came: bool = False) -> None:
        """Set the versions of a record, and remember the ones before: somebody may still be editing them."""
        before = self.ledger.versions(after.key)
        if before.erased and not after.erased:
            return
        self.writer.remember_shown(before)
        for each in before.changed:
            self.writer.remember(after.key, each.document)
        self.ledger.put(after, step, came=came)

    # From elsewhere

    def compare(self, meta: CaseloadMeta, ours: Tables, theirs: Tables) -> "Compared":
        """Find what another file of the caseload described by `meta` says otherwise than a snapshot of ours.
        Nothing of the ledger is looked at: it may change meanwhile. Raises OtherCaseloadError or
        CaseloadDamagedError."""
        try:
            with not_collecting():
                files = TwoFiles(meta, ours, theirs)
                found = tuple(files.differences())
                for each in found:  # Nobody waits for it here; in `merge` everybody does.
                    _ = each.both, each.told
                return Compared(found, files.others)
        except LayoutError as error:
            raise CaseloadDamagedError(f"It {error}.") from None

    def merge_tables(self, meta: CaseloadMeta, theirs: Tables, step: Step) -> bool:
        """Take in what another file of the caseload described by `meta` says. Return whether that file says
        all that is known now. Raises OtherCaseloadError or CaseloadDamagedError."""
        return self.merge_compared(self.compare(meta, self.ledger.snapshot(), theirs), step)

    def merge_compared(self, compared: "Compared", step: Step) -> bool:
        """Take in what another file was found to say, whatever has changed here since. Return whether it says
        all that was known then. Raises CaseloadDamagedError."""
        try:
            with not_collecting():
                same = self.merge(compared.differences, step)
        except LayoutError as error:
            raise CaseloadDamagedError(f"It {error}.") from None
        for table, entries in compared.others.items():
            self.ledger.add_entries(table, entries)
        return same

    def merge(self, found: Iterable[Difference], step: Step) -> bool:
        """Take in these differences. Return whether the other file says all that is known now."""
        same = True
        theirs: dict[RecordKey, RecordVersions] = {}
        told: dict[RecordKey, RecordVersions] = {}
        last_said: dict[RecordKey, RecordVersions] = {}
        families: dict[RecordKey, tuple[Version, ...]] = {}
        for difference in found:
            key = difference.key
            if not difference.theirs.versions:
                same = False
                continue
            known = self.ledger.versions(key)
            ours = RecordVersions.of(key, known.versions)
            both = difference.both if known == difference.ours else both_of(known, difference.theirs)
            if both != ours:
                self.put(both, step, came=True)
            if both.erased:
                self.writer.forget(key)
            theirs[key], told[key] = difference.theirs, difference.told
            if key[0] == Family.table:
                families[key] = (*ours.changed, *difference.theirs.changed)
            if both.shown is None:
                last_said[key] = RecordVersions.of(key, (*ours.changed, *difference.theirs.changed))
        orphans = Orphans(self.ledger, self.writer, step, last_said)
        orphans.settle(theirs, typed=False)
        touched = orphans.touched | keep_members(self.ledger, step, theirs, families)
        return (
            same
            and touched <= theirs.keys()
            and all(_as_told(self.ledger.versions(key)) == each for key, each in told.items())
        )

    def settle(self, step: Step, *, typed: bool) -> None:
        """Settle what a step, made here, left without what it belongs to. Raises RecordInvalidError."""
        keys = [change.key for change in step.changes if typed is not change.came]
        Orphans(self.ledger, self.writer, step, {}).settle(keys, typed=typed)

    def settle_members(self, step: Step) -> None:
        """Settle the members whom the records that a step brought back name."""
        keep_members(self.ledger, step, list(step.by_key), self.writer.remembered(Family.table))

    def purge(self, keys: Sequence[RecordKey]) -> None:
        """Drop what the file still holds of records that were erased, and of what belongs to them."""
        self.ledger.purge(keys)
        Orphans(self.ledger, self.writer, Step(""), {}).settle(keys, typed=False)

    def erase(self, record: Record, step: Step) -> None:
        """Replace a record, and all that belongs to it, by marks without content."""
        at = msgspec.to_builtins(dt.datetime.now(dt.UTC))
        erase(self.ledger, self.writer, (record.table, record.id), step, at=at, by=self.by)


def _as_told(found: RecordVersions) -> RecordVersions:
    """Return the versions with what somebody has edited by hand as the version that it is."""
    return RecordVersions.of(found.key, found.versions)
