"""Colleagues whom a hand-over names: known here by their id, matched by their name, or brought along."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.lookup import Where
from vigtui.domain.records import Person, Record
from vigtui.domain.records.schema import references
from vigtui.values.text import folded

R = TypeVar("R", bound=Record)


def matched(where: Where, people: Iterable[Person]) -> dict[str, str]:
    """Return who is here under another id, and that id: of each name that one colleague alone has."""
    here: dict[str, list[str]] = {}
    for each in where(Person):
        here.setdefault(folded(each.name), []).append(each.id)
    known = {each.id for each in where(Person)}
    found = {}
    for each in people:
        same = here.get(folded(each.name), [])
        if each.id not in known and len(same) == 1:
            found[each.id] = same[0]
    return found


def naming(record: R, ids: Mapping[str, str]) -> R:
    """Return a record that names colleagues by these other ids."""
    for each in references(type(record)):
        if Person.table in each.ref.tables:
            record = _with(record, each.path, ids)
    return record


def _with(holder: Any, path: tuple[str, ...], ids: Mapping[str, str]) -> Any:
    name, *rest = path
    value = getattr(holder, name)
    if value is None:
        return holder

    def exchanged(each: Any) -> Any:
        if isinstance(each, Struct):
            return _with(each, tuple(rest), ids)
        return ids.get(each, each)

    new = tuple(map(exchanged, value)) if isinstance(value, tuple) else exchanged(value)
    return holder if new == value else replace(holder, **{name: new})
