"""The versions of records in tables, and the receipt that is made of them."""

import hashlib
from collections.abc import Iterator

from vigtui.store.format.entries import READABLE, Entries, document, is_readable, name_in
from vigtui.store.format.layout import DELETED, META, VERSIONS, Tables
from vigtui.store.format.version import canonical
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    record_key,
    removal_key,
    versions_key,
)
from vigtui.vault.recovery_words import first_letters, spelled

RECEIPT_WORDS = 6
_LENGTH = 9


class Versions:
    """The versions of the records in tables. Raises LayoutError where an entry cannot be looked into."""

    def __init__(self, tables: Tables) -> None:
        self._tables, self._entries = tables, Entries(tables)

    def of(self, key: RecordKey) -> RecordVersions:
        """Return the versions of a record; none where there is none that can be read."""
        own = self._entries.document(*key)
        if own is not None and not is_readable(key[0], own):
            own = None
        removal, several = (self._entries.document(*each) for each in (removal_key(key), versions_key(key)))
        return read_versions(key, own, removal, several)

    def all(self) -> Iterator[RecordKey]:
        """Yield the keys of the records, each once."""
        found = set[RecordKey]()
        for table, entries in self._tables.items():
            for entry in entries.values() if table != META else ():
                if (name := name_in(table, entry)) is not None:
                    found.add(record_key(name) if table in (DELETED, VERSIONS) else (table, name))
        yield from sorted(key for key in found if key[0] in READABLE)


def receipt(tables: Tables) -> str:
    """Return the words that say that all these records were taken over, each in every version. A recording
    says by its fingerprint which film it has. Raises LayoutError."""
    versions = Versions(tables)
    said = [
        [*key, sorted([str(each.rev), each.removed, canonical(each.content).decode()] for each in found)]
        for key in versions.all()
        if (found := versions.of(key).versions)
    ]
    digest = hashlib.sha256(b"vigtui hand-over\0" + canonical(said)).digest()
    return " ".join(spelled(digest[:_LENGTH], RECEIPT_WORDS))


def is_receipt(typed: str, words: str) -> bool:
    """Whether somebody has typed these words of a receipt. The first four letters of each are enough."""
    return first_letters(typed) == first_letters(words)


def unread(tables: Tables) -> int:
    """Return how many entries of records cannot be read here."""
    return sum(
        not is_readable(table, document(entry))
        for table, entries in tables.items()
        if table not in (META, DELETED, VERSIONS)
        for entry in entries.values()
    )
