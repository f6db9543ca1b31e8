"""A folder in which a service collects counts, looked at again and again: only what has changed is read."""

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

from msgspec import Struct

from vigtui.exchange.audits.adding_up import (
    Newest,
    Read,
    limits_words,
    newest_of_each,
    usual_span,
)
from vigtui.exchange.audits.exports import ENDING as COUNTS
from vigtui.exchange.audits.exports import AuditFileError, Export, read_export
from vigtui.exchange.audits.finding import files_in, is_counts
from vigtui.exchange.audits.known import Known, read_known, write_known
from vigtui.exchange.incoming import ENDING as CASELOAD
from vigtui.queries.audit.span import Span
from vigtui.queries.audit.telling import Told, added
from vigtui.store.disk.file_state import FileState, look_if_there
from vigtui.store.errors import CaseloadError
from vigtui.values.text import one_line, shown_path

MOST_TOGETHER = 64 << 20
"""How many bytes of counts are held at most: those of thousands of caseloads are a part of that."""
_TOO_MUCH = (
    f"Not read: with the files before it in this folder it is more than {MOST_TOGETHER >> 20} MB of counts."
)

Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


class CountsState(Enum):
    """Whether the counts of a caseload are in the sum, and why not."""

    COUNTED = "counted"
    MISSING = "not there"
    UNREADABLE = "cannot be read"
    LATE = "late"
    AHEAD = "newer"
    OTHER_DAYS = "other days"


class Collected(Struct, frozen=True):
    """A caseload of which there are counts, or were: what the lead wrote `about` it, when its newest counts
    were `made`, over which days, and in which file; `others` hold older ones. A file that cannot be read goes
    by its name; `why` is a sentence."""

    id: str
    state: CountsState
    made: dt.date | None
    about: str = ""
    span: Span | None = None
    path: Path | None = None
    others: tuple[Path, ...] = ()
    why: str = ""


class Collection(Struct, frozen=True):
    """What is in the folder, added up over a span: None where there are no counts. A number under `limit` is
    small. `spans` are all that there are counts of, the earliest first; `notes` are sentences about what
    differs, and what is in the way."""

    span: Span | None
    spans: tuple[Span, ...]
    limit: int
    told: Told
    caseloads: tuple[Collected, ...]
    notes: tuple[str, ...]

    def number(self, state: CountsState) -> int:
        """Return how many caseloads stand so."""
        return sum(each.state is state for each in self.caseloads)


class Collecting:
    """Reads the counts in a folder and the folders in it, and keeps in the file `known` which caseloads were
    there. May be called from any thread."""

    def __init__(self, folder: Path, known: Path) -> None:
        self.folder, self.known = folder, known
        self._files: dict[Path, tuple[FileState | None, Export | str]] = {}
        self._lock = threading.Lock()

    def look(self, span: Span | None = None, progress: Progress = lambda _done, _of: None) -> Collection:
        """Return what is there now, over `span`, or over the days that most have counts of. Raises
        AuditFileError where the folder cannot be read."""
        with self._lock:
            paths = self._paths()
            self._read([each for each in paths if is_counts(each)], progress)
            notes = [f"{shown_path(str(each))} cannot be read." for each in paths if not _is_ours(each)]
            files = [(path, held) for path, (_, held) in self._files.items() if isinstance(held, Export)]
            unread = {path: held for path, (_, held) in self._files.items() if isinstance(held, str)}
            known = self._known(files, notes)
            return _added_up(files, unread, known, span, notes)

    def describe(self, caseload: str, about: str) -> None:
        """Keep what the lead says about a caseload: whose it is. Raises KnownFileError."""
        with self._lock:
            known = read_known(self.known)
            if caseload in known:
                before = known[caseload]
                write_known(self.known, known | {caseload: Known(caseload, before.day, one_line(about))}, {})

    def expect_no_more(self, caseload: str) -> None:
        """Miss a caseload no more. Raises KnownFileError."""
        with self._lock:
            known = read_known(self.known)
            if known.pop(caseload, None):
                write_known(self.known, known, {})

    def _paths(self) -> list[Path]:
        where = shown_path(str(self.folder))
        if not self.folder.is_dir():
            raise AuditFileError(f"There is no folder {where}: it was moved, or a disk is missing.")
        try:
            paths = files_in([self.folder])
        except CaseloadError as error:
            raise AuditFileError(str(error)) from None
        if self.folder in paths:
            raise AuditFileError(f"{where} cannot be read: ask whoever keeps the folder to open it to you.")
        return paths

    def _read(self, paths: Iterable[Path], progress: Progress) -> None:
        """Read the files that are new or have changed, as far as there is room for all, and forget those that
        are gone."""
        states = {path: look_if_there(path) for path in paths}
        sizes = itertools.accumulate(state.size if state else 0 for state in states.values())
        too_much = {path for path, size in zip(states, sizes, strict=True) if size > MOST_TOGETHER}
        fresh = [
            path for path, state in states.items() if self._is_fresh(path, state) and path not in too_much
        ]
        self._files = {path: held for path, held in self._files.items() if path in states}
        self._files |= dict.fromkeys(too_much, (None, _TOO_MUCH))
        for done, path in enumerate(fresh):
            progress(done, len(fresh))
            try:
                held: Export | str = read_export(path)
            except AuditFileError as error:
                held = str(error)
            self._files[path] = states[path], held

    def _is_fresh(self, path: Path, state: FileState | None) -> bool:
        known = self._files.get(path)
        return known is None or state is None or known[0] != state or state.may_hide_a_change()

    def _known(self, files: Iterable[Read], notes: list[str]) -> dict[str, Known]:
        """Return the caseloads that are known, and keep which are there, where that is new."""
        there = {name: each.export.made.date() for name, each in newest_of_each(files).items()}
        try:
            known = read_known(self.known)
            if any(name not in known or known[name].day != day for name, day in there.items()):
                self.known.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_known(self.known, known, there)
        except (OSError, CaseloadError) as error:
            notes.append(str(error))
            return {}
        return known


def _added_up(
    files: list[Read],
    unread: Mapping[Path, str],
    known: Mapping[str, Known],
    wanted: Span | None,
    notes: list[str],
) -> Collection:
    exports = [export for _, export in files]
    spans = sorted({each.span for each in exports}, key=lambda each: (each.end, each.start))
    span = wanted if wanted in spans else usual_span(exports)
    counted = newest_of_each(each for each in files if each[1].span == span)
    limits = [each.export.limit for each in counted.values()]
    limit = max(limits, default=0)
    there = newest_of_each(files) | counted
    differ = [words] if (words := limits_words(limits)) else []
    return Collection(
        span,
        tuple(spans),
        limit,
        added(each.under(limit).told for each in counted.values()),
        (*_there(there, known, span), *_not_there(there, unread, known)),
        (*notes, *differ),
    )


def _there(
    newest: Mapping[str, Newest], known: Mapping[str, Known], span: Span | None
) -> Iterator[Collected]:
    for name, each in newest.items():
        about, own = known[name].about if name in known else "", each.export.span
        yield Collected(name, _state(own, span), each.export.made.date(), about, own, each.path, each.others)


def _not_there(
    newest: Mapping[str, Newest], unread: Mapping[Path, str], known: Mapping[str, Known]
) -> Iterator[Collected]:
    """Yield the files that cannot be read, and the caseloads that are known of which there is none."""
    names = {path.name.removesuffix(COUNTS): path for path in unread}
    for name, path in names.items():
        before = known.get(name)
        about = before.about if before else ""
        day = before.day if before else None
        yield Collected(name, CountsState.UNREADABLE, day, about, None, path, why=unread[path])
    for name, before in known.items():
        if name not in newest and name not in names:
            yield Collected(name, CountsState.MISSING, before.day, before.about)


def _state(own: Span, span: Span | None) -> CountsState:
    if own == span:
        return CountsState.COUNTED
    if span is None or own.end == span.end:
        return CountsState.OTHER_DAYS
    return CountsState.LATE if own.end < span.end else CountsState.AHEAD


def _is_ours(path: Path) -> bool:
    return is_counts(path) or path.name.endswith(CASELOAD)
