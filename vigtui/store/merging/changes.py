"""Every change to a caseload as new versions of its records: made here, come from elsewhere, taken back."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from vigtui.domain.records import CaseloadMeta, Record
from vigtui.store.errors import CaseloadDamagedError, RecordInvalidError
from vigtui.store.format import documents, revisions
from vigtui.store.format.layout import Document, LayoutError, Tables
from vigtui.store.format.opening import META, META_ID, READABLE
from vigtui.store.merging import record_versions as merge
from vigtui.store.merging.agreed import REFUSAL, is_agreed, require_agreed
from vigtui.store.merging.differences import Difference, differences, other_entries, require_same
from vigtui.store.merging.kept import Key, heads_in, record_key, tombstone_key, versions_key
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.record_versions import Heads, Version, View
from vigtui.store.merging.undo import Step, words_for
from vigtui.store.merging.writer import Versions

R = TypeVar("R", bound=Record)


class Changes:
    """Changes records in a ledger, as `by`. Not safe between threads."""

    def __init__(self, ledger: Ledger, by: str) -> None:
        self.by = by
        self._ledger = ledger
        self._versions = Versions()

    def new_person(self, by: str) -> None:
        """From here on it is somebody else who makes the changes."""
        self.by = by
        self._versions.new_person()

    def written(self) -> None:
        """From here on anybody may have seen what there is; what was replaced before leaves no trace."""
        self._versions.written()

    # Changing

    def save(self, record: R, step: Step) -> R:
        """Add or change a record and return it as it now is. Raises RecordInvalidError.

        `record.rev` tells from which version its holder started. Where others have changed the same fields
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
                require_agreed([documents.write(started)], revisions.content(documents.write(checked)))
        step.words = step.words or words_for("Change" if base else "Add", checked)
        version = self._add(key, document, base, step)
        return self._held(documents.read(kind, version.document))

    def save_meta(self, meta: CaseloadMeta, step: Step) -> None:
        """Change what the caseload says about itself. Raises RecordInvalidError."""
        key = (META, META_ID)
        current = self._ledger.document(key)
        document = documents.write(meta, current)
        try:
            documents.read(CaseloadMeta, document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"The settings cannot be saved {problem}.") from None
        if current is None or merge.differing(document, current):
            self._add(key, document, current, step)

    def delete(self, record: Record, step: Step) -> None:
        """Remove a record and leave a tombstone, which says nothing of what the record said. One that
        others have changed since the version at hand stays."""
        key = (record.table, record.id)
        current, base = self._ledger.document(key), self._base(record)
        if current is None or base is None:
            return
        if is_agreed(current):
            raise RecordInvalidError(REFUSAL)
        step.words = step.words or words_for("Remove", record)
        heads = self._ledger.heads(key)
        changed_since = self._is_replaced(heads, base, merge.differing(base, current))
        self._bury(key, (Version(base),) if changed_since else heads, step)

    def resolve(self, key: Key, values: Mapping[str, Any], step: Step) -> None:
        """Decide the fields that were changed to different values: `values` gives some of them another
        value than the one that is seen. Raises RecordInvalidError."""
        heads = self._ledger.heads(key)
        seen = merge.view(heads)
        if seen.document is None or seen.is_clear:
            return
        require_agreed([head.document for head in heads if is_agreed(head.document)], values)
        document = documents.cleaned({**seen.document, **values})
        try:
            documents.read(READABLE[key[0]], document)
        except documents.UnreadableError as problem:
            raise RecordInvalidError(f"This cannot be kept {problem}.") from None
        self._next(key, document, heads, step, over=seen.document, asserted=seen.others)

    def _held(self, record: R) -> R:
        """Return the record that is held already, if it is this version of it."""
        held = self._ledger.index.find(type(record), record.id)
        return held if held is not None and held.rev == record.rev else record

    def _base(self, record: Record) -> Document | None:
        """Return the version that the holder of this record started from."""
        key, rev = (record.table, record.id), record.rev
        current = self._ledger.document(key)
        if current is None or rev in ("", current.get("rev")):
            return current or self._versions.recall(key, rev)
        for head in self._ledger.heads(key):
            if head.document.get("rev") == rev and not head.gone:
                return head.document
        return self._versions.recall(key, rev) or self._inferred(record, current)

    def _inferred(self, record: Record, current: Document) -> Document:
        """Return what stands for a version that is not remembered any more. What its holder had seen last
        set is taken for changed by them, and so is what others have set since; what was set here is not."""
        base = documents.write(record)
        known, setters = revisions.known(base), revisions.setters(current)
        for name in merge.differing(base, current):
            generation, run = setters.get(name, (0, ""))
            if generation <= known.get(run, revisions.Rev()).generation:
                base[name] = current.get(name)
            elif not self._versions.is_ours(run):
                base.pop(name, None)
        return base

    def _add(self, key: Key, document: Document, base: Document | None, step: Step) -> Version:
        """Add a version of a record, started from `base`, to what there is."""
        heads = self._ledger.heads(key)
        seen = merge.view(heads)
        over, parents = seen.document, _standing(heads)
        if base is not None and base != over:
            changed = merge.differing(base, document)
            own = tuple(head for head in heads if head.document == base)
            if own or self._is_replaced(heads, base, changed):
                over, parents = base, own or (Version(base),)
            elif over is not None:
                document = _with_fields(over, document, changed)
            else:
                over = base
        return self._next(key, document, parents, step, over=over)

    def _bury(self, key: Key, parents: Heads, step: Step) -> None:
        self._next(key, {"id": key[1], "table": key[0]}, parents, step, over=None, gone=True)

    def _next(
        self,
        key: Key,
        document: Document,
        parents: Heads,
        step: Step,
        *,
        over: Document | None,
        asserted: Collection[str] = (),
        gone: bool = False,
    ) -> Version:
        by, heads = documents.cleaned(self.by), self._ledger.heads(key)
        version, heads = self._versions.next(
            key, document, heads, parents, over=over, by=by, asserted=asserted, gone=gone
        )
        self._set(key, heads, step)
        return version

    def _set(self, key: Key, heads: Heads, step: Step) -> None:
        before = self._ledger.document(key)
        for document in (before, *(head.document for head in self._ledger.heads(key) if not head.gone)):
            if document is not None:
                self._versions.remember(key, document)
        self._ledger.set_heads(key, heads, step)

    def _is_replaced(self, heads: Heads, base: Document, fields: Collection[str]) -> bool:
        """Whether others have removed the record since `base`, or changed one of these fields."""
        current = merge.view(heads).document
        if current is None:
            return not any(self._versions.is_ours(head.rev.run) for head in heads)
        if is_agreed(current) and not is_agreed(base):
            return True
        changed = [name for name in fields if current.get(name) != base.get(name)]
        setters = [(head.document, revisions.setters(head.document)) for head in heads if not head.gone]
        return any(
            not self._versions.is_ours(by.get(name, (0, ""))[1])
            for name in changed
            for document, by in setters
            if document.get(name) == current.get(name)
        )

    # From elsewhere

    def merge_tables(self, meta: CaseloadMeta, theirs: Tables, step: Step) -> bool:
        """Take in what another file of the caseload described by `meta` says. Return whether that file says
        all that is known now. Raises OtherCaseloadError or CaseloadDamagedError."""
        require_same(meta, theirs)
        ours = self._ledger.snapshot()
        try:
            same = self.merge(differences(ours, theirs), step)
            more = other_entries(ours, theirs)
        except LayoutError as error:
            raise CaseloadDamagedError(f"It {error}.") from None
        for name, entries in more.items():
            self._ledger.add_entries(name, entries)
        return same

    def merge(self, found: Iterable[Difference], step: Step) -> bool:
        """Take in these differences. Return whether the other file says all that is known now."""
        same = True
        for difference in found:
            ours = merge.heads_of(difference.ours)
            both = merge.heads_of([*ours, *difference.theirs])
            if both != ours:
                self._set(difference.key, both, step)
            same = same and both == difference.theirs
        return same

    # Taking back

    def take_back(self, taken: Step, step: Step) -> None:
        """Bring back what was before a step, as new versions, and leave what was changed since."""
        for key in reversed(list(dict.fromkeys(record_key(edit.key) for edit in taken.edits))):
            if key[0] in READABLE:
                self._invert(key, taken, step)

    def _invert(self, key: Key, taken: Step, step: Step) -> None:
        before, after = taken.documents(key)
        several_before, several_after = taken.documents(versions_key(key))
        heads, current = self._ledger.heads(key), self._ledger.document(key)
        if before is None and after is None:  # Only what stands beside it was touched.
            before = after = current
        if current is not None and is_agreed(current) and not is_agreed(after or {}):
            raise RecordInvalidError(REFUSAL)
        if before is None:
            if current is not None and not merge.differing(current, after or current):
                self._bury(key, _standing(heads), step)
            return
        document = before
        if current is not None and after is not None:
            changed_since = merge.differing(current, after)
            document = _with_fields(current, before, merge.differing(before, after) - changed_since)
        _, tombstone = taken.documents(tombstone_key(key))
        left = heads_in(key, after, tombstone, several_after)
        decided = several_before is None and several_after is not None
        again = tuple(head for head in heads if decided and head in left)
        if again:
            self._next(key, before, again, step, over=after or before)
        elif current is None or merge.differing(document, current):
            self._next(key, document, _standing(heads), step, over=current or before)
        if several_before is not None and several_before != several_after:
            self._revive(key, merge.view(heads_in(key, before, tombstone, several_before)), left, step)

    def _revive(self, key: Key, before: View, left: Heads, step: Step) -> None:
        """Let what a step decided be undecided again: what was not seen before it, and was not among what it
        left, stands beside the rest as before."""
        heads = self._ledger.heads(key)
        again = [
            self._versions.again(loser, [name for name, others in before.others.items() if loser in others])
            for loser in before.losers
            if loser not in heads and loser not in left
        ]
        if before.removal is not None and before.removal not in heads and before.removal not in left:
            again.append(self._versions.again(before.removal, ()))
        if again:
            self._set(key, merge.heads_of([*heads, *again]), step)


def _standing(heads: Heads) -> Heads:
    """Return the heads that a change goes on from: not what is still to be decided beside what is seen, be
    it another value or a removal."""
    seen = merge.view(heads)
    return tuple(
        head for head in heads if head not in seen.losers and not (head.gone and seen.document is not None)
    )


def _with_fields(document: Document, source: Document, fields: Collection[str]) -> Document:
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
    kept: dict[str, Any] = {name: getattr(existing, name) for name in revisions.BOOKKEEPING}
    return replace(record, **kept)
