"""What removing a record means for others: what is removed with it, what no longer refers to it, what forbids
it.

Each field that names another record says which of these it asks for (`Ref.on_removal`). Two rules more: a
supervision that was held stays, with its clips, and so does what was written about film that was deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.consent.filmed import recordings_of, with_people_said
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Clip, Family, Member, Person, Record, Recording, Session, SessionItem
from vigtui.domain.records.metadata import MEMBERS, OnRemoval, Sort
from vigtui.domain.records.schema import Reference, fields, references, referring
from vigtui.domain.vocabulary import RecordingState, SessionState


class Refusal(Struct, frozen=True):
    """A record that must stay, and the one `because` of which it does; None where it is the record's own
    state."""

    record: Record
    because: Record | None = None


class Removal(Struct, frozen=True):
    """What is removed `along` with something, the deepest first, and what stays, `changed` so that it no
    longer refers to what is removed. With a `refusal` nothing of it may be done."""

    along: tuple[Record, ...]
    changed: tuple[Record, ...] = ()
    refusal: Refusal | None = None


def plan_removal(find: Find, where: Where, record: Record) -> Removal:
    """Find out what removing `record` means. Nothing is changed."""
    found = {each.id: each for each in _below(where, record.table, record.id)}
    along = tuple(each for each in found.values() if each.id != record.id)
    removed = (*along, record)
    refusal = next(_refusals(find, where, removed), None)
    if refusal is not None:
        return Removal(along, (), refusal)
    return Removal(along, tuple(no_longer_naming(where, removed)))


def plan_member_removal(where: Where, family: Family, member: Member) -> Removal:
    """Find out what removing a member from a family means: their tags go along, and what they decided, asked,
    rated and said stays under the name they had, under which they are still in the films that they were in.
    The family is among what is changed."""
    found = {each.id: each for each in _below(where, MEMBERS, member.id)}
    removed = [(MEMBERS, member.id), *((each.table, each.id) for each in found.values())]
    names = {**dict.fromkeys(found, ""), member.id: member.label}
    changed = {each.id: each for each in _cleared(where, removed, names)}
    if member.filmed:
        said = with_people_said(recordings_of(where, family), family)
        changed |= {each.id: _without(each, names) for each in said}
    members = tuple(other for other in family.members if other.id != member.id)
    return Removal(tuple(found.values()), (*changed.values(), replace(family, members=members)))


def no_longer_naming(where: Where, gone: Iterable[Record]) -> list[Record]:
    """Return what stays and names one of these records, as it is without that."""
    known = list(gone)
    names = {each.id: each.name if isinstance(each, Person) else "" for each in known}
    return list(_cleared(where, [(each.table, each.id) for each in known], names))


def _naming(where: Where, kind: type[Record], reference: Reference, identity: str) -> list[Record]:
    """Return the records of a kind that name this id there."""
    if len(reference.path) == 1 and fields(kind)[reference.name].sort is not Sort.LIST:
        return list(where(kind, **{reference.name: identity}))
    return [each for each in where(kind) if identity in reference.ids(each)]


def _asking(table: str, on_removal: OnRemoval) -> Iterator[tuple[type[Record], Reference]]:
    """Yield where records name one of a table, of those that ask for this when it is removed."""
    return (each for each in referring(table) if each[1].ref.on_removal == on_removal)


def _below(where: Where, table: str, identity: str) -> Iterator[Record]:
    """Yield everything that means nothing without the record, the deepest first."""
    for kind, reference in _asking(table, "cascade"):
        for child in _naming(where, kind, reference, identity):
            yield from _below(where, child.table, child.id)
            yield child


def _refusals(find: Find, where: Where, removed: tuple[Record, ...]) -> Iterator[Refusal]:
    """Yield why some of this must stay: first the reasons of the record itself, then those of what is
    removed with it."""
    going = {each.id for each in removed}
    for record in reversed(removed):
        if isinstance(record, Recording) and record.state is RecordingState.DELETED:
            yield Refusal(record)
        if isinstance(record, Session) and record.state is not SessionState.PLANNED:
            yield Refusal(record)
        if isinstance(record, SessionItem) and record.agreed is not None:
            yield Refusal(record)
        for kind, reference in _asking(record.table, "refuse"):
            for each in _naming(where, kind, reference, record.id):
                if each.id not in going:
                    yield Refusal(record, each)
        if isinstance(record, Clip):
            yield from (Refusal(record, each) for each in _held_about(find, where, record))


def _held_about(find: Find, where: Where, clip: Clip) -> Iterator[Session]:
    """Yield the supervisions that were held and in which the clip was seen."""
    for item in (*where(SessionItem, clip=clip.id), *where(SessionItem, companion=clip.id)):
        session = find(Session, item.session)
        if session is not None and session.state is not SessionState.PLANNED:
            yield session


def _cleared(where: Where, removed: Iterable[tuple[str, str]], names: Mapping[str, str]) -> Iterator[Record]:
    """Return what stays, without its references to what is removed: tables and ids, with their `names`. A
    record may be touched through several fields."""
    found: dict[str, Record] = {}
    for table, identity in removed:
        for kind, reference in _asking(table, "clear"):
            found |= {each.id: each for each in _naming(where, kind, reference, identity)}
    return (_without(record, names) for record in found.values() if record.id not in names)


def _without(record: Record, names: Mapping[str, str]) -> Record:
    """Return the record with every reference emptied that names one of these ids; where it may be words, it
    holds the name from then on."""
    changes: dict[str, Any] = {}
    for reference in references(type(record)):
        if reference.ref.on_removal != "clear":
            continue
        value = changes.get(reference.name, getattr(record, reference.name))
        words = names if reference.ref.or_words else dict.fromkeys(names, "")
        if isinstance(value, tuple):
            changes[reference.name] = tuple(word for each in value if (word := words.get(each, each)))
        elif value in names:
            changes[reference.name] = words[value]
    return replace(record, **changes)
