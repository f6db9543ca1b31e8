"""What goes into a pack for a supervision session or about a family, decided before anything is written."""

import datetime as dt
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct

from vigtui.domain.consent import and_list
from vigtui.domain.records import (
    KIND_OF,
    KINDS,
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Instrument,
    Person,
    Programme,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    SkillRating,
    StatusSpan,
    TrajectEntry,
)
from vigtui.domain.supervision import in_order
from vigtui.exchange.packs.gathering import ClipToCut, Gathering, LeftOut
from vigtui.store.errors import CaseloadError
from vigtui.store.index import Index
from vigtui.store.snapshot import Snapshot
from vigtui.values.days import show_long_day
from vigtui.values.text import one_line

R = TypeVar("R", bound=Record)


class NothingToPackError(CaseloadError):
    """What was to be packed is not in the caseload."""


class Contents(Struct, frozen=True):
    """What goes into a pack. `records` are the ids in each table; `left_out` is what one could expect to find
    and will not, `rest` counts everything else in words; `absent` are the ids of records that are named in
    the pack and are not in it; `film_names` are what the films that go in are called on this disk, which
    their records keep."""

    about: str
    records: dict[str, frozenset[str]]
    cuts: tuple[ClipToCut, ...]
    left_out: tuple[LeftOut, ...]
    rest: str
    absent: frozenset[str]
    film_names: tuple[str, ...]

    @property
    def words(self) -> str:
        """`families 1, cycles 2...`: what goes in, by kind."""
        return _counted({table: len(ids) for table, ids in self.records.items()})


Choose = Callable[[Snapshot, dt.date], Contents]
"""Decides what goes into a pack on a day. Raises NothingToPackError."""


def today() -> dt.date:
    """The day here, by the machine's own clock: consents hold on days."""
    return dt.date.today()  # noqa: DTZ011  the day where the work happens, not in UTC


def for_session(name: str) -> Choose:
    """Pack what the supervision session with this id, or on this day (as in 2026-03-18), needs."""

    def choose(source: Snapshot, today: dt.date) -> Contents:
        session = _find_session(source.index, name, today)
        gathering = Gathering(source, today)
        gathering.take(session)
        gathering.take_notes(session.id)
        for item in in_order(source.index.all(SessionItem), session.id):
            gathering.take(item)
            gathering.take_notes(item.id)
            clip = source.index.find(Clip, item.clip)
            for clip_id in dict.fromkeys((item.clip, item.companion, clip.companion if clip else "")):
                gathering.take_clip(clip_id)
        programme = source.index.find(Programme, session.programme)
        gathering.take(*((programme,) if programme else ()))
        for rating in source.index.where(SkillRating, session=session.id):
            scale = source.index.find(Instrument, rating.instrument)
            gathering.take(rating, *((scale,) if scale else ()))
        gathering.take_ratings()
        return _contents(_session_words(source.index, session, today), gathering, source)

    return choose


def for_family(name: str) -> Choose:
    """Pack what supervision about the family with this code or id needs: all its cycles and clips."""

    def choose(source: Snapshot, today: dt.date) -> Contents:
        index = source.index
        family = _find_family(index, name)
        gathering = Gathering(source, today)
        gathering.take_family(family)
        gathering.take_notes(family.id)
        for kind in (StatusSpan, TrajectEntry):
            gathering.take(*index.where(kind, family=family.id))
        for question in gathering.taken(HelpingQuestion):
            gathering.take(*index.where(Rating, question=question.id))
        for cycle in sorted(index.where(Cycle, family=family.id), key=lambda cycle: cycle.number):
            gathering.take(cycle)
            gathering.take_notes(cycle.id)
            for recording in index.where(Recording, cycle=cycle.id):
                gathering.take(recording)
                gathering.take_clips(index.where(Clip, recording=recording.id))
        return _contents(one_line(f"Family {family.code} {family.pseudonym}"), gathering, source)

    return choose


def _contents(about: str, gathering: Gathering, source: Snapshot) -> Contents:
    gathering.take_people()
    if unread := len(source.loaded.findings):
        why = "They cannot be read. `vigtui check` says why."
        gathering.left_out.append(LeftOut(f"Entries of the caseload, {unread}", why))
    records = {kind.table: frozenset(each.id for each in gathering.taken(kind)) for kind in KINDS}
    rest = {kind.table: len(gathering.index.all(kind)) - len(records[kind.table]) for kind in KINDS}
    return Contents(
        about,
        {table: ids for table, ids in records.items() if ids},
        tuple(gathering.cuts),
        tuple(gathering.left_out),
        _counted(rest),
        gathering.absent(),
        tuple(sorted({PurePosixPath(each.path).name for each in gathering.taken(Recording) if each.path})),
    )


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{KIND_OF[table].plural} {count}" for table, count in counts.items() if count)


def _find_session(index: Index, name: str, today: dt.date) -> Session:
    sessions = index.all(Session)
    found = [each for each in sessions if name in (each.id, each.date.isoformat())]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} supervision sessions are" if found else "No supervision session is"
    ids = "; ".join(f"{each.id} ({_session_words(index, each, today)})" for each in found or sessions)
    known = f" Give one of these by its id: {ids}." if ids else ""
    raise NothingToPackError(f"{what} called {one_line(name)[:60]}.{known}")


def _session_words(index: Index, session: Session, today: dt.date) -> str:
    people = [index.find(Person, each) for each in (*session.trainees, session.supervisor)]
    names = and_list([one_line(person.name) for person in people if person])
    return f"Supervision of {show_long_day(session.date, today)}" + (f", {names}" if names else "")


def _find_family(index: Index, name: str) -> Family:
    wanted = name.strip().casefold()
    found = [each for each in index.all(Family) if each.id == name or each.code.strip().casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise NothingToPackError(f"{len(found)} families have the code {one_line(name)[:60]}. Give one's id.")
    raise NothingToPackError(f"No family has the code or id {one_line(name)[:60]}.")
