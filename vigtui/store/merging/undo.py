"""Taking back a step.

What was typed here is taken back by new versions, which say what was before and leave what was changed since;
so is a decision: it is open again for everybody. What a merge brought is taken back here alone, by putting
back the versions that were here: a new version would undo what others wrote where they are. An agreement
is never taken back.
"""

from vigtui.domain.records import KIND_OF, KINDS
from vigtui.domain.records.schema import named
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format import version
from vigtui.store.format.entries import READABLE
from vigtui.store.format.layout import Document
from vigtui.store.format.version import Version
from vigtui.store.merging.changes import Changes
from vigtui.store.merging.merged_view import REFUSAL
from vigtui.store.merging.owners import below
from vigtui.store.merging.record_versions import RecordVersions
from vigtui.store.merging.steps import Change, Step
from vigtui.store.merging.writer import with_fields


def take_back(changes: Changes, taken: Step, step: Step) -> None:
    """Bring back what was before a step, and leave what was changed since. Raises RecordInvalidError for
    what was agreed in the step, or since it."""
    agreed = False
    for change in reversed(taken.changes):
        if change.key[0] not in READABLE:
            continue
        if change.came:
            agreed = _put_back(changes, change, step) or agreed
        else:
            _invert(changes, change, taken, step)
    _keep_what_is_named(changes, taken, step)
    changes.settle(step, typed=False)
    changes.settle_members(step)
    if agreed and not step.by_key:
        raise RecordInvalidError(REFUSAL)


def _keep_what_is_named(changes: Changes, taken: Step, step: Step) -> None:
    """Leave here what a merge brought, and what others have written to or about since."""
    index = changes.ledger.index
    waiting = {
        change.key[1]: change
        for change in taken.changes
        if change.came and change.key[0] in KIND_OF and not change.before.versions
    }
    waiting = {each: change for each, change in waiting.items() if index.get(*change.key) is None}
    records = [record for kind in KINDS for record in index.all(kind)] if waiting else []
    while records:
        for _, identity in named(records.pop()):
            change = waiting.pop(identity, None)
            if change is not None:
                changes.put(change.after, step, came=True)
                kept = index.get(*change.key)
                records += [kept] if kept is not None else []


def _put_back(changes: Changes, change: Change, step: Step) -> bool:
    """Put back the versions that were here, unless others have changed the record since. Return whether it
    stays because it was agreed."""
    if _agrees(change):
        return True
    now = changes.ledger.versions(change.key)
    if now == change.after or _is_still(changes, now, change.after):
        changes.writer.start_again(change.key)
        changes.put(change.before, step, came=True)
    return False


def _agrees(change: Change) -> bool:
    """Whether the record was agreed in this change, or somebody more agreed it."""
    before, after = change.before.shown or {}, change.after.shown or {}
    return change.after.agreed and after.get("agreed") != before.get("agreed")


def _is_still(changes: Changes, now: RecordVersions, after: RecordVersions) -> bool:
    """Whether what is shown is still what it was then: what was typed since was taken back."""
    if (now.shown is None) != (after.shown is None):
        return False
    if now.shown is not None and after.shown is not None and _differ(now.shown, after.shown):
        return False
    return all(each in after.versions or changes.writer.is_ours(each.rev.writer) for each in now.versions)


def _invert(changes: Changes, change: Change, taken: Step, step: Step) -> None:
    key, left, ledger = change.key, change.after, changes.ledger
    before, after = change.before.shown, left.shown
    found, current = ledger.versions(key), ledger.document(key)
    if before == after:  # Only versions that compete with it were changed.
        before = after = current
    if _agrees(change) or (found.agreed and not left.agreed):
        raise RecordInvalidError(REFUSAL)
    if before is None:
        since = [each for each in below(ledger.index, key) if (each.table, each.id) not in taken.by_key]
        if current is not None and not since and not _differ(current, after or current):
            changes.remove(key, found.standing, step)
        return
    document = before
    if current is not None and after is not None:
        changed_since = _differ(current, after)
        document = with_fields(current, before, _differ(before, after) - changed_since)
    was_open, is_open = len(change.before.versions) > 1, len(left.versions) > 1
    again = tuple(each for each in found.versions if is_open and not was_open and each in left.versions)
    if again:
        changes.write(key, before, again, step, over=after or before)
    elif current is None or _differ(document, current):
        changes.write(key, document, found.standing, step, over=current or before)
    if was_open and change.before.versions != left.versions:
        _open_again(changes, change, step)


def _open_again(changes: Changes, change: Change, step: Step) -> None:
    """Reopen what a step decided: what was not shown before it, and was not among what it left, competes with
    the rest again."""
    before, left = change.before.view, change.after.versions
    found, writer = changes.ledger.versions(change.key), changes.writer
    again = [
        writer.again(loser, [name for name, others in before.others.items() if loser in others])
        for loser in before.losers
        if loser not in found.versions and loser not in left
    ]
    removal = before.removal
    if removal is not None and removal not in found.versions and removal not in left:
        again.append(writer.again(removal, ()))
    if again:
        changes.put(RecordVersions.of(change.key, [*found.versions, *again]), step)


def _differ(one: Document, other: Document) -> set[str]:
    return version.differing(Version(one), Version(other))
