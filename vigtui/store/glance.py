"""A few families of a large file, read before the rest of it is looked at.

Only of a file in clear that is laid out as `layout.encode` does it, one document a line, in which nothing
waits to be decided: then what belongs to a family is in the lines that name it. Whether the whole can be read
is found by opening it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from vigtui.domain.records import (
    AgreedWords,
    CaseloadMeta,
    Clip,
    Consent,
    Copy,
    Cycle,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
)
from vigtui.domain.records.schema import owners as owners_of
from vigtui.store.format.documents import is_plain
from vigtui.store.format.layout import DELETED, META, VERSIONS, Entry, LayoutError, Tables
from vigtui.store.format.opening import load
from vigtui.store.index import Index

if TYPE_CHECKING:
    from vigtui.domain.conflicts import Conflict

R = TypeVar("R", bound=Record)

_WHOLE = (META, *(kind.table for kind in (Person, Session, SessionItem, AgreedWords)))
_PARTS = (StatusSpan, Consent, HelpingQuestion, Copy, Cycle, Rating, Recording, Clip)
"""What the list is made of besides: what a kind belongs to comes before it."""
_ERASED = re.compile(rb'"erased"\s*:\s*true')


class Glance:
    """The file at `path`, in which this `data` was read. Raises LayoutError where it has to be opened to be
    understood."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path, self._data = path, data
        self._spans = _tables(self._data)
        start, end = self._spans.get(VERSIONS, (0, 0))
        if end > start or not is_plain(self._data):
            raise LayoutError("has to be opened")

    def families(self) -> "Glanced":
        """All families, without what belongs to them. Raises LayoutError."""
        found = self._read({name: self._whole(name) for name in _WHOLE})
        start, end = self._spans.get(Family.table, (0, 0))
        try:
            families = msgspec.json.decode(b"{%b}" % self._data[start:end], type=dict[str, Family])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise LayoutError("has to be opened") from None
        if not found.index.fill(Family, list(families.values())):
            raise LayoutError("has to be opened")
        for erased in self._erased():
            found.index.drop(Family.table, erased)
        return found

    def whole(self, families: Collection[str]) -> "Glanced":
        """These families, by id, with all that belongs to them. Raises LayoutError."""
        tables = {name: self._whole(name) for name in _WHOLE}
        tables[Family.table] = self._with(Family.table, "id", families)
        for kind in _PARTS:
            field, above = _owner(kind, tables)
            owners = families if above == Family.table else _ids(tables[above])
            tables[kind.table] = self._with(kind.table, field, owners)
        found = self._read(tables)
        for erased in self._erased():
            for table in tables:
                if table in found.tables:
                    found.index.drop(table, erased)
        return found

    def _read(self, tables: Tables) -> "Glanced":
        loaded = load(self._path, tables, lambda: None, plain=True)
        if loaded.findings or loaded.read_only:
            raise LayoutError("has to be opened")
        return Glanced(loaded.meta, loaded.index, tuple(tables))

    def _whole(self, table: str) -> dict[str, Entry]:
        start, end = self._spans.get(table, (0, 0))
        return _entries(self._data[start:end])

    def _with(self, table: str, field: str, ids: Collection[str]) -> dict[str, Entry]:
        """The entries of a table in which the field has one of these values."""
        if not ids or table not in self._spans:
            return {}
        values = b"|".join(re.escape(msgspec.json.encode(each)[1:-1]) for each in ids)
        pattern = re.compile(rb'"%b"\s*:\s*"(?:%b)"' % (field.encode(), values))
        return _entries(b",\n".join(self._lines(table, pattern)))

    def _lines(self, table: str, pattern: re.Pattern[bytes]) -> Iterable[bytes]:
        start, end = self._spans[table]
        after = start
        for found in pattern.finditer(self._data, start, end):
            if found.start() < after:
                continue  # It stands in the same line twice.
            first = max(start, self._data.rfind(b"\n", start, found.start()) + 1)
            after = self._data.find(b"\n", found.end(), end)
            after = end if after < 0 else after
            yield self._data[first:after].removesuffix(b",")

    def _erased(self) -> set[str]:
        """The ids of records that the file says were erased, though it may still hold them."""
        if DELETED not in self._spans:
            return set()
        return _ids(_entries(b",\n".join(self._lines(DELETED, _ERASED))))


class Glanced:
    """Some records of a file, as they are shown: each has one version, and all that was looked at can be
    read."""

    def __init__(self, meta: CaseloadMeta, index: Index, tables: Sequence[str]) -> None:
        self.meta, self.index, self.tables = meta, index, tables

    def where(self, kind: type[R], /, **equals: object) -> list[R]:
        """Return the records whose fields have these values, in the order of their creation."""
        return self.index.where(kind, **equals)

    def get(self, kind: type[R], record_id: str, /) -> R | None:
        """Return the record of this kind with this id, or None."""
        return self.index.find(kind, record_id)

    def versions(self, kind: type[R], record_id: str, /) -> tuple[R, ...]:
        """Return the one version of a record."""
        found = self.index.find(kind, record_id)
        return () if found is None else (found,)

    def competing(self, _kind: type[Record], /) -> list[str]:
        """Of none are there several versions."""
        return []

    def is_removed_in_a_version(self, _kind: type[Record], _id: str, /) -> bool:
        """No version removes what is there."""
        return False

    def unused(self, _kind: type[Record], /) -> list[dict[str, object]]:
        """Nothing was found that cannot be read."""
        return []

    def conflicts(self) -> "list[Conflict]":
        """Nothing waits to be decided."""
        return []


def _owner(kind: type[Record], tables: Collection[str]) -> tuple[str, str]:
    """Return the field by which records of this kind belong to one of a family's, and the table of that,
    which is among these."""
    owners = [(field, table) for field, named in owners_of(kind).items() for table in named]
    return next((field, table) for field, table in owners if table in tables and table not in _WHOLE)


def _tables(data: bytes) -> dict[str, tuple[int, int]]:
    """Return from where to where the entries of each table are, or raise LayoutError."""
    try:
        tables = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise LayoutError("has to be opened") from None
    found: dict[str, tuple[int, int]] = {}
    at, between = 0, b"{"
    for name, table in tables.items():
        head = between + msgspec.json.encode(name) + b": {"
        start, end = at + len(head), at + len(head) - 1 + memoryview(table).nbytes - 2
        if not data.startswith(head, at) or data[end : end + 2] != b"\n}":
            raise LayoutError("has to be opened")
        found[name] = (min(start + 1, end), end)
        at, between = end + 2, b",\n"
    if data[at:] != b"}\n":
        raise LayoutError("has to be opened")
    return found


def _entries(lines: bytes) -> dict[str, Entry]:
    try:
        return cast("dict[str, Entry]", msgspec.json.decode(b"{%b}" % lines, type=dict[str, msgspec.Raw]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise LayoutError("has to be opened") from None


class _Named(msgspec.Struct):
    id: str


def _ids(entries: dict[str, Entry]) -> set[str]:
    try:
        return {msgspec.json.decode(cast("msgspec.Raw", each), type=_Named).id for each in entries.values()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise LayoutError("has to be opened") from None
