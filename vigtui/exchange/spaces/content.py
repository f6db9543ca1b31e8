"""What is in a file of a space: a line that says whose it is, and the caseload's tables."""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vigtui.store.format.entries import name_in
from vigtui.store.format.layout import DELETED, VERSIONS, LayoutError, Tables, decode, encode
from vigtui.store.merging.record_versions import RecordKey, record_key
from vigtui.vault.space.file import NotWholeError, decrypt, encrypt
from vigtui.vault.space.key import SpaceKey

WRITER_LETTERS = 16
_LONGEST_LINE = 1 << 20
_Name = Annotated[str, Meta(max_length=200)]
Writer = Annotated[str, Meta(pattern=f"^[0-9a-f]{{{WRITER_LETTERS}}}$")]


class Line(Struct, frozen=True):
    """What a file says of itself: the id of its caseload, who wrote it on which machine, and the `count`
    of this file among theirs. `has` is, of each other writer, the count of the file that was taken in
    last; `taken_out`, of each whose file a person took out of the space, the count of that file."""

    caseload: _Name
    writer: Writer
    person: _Name
    machine: _Name
    count: Annotated[int, Meta(ge=0)]
    has: dict[Writer, int] = {}
    taken_out: dict[Writer, int] = {}


class Names:
    """Of which records there are words in a file: eight bytes for each, since there may be twenty files with
    ten thousand records."""

    def __init__(self, keys: Iterable[RecordKey] = ()) -> None:
        self._numbers = array("q", sorted(map(hash, keys)))
        self._asked: tuple[Collection[RecordKey], bool] = ((), False)

    def any_of(self, keys: Collection[RecordKey]) -> bool:
        """Whether one of these is among them. It is asked every second, mostly about the same."""
        if self._asked[0] is not keys:
            self._asked = keys, any(map(self._has, keys))
        return self._asked[1]

    def _has(self, key: RecordKey) -> bool:
        number = hash(key)
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number


def names_in(tables: Tables) -> Names:
    """Return of which records there are words in these tables."""
    named = (
        (table, name)
        for table, entries in tables.items()
        if table != DELETED
        for entry in entries.values()
        if (name := name_in(table, entry)) is not None
    )
    return Names(record_key(name) if table == VERSIONS else (table, name) for table, name in named)


class SpaceFile(Struct, frozen=True):
    """A file of a space that was read, and the digest of its bytes."""

    line: Line
    tables: Tables
    digest: str


def pack(key: SpaceKey, line: Line, tables: Tables) -> bytes:
    """Return the file. Raises ValueError when it is too large."""
    return encrypt(key, b"".join([msgspec.json.encode(line), b"\n", *encode(tables)]))


def unpack(key: SpaceKey, data: bytes) -> SpaceFile:
    """Return what a file holds. Raises SpaceFileError."""
    content = decrypt(key, data)
    end = content.find(b"\n", 0, _LONGEST_LINE)
    try:
        line = msgspec.json.decode(content[: max(end, 0)], type=Line)
        return SpaceFile(line, decode(content[end + 1 :]), digest_of(data))
    except (ValueError, LayoutError):
        raise NotWholeError from None


def digest_of(data: bytes) -> str:
    """Return what tells one file, or content, from others."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of_tables(tables: Tables) -> str:
    """Return what tells one content from others."""
    digest = hashlib.blake2b(digest_size=16)
    for chunk in encode(tables):
        digest.update(chunk)
    return digest.hexdigest()
