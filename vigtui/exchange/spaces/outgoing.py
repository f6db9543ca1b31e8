"""What of a caseload goes into a space: all of it but what somebody keeps for themselves.

Notes "only me", what somebody sees by themselves before it is done, drafts, and where film is stay here,
with all their versions: the most private of competing versions decides. Removals say no word, and go.
"""

from collections.abc import Collection, Iterator
from typing import Any

from vigtui.domain.records import FilmPlace, Note, Reflection, Seeing
from vigtui.domain.sessions.seeing import may_leave
from vigtui.domain.vocabulary import Visibility
from vigtui.store.format.documents import readable
from vigtui.store.format.entries import document, name_in
from vigtui.store.format.layout import DELETED, VERSIONS, Document, Entry, LayoutError, Tables
from vigtui.store.merging.owners import owners_of
from vigtui.store.merging.record_versions import RecordKey, read_versions, record_key, removal_key, written

_SOMETIMES_PRIVATE = (Note.table, Seeing.table, Reflection.table, FilmPlace.table)


def is_private(table: str, found: Document) -> bool:
    """Whether a version of a record stays on this machine. One that cannot be read, of a kind that may be
    private, does."""
    if table == Note.table:
        note = readable(Note, found)
        return note is None or note.visibility is not Visibility.SESSION
    if table == Seeing.table:
        seeing = readable(Seeing, found)
        return seeing is None or not may_leave(seeing)
    if table == Reflection.table:
        reflection = readable(Reflection, found)
        return reflection is None or reflection.finished is None
    return table == FilmPlace.table


def shared_part(tables: Tables) -> Tables:
    """Return the tables that go into the space. `tables` may be changed: pass a snapshot. Raises
    LayoutError."""
    private = set(_private(tables))
    if not private:
        return tables
    for table in _SOMETIMES_PRIVATE:
        tables[table] = {
            number: entry
            for number, entry in tables.get(table, {}).items()
            if (table, name_in(table, entry)) not in private
        }
    versions = tables.get(VERSIONS, {})
    tables[VERSIONS] = {n: e for n, e in versions.items() if _about(e) not in private}
    _let_removals_hold(tables)
    return {
        name: table for name, table in tables.items() if table or name not in (*_SOMETIMES_PRIVATE, VERSIONS)
    }


def _private(tables: Tables) -> Iterator[tuple[str, str | None]]:
    for table in _SOMETIMES_PRIVATE:
        for entry in tables.get(table, {}).values():
            if is_private(table, document(entry)):
                yield table, name_in(table, entry)
    for entry in tables.get(VERSIONS, {}).values():
        key = _about(entry)
        if key is not None and key[0] in _SOMETIMES_PRIVATE:
            said: Any = document(entry).get("versions")
            documents = [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []
            if any(is_private(key[0], each) for each in documents):
                yield key


def _about(entry: Entry) -> RecordKey | None:
    name = name_in(VERSIONS, entry)
    return None if name is None else record_key(name)


def _let_removals_hold(tables: Tables) -> None:
    """Tell of a record that somebody else has removed, and that is kept here only for private words below
    it, that it is removed: others must not be asked about what they cannot see."""
    waiting = dict(_kept(tables))
    if not waiting:
        return
    for owner in list(_owners(tables, set(waiting))):
        waiting.pop(owner, None)
    for key, (number, several) in waiting.items():
        found = read_versions(key, None, None, several)
        removed = type(found).of(key, found.removals)
        _, removal, more = written(removed)
        tables[key[0]] = {n: e for n, e in tables.get(key[0], {}).items() if name_in(key[0], e) != key[1]}
        del tables[VERSIONS][number]
        if more is not None:
            tables[VERSIONS][number] = more
        if removal is not None:
            marks = tables.setdefault(DELETED, {})
            name = removal_key(key)[1]
            if all(name_in(DELETED, each) != name for each in marks.values()):
                marks[str(1 + max(map(int, marks), default=0))] = removal


def _kept(tables: Tables) -> Iterator[tuple[RecordKey, tuple[str, Document]]]:
    for number, entry in tables.get(VERSIONS, {}).items():
        key = _about(entry)
        several = document(entry)
        if key is not None and several.get("removals"):
            found = read_versions(key, None, None, several)
            if found.is_kept and found.removals:
                yield key, (number, several)


def _owners(tables: Tables, waiting: Collection[RecordKey]) -> Iterator[RecordKey]:
    """Yield what the records belong to that others see, and what that belongs to in turn."""
    above: dict[RecordKey, list[RecordKey]] = {}
    for table, entries in tables.items():
        for entry in entries.values() if table not in (DELETED, VERSIONS) else ():
            try:
                found = document(entry)
            except LayoutError:
                continue
            above[table, str(found.get("id"))] = list(owners_of(table, found))
    seen = [key for key in above if key not in waiting]
    while seen:
        for owner in above.pop(seen.pop(), ()):
            yield owner
            seen.append(owner)
