"""Between a record and its document: what is in the file, with fields this version does not know."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Generic, TypeVar, cast

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import replace

from vigtui.domain.records import Record
from vigtui.store.format import version
from vigtui.store.format.layout import Document, Entry
from vigtui.values.text import clean, one_line

R = TypeVar("R", bound=msgspec.Struct)
Named = TypeVar("Named", bound=Record)

# What `clean` would change, as it is in JSON in UTF-8: escapes, C1 controls, marks of direction.
_NOT_PLAIN = tuple(
    map(re.compile, (rb"\\[urbf]", rb"\x7f", rb"\xc2[\x80-\x9f]", rb"\xe2[\x80\x81][\x8e\x8f\xa6-\xae]"))
)

_AT_ONCE = 4096
"""How many entries are read at once, at most: what that takes for a moment is used again for the next."""


class UnreadableError(Exception):
    """A document that is no record. The message completes "Entry 3 cannot be used ..."."""


class AllRead(msgspec.Struct, Generic[Named], frozen=True):
    """All records of a kind, and whether each is written byte by byte as its entry was."""

    records: list[Named]
    same: bool


class Rewritten(msgspec.Struct, Generic[R], frozen=True, dict=True):
    """A record written over the `base` that it was changed from, if there is one. `before` is what that said,
    where it can be read."""

    document: Document
    record: R
    base: Document | None = None
    before: R | None = None

    @property
    def says_the_same(self) -> bool:
        """Whether nothing was changed but what the store writes itself."""
        if self.before is None:
            return False
        own: dict[str, Any] = {name: getattr(self.before, name) for name in version.STORES_OWN}
        return replace(self.record, **own) == self.before

    @cached_property
    def fields(self) -> set[str]:
        """In which fields the document differs from the base; none for a new record."""
        if self.base is None:
            return set()
        return version.differing(version.Version(self.base), version.Version(self.document))


def is_plain(data: bytes) -> bool:
    """Whether no string in this JSON needs cleaning: a fast look at the whole in place of one at each."""
    if b"\\" not in data and b"\x7f" not in data and data.isascii():
        return True
    return not any(pattern.search(data) for pattern in _NOT_PLAIN)


def cleaned(value: Any) -> Any:
    """Return a JSON value with every string safe to show, and every tuple the list that it is in a file."""
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)
    if isinstance(value, dict):
        found = {key: cleaned(item) for key, item in value.items()}
        return (
            found
            if all(map(str.isprintable, found))
            else {clean(key): found[key] for key in found}
            | {key: item for key, item in found.items() if key.isprintable()}
        )
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def read(kind: type[R], document: object, *, plain: bool = False) -> R:
    """Return the document as a record of this kind, every string cleaned unless they are known to be
    `plain`. Raises UnreadableError."""
    if not isinstance(document, dict):
        raise UnreadableError("because it is not a record")
    if issubclass(kind, Record) and not _is_named(document):
        raise UnreadableError("because it has no id")
    try:
        return msgspec.convert(document if plain else cleaned(document), kind)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `$.")
        if place.startswith(("ancestors", "changed")):
            return read(kind, document | version.readable_ancestry(document), plain=plain)
        where = f'its field "{place.rstrip("`")}"' if place else "its fields"
        raise UnreadableError(one_line(f"because of {where}: {problem}")[:200]) from None
    except RecursionError:
        raise UnreadableError("because it is nested too deeply") from None


def readable(kind: type[R], document: object) -> R | None:
    """Return the document as a record of this kind; None where it is none."""
    try:
        return read(kind, document)
    except UnreadableError:
        return None


def is_readable(kind: type[msgspec.Struct], document: Document) -> bool:
    """Whether the document can be read as a record of this kind."""
    try:
        msgspec.convert(document, kind)
        return not issubclass(kind, Record) or _is_named(document)
    except (msgspec.ValidationError, RecursionError):
        pass
    return readable(kind, document) is not None


def read_all(
    kind: type[Named], entries: Sequence[Entry], known: Mapping[str, Mapping[str, Record]] | None = None
) -> "AllRead[Named] | None":
    """Return plain entries as records, some thousand at once; None when one of them has to be looked at by
    itself. `known` are the records that were read before, by their table and id.

    That it is written back unchanged is the proof that an entry says nothing twice.
    """
    if len(entries) <= _AT_ONCE:
        return _read_some(kind, entries)
    from vigtui.store.format.held_once import HeldOnce  # Lazy: few caseloads are so large.

    found, same, once = list[Named](), True, HeldOnce(known or {})
    for start in range(0, len(entries), _AT_ONCE):
        some = _read_some(kind, entries[start : start + _AT_ONCE])
        if some is None:
            return None
        once.share(kind, some.records)
        found += some.records
        same = same and some.same
    return AllRead(found, same)


def _read_some(kind: type[Named], entries: Sequence[Entry]) -> "AllRead[Named] | None":
    if all(isinstance(entry, kind) for entry in entries):
        return AllRead(cast("list[Named]", list(entries)), same=True)
    if not all(isinstance(entry, msgspec.Raw) for entry in entries):
        return None
    data = b"".join((b"[", b",".join(cast("Sequence[bytes]", entries)), b"]"))
    try:
        records: list[Named] = msgspec.json.decode(data, type=list[kind])  # type: ignore[valid-type]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    written = msgspec.json.encode(records)
    if written != data and not _is_of_another_version(data, written, entries[0], kind):
        return None
    return AllRead(records, written == data) if all(record.id.strip() for record in records) else None


class _Named(msgspec.Struct):
    id: str


def _is_of_another_version(data: bytes, written: bytes, first: Entry, kind: type[Named]) -> bool:
    """Whether records would be written otherwise than they are here for no other reason than that one
    version of the program knows fields that another does not. Each must have an id: else it is given one."""
    try:
        msgspec.json.decode(data, type=list[_Named])
        for unknown in _not_known_when(first, kind):
            written = written.replace(unknown, b"")
        return written == data or msgspec.json.encode(msgspec.json.decode(data)) == data
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _not_known_when(entry: Entry, kind: type[Named]) -> list[bytes]:
    """Return the fields that were not known when an entry was written, as they are written now when they say
    nothing."""
    known = msgspec.json.decode(cast("msgspec.Raw", entry))
    fields = ((each.encode_name, each.default) for each in msgspec.structs.fields(kind))
    new = ({name: default} for name, default in fields if name not in known and default is not NODEFAULT)
    return [b"," + msgspec.json.encode(each)[1:-1] for each in new]


def _is_named(document: Document) -> bool:
    record_id = document.get("id")
    return isinstance(record_id, str) and bool(cleaned(record_id).strip())


def write(record: msgspec.Struct, over: Document | None = None) -> Document:
    """Return the record as a document, keeping those fields of the document it replaces that this
    version does not know, also in the parts of a record. A field that an older version did not know is
    written once it says something: else every record would seem changed by opening it here."""
    known: Document = cleaned(msgspec.to_builtins(record))
    if over is None:
        return known
    defaults = _defaults(type(record))
    return _overlaid(
        over, {name: value for name, value in known.items() if name in over or value != defaults[name]}
    )


def rewrite(record: R, base: Document | None, before: R | None = None) -> Rewritten[R]:
    """Write a record over the document it was changed from, None for a new one, which was shown as `before`.
    Raises UnreadableError where a field cannot hold its value."""
    kind, document = type(record), write(record, base)
    checked = read(kind, document)
    if base is None:
        return Rewritten(document, checked)
    document["created"] = base.get("created")
    return Rewritten(document, checked, base, before or readable(kind, base))


@cache
def _defaults(kind: type[msgspec.Struct]) -> dict[str, object]:
    return {field.name: field.default for field in msgspec.structs.fields(kind)}


def _overlaid(old: Document, new: Document) -> Document:
    merged = dict(old)
    for key, value in new.items():
        merged[key] = _merged(old.get(key), value)
    return merged


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return _overlaid(old, new)
    if isinstance(old, list) and isinstance(new, list):
        return [
            _overlaid(_same(old, new, at), item) if isinstance(item, dict) else item
            for at, item in enumerate(new)
        ]
    return new


def _same(old: list[Any], new: list[Any], at: int) -> Document:
    """Return the item of the old list that `new[at]` continues: the one with its id, else the one that
    says the same, else the one in its place when the list is as long as it was."""
    item = new[at]
    candidates = [candidate for candidate in old if isinstance(candidate, dict)]
    if "id" in item:
        return next((c for c in candidates if c.get("id") == item["id"]), {})
    for candidate in candidates:
        shared = candidate.keys() & item.keys()
        if shared and all(candidate[key] == item[key] for key in shared):
            return candidate
    in_place = old[at] if len(old) == len(new) else None
    return in_place if isinstance(in_place, dict) else {}
