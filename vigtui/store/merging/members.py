"""A member whom somebody removed from a family while another wrote something under them.

Members are parts of their families. The list with the member and the one without are then two competing
values of the family's members, to be decided.
"""

from collections.abc import Iterable, Iterator, Mapping

from vigtui.domain.records import KIND_OF, Family
from vigtui.domain.records.metadata import MEMBERS, Sort
from vigtui.domain.records.schema import field_of, named, referring
from vigtui.store.format import version
from vigtui.store.format.version import Version
from vigtui.store.index import Index
from vigtui.store.merging.ledger import Ledger
from vigtui.store.merging.record_versions import RecordKey, RecordVersions
from vigtui.store.merging.steps import Step
from vigtui.values.identity import is_id


def keep_members(
    ledger: Ledger, step: Step, keys: Iterable[RecordKey], given: Mapping[RecordKey, Iterable[Version]]
) -> set[RecordKey]:
    """Keep the members whom one of these records names, and whom no family has any more, against their
    removal. `given` are the versions of families that came together. Return the families touched."""
    missing = _missing(ledger.index, keys, given) if given else set()
    touched: set[RecordKey] = set()
    for key, versions in sorted(given.items()):
        for member in sorted(missing):
            known = [each for each in versions if member in _members(each.document)]
            found = ledger.versions(key)
            if known and found.shown is not None:
                last = max(known, key=lambda each: each.rev)
                ledger.put(found.merged(RecordVersions(key, (_again(last, member, found),))), step, came=True)
                touched.add(key)
    return touched


def _missing(
    index: Index, keys: Iterable[RecordKey], given: Mapping[RecordKey, Iterable[Version]]
) -> set[str]:
    """Return the ids of members that are named, and who are in no family."""
    candidates = set(_named_in(index, keys))
    for key, versions in given.items():
        family = index.find(Family, key[1])
        there = {member.id for member in family.members} if family is not None else set()
        gone = {member for each in versions for member in _members(each.document)} - there
        candidates |= {member for member in gone if _is_named(index, member)}
    if candidates:
        candidates -= {member.id for family in index.all(Family) for member in family.members}
    return {each for each in candidates if index.get("people", each) is None}


def _named_in(index: Index, keys: Iterable[RecordKey]) -> Iterator[str]:
    for table, record_id in keys:
        record = index.get(table, record_id) if table in KIND_OF else None
        for reference, identity in named(record) if record is not None else ():
            if MEMBERS in reference.ref.tables and is_id(identity):
                yield identity


def _is_named(index: Index, member: str) -> bool:
    return any(
        member in reference.ids(record)
        for kind, reference in referring(MEMBERS)
        for record in (
            index.all(kind)
            if field_of(kind, reference.name).sort is Sort.LIST
            else index.where(kind, **{reference.name: member})
        )
    )


def _members(document: Mapping[str, object]) -> list[str]:
    members = document.get("members")
    found = members if isinstance(members, list) else []
    return [each["id"] for each in found if isinstance(each, dict) and isinstance(each.get("id"), str)]


def _again(last: Version, member: str, found: RecordVersions) -> Version:
    """Return a version of a family that has the member, as one that has just said so: the same on every
    machine that knows the same of the family."""
    revs = " ".join(str(each.rev) for each in (last, *found.versions))
    writer = version.digest(f"{member} {revs}".encode(), 4)
    at, by = last.document.get("modified") or "", last.document.get("by") or ""
    return Version(version.revised(last.document, [last], ["members"], writer=writer, at=at, by=by))
