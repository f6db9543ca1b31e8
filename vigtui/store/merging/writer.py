"""The versions that this run of the program makes of records."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection

import msgspec
from msgspec import Struct

from vigtui.store.format import revisions
from vigtui.store.format.layout import Document
from vigtui.store.merging.kept import Key
from vigtui.store.merging.record_versions import Heads, Version, differing, heads_of

_REMEMBERED = 64


class Unseen(Struct, frozen=True):
    """A version that nobody can have seen on disk yet: the next takes its place as if it had never been."""

    version: Version
    parents: Heads
    replaced: Heads
    over: Document | None
    asserted: frozenset[str]


class Versions:
    """Makes the next version of a record, and remembers the versions that others have replaced meanwhile.

    Not safe between threads.
    """

    def __init__(self) -> None:
        self._run = revisions.new_run()
        self._runs = {self._run}
        self._run_for: dict[Key, str] = {}
        self._unseen: dict[Key, Unseen] = {}
        self._replaced: dict[Key, OrderedDict[str, Document]] = {}

    def new_person(self) -> None:
        """From here on somebody else makes the changes."""
        self._run = revisions.new_run()
        self._runs.add(self._run)
        self._run_for.clear()
        self._unseen.clear()

    def written(self) -> None:
        """From here on anybody may have seen what there is."""
        self._unseen.clear()

    def is_ours(self, run: str) -> bool:
        """Whether it was this program that made the versions of this run."""
        return run in self._runs

    def remember(self, key: Key, document: Document) -> None:
        """Keep a version that has been replaced: somebody may be at work on it."""
        replaced = self._replaced.setdefault(key, OrderedDict())
        replaced[str(document.get("rev"))] = document
        if len(replaced) > _REMEMBERED:
            replaced.popitem(last=False)

    def recall(self, key: Key, rev: str) -> Document | None:
        """Return a version that has been replaced, if it is one of the record's last sixty-four."""
        replaced = self._replaced.get(key)
        return replaced.get(rev) if replaced else None

    def next(
        self,
        key: Key,
        document: Document,
        heads: Heads,
        parents: Heads,
        *,
        over: Document | None,
        by: str,
        asserted: Collection[str] = (),
        gone: bool = False,
    ) -> tuple[Version, Heads]:
        """Return the version of `document` that replaces the `parents` among the `heads`, and all heads then.

        Its fields that differ from `over` are changed, and those `asserted`, which were decided. `over` is
        None for a new record, and for one that is written anew after it was removed."""
        decided = frozenset(asserted)
        unseen = self._unseen.get(key)
        if unseen is not None and parents == (unseen.version,):
            parents, over, decided = unseen.parents, unseen.over, decided | unseen.asserted
            heads = heads_of([*(head for head in heads if head != unseen.version), *unseen.replaced])
        changed = decided | _changed(document, parents, over, gone=gone)
        revised = revisions.revised(
            document,
            [parent.document for parent in heads_of(parents)],  # With what a hand has written as a revision.
            sorted(changed),
            run=self._run_after(key, heads, parents),
            at=msgspec.to_builtins(dt.datetime.now(dt.UTC)),
            by=by,
        )
        version = Version(revised, gone)
        replaced = tuple(head for head in heads if head in parents)
        self._unseen[key] = Unseen(version, parents, replaced, over, decided)
        return version, heads_of([*(head for head in heads if head not in parents), version])

    def again(self, version: Version, fields: Collection[str]) -> Version:
        """Return a version, be it a removal, as a new one that has just set these fields."""
        document, run = version.document, revisions.new_run()
        at = document.get("modified") or msgspec.to_builtins(dt.datetime.now(dt.UTC))
        by = document.get("by") or ""
        revised = revisions.revised(document, [document], sorted(fields), run=run, at=at, by=by)
        return Version(revised, version.gone)

    def _run_after(self, key: Key, heads: Heads, parents: Heads) -> str:
        """Return a run of ours of which the parents know all versions of this record."""
        run = self._run_for.get(key, self._run)
        if _newest(run, heads) > _newest(run, parents):
            run = self._run_for[key] = revisions.new_run()
            self._runs.add(run)
        return run


def _changed(document: Document, parents: Heads, over: Document | None, *, gone: bool) -> set[str]:
    if gone:
        return set()
    if over is None and not parents:
        return {"created"}  # No field of what it says: history tells by this who made it.
    if over is None:
        return set(revisions.content(document)) - {"id"}
    return differing(over, document) | _outlived(parents)


def _outlived(parents: Heads) -> set[str]:
    """Return the fields that had been set in a version that was then removed, unknown to those that stay:
    their values were chosen over it."""
    known = [revisions.known(parent.document) for parent in parents if not parent.gone]
    return {
        name
        for parent in parents
        if parent.gone and known
        for name, (generation, run) in revisions.setters(parent.document).items()
        if all(generation > line.get(run, revisions.Rev()).generation for line in known)
    }


def _newest(run: str, heads: Heads) -> int:
    return max(
        (revisions.known(head.document).get(run, revisions.Rev()).generation for head in heads), default=0
    )
