"""The versions that this program makes of records."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.records import Record
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format import documents, version
from vigtui.store.format.documents import Rewritten
from vigtui.store.format.layout import Document
from vigtui.store.format.version import Rev, Version
from vigtui.store.merging.merged_view import is_agreed
from vigtui.store.merging.record_versions import RecordKey, RecordVersions

ERASED = "This was erased, with all that belonged to it. It is not saved."

_REMEMBERED = 64


class Unseen(Struct, frozen=True):
    """A version that nobody can have seen on disk yet: the next takes its place as if it had never been."""

    version: Version
    parents: tuple[Version, ...]
    replaced: tuple[Version, ...]
    over: Document | None
    asserted: frozenset[str]


class Writer:
    """Makes the next version of a record, and remembers the versions that were replaced meanwhile.

    Not safe between threads.
    """

    def __init__(self) -> None:
        self._name = version.new_writer()
        self._names = {self._name}
        self._name_for: dict[RecordKey, str] = {}
        self._unseen: dict[RecordKey, Unseen] = {}
        self._replaced: dict[RecordKey, OrderedDict[str, Document]] = {}
        self._stood: dict[RecordKey, dict[str, tuple[Version, ...]]] = {}

    def new_person(self) -> None:
        """Somebody else makes the changes from now on."""
        self._name = self._new_name()
        self._name_for.clear()
        self._unseen.clear()

    def written(self) -> None:
        """The file was written: others may have read every version up to now."""
        self._unseen.clear()

    def is_ours(self, writer: str) -> bool:
        """Whether it was this program that wrote under this name."""
        return writer in self._names

    def remember(self, key: RecordKey, document: Document) -> None:
        """Keep a version that is replaced: somebody may still be editing it."""
        replaced = self._replaced.setdefault(key, OrderedDict())
        replaced[str(document.get("rev"))] = document
        if len(replaced) > _REMEMBERED:
            rev, _ = replaced.popitem(last=False)
            self._stood.get(key, {}).pop(rev, None)

    def remember_shown(self, found: RecordVersions) -> None:
        """Keep what was shown of a record that is replaced, and which of its versions that stood for: not
        what was still to be decided."""
        if found.shown is not None:
            self.remember(found.key, found.shown)
            self._stood.setdefault(found.key, {})[str(found.shown.get("rev"))] = found.standing

    def recall_last(self, key: RecordKey) -> Document | None:
        """Return the version that was replaced last."""
        replaced = self._replaced.get(key)
        return next(reversed(replaced.values())) if replaced else None

    def remembered(self, table: str) -> dict[RecordKey, list[Version]]:
        """Return the versions of the records of a table that were replaced and are remembered."""
        found = ((key, replaced.values()) for key, replaced in self._replaced.items() if key[0] == table)
        return {key: [Version(document) for document in documents] for key, documents in found}

    def forget(self, key: RecordKey) -> None:
        """Keep no earlier version of a record."""
        self._replaced.pop(key, None)
        self._stood.pop(key, None)
        self._unseen.pop(key, None)

    def start_again(self, key: RecordKey) -> None:
        """Go on with a record under a new name: it is put back to before what was written under the old one,
        and whoever has seen that must not take what comes now for something that they know."""
        self._name_for[key] = self._new_name()
        self._unseen.pop(key, None)

    def base(self, found: RecordVersions, record: Record) -> Document | None:
        """Return the version that a record was changed from, among those that were `found` or replaced; None
        for a new one."""
        current, rev = found.shown, record.rev
        replaced = self._replaced.get(found.key, OrderedDict[str, Document]())
        if current is None or rev in ("", current.get("rev")):
            return current or replaced.get(rev)
        competing = (each.document for each in found.changed if each.document.get("rev") == rev)
        return next(competing, None) or replaced.get(rev) or self._inferred(record, current)

    def _inferred(self, record: Record, current: Document) -> Document:
        """Return what stands for a version that is not remembered any more. Fields whose values the caller
        had seen count as changed by them, and so does what others have set since; what was set here does
        not."""
        base, now = Version(documents.write(record)), Version(current)
        inferred = dict(base.document)
        for name in version.differing(base, now):
            generation, writer = now.setters.get(name, (0, ""))
            if generation <= base.known.get(writer, Rev()).generation:
                inferred[name] = current.get(name)
            elif not self.is_ours(writer):
                inferred.pop(name, None)
        return inferred

    def is_replaced(self, found: RecordVersions, base: Document, fields: Collection[str]) -> bool:
        """Whether others have removed the record since `base`, or changed one of these fields."""
        current = found.shown
        if current is None:
            return not any(self.is_ours(each.rev.writer) for each in found.versions)
        if found.agreed and not is_agreed(base):
            return True
        changed = [name for name in fields if current.get(name) != base.get(name)]
        return any(
            not self.is_ours(each.setters.get(name, (0, ""))[1])
            for name in changed
            for each in found.changed
            if each.document.get(name) == current.get(name)
        )

    def revise(
        self, found: RecordVersions, written: Rewritten[Any], *, by: str
    ) -> tuple[Version, RecordVersions]:
        """Return the version that a record becomes which was written over a base, and all its versions then.
        It goes on from what is shown; where others have changed the same fields meanwhile, from its base,
        beside theirs. Raises RecordInvalidError for what was erased."""
        document, base = written.document, written.base
        over, parents = found.shown, found.standing
        if base is not None and base != over:
            own = tuple(each for each in found.versions if each.document == base)
            if own or self.is_replaced(found, base, written.fields):
                over, parents = base, own or self._stood_for(found, base)
            elif over is not None:
                document = with_fields(over, document, written.fields)
            else:
                over = base
        return self.next(found, document, parents, over=over, by=by)

    def _stood_for(self, found: RecordVersions, base: Document) -> tuple[Version, ...]:
        """Return the versions that somebody goes on from who started from `base`, which is none of those
        `found`. What was to be decided then, and is not shown in a merged view, is not known to them."""
        stood = self._stood.get(found.key, {}).get(str(base.get("rev")))
        if stood:
            return stood
        last = Version(base)
        if last.rev.is_joined:
            known = last.ancestry
            for each in found.versions:
                known = version.without(known, each.rev.writer)
            last = Version(base | {"ancestors": version.written(known)})
        return (last,)

    def next(
        self,
        found: RecordVersions,
        document: Document,
        parents: tuple[Version, ...],
        *,
        over: Document | None,
        by: str,
        asserted: Collection[str] = (),
        removed: bool = False,
    ) -> tuple[Version, RecordVersions]:
        """Return the version of `document` that replaces the `parents` among the versions that were `found`,
        and all of them then.

        Its fields that differ from `over` are changed, and those `asserted`, which were decided. `over` is
        None for a new record, and for one that is written again after it was removed. Raises
        RecordInvalidError for what was erased."""
        if found.erased:
            raise RecordInvalidError(ERASED)
        key, decided = found.key, frozenset(asserted)
        unseen = self._unseen.get(key)
        if unseen is not None and parents == (unseen.version,):
            parents, over, decided = unseen.parents, unseen.over, decided | unseen.asserted
            others = [each for each in found.versions if each != unseen.version]
            found = RecordVersions.of(key, [*others, *unseen.replaced])
        changed = decided | _changed(document, parents, over, removed=removed)
        revised = version.revised(
            document,
            RecordVersions.of(key, parents).versions,  # With what was edited by hand as a revision.
            sorted(changed),
            writer=self._name_after(found, parents),
            at=msgspec.to_builtins(dt.datetime.now(dt.UTC)),
            by=by,
        )
        new = Version(revised, removed)
        replaced = tuple(each for each in found.versions if each in parents)
        self._unseen[key] = Unseen(new, parents, replaced, over, decided)
        return new, found.followed_by(new, parents)

    def again(self, found: Version, fields: Collection[str]) -> Version:
        """Return a version, or a removal, as a new one that has just set these fields."""
        document = found.document
        at = document.get("modified") or msgspec.to_builtins(dt.datetime.now(dt.UTC))
        by = document.get("by") or ""
        name = version.new_writer()
        return Version(
            version.revised(document, [found], sorted(fields), writer=name, at=at, by=by), found.removed
        )

    def _name_after(self, found: RecordVersions, parents: tuple[Version, ...]) -> str:
        """Return a name of ours under which the parents know all versions of this record."""
        name = self._name_for.get(found.key, self._name)
        if found.knows(name) > RecordVersions(found.key, parents).knows(name):
            name = self._name_for[found.key] = self._new_name()
        return name

    def _new_name(self) -> str:
        name = version.new_writer()
        self._names.add(name)
        return name


def with_fields(document: Document, source: Document, fields: Collection[str]) -> Document:
    """Return the document with these fields as they are in `source`."""
    kept = {name: value for name, value in document.items() if name not in fields or name in source}
    return kept | {name: source[name] for name in fields if name in source}


def _changed(
    document: Document, parents: tuple[Version, ...], over: Document | None, *, removed: bool
) -> set[str]:
    if removed:
        return set()
    if over is None and not parents:
        return {"created"}  # No field of its content: history takes from this who made it.
    if over is None:
        return set(version.content(document)) - {"id"}
    return version.differing(Version(over), Version(document)) | _outlived(parents)


def _outlived(parents: tuple[Version, ...]) -> set[str]:
    """Return the fields that had been set in a version that was then removed, unknown to those that stay:
    their values were chosen over it."""
    known = [parent.known for parent in parents if not parent.removed]
    return {
        name
        for parent in parents
        if parent.removed and known
        for name, (generation, writer) in parent.setters.items()
        if all(generation > each.get(writer, Rev()).generation for each in known)
    }
