"""Every change to a caseload as new versions of its records: made here, or received."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from vigtui.domain.records import CaseloadMeta, Family, Record
from vigtui.domain.removal import plan_member_removal
from vigtui.store.errors import CaseloadDamagedError, RecordInvalidError
from vigtui.store.format import documents, version
from vigtui.store.format.layout import Document, LayoutError, Tables
from vigtui.store.format.opening import META, META_ID, READABLE
from vigtui.store.format.version import Rev, Version
from vigtui.store.merging.differences import Difference, TwoFiles, require_same
from vigtui.store.merging.ledger import Ledger, not_collecting
from vigtui.store.merging.members import keep_members
from vigtui.store.merging.merged_view import REFUSAL, is_agreed, require_agreed
from vigtui.store.merging.orphans import Orphans, erase
from vigtui.store.merging.owners import all_below, owners_of
from vigtui.store.merging.record_versions import RecordKey, RecordVersions
from vigtui.store.merging.steps import Step, words_for
from vigtui.store.merging.writer import Writer

R = TypeVar("R", bound=Record)

ERASED = "This was erased, with all that belonged to it. It is not saved."


class Changes:
    """Changes records in a ledger, as `by`. Not safe between threads."""

    def __init__(self, ledger: Ledger, by: str) -> None:
        self.by = by
        self.ledger = ledger
        self.writer = Writer()

    def new_person(self, by: str) -> None:
        """Somebody else makes the changes from now on."""
        self.by = by
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
        key, kind = (record.table, record.id), type(record)
        base = self._base(record)
        document = documents.write(record, base)
        try:
            checked = documents.read(kind, document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"{words_for('The', record)} cannot be saved {problem}.") from None
        if base is not None:
            started = _readable(kind, base)
            if started is not None and _as_saved(checked, started) == started:
                return self._held(started)
            document["created"] = base.get("created")
            if started is not None and is_agreed(base):
                require_agreed([documents.write(started)], version.content(documents.write(checked)))
        step.words = step.words or words_for("Change" if base else "Add", checked)
        new = self._add(key, document, base, step)
        held = self.ledger.index.find(kind, record.id)
        if held is not None and held.rev == new.document["rev"]:
            return held
        return documents.read(kind, new.document)

    def save_meta(self, meta: CaseloadMeta, step: Step) -> None:
        """Change what the caseload says about itself. Raises RecordInvalidError."""
        key = (META, META_ID)
        current = self.ledger.document(key)
        document = documents.write(meta, current)
        try:
            documents.read(CaseloadMeta, document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"The settings cannot be saved {problem}.") from None
        if current is None or version.differing(Version(document), Version(current)):
            self._add(key, document, current, step)

    def delete(self, record: Record, step: Step) -> None:
        """Remove a record with all that belongs to it, and leave of each a tombstone, which says nothing of
        what it said. One that others have changed since `record` was read stays."""
        key = (record.table, record.id)
        current, base = self.ledger.document(key), self._base(record)
        if current is None or base is None:
            return
        if is_agreed(current):
            raise RecordInvalidError(REFUSAL)
        step.words = step.words or words_for("Remove", record)
        found = self.ledger.versions(key)
        changed_since = self._is_replaced(found, base, version.differing(Version(base), Version(current)))
        if changed_since:
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
        records = (_readable(type(decided), each.document) for each in found.changed)
        problem = next(iter(problems(decided, find)), "")
        if problem and not any(problems(each, find) for each in records if each is not None):
            raise RecordInvalidError(f"These do not go together. {problem}")

    def _keep_owners(self, key: RecordKey, document: Document, step: Step) -> None:
        """Keep, with a record that was kept, what it belongs to and what was kept only for it."""
        for owner in owners_of(key[0], document):
            found = self.ledger.versions(owner)
            if found.removals and any(each.rev.is_kept for each in found.changed) and not found.view.others:
                self.resolve(owner, {}, step)

    def _held(self, record: R) -> R:
        """Return the record that is held already, if it is this version of it."""
        held = self.ledger.index.find(type(record), record.id)
        return held if held is not None and held.rev == record.rev else record

    def _base(self, record: Record) -> Document | None:
        """Return the version that this record was changed from."""
        key, rev = (record.table, record.id), record.rev
        current = self.ledger.document(key)
        if current is None or rev in ("", current.get("rev")):
            return current or self.writer.recall(key, rev)
        for each in self.ledger.versions(key).changed:
            if each.document.get("rev") == rev:
                return each.document
        return self.writer.recall(key, rev) or self._inferred(record, current)

    def _inferred(self, record: Record, current: Document) -> Document:
        """Return what stands for a version that is not remembered any more. Fields whose values
        the caller had seen count as changed by them, and so does what others have set since; what was set
        here does not."""
        base, now = Version(documents.write(record)), Version(current)
        inferred = dict(base.document)
        for name in version.differing(base, now):
            generation, writer = now.setters.get(name, (0, ""))
            if generation <= base.known.get(writer, Rev()).generation:
                inferred[name] = current.get(name)
            elif not self.writer.is_ours(writer):
                inferred.pop(name, None)
        return inferred

    def _add(self, key: RecordKey, document: Document, base: Document | None, step: Step) -> Version:
        """Add a version of a record, started from `base`, to what there is."""
        found = self.ledger.versions(key)
        over, parents = found.shown, found.standing
        if base is not None and base != over:
            changed = version.differing(Version(base), Version(document))
            own = tuple(each for each in found.versions if each.document == base)
            if own or self._is_replaced(found, base, changed):
                over, parents = base, own or (Version(base),)
            elif over is not None:
                document = with_fields(over, document, changed)
            else:
                over = base
        return self.write(key, document, parents, step, over=over)

    def _is_replaced(self, found: RecordVersions, base: Document, fields: Collection[str]) -> bool:
        """Whether others have removed the record since `base`, or changed one of these fields."""
        current = found.shown
        if current is None:
            return not any(self.writer.is_ours(each.rev.writer) for each in found.versions)
        if is_agreed(current) and not is_agreed(base):
            return True
        changed = [name for name in fields if current.get(name) != base.get(name)]
        return any(
            not self.writer.is_ours(each.setters.get(name, (0, ""))[1])
            for name in changed
            for each in found.changed
            if each.document.get(name) == current.get(name)
        )

    # Writing versions

    def remove(self, key: RecordKey, parents: tuple[Version, ...], step: Step) -> None:
        """Replace these versions of a record by its removal."""
        self.write(key, {"id": key[1], "table": key[0]}, parents, step, over=None, removed=True)

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
        by, found = documents.cleaned(self.by), self.ledger.versions(key)
        if found.erased:
            raise RecordInvalidError(ERASED)
        new, after = self.writer.next(
            found, document, parents, over=over, by=by, asserted=asserted, removed=removed
        )
        self.put(after, step)
        return new

    def put(self, after: RecordVersions, step: Step, *, came: bool = False) -> None:
        """Set the versions of a record, and remember the ones before: somebody may still be editing them."""
        before = self.ledger.versions(after.key)
        if before.erased and not after.erased:
            return
        shown = () if before.shown is None else (before.shown,)
        for document in (*shown, *(each.document for each in before.changed)):
            self.writer.remember(after.key, document)
        self.ledger.put(after, step, came=came)

    # From elsewhere

    def merge_tables(self, meta: CaseloadMeta, theirs: Tables, step: Step) -> bool:
        """Take in what another file of the caseload described by `meta` says. Return whether that file says
        all that is known now. Raises OtherCaseloadError or CaseloadDamagedError."""
        require_same(meta, theirs)
        files = TwoFiles(self.ledger.snapshot(), theirs)
        try:
            with not_collecting():
                same = self.merge(files.differences(), step)
                more = files.other_entries()
        except LayoutError as error:
            raise CaseloadDamagedError(f"It {error}.") from None
        for name, entries in more.items():
            self.ledger.add_entries(name, entries)
        return same

    def merge(self, found: Iterable[Difference], step: Step) -> bool:
        """Take in these differences. Return whether the other file says all that is known now."""
        same = True
        theirs: dict[RecordKey, RecordVersions] = {}
        last_said: dict[RecordKey, RecordVersions] = {}
        families: dict[RecordKey, tuple[Version, ...]] = {}
        for difference in found:
            key = difference.key
            if not difference.theirs.versions:
                same = False
                continue
            ours = RecordVersions.of(key, difference.ours.versions)
            both = ours.merged(difference.theirs).settled()
            if both != ours:
                self.put(both, step, came=True)
            if both.erased:
                self.writer.forget(key)
            theirs[key] = difference.theirs
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
            and all(_as_told(self.ledger.versions(key)) == _as_told(each) for key, each in theirs.items())
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
        by = documents.cleaned(self.by)
        erase(self.ledger, self.writer, (record.table, record.id), step, at=at, by=by)


def _as_told(found: RecordVersions) -> RecordVersions:
    """Return the versions with what somebody has edited by hand as the version that it is."""
    return RecordVersions.of(found.key, found.versions)


def with_fields(document: Document, source: Document, fields: Collection[str]) -> Document:
    """Return the document with these fields as they are in `source`."""
    kept = {name: value for name, value in document.items() if name not in fields or name in source}
    return kept | {name: source[name] for name in fields if name in source}


def _readable(kind: type[R], document: Document) -> R | None:
    try:
        return documents.read(kind, document)
    except documents.UnreadableError:
        return None


def _as_saved(record: Record, existing: Record) -> Record:
    """Return the record with the store's own fields of the one that exists."""
    kept: dict[str, Any] = {name: getattr(existing, name) for name in version.STORES_OWN}
    return replace(record, **kept)
