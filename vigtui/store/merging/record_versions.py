"""The versions of a record that compete. Pure: nothing here reads a file or a clock.

What is known of a record are the versions of which none came from another. Two files together have those of
both, less the ones that another came from. That is a union of sets and its greatest elements, so it does not
matter in which order, how often or in what groups files are merged. A record that was erased has no other
version than that.

Which tables hold them: one version is in the record's own table or in that of removals; several are in
`versions`, and then the record's own table has their merged view.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.conflicts import Conflict, Said
from vigtui.domain.records import schema
from vigtui.store.format import documents, version
from vigtui.store.format.entries import READABLE, is_readable
from vigtui.store.format.layout import DELETED, META, VERSIONS, Document
from vigtui.store.format.version import Rev, Version
from vigtui.store.merging.merged_view import View, is_agreed, view_of

RecordKey = tuple[str, str]
"""A record's table and id."""
BELONGED = "belonged"
"""The field of a removal that says what the record belonged to: what is erased takes along what was removed
before, and what others say about that."""


class RecordVersions(Struct, frozen=True, dict=True):
    """The versions of a record of which none descends from another: changed ones first, of these the agreed
    ones, then the highest. None at all: there is no such record, and there never was."""

    key: RecordKey
    versions: tuple[Version, ...] = ()

    @classmethod
    def of(cls, key: RecordKey, versions: Iterable[Version]) -> "RecordVersions":
        """Keep those versions that no other of them came from. What somebody has edited by hand is a version
        of its own."""
        return cls(key, _newest(_told_apart(versions)))

    @cached_property
    def view(self) -> View:
        """What is shown, and what is not."""
        return view_of(READABLE.get(self.key[0]), self.versions)

    @property
    def shown(self) -> Document | None:
        """The document that is shown everywhere; None for a record that is not there."""
        return self.view.document

    @property
    def removals(self) -> tuple[Version, ...]:
        return tuple(each for each in self.versions if each.removed)

    @property
    def changed(self) -> tuple[Version, ...]:
        """The versions that are no removals."""
        return tuple(each for each in self.versions if not each.removed)

    @property
    def erased(self) -> bool:
        return any(each.erased for each in self.versions)

    @property
    def is_kept(self) -> bool:
        """Whether the record is there only for what was written below it: nobody has changed it since it was
        removed."""
        return bool(self.changed) and all(each.rev.is_kept for each in self.changed)

    @property
    def agreed(self) -> bool:
        """Whether what is shown belongs to an agreed supervision."""
        return self.shown is not None and is_agreed(self.shown)

    @cached_property
    def conflict(self) -> Conflict | None:
        """What there is to decide; None when there is nothing."""
        seen = self.view
        if seen.document is None or seen.is_clear:
            return None
        fields = {name: self._said(name, others) for name, others in seen.others.items()}
        removal = _by(seen.removal, None) if seen.removal else None
        told = {name: value for name, value in seen.document.items() if name != "ancestors"}
        return Conflict(*self.key, documents.cleaned(told), fields, removal, self.is_kept)

    def _said(self, name: str, others: Sequence[Version]) -> tuple[Said, ...]:
        """Return each value of a field once, what is shown first."""
        seen = (self.shown or {}).get(name)
        holders = [each for each in self.changed if each.document.get(name) == seen]
        kind = READABLE.get(self.key[0])
        names = schema.together(kind, name) if kind is not None else {name}
        setters = [each for each in holders if not names.isdisjoint(each.setters)]
        if setters or (holders and not any(name in each.setters for each in others)):
            said = [_set(name, (setters or holders)[0])]
        else:
            said = [_together(name, others, seen)]
        for each in others:
            value = each.document.get(name)
            if all(value != other.value for other in said):
                said.append(_set(name, each))
        return tuple(said)

    @property
    def standing(self) -> tuple[Version, ...]:
        """The versions that a change goes on from: not what is still to be decided beside what is shown, be
        it another value or a removal."""
        losers = self.view.losers
        return tuple(
            each
            for each in self.versions
            if each not in losers and not (each.removed and self.shown is not None)
        )

    def merged(self, other: "RecordVersions") -> "RecordVersions":
        """Return what both know together, in whatever order they come together."""
        return RecordVersions.of(self.key, (*self.versions, *other.versions))

    def followed_by(self, new: Version, parents: Collection[Version]) -> "RecordVersions":
        """Return the versions once `new` has taken the place of its `parents`."""
        return RecordVersions.of(self.key, (*(each for each in self.versions if each not in parents), new))

    def settled(self) -> "RecordVersions":
        """Return versions of which there is nothing to decide as one, which says what they say together and
        is the same on every machine."""
        if len(self.versions) < 2 or not self.view.is_clear:
            return self
        values = _removed_together(self.versions) if self.shown is None else version.content(self.shown)
        one = Version(version.joined(values, self.versions), self.shown is None)
        if not all(map(one.descends_from, self.versions)):
            return self  # Two files describe one revision differently: it was edited by hand.
        return RecordVersions(self.key, (one,))

    def knows(self, writer: str) -> int:
        """Return which generation of this writer's versions is known; 0 for none."""
        return max((each.known.get(writer, Rev()).generation for each in self.versions), default=0)


def _removed_together(removals: Sequence[Version]) -> Document:
    lists = [each.document.get(BELONGED) for each in removals]
    names = {name for said in lists if isinstance(said, list) for name in said if isinstance(name, str)}
    return removals[0].content | ({BELONGED: sorted(names)} if names else {})


def _set(name: str, found: Version) -> Said:
    """Return what a version says of a field, and who set it."""
    _, writer = found.setters.get(name, (0, ""))
    entry = next((each for each in found.ancestry.entries if version.parse(each.rev).writer == writer), None)
    if entry is None or not (entry.by or entry.at):
        return _by(found, found.document.get(name))
    at = msgspec.to_builtins(entry.at) or ""
    return Said(documents.cleaned(found.document.get(name)), documents.cleaned(entry.by), at)


def _together(name: str, versions: Sequence[Version], value: Any) -> Said:
    said = [_set(name, each) for each in versions]
    names = dict.fromkeys(each.by for each in said if each.by)
    return Said(documents.cleaned(value), " and ".join(names), max((each.at for each in said), default=""))


def _by(found: Version, value: Any) -> Said:
    document = documents.cleaned(found.document)
    by, at = str(document.get("by") or ""), str(document.get("modified") or "")
    return Said(documents.cleaned(value), by, at)


def _newest(found: Sequence[Version]) -> tuple[Version, ...]:
    if len(found) == 1:
        return tuple(found)
    erased = [each for each in found if each.erased]
    if erased:
        return (max(erased, key=lambda each: (each.rev, version.canonical(each.document))),)
    newest = [
        each
        for at, each in enumerate(found)
        if (each.rev.is_joined and each.known)
        or not any(other.descends_from(each) for there, other in enumerate(found) if there != at)
    ]
    for each in sorted((each for each in newest if each.rev.is_joined), key=lambda each: each.rev):
        if _is_known_to_others(each, newest):
            newest.remove(each)
    return tuple(sorted(newest, key=_order, reverse=True))


def _is_known_to_others(joined: Version, versions: Sequence[Version]) -> bool:
    """Whether the others together know all that this joined version stands for: then each part of it was
    replaced. A kept version does not count, for it gives way to a joined one."""
    others = [each for each in versions if each is not joined and not each.rev.is_kept]
    revs = joined.known.values()
    return bool(revs) and all(any(each.knows(rev) for each in others) for rev in revs)


def _order(each: Version) -> tuple[bool, bool, Rev]:
    return not each.removed, is_agreed(each.document), each.rev


# Edited by hand

_DATES = frozenset({"created", "modified", "by"})


def _told_apart(versions: Iterable[Version]) -> list[Version]:
    """Return the versions with each revision once. What was edited by hand is a revision of its own."""
    given = list(versions)
    if len(given) == 1 and given[0].is_as_saved:
        return given
    as_saved = {each.rev: each for each in given if each.is_as_saved}
    found: dict[Rev, Version] = {}
    for each in given:
        own = each if each.is_as_saved else _edited_by_hand(each, as_saved.get(each.rev))
        other = found.get(own.rev)
        found[own.rev] = own if other is None or other == own else _both(own, other)
    return list(found.values())


def _edited_by_hand(found: Version, as_saved: Version | None) -> Version:
    """Return what was edited by hand as a version of its own, the same on every machine.
    Unless the version is there as it was saved, nobody knows which fields were changed: all are taken to
    be."""
    fields = version.differing(as_saved, found) if as_saved else found.content.keys() - {"id"}
    parents = [found] if found.rev.generation else []
    return Version(_revised_by_hand(found.document, parents, fields), found.removed)


def _revised_by_hand(document: Document, parents: Sequence[Version], fields: Iterable[str]) -> Document:
    writer = version.digest(version.canonical(version.content(document)), 4)
    revised = version.revised(document, parents, sorted(fields), writer=writer, at="", by="")
    dates = {key: document[key] for key in _DATES if key in document}
    return {key: value for key, value in revised.items() if key not in _DATES} | dates


def _both(one: Version, other: Version) -> Version:
    """Return one revision from what two files say of it: they may know different versions before it."""
    first = min(one.document, other.document, key=_without_ancestry)
    known = version.united([one.ancestry, other.ancestry])
    before = version.without(known, version.rev_of(first).writer)
    fields = dict(version.changed_fields(one.document))
    for name, generation in version.changed_fields(other.document).items():
        fields[name] = max(generation, fields.get(name, 0))
    return Version(first | {"ancestors": version.written(before), "changed": fields}, one.removed)


def _without_ancestry(document: Document) -> bytes:
    return version.canonical({key: document[key] for key in document.keys() - {"ancestors", "changed"}})


# In the tables


def versions_key(key: RecordKey) -> RecordKey:
    """Return the key of the entry that holds several versions of a record."""
    return VERSIONS, f"{key[0]}/{key[1]}"


def record_key(name: str) -> RecordKey:
    """Return the key of the record whose versions have this id in `versions`."""
    table, _, record_id = name.partition("/")
    return table, record_id


def removal_key(key: RecordKey) -> RecordKey:
    """Return the key of a record's removal."""
    return DELETED, f"{key[0]}/{key[1]}"


def read_versions(
    key: RecordKey, document: Document | None, removal: Document | None, several: Document | None
) -> RecordVersions:
    """Return the versions of a record from its entries in the three tables."""
    if removal is not None and Version(removal, removed=True).erased:
        return RecordVersions(key, (Version(removal, removed=True),))
    competing = _competing(key, several) if several is not None else []
    if competing:
        return _with_edits(RecordVersions.of(key, competing), document)
    if document is not None:
        return RecordVersions(key, (Version(document),))
    return RecordVersions(key, (Version(removal, removed=True),) if removal is not None else ())


def _competing(key: RecordKey, several: Document) -> list[Version]:
    live = [Version(each) for each in _documents(several.get("versions"), key) if is_readable(key[0], each)]
    removals = [each for each in _documents(several.get("removals"), key) if is_about(key, each)]
    return [*live, *(Version(each, removed=True) for each in removals)]


def _with_edits(found: RecordVersions, document: Document | None) -> RecordVersions:
    """Return the versions of a record whose own table has `document`: where that is the merged view edited by
    hand, the edit replaces the versions that were shown."""
    seen = found.view
    if document is None or seen.document is None:
        return found
    fields = version.differing(Version(seen.document), Version(document))
    if not fields:
        return found
    parents = [each for each in found.versions if each not in seen.losers]
    edited = Version(_revised_by_hand(document, parents, fields))
    return RecordVersions.of(found.key, [*seen.losers, edited])


def written(found: RecordVersions) -> tuple[Document | None, Document | None, Document | None]:
    """Return the entries of a record in its own table, in that of removals, and in `versions`."""
    removal = found.removals[0].document if found.removals and found.shown is None else None
    if len(found.versions) < 2:
        return found.shown, removal, None
    several = {
        "id": versions_key(found.key)[1],
        "versions": [each.document for each in found.changed],
        "removals": [each.document for each in found.removals],
    }
    return found.shown, removal, several


def is_about(key: RecordKey, removal: Document) -> bool:
    """Whether the removal is of this record, and not of one of another kind with the same id."""
    return removal.get("table") == key[0]


def _documents(value: Any, key: RecordKey) -> list[Document]:
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [item for item in items if key[0] == META or item.get("id") == key[1]]
