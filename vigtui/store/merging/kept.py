"""How the versions of a record stand in the tables: one in the record's own table, several in `versions`."""

from typing import Any

from vigtui.store.format import documents
from vigtui.store.format.layout import Document
from vigtui.store.format.opening import DELETED, META, READABLE, VERSIONS
from vigtui.store.merging import record_versions as merge
from vigtui.store.merging.record_versions import Heads, Version

Key = tuple[str, str]
"""A record's table and id."""


def versions_key(key: Key) -> Key:
    """Return where several versions of a record are kept."""
    return VERSIONS, f"{key[0]}/{key[1]}"


def record_key(key: Key) -> Key:
    """Return which record it is whose versions are kept there; any other key as it is."""
    if key[0] != VERSIONS:
        return key
    table, _, record_id = key[1].partition("/")
    return table, record_id


def tombstone_key(key: Key) -> Key:
    """Return where it is kept that a record was removed."""
    return DELETED, key[1]


def kept(key: Key, heads: Heads) -> Document:
    """Return the document in which several heads of a record are kept."""
    return {
        "id": versions_key(key)[1],
        "versions": [head.document for head in heads if not head.gone],
        "removals": [head.document for head in heads if head.gone],
    }


def heads_in(
    key: Key, document: Document | None, tombstone: Document | None, several: Document | None
) -> Heads:
    """Return the heads of a record from what stands in the three tables."""
    if several is not None:
        found = [
            Version(version, gone)
            for name, gone in (("versions", False), ("removals", True))
            for version in _documents(several.get(name), key)
            if (is_about(key, version) if gone else is_readable(key[0], version))
        ]
        if found:
            return merge.stored_heads(document, merge.heads_of(found))
    if document is not None:
        return (Version(document),)
    return (Version(tombstone, gone=True),) if tombstone is not None and is_about(key, tombstone) else ()


def is_about(key: Key, tombstone: Document) -> bool:
    """Whether the tombstone tells of this record, and not of one of another kind with the same id."""
    return tombstone.get("table") == key[0]


def is_readable(table: str, found: Document) -> bool:
    """Whether the document can be read as what this table holds."""
    try:
        return table in READABLE and bool(documents.read(READABLE[table], found))
    except documents.UnreadableError:
        return False


def _documents(value: Any, key: Key) -> list[Document]:
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return [item for item in items if key[0] == META or item.get("id") == key[1]]
