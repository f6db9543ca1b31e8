"""What several people have changed without knowing of each other, and what can be made of it."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from vigtui.domain.records import Record
from vigtui.domain.records.metadata import Sort
from vigtui.domain.records.schema import field_of


class Said(Struct, frozen=True):
    """What one version says of a field, by whom, and when (ISO 8601, as in the file)."""

    value: Any
    by: str
    at: str


class Conflict(Struct, frozen=True):
    """A record that people changed without knowing of each other.

    `seen` is the document of what is shown everywhere, without its ancestry. `fields` has, for each field
    that was changed to different values, what is shown first, then the others. `removal` tells who removed a
    record that somebody else changed, or below which somebody wrote; its value is None. `below` is then what
    was written below it, and `unchanged` says that there is nothing but that against the removal.
    """

    table: str
    id: str
    seen: dict[str, Any]
    fields: dict[str, tuple[Said, ...]]
    removal: Said | None
    unchanged: bool = False
    below: tuple[Record, ...] = ()

    @property
    def number(self) -> int:
        """How many things there are to decide."""
        return len(self.fields) + (self.removal is not None)

    @property
    def words(self) -> str:
        """What deciding it is called, for undo."""
        return "Decide what both had changed"


def both(kind: type[Struct], name: str, one: Any, other: Any) -> Any:
    """Return a value that keeps what both values of a field say, as the file holds them; UNSET where that
    makes no sense: a day cannot be two days, and a client's own words are not put together from two."""
    field = field_of(kind, name)
    if field.sort is Sort.TEXT and isinstance(one, str) and isinstance(other, str):
        return _texts(one, other) if one and other else UNSET
    if field.sort is Sort.LIST and isinstance(one, list) and isinstance(other, list):
        return _lists(one, other) if one and other else UNSET
    if field.part is not None and isinstance(one, dict) and isinstance(other, dict):
        return _parts(field.part, one, other) if field.sort is Sort.PARTS else UNSET
    return UNSET


def _texts(one: str, other: str) -> str:
    if other.strip() in one:
        return one
    return other if one.strip() in other else f"{one.rstrip()}\n\n{other.lstrip()}"


def _lists(one: list[Any], other: list[Any]) -> list[Any] | UnsetType:
    """Return the items of both. What is there twice under one id, and says different things, is one thing."""
    ids = {item["id"] for item in one if isinstance(item, dict) and "id" in item}
    more = [item for item in other if item not in one]
    if any(isinstance(item, dict) and item.get("id") in ids for item in more):
        return UNSET
    return [*one, *more]


def _parts(kind: type[Struct], one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any] | UnsetType:
    found = dict(one)
    for name, value in other.items():
        if found.get(name) and value and found[name] != value:
            found[name] = both(kind, name, found[name], value)
        else:
            found[name] = found.get(name) or value
    return UNSET if UNSET in found.values() else found
