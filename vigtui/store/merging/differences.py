"""How another file differs from ours, record by record."""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from vigtui.domain.records import CaseloadMeta
from vigtui.store.errors import OtherCaseloadError
from vigtui.store.format.entries import READABLE, Entries, compare, is_readable, says_which
from vigtui.store.format.layout import DELETED, VERSIONS, Entry, Tables
from vigtui.store.format.opening import SCHEMA
from vigtui.store.merging.record_versions import (
    RecordKey,
    RecordVersions,
    read_versions,
    record_key,
    removal_key,
    versions_key,
)


class Difference(Struct, frozen=True, dict=True):
    """A record of which two files say different things: its versions in each."""

    key: RecordKey
    ours: RecordVersions
    theirs: RecordVersions

    @cached_property
    def both(self) -> RecordVersions:
        """What both files know together."""
        return both_of(self.ours, self.theirs)

    @cached_property
    def told(self) -> RecordVersions:
        """Their versions, with what somebody has edited by hand as the version that it is."""
        return RecordVersions.of(self.key, self.theirs.versions)


def both_of(ours: RecordVersions, theirs: RecordVersions) -> RecordVersions:
    """Return what is known of a record together."""
    return RecordVersions.of(ours.key, ours.versions).merged(theirs).settled()


class TwoFiles:
    """The tables of ours and those of another file of the same caseload, compared entry by entry, once.

    `others` are those entries of theirs, by table, that are no record this version can read, and that ours
    lack. Raises OtherCaseloadError or LayoutError."""

    def __init__(self, meta: CaseloadMeta, ours: Tables, theirs: Tables) -> None:
        _require_same(meta, says_which(theirs))
        self._ours, self._theirs = Entries(ours), Entries(theirs)
        self._suspects: set[RecordKey] = set()
        unread: dict[str, list[Entry]] = {}
        for table in {*READABLE, DELETED, VERSIONS, *theirs}:
            names, numbers = compare(table, self._ours, self._theirs)
            about = (record_key(name) if table in (DELETED, VERSIONS) else (table, name) for name in names)
            self._suspects.update(key for key in about if key[0] in READABLE)
            unread.setdefault(table, []).extend(self._theirs.unread(table, numbers))
            if table == VERSIONS:
                for of, entries in self._theirs.unread_versions(numbers).items():
                    unread.setdefault(of, []).extend(entries)
        missing = {table: self._ours.missing(table, entries) for table, entries in unread.items()}
        self.others = {table: entries for table, entries in missing.items() if entries}

    def differences(self) -> Iterator[Difference]:
        """Yield each record of which the files say different things. Raises LayoutError."""
        for key in sorted(self._suspects):
            found = Difference(key, _versions(self._ours, key), _versions(self._theirs, key))
            if found.ours != found.theirs:
                yield found


def _require_same(meta: CaseloadMeta, other: tuple[str, int] | None) -> None:
    if other is None:
        raise OtherCaseloadError("It does not say which caseload it is.")
    identity, schema = other
    if schema > SCHEMA:
        raise OtherCaseloadError("It was made by a newer vigtui. Update vigtui to merge it.")
    if identity != meta.id:
        raise OtherCaseloadError("It is another caseload, not another copy of this one.")


def _versions(entries: Entries, key: RecordKey) -> RecordVersions:
    """Return the versions of a record in a file; none when this program cannot read it."""
    own = entries.document(*key)
    removal, several = entries.document(*removal_key(key)), entries.document(*versions_key(key))
    if own is not None and not is_readable(key[0], own):
        if removal is None and several is None:
            return RecordVersions(key)
        own = None  # It is kept, and must not hide what else is known of the record.
    return read_versions(key, own, removal, several)
