"""What is known of each kind of record, read from how its fields are declared.

A kind is looked at when it is first asked about: starting the program asks about none.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import UNSET, Struct, structs

from vigtui.domain.records import KINDS, Record
from vigtui.domain.records.metadata import Label, Ref, Safer, Secret, Sort, Together

BOOKKEEPING = frozenset({"id", "rev", "ancestors", "changed", "created", "modified", "by"})
"""The fields of a record that the store sets, which histories leave out."""


class Field(Struct, frozen=True):
    """A field of a record, or of a part of one: its name in the file, what it is called on the screen, how
    two of its values are both kept, whom it names, which of its values protects most, the thing that it
    says together with other fields, the kind of the part, or parts, that it holds, and whether what it
    says is never told."""

    name: str
    label: str
    sort: Sort = Sort.ONE
    ref: Ref | None = None
    safer: Safer | None = None
    thing: str = ""
    part: type[Struct] | None = None
    secret: bool = False


class Reference(Struct, frozen=True):
    """Where records of a kind name others: in a field, or in a field of its parts ("agreed", "by")."""

    path: tuple[str, ...]
    ref: Ref

    @property
    def name(self) -> str:
        """The field of the record."""
        return self.path[0]

    def ids(self, record: Struct) -> tuple[str, ...]:
        """Return what is there: ids, and words where the reference may be words. Nothing empty."""
        found: list[Any] = [record]
        for name in self.path:
            found = [each for holder in found for each in _several(getattr(holder, name))]
        return tuple(each for each in found if each)


def _several(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


@cache
def fields(kind: type[Struct]) -> Mapping[str, Field]:
    """Return the fields of a kind of record, of a part, or of the caseload's settings, by name, without the
    store's own and without the id of a part."""
    hints = get_type_hints(kind, include_extras=True)
    own = BOOKKEEPING if issubclass(kind, Record) else {"id"}
    found = {name: _field(name, hints[name]) for name in kind.__struct_fields__ if name not in own}
    return MappingProxyType(found)


def _field(name: str, hint: Any) -> Field:
    told = {type(each): each for each in getattr(hint, "__metadata__", ())}
    bare = get_args(hint)[0] if told else hint
    return Field(
        name,
        told.get(Label, Label(name.replace("_", " "))).words,
        told.get(Sort, _sort(bare)),
        told.get(Ref),
        told.get(Safer),
        told.get(Together, Together("")).thing,
        _part(bare),
        Secret in told,
    )


def _sort(bare: Any) -> Sort:
    if get_origin(bare) is tuple:
        return Sort.LIST
    return Sort.PARTS if isinstance(bare, type) and issubclass(bare, Struct) else Sort.ONE


def _part(bare: Any) -> type[Struct] | None:
    """Return the kind of part in `Fit`, `Agreement | None` or `tuple[Member, ...]`."""
    if isinstance(bare, type) and issubclass(bare, Struct):
        return bare
    return next((found for each in get_args(bare) if (found := _part(each))), None)


def field_of(kind: type[Struct], name: str) -> Field:
    """Return what is known of a field; one from a newer version is called by its name in the file."""
    return fields(kind).get(name) or Field(name, name.replace("_", " "))


def label_of(kind: type[Struct], name: str) -> str:
    """Return what a field is called, as in "caption changed"."""
    return field_of(kind, name).label


@cache
def references(kind: type[Struct]) -> tuple[Reference, ...]:
    """Return where records of this kind name other records, members and colleagues."""
    found = []
    for name, field in fields(kind).items():
        if field.ref is not None:
            found.append(Reference((name,), field.ref))
        if field.part is not None:
            found += [Reference((name, *each.path), each.ref) for each in references(field.part)]
    return tuple(found)


@cache
def owners(kind: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that name what records of this kind belong to, and the tables of those."""
    found = {each.name: each.ref.tables for each in references(kind) if each.ref.owner}
    return MappingProxyType(found)


@cache
def referring(table: str) -> tuple[tuple[type[Record], Reference], ...]:
    """Return the kinds whose records may name one of this table, and where they do."""
    return tuple((kind, each) for kind in KINDS for each in references(kind) if table in each.ref.tables)


@cache
def owned_by(table: str) -> tuple[tuple[type[Record], str], ...]:
    """Return the kinds whose records belong to one of this table, and the fields that say so."""
    return tuple((kind, each.name) for kind, each in referring(table) if each.ref.owner)


@cache
def told_about(table: str) -> tuple[tuple[type[Record], Reference], ...]:
    """Return the kinds whose records may be about one of this table, and where they say so."""
    return tuple((kind, each) for kind, each in referring(table) if each.ref.about)


@cache
def together(kind: type[Struct], name: str) -> frozenset[str]:
    """Return the fields that say one thing with this one, which is among them."""
    thing = field_of(kind, name).thing
    return frozenset({name, *(each.name for each in fields(kind).values() if thing and each.thing == thing)})


@cache
def protective(kind: type[Struct]) -> frozenset[str]:
    """Return the fields, one value of which protects people more than another, also those with such parts."""
    return frozenset(
        name
        for name, field in fields(kind).items()
        if field.safer or (field.part is not None and protective(field.part))
    )


def safest(kind: type[Struct], name: str, values: Sequence[Any]) -> Any:
    """Return of several values of a field, as they are in files, what protects most; UNSET where all are
    alike in that. Of a family's members these are all that any of the values has, each as the value has it in
    which they are best protected."""
    field = field_of(kind, name)
    if field.safer is not None:
        return field.safer.safest(values)
    if field.part is None or not protective(field.part) or not all(isinstance(each, list) for each in values):
        return UNSET
    return _safest_parts(field.part, [item for each in values for item in each])


def _safest_parts(part: type[Struct], items: Sequence[Any]) -> list[Any]:
    """Return each part, known by its id, once: as it was first, with the safest of its protective values."""
    defaults = {field.name: field.default for field in structs.fields(part)}
    found: dict[object, Any] = {}
    for at, item in enumerate(items):
        identity = item.get("id", at) if isinstance(item, dict) else at
        first = found.setdefault(identity, item)
        if first is not item:
            safe = {
                name: safest(part, name, [each.get(name, defaults[name]) for each in (first, item)])
                for name in protective(part)
            }
            found[identity] = first | safe
    return list(found.values())


def named(record: Record) -> Iterator[tuple[Reference, str]]:
    """Yield what a record names, and where: ids, and words where the reference may be words."""
    for reference in references(type(record)):
        for identity in reference.ids(record):
            yield reference, identity
