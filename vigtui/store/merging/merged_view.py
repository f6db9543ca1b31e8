"""The merged view: what is shown of several versions of a record. It depends on nothing but these.

Of each field it is the value that no other version has replaced. Where two versions have changed the same
field to different values, one is shown and the other kept to be looked at: of a field that protects people
what protects them most, else what was agreed, else what was set at the higher generation. An agreement that
was made in two places, over the same words, is one agreement with the signers of both.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from vigtui.domain.records import schema
from vigtui.store.errors import RecordInvalidError
from vigtui.store.format import version
from vigtui.store.format.layout import Document
from vigtui.store.format.version import Rev, Version

MISSING: Any = msgspec.UNSET
"""Stands for the value of a field that a version does not have."""

REFUSAL = "This record is agreed and stays as it was agreed. Add what is missing as an amendment."
_AGREED, _OPEN = "agreed", frozenset({"amendments"})
_CREATED = "created"


class View(Struct, frozen=True):
    """What is shown of a record's versions.

    `document` is None for a record that is removed. `others` has, for each field that was changed to
    different values, the versions whose values are not shown. `removal` is the one that a later or
    simultaneous change outlived.
    """

    document: Document | None = None
    others: Mapping[str, tuple[Version, ...]] = {}
    removal: Version | None = None

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing for a person to decide."""
        return not self.others and self.removal is None

    @property
    def losers(self) -> list[Version]:
        """The versions with a value that is not shown."""
        found: list[Version] = []
        for versions in self.others.values():
            found += [each for each in versions if each not in found]
        return found


def view_of(kind: type[Struct] | None, versions: Sequence[Version]) -> View:
    """Return what is shown of these versions, and what is not."""
    changed = [each for each in versions if not each.removed]
    if not changed:
        return View()
    removal = next((each for each in versions if each.removed), None)
    if len(changed) == 1:
        return View(changed[0].document, {}, removal)
    values, others = _fields(kind, changed)
    return View(version.joined(values, changed), others, removal)


def _fields(
    kind: type[Struct] | None, versions: Sequence[Version]
) -> tuple[Document, dict[str, tuple[Version, ...]]]:
    """Return the value that is shown of each field, and the versions whose values compete with it."""
    values: Document = {}
    others: dict[str, tuple[Version, ...]] = {}
    for name in dict.fromkeys(key for each in versions for key in each.content):
        held = [each.document.get(name, MISSING) for each in versions]
        if held.count(held[0]) == len(held):
            values[name] = held[0]
            continue
        together = schema.together(kind, name) if kind is not None else {name}
        standing = _standing([_holder(each, together) for each in versions], name)
        if name == _AGREED and _say_the_same(standing):
            values[name] = _united([each.document[name] for each in standing])
            continue
        seen = _seen(kind, name, standing)
        if seen is not MISSING:
            values[name] = seen
        others[name] = tuple(each for each in standing if each.document.get(name, MISSING) != seen)
    return values, {name: found for name, found in others.items() if found}


Settings = frozenset[tuple[int, str]]
"""The generations and writers that set a field. Who knows the last of them knows those before it, but two may
have set the same apart from each other."""


class _Holder(Struct, frozen=True):
    """A version with what set a field in it, where whoever set one of those that belong `together` set them
    all, and the last `setter`."""

    version: Version
    together: Collection[str]
    settings: Settings
    setter: tuple[int, str]
    is_agreed: bool


def _holder(found: Version, together: Collection[str]) -> _Holder:
    settings = _settings(found, together)
    return _Holder(found, together, settings, max(settings, default=(0, "")), is_agreed(found.document))


def _settings(found: Version, names: Collection[str]) -> Settings:
    """Return what set these fields, where whoever agreed the record set them all."""
    own = found.settings(names)
    return own | found.settings((_AGREED,)) if is_agreed(found.document) else own


def _standing(holders: Sequence[_Holder], name: str) -> list[Version]:
    """Return the versions whose value of a field no other has replaced, what was agreed first, then by who
    set it. That does not depend on which of them were joined before."""
    order = sorted(holders, key=lambda each: (each.is_agreed, each.setter), reverse=True)
    standing = [
        each.version
        for each in order
        if not any(_is_replaced(each, other) or _is_included(each, other, name) for other in holders)
    ]
    return standing or [order[0].version]


def _is_replaced(one: _Holder, other: _Holder) -> bool:
    """Whether the other version has the field from another setter, and knew all that had set it in this."""
    return other.setter != one.setter and _knew(other.version, one.settings)


def _knew(holder: Version, settings: Settings) -> bool:
    return all(generation <= holder.known.get(writer, Rev()).generation for generation, writer in settings)


def _is_included(one: _Holder, other: _Holder, name: str) -> bool:
    """Whether the other version says all that this one has set of fields that belong together, and more:
    the same change made in two places, from one of which somebody has gone on."""
    if one.version.document.get(name, MISSING) == other.version.document.get(name, MISSING):
        return False
    new = [each for each in one.together if not _knew(other.version, _set_alone(one.version, each))]
    return bool(new) and all(
        one.version.document.get(each, MISSING) == other.version.document.get(each, MISSING) for each in new
    )


def _set_alone(found: Version, name: str) -> Settings:
    """Return what set this field, be it the making of the record."""
    return _settings(found, (name,)) or found.settings((_CREATED,))


def _seen(kind: type[Struct] | None, name: str, standing: Sequence[Version]) -> Any:
    first = standing[0].document.get(name, MISSING)
    values = [each.document[name] for each in standing if name in each.document]
    if kind is None or len(values) < 2 or name not in schema.protective(kind):
        return first
    safest = schema.safest(kind, name, values)
    return first if safest is MISSING else safest


# Agreed supervision records stay as they were agreed, whatever is written elsewhere. The agreement is in the
# session and in each item of its agenda. To agree is to set all their fields: what somebody changes
# without knowing of it competes with that, and the agreed values are shown.


def is_agreed(document: Mapping[str, Any]) -> bool:
    """Whether this version of a record belongs to an agreed supervision. A helping question, which the
    client agreed on a day, does not."""
    return isinstance(document.get(_AGREED), Mapping)


def require_agreed(agreed: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> None:
    """Raise RecordInvalidError if one of these values is in none of the `agreed` versions. Amendments may be
    added; without an agreed version there is no restriction."""
    for name, value in values.items():
        if agreed and name not in _OPEN and all(each.get(name) != value for each in agreed):
            raise RecordInvalidError(REFUSAL)


def _say_the_same(versions: Sequence[Version]) -> bool:
    """Whether these versions were agreed, each by itself, with the same content."""
    words = [
        {name: value for name, value in each.content.items() if name != _AGREED and name not in _OPEN}
        for each in versions
        if is_agreed(each.document)
    ]
    return len(versions) == len(words) > 1 and all(each == words[0] for each in words)


def _united(agreements: Sequence[Mapping[str, Any]]) -> Document:
    """Return an agreement that was made in several places as one, with all its signers."""
    signers = {who for each in agreements for who in each.get("by") or () if isinstance(who, str)}
    first = min(agreements, key=lambda each: (str(each.get("at")), version.canonical(each)))
    return {**first, "by": sorted(signers)}
