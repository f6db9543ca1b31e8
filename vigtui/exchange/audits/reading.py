"""Reading one caseload for its audit: only what is counted, as fast as that can be decoded."""

import msgspec
from msgspec import Raw, Struct

from vigtui.domain.records import (
    AgreedWords,
    CaseloadMeta,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    StatusSpan,
)
from vigtui.exchange.incoming import Other
from vigtui.queries.audit.records import KINDS, AuditRecords, audit_records
from vigtui.store.format.agreed import show_agreed
from vigtui.store.format.documents import is_plain
from vigtui.store.format.layout import META_ID
from vigtui.store.format.opening import SCHEMA, load, unread
from vigtui.store.index import Index
from vigtui.store.snapshot import Snapshot
from vigtui.vault.keyring import Keyring


class _Tables(Struct):
    """The tables that are counted, and those for which one has to look closer. All others are passed over."""

    meta: dict[str, CaseloadMeta] = {}
    people: dict[str, Person] = {}
    families: dict[str, Family] = {}
    status_spans: dict[str, StatusSpan] = {}
    consents: dict[str, Consent] = {}
    questions: dict[str, HelpingQuestion] = {}
    ratings: dict[str, Rating] = {}
    cycles: dict[str, Cycle] = {}
    recordings: dict[str, Recording] = {}
    sessions: dict[str, Session] = {}
    deletions: dict[str, Deletion] = {}
    agreed_words: dict[str, AgreedWords] = {}
    deleted: dict[str, Raw] = {}
    versions: dict[str, Raw] = {}


class ReadCaseload(Struct, frozen=True):
    """What an audit looks at of a caseload; of how many records versions compete, and how many entries cannot
    be read."""

    records: AuditRecords
    competing: int = 0
    unread: int = 0

    @property
    def id(self) -> str:
        """Which caseload it is."""
        return self.records.meta.id


def read_caseload(other: Other, keyring: Keyring | None) -> ReadCaseload:
    """Return what is counted of the caseload in a file. Raises CaseloadError."""
    data = other.clear(keyring)
    return _read_at_once(data) or _read_carefully(other, data, keyring)


def _read_at_once(data: bytes) -> ReadCaseload | None:
    """Return what is counted of a file in which nothing has to be looked at by itself; None for another: one
    with competing versions, something erased, an agreed session that was changed since, or anything that is
    not as vigtui writes it."""
    try:
        if not _says_nothing_twice(data):
            return None
        found = msgspec.json.decode(data, type=_Tables)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    meta = found.meta.get(META_ID)
    if meta is None or meta.schema != SCHEMA or found.versions or _was_changed(found):
        return None
    if any(b"erased" in bytes(each) for each in found.deleted.values()):
        return None
    kinds: dict[type[Record], tuple[Record, ...]] = {}
    for kind in KINDS:
        table = getattr(found, kind.table)
        kinds[kind] = tuple(table.values())
        if len({each.id for each in kinds[kind]}) < len(table):
            return None
    return ReadCaseload(AuditRecords(meta, kinds))


def _was_changed(found: _Tables) -> bool:
    """Whether an agreed session says something else than what was agreed."""
    agreed = [each for each in found.agreed_words.values() if each.session]
    if not agreed:
        return False
    index = Index()
    index.fill(Session, list(found.sessions.values()))
    return any(show_agreed(index, each) for each in agreed)


def _says_nothing_twice(data: bytes) -> bool:
    """Whether no entry and no table has the number or name of another, in a file that is laid out as vigtui
    does it: an entry a line, and two lines for each table. Raises msgspec.DecodeError."""
    tables: dict[str, dict[str, Raw]] = msgspec.json.decode(data, type=dict[str, dict[str, Raw]])
    return data.count(b"\n") == sum(map(len, tables.values())) + 2 * len(tables)


def _read_carefully(other: Other, data: bytes, keyring: Keyring | None) -> ReadCaseload:
    tables = other.tables(keyring)
    snapshot = Snapshot(other.path, tables, load(other.path, tables, lambda: None, plain=is_plain(data)))
    competing = sum(len(snapshot.competing(kind)) for kind in KINDS)
    return ReadCaseload(audit_records(snapshot), competing, unread(snapshot.findings))
