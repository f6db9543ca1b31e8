"""Who did what to a record, and when, as far as the record itself tells.

A record remembers, for each writer (a run of the program) that changed it, by whom, which fields, and when
the last of these changes was: one entry may stand for an hour's typing. What a field said before is not
remembered, nor, of more than fifty writers, what the oldest changed. The times are those of the clocks of
whoever wrote.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from vigtui.domain.records import (
    Ancestor,
    FilmPlace,
    Person,
    Record,
    Session,
)
from vigtui.domain.records.schema import label_of
from vigtui.values.text import and_list
from vigtui.wording.changes import Author
from vigtui.wording.names import Names

ADDED, CHANGED = "added", "changed"
_PLACED = "its place is noted"  # Film was there before: nobody has added any.
_MADE = "created"
_MACHINE = frozenset({"duration_ms", "size", "fingerprint", "order"})
"""Fields that the program sets by itself: that they changed is nobody's doing."""
_EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)


class HistoryEntry(Struct, frozen=True):
    """What somebody did to a record: `words` as in "caption changed"."""

    record: Record
    author: Author
    words: str


def history_of(names: Names, records: Iterable[Record]) -> list[HistoryEntry]:
    """Return what was done to these records, newest first; nothing of what others keep for themselves."""
    found = [
        entry for record in records if not names.is_hidden(record) for entry in _entries_of(names, record)
    ]
    return sorted(found, key=lambda entry: moment(entry.author.at), reverse=True)


def moment(at: dt.datetime | None) -> dt.datetime:
    """Return a time to sort by: the earliest of all where there is none, or no zone."""
    if at is None:
        return _EARLIEST
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _entries_of(names: Names, record: Record) -> Iterator[HistoryEntry]:
    entries = _entries(record)
    if isinstance(record, Session):
        yield from _signed(names, record)
    for entry in entries:
        words = _words(record, entry)
        if words:
            yield HistoryEntry(record, Author(entry.by, entry.at), words)
    if record.created or entries:
        added = _PLACED if isinstance(record, FilmPlace) else ADDED
        yield HistoryEntry(record, Author(_maker(entries), record.created), added)


def _entries(record: Record) -> list[Ancestor]:
    """Return what each writer did, newest first. What is shown of several versions was written by nobody."""
    own = Ancestor(record.rev, record.modified, record.by, record.changed)
    told = [(entry.at, entry.by) for entry in record.ancestors]
    is_view = not record.changed and (record.modified, record.by) in told
    return [*([own] if record.rev and not is_view else []), *record.ancestors]


def _words(record: Record, entry: Ancestor) -> str:
    signed = {name for name in ("agreed", "amendments") if getattr(record, name, None)}
    kind = type(record)
    fields = [name for name in kind.__struct_fields__ if name in entry.fields]
    fields += sorted(entry.fields.keys() - set(fields))
    words = [label_of(kind, name) for name in fields if name not in {*signed, *_MACHINE, _MADE}]
    if words:
        return f"{and_list(words)} {CHANGED}"
    if _MACHINE & entry.fields.keys():
        return ""
    if signed & entry.fields.keys() or _generation(entry) <= 1 or not (entry.at or entry.by):
        return ""
    return CHANGED  # It was removed, perhaps, and brought back: that sets no field.


def _maker(entries: list[Ancestor]) -> str:
    """Return who made a record, "" where it does not tell."""
    makers = [entry for entry in entries if _MADE in entry.fields]
    if not makers and len(entries) == 1:
        return entries[0].by
    return min(makers, key=lambda entry: entry.fields[_MADE]).by if makers else ""


def _generation(entry: Ancestor) -> int:
    number = entry.rev.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def _signed(names: Names, session: Session) -> Iterator[HistoryEntry]:
    """Yield the amendments of an agreed record, newest first, and the agreement."""
    for each in reversed(session.amendments):
        yield HistoryEntry(session, Author(_name(names, each.by), each.at), f"amendment: {each.words}")
    if session.agreed is not None:
        who = and_list([_name(names, person) for person in session.agreed.by])
        yield HistoryEntry(session, Author(who, session.agreed.at), "agreed the record")


def _name(names: Names, person: str) -> str:
    found = names.find(Person, person)
    return found.name if found else person
