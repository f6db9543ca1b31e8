"""Files that hold some of the same families, taken together: each record once, as its newest version says."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import CaseloadMeta, Consent, Family, Record, Recording
from vigtui.queries.audit.records import KINDS, AuditRecords
from vigtui.store.format import documents
from vigtui.store.format.entries import Entries, document, is_readable
from vigtui.store.format.layout import DELETED, META, META_ID, VERSIONS, Tables
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    record_key,
    removal_key,
    versions_key,
)

_PROTECTIVE = (Family, Recording, Consent)


class United(Struct, frozen=True):
    """The records of several files, and of how many of them versions compete."""

    records: AuditRecords
    competing: int


def unite(files: Sequence[Tables]) -> United:
    """Return the records that an audit looks at of several files, each once. What the first says about itself
    counts for all."""
    described = document(files[0].get(META, {}).get(META_ID, {}))
    meta = documents.readable(CaseloadMeta, described) or CaseloadMeta()
    known: dict[RecordKey, RecordVersions] = {}
    for tables in files:
        for key, found in _versions(tables):
            before = known.get(key)
            known[key] = found if before is None else before.merged(found)
    kinds: dict[type[Record], list[Record]] = {kind: [] for kind in KINDS}
    by_table = {kind.table: kind for kind in KINDS}
    competing: dict[str, tuple[Record | None, ...]] = {}
    conflicts = 0
    for key, found in known.items():
        kind, settled = by_table[key[0]], found.settled()
        record = None if settled.erased else documents.readable(kind, settled.shown)
        if record is None:
            continue
        kinds[kind].append(record)
        if settled.conflict is not None:
            conflicts += 1
            if kind in _PROTECTIVE:
                others = (documents.readable(kind, each.document) for each in settled.changed)
                removal = (None,) if settled.removals else ()
                competing[record.id] = (*(each for each in others if each), *removal)
    return United(AuditRecords(meta, kinds, competing), conflicts)


def _versions(tables: Tables) -> Iterable[tuple[RecordKey, RecordVersions]]:
    """Yield the versions of every record of a file that an audit looks at, also of those that it removed."""
    entries = Entries(tables)
    counted = {kind.table for kind in KINDS}
    keys = {(table, name) for table in counted for name in _names(entries, table)}
    keys |= {record_key(name) for beside in (DELETED, VERSIONS) for name in _names(entries, beside)}
    for key in sorted(keys):
        if key[0] in counted:
            standing = (key, removal_key(key), versions_key(key))
            own, removal, several = (entries.document(*each) for each in standing)
            if own is None or is_readable(key[0], own):
                yield key, read_versions(key, own, removal, several)


def _names(entries: Entries, table: str) -> Iterable[str]:
    return entries.by_name(table, entries.tables.get(table, {}).keys())
