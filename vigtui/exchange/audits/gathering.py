"""The audit of many caseloads, one read after the other: each family, person and session counted once, by id.

Only counts are kept of a caseload that was read, with the ids of its families. Files that turn out to hold
some of the same families are read again, together.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, to_builtins

from vigtui.domain.records import CaseloadMeta, Family, Person, Record, Session
from vigtui.exchange.audits.adding_up import (
    Read,
    counted_itself_words,
    limits_words,
    newest_of_each,
    twice_words,
)
from vigtui.exchange.audits.exports import FORM, CaseloadCounts, Export, read_export
from vigtui.exchange.audits.finding import is_counts
from vigtui.exchange.audits.reading import read_caseload
from vigtui.exchange.audits.uniting import unite
from vigtui.exchange.incoming import read_other
from vigtui.queries.audit.counting import (
    count_families,
    count_people,
    count_sessions,
    held_in,
    supervised_in,
)
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.telling import Told, added
from vigtui.store.errors import CaseloadError
from vigtui.store.format.layout import Tables
from vigtui.store.format.version import Version
from vigtui.values.memory import not_collecting
from vigtui.values.text import and_list, counted, one_line
from vigtui.vault.keyring import Keyring

R = TypeVar("R", bound=Record)

KeyringFor = Callable[[Path], Keyring | None]
"""Returns what may open the encrypted caseload at a path, None where nothing may. Raises CaseloadError."""

_MOST_NAMED = 4


class Gathered(Struct):
    """The counts of many caseloads by the ids of these: as they are, and as exported without small numbers.
    A number under `limit`, the highest of all, is small. `told` are sentences about what was counted,
    `refused` about files that were not; `days` are those of the newest counts of each."""

    span: Span
    limit: int
    caseloads: dict[str, Counter[str]]
    exported: dict[str, CaseloadCounts]
    told: list[str]
    refused: list[str]
    days: dict[str, dt.date]

    def for_others(self) -> Told:
        """Return what may be told of all together: without small numbers, and what tells them."""
        own: Counter[str] = Counter()
        for counts in self.caseloads.values():
            own.update(counts)
        exported = (each.told for each in self.exported.values())
        return added((Told(own).for_others(self.limit), *exported))

    def export(self, made: dt.datetime) -> Export:
        """Return what may be told of each caseload by itself."""
        own = {name: Told(each).for_others(self.limit) for name, each in self.caseloads.items()}
        found = [CaseloadCounts.of(name, told) for name, told in own.items()]
        found += self.exported.values()
        return Export(FORM, self.span.start, self.span.end, made, self.limit, found)


def gather(
    paths: Sequence[Path],
    span: Span,
    today: dt.date,
    keyring_for: KeyringFor,
    progress: Callable[[str, float], None] = lambda _words, _part: None,
) -> Gathered:
    """Return the counts of these files, caseloads and counts alike. A file that cannot be read is told, and
    does not stop the rest."""
    gathering = _Gathering(span, today, keyring_for)
    with not_collecting():
        for number, path in enumerate(paths):
            progress(one_line(path.name), number / len(paths))
            gathering.take(path)
        return gathering.done()


class _File(Struct, frozen=True):
    """A file that was read: which caseload it is, and what was counted of its families."""

    path: Path
    caseload: str
    counts: Counter[str]


class _Gathering:
    def __init__(self, span: Span, today: dt.date, keyring_for: KeyringFor) -> None:
        self._span, self._today, self._keyring_for = span, today, keyring_for
        self._files: list[_File] = []
        self._first: dict[str, int] = {}
        self._same: dict[int, int] = {}
        self._people: dict[str, tuple[Person, str]] = {}
        self._sessions: dict[str, tuple[Session, str]] = {}
        self._competing: set[str] = set()
        self._exports: list[Read] = []
        self._of_other_days: list[Read] = []
        self._limits: list[int] = []
        self._told: list[str] = []
        self._refused: list[str] = []

    def take(self, path: Path) -> None:
        """Count what is in a file."""
        try:
            if is_counts(path):
                self._take_counts(path, read_export(path))
            else:
                self._take_caseload(path)
        except CaseloadError as error:
            self._refused.append(f"{one_line(path.name)} is not counted. {error}")

    def _take_counts(self, path: Path, export: Export) -> None:
        if export.span != self._span:
            self._of_other_days.append((path, export))
            start, end = export.start.isoformat(), export.end.isoformat()
            self._refused.append(
                f"{one_line(path.name)} is not counted. It is over other days, from {start} to {end}"
                f"{': it is late' if export.end < self._span.end else ''}."
            )
        else:
            self._exports.append((path, export))
            self._limits.append(export.limit)

    def _take_caseload(self, path: Path) -> None:
        other = read_other(path)
        read = read_caseload(other, self._keyring_for(path) if other.is_encrypted else None)
        records, number = read.records, len(self._files)
        counts = count_families(records, self._span, self._today)
        self._files.append(_File(path, read.id, counts))
        self._limits.append(records.meta.small_numbers)
        for family in records.all(Family):
            first, last = sorted(map(self._root, (self._first.setdefault(family.id, number), number)))
            if first != last:
                self._same[last] = first
        self._keep(self._people, records.all(Person), read.id)
        self._keep(self._sessions, records.all(Session), read.id)
        if read.competing:
            self._told.append(_waiting(path.name, read.competing))
        if read.unread:
            self._told.append(_unread(path.name, read.unread))

    def _keep(self, known: dict[str, tuple[R, str]], records: Iterable[R], caseload: str) -> None:
        """Keep the newest version of each of these, for the caseload that had it first."""
        for record in records:
            before, first = known.get(record.id, (record, caseload))
            if record is before or record.rev == before.rev:
                newest = before
            else:
                newest, competes = _newer(before, record)
                self._competing |= {record.id} if competes else set()
            known[record.id] = newest, first

    def _root(self, number: int) -> int:
        """Return the first file of those that are counted together with this one."""
        while number in self._same:
            number = self._same[number]
        return number

    def done(self) -> Gathered:
        """Return the counts, once every file was taken."""
        caseloads = {each.caseload: Counter[str]() for each in self._files}
        together: defaultdict[int, list[_File]] = defaultdict(list)
        for number, file in enumerate(self._files):
            together[self._root(number)].append(file)
        for files in together.values():
            counts = files[0].counts if len(files) == 1 else self._united(files)
            caseloads[files[0].caseload].update(counts)
        self._count_people(caseloads)
        if self._competing:
            self._told.append(_waiting("Colleagues and sessions", len(self._competing)))
        limit = max(self._limits, default=CaseloadMeta().small_numbers)
        if words := limits_words(self._limits):
            self._told.append(words)
        exported = self._exported(caseloads, limit)
        return Gathered(
            self._span, limit, caseloads, exported, self._told, self._refused, self._days(caseloads)
        )

    def _days(self, caseloads: Iterable[str]) -> dict[str, dt.date]:
        """Return when the counts of each caseload were made: today, or on the day that their file says. What
        is late is there all the same."""
        newest = newest_of_each([*self._exports, *self._of_other_days])
        found = {name: each.export.made.date() for name, each in newest.items()}
        return found | dict.fromkeys(caseloads, self._today)

    def _count_people(self, caseloads: Mapping[str, Counter[str]]) -> None:
        """Count those who work, and their sessions, each for the caseload that had them first."""
        held: defaultdict[str, list[Session]] = defaultdict(list)
        for session, caseload in self._sessions.values():
            held[caseload] += held_in([session], self._span)
        supervised = {each for sessions in held.values() for each in supervised_in(sessions)}
        people: defaultdict[str, list[Person]] = defaultdict(list)
        for person, caseload in self._people.values():
            people[caseload].append(person)
        for caseload, counts in caseloads.items():
            counts.update(count_sessions(held[caseload]))
            counts.update(count_people(people[caseload], supervised, self._span))

    def _united(self, files: Sequence[_File]) -> Counter[str]:
        """Return what is counted of the families of several files, which are read again."""
        tables: list[Tables] = []
        for file in files:
            try:
                other = read_other(file.path)
                tables.append(other.tables(self._keyring_for(file.path) if other.is_encrypted else None))
            except CaseloadError as error:
                self._refused.append(f"{one_line(file.path.name)} is not counted. {error}")
        found = unite(tables)
        names = and_list([one_line(each.path.name) for each in files[:_MOST_NAMED]])
        more = f" and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
        self._told.append(f"{names}{more} hold some of the same families: each is counted once.")
        if found.competing:
            self._told.append(_waiting("These files", found.competing))
        return count_families(found.records, self._span, self._today)

    def _exported(self, caseloads: Mapping[str, object], limit: int) -> dict[str, CaseloadCounts]:
        """Return the counts that were read as such, each caseload once: as it was counted last. Where another
        limit was lower, what is under this one is left out as well."""
        newest = newest_of_each(self._exports)
        self._told += counted_itself_words(each for name, each in newest.items() if name in caseloads)
        found = {name: each for name, each in newest.items() if name not in caseloads}
        self._told += twice_words(found.values())
        return {name: each.under(limit) for name, each in found.items()}


def _newer(one: R, other: R) -> tuple[R, bool]:
    """Return which of two versions of a record counts, and whether they compete."""
    first, second = Version(to_builtins(one)), Version(to_builtins(other))
    if second.descends_from(first):
        return other, False
    if first.descends_from(second) or first.content == second.content:
        return one, False
    return (one if first.rev >= second.rev else other), True


def _waiting(where: str, number: int) -> str:
    several = counted(number, "record has", "records have")
    return f"{one_line(where)}: {several} competing versions, to be decided in vigtui, under Merge."


def _unread(name: str, number: int) -> str:
    entries = counted(number, "entry cannot be read and is", "entries cannot be read and are")
    return f"{one_line(name)}: {entries} not counted. vigtui check says which."
