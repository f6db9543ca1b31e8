"""Merging two versions of a caseload, record by record. Pure: nothing here reads a file or a clock.

What is known of a record is its *heads*: the versions of which none came from another. Two files together
have the heads of both, less those that another head came from. That is a union of sets and its greatest
elements, so it does not matter in which order, how often or in what groups files are merged.

What a person sees of several heads is a *view* of them, and hangs on nothing else: of each field the value
that no other head has replaced. Where two heads have changed the same field to different values, the
higher revision's is seen, an agreed one's before all (`agreed`), and the other is kept to be looked at: a
*conflict*.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.store.format import revisions
from vigtui.store.format.layout import Document
from vigtui.store.format.revisions import Rev
from vigtui.store.merging.agreed import is_agreed, with_agreement

MISSING: Any = msgspec.UNSET
"""Stands for the value of a field that a version does not have."""


_DATES = frozenset({"created", "modified", "by"})


class Version(Struct, frozen=True):
    """One version of a record: its document, or the tombstone that says that it was removed (`gone`)."""

    document: Document
    gone: bool = False

    @property
    def rev(self) -> Rev:
        return revisions.rev_of(self.document)


Heads = tuple[Version, ...]
"""The versions of a record of which none came from another, agreed ones first, then the highest."""


class View(Struct, frozen=True):
    """What is seen of a record's heads.

    `document` is None for a record that is removed. `others` has, for each field that was changed to
    different values, the heads whose values are not seen. `removal` is the tombstone that a later or
    simultaneous change outlived.
    """

    document: Document | None
    others: dict[str, tuple[Version, ...]]
    removal: Version | None

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing for a person to decide."""
        return not self.others and self.removal is None

    @property
    def losers(self) -> Heads:
        """The heads with a value that is not seen."""
        return heads_of(version for versions in self.others.values() for version in versions)


def heads_of(versions: Iterable[Version]) -> Heads:
    """Return those versions that no other of them came from."""
    found = _told_apart(versions)
    known = [revisions.known(version.document) for version in found]
    heads = [
        version
        for at, version in enumerate(found)
        if not any(revisions.is_among(version.rev, line) for other, line in enumerate(known) if other != at)
    ]
    return tuple(sorted(heads, key=_order, reverse=True))


def _order(version: Version) -> tuple[bool, bool, Rev]:
    return not version.gone, is_agreed(version.document), version.rev


def _told_apart(versions: Iterable[Version]) -> list[Version]:
    """Return the versions with each revision once. What a hand has changed is a revision of its own."""
    given = [(version, version.rev.hash == revisions.hash_of(version.document)) for version in versions]
    as_saved = {version.rev: version.document for version, true in given if true}
    found: dict[Rev, Version] = {}
    for version, true in given:
        document = version.document if true else _by_hand(version.document, as_saved.get(version.rev))
        rev = revisions.rev_of(document)
        other = found.get(rev)
        found[rev] = Version(_both(document, other.document) if other else document, version.gone)
    return list(found.values())


def _by_hand(document: Document, as_saved: Document | None) -> Document:
    """Return what a hand has written over a version as the version that it is, the same on every machine.
    Unless the version is there as it was saved, nobody knows which fields the hand changed: it is taken to
    have changed them all."""
    fields = differing(as_saved, document) if as_saved else revisions.content(document).keys() - {"id"}
    return _revised_by_hand(document, [document] if revisions.rev_of(document).generation else [], fields)


def _revised_by_hand(document: Document, parents: list[Document], fields: Iterable[str]) -> Document:
    said = msgspec.json.encode(revisions.content(document), order="deterministic")
    run = revisions.digest(said, 4)
    revised = revisions.revised(document, parents, sorted(fields), run=run, at="", by="")
    dates = {key: document[key] for key in _DATES if key in document}
    return {key: value for key, value in revised.items() if key not in _DATES} | dates


def differing(one: Document, other: Document) -> set[str]:
    """Return the fields of which the two documents say different things."""
    first, second = revisions.content(one), revisions.content(other)
    return {
        name for name in first.keys() | second.keys() if first.get(name, MISSING) != second.get(name, MISSING)
    }


def stored_heads(document: Document | None, heads: Heads) -> Heads:
    """Return the heads of a record that stands in a file as `document`, with several `heads` beside it.

    What a hand has written over the view of them replaces those that were seen.
    """
    seen = view(heads)
    if document is None or seen.document is None:
        return heads
    fields = differing(seen.document, document)
    if not fields:
        return heads
    kept = seen.losers
    parents = [head.document for head in heads if head not in kept]
    return heads_of([*kept, Version(_revised_by_hand(document, parents, fields))])


def _both(one: Document, other: Document) -> Document:
    """Return one revision from what two files say of it: they may know different versions before it."""
    first = min(one, other, key=_without_line)
    entries = revisions.united([revisions.line(one), revisions.line(other)])
    run = revisions.rev_of(first).run
    rest = [entry for entry in entries if revisions.parse(entry.rev).run != run]
    fields = revisions.changed_fields(one)
    for name, generation in revisions.changed_fields(other).items():
        fields[name] = max(generation, fields.get(name, 0))
    return first | {"ancestors": [msgspec.to_builtins(entry) for entry in rest], "changed": fields}


def _without_line(document: Document) -> bytes:
    return _canonical({key: document[key] for key in document.keys() - {"ancestors", "changed"}})


def _canonical(document: Document) -> bytes:
    return msgspec.json.encode(document, order="deterministic")


def view(heads: Heads) -> View:
    """Return what is seen of these heads, and what is not."""
    live = [head for head in heads if not head.gone]
    if not live:
        return View(None, {}, None)
    removal = next((head for head in heads if head.gone), None)
    if len(live) == 1:
        return View(live[0].document, {}, removal)
    values, others = _fields(live)
    return View(_seen(live, values), others, removal)


def _fields(live: Sequence[Version]) -> tuple[Document, dict[str, tuple[Version, ...]]]:
    """Return the value of each field, and the heads with other values that are as good."""
    known = [revisions.known(head.document) for head in live]
    setters = [with_agreement(revisions.setters(head.document), head.document) for head in live]
    values: Document = {}
    others: dict[str, tuple[Version, ...]] = {}
    for name in dict.fromkeys(key for head in live for key in revisions.content(head.document)):
        by = [setter.get(name, (0, "")) for setter in setters]
        standing = [
            head
            for at, head in enumerate(live)
            if not any(_replaced(by[at], by[g], known[g]) for g in range(len(live)))
        ] or list(live[:1])
        seen = standing[0].document.get(name, MISSING)
        differing = tuple(head for head in standing if head.document.get(name, MISSING) != seen)
        if seen is not MISSING:
            values[name] = seen
        if differing:
            others[name] = differing
    return values, others


def _replaced(setter: tuple[int, str], other: tuple[int, str], known: dict[str, Rev]) -> bool:
    """Whether the head that has `other` as the setter of a field knew what `setter` had set."""
    generation, run = setter
    return other != setter and (generation == 0 or generation <= known.get(run, Rev()).generation)


def _seen(live: Sequence[Version], values: Document) -> Document:
    """Return the document that stands for several heads. It came from all of them."""
    highest = live[0].document
    generation = 1 + max(head.rev.generation for head in live)
    run = revisions.digest("".join(str(head.rev) for head in live).encode(), 4)
    entries = revisions.united(revisions.line(head.document) for head in live)
    return {
        **values,
        "rev": str(Rev(generation, revisions.hash_of(values), run)),
        "ancestors": [msgspec.to_builtins(entry) for entry in entries],
        "changed": {},
        **{key: highest[key] for key in ("created", "modified", "by") if key in highest},
    }
