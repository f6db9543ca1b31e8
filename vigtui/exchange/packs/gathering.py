"""Gathers what a pack for a supervision session, or about a family, needs, record by record, and notes what
stays behind and why."""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, TypeVar

from vigtui.casefilm.opening import open_film
from vigtui.domain.consent.access import (
    Permission,
    Refusal,
    Use,
    agreed_in_session,
    permit_in_session,
    purposes_in_session,
)
from vigtui.domain.consent.decisions import ConsentDecision, latest
from vigtui.domain.consent.retention import past_its_day
from vigtui.domain.film.clips import clip_code, in_order
from vigtui.domain.records import (
    KINDS,
    Clip,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Instrument,
    Moment,
    Note,
    Person,
    PointStep,
    Programme,
    Rating,
    Record,
    Recording,
    Seeing,
    Session,
    SessionItem,
    SkillRating,
    StatusSpan,
    Still,
    Tag,
    TrajectEntry,
    TrajectHeading,
)
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.records.schema import named
from vigtui.domain.sessions.seeing import may_leave
from vigtui.domain.supervision import clips_of
from vigtui.domain.supervision import in_order as items_in_order
from vigtui.domain.vocabulary import Purpose, Visibility
from vigtui.exchange.left_out import LeftOut
from vigtui.exchange.packs.contents import Choose, ClipToCut, Contents, counted
from vigtui.film.errors import FilmError
from vigtui.store.errors import CaseloadError
from vigtui.store.format.opening import unread
from vigtui.store.index import Index
from vigtui.store.snapshot import Snapshot
from vigtui.values.days import show_long_day
from vigtui.values.text import and_list, one_line
from vigtui.wording.access import why_closed

R = TypeVar("R", bound=Record)

_NOT_NEEDED = {(Family, "social_worker"), (Person, "supervisor")}


class NothingToPackError(CaseloadError):
    """What was to be packed is not in the caseload."""


def for_session(name: str) -> Choose:
    """Pack what the supervision session with this id, or on this day (as in 2026-03-18), needs."""

    def choose(source: Snapshot, today: dt.date) -> Contents:
        session = _find_session(source.index, name, today)
        gathering = Gathering(source, today, session.id)
        gathering.take(session)
        gathering.take_notes(session.id)
        for item in items_in_order(source.index.all(SessionItem), session.id):
            gathering.take(item)
            gathering.take_notes(item.id)
            gathering.take_seeings(item)
            gathering.take(*source.index.where(PointStep, item=item.id))
            for clip_id in clips_of(source.index.find, item):
                gathering.take_clip(clip_id)
        programme = source.index.find(Programme, session.programme)
        gathering.take(*((programme,) if programme else ()))
        for rating in source.index.where(SkillRating, session=session.id):
            scale = source.index.find(Instrument, rating.instrument)
            gathering.take(rating, *((scale,) if scale else ()))
        gathering.take_ratings()
        return gathering.contents(_session_words(source.index, session, today))

    return choose


def for_family(name: str) -> Choose:
    """Pack what supervision about the family with this code or id needs: all its cycles and clips."""

    def choose(source: Snapshot, today: dt.date) -> Contents:
        index = source.index
        family = _find_family(index, name)
        gathering = Gathering(source, today)
        gathering.take_family(family)
        gathering.take_notes(family.id)
        for kind in (StatusSpan, TrajectHeading, TrajectEntry):
            gathering.take(*index.where(kind, family=family.id))
        for question in gathering.taken(HelpingQuestion):
            gathering.take(*index.where(Rating, question=question.id))
        for cycle in sorted(index.where(Cycle, family=family.id), key=lambda cycle: cycle.number):
            gathering.take(cycle)
            gathering.take_notes(cycle.id)
            gathering.leave_moments(cycle, family)
            for recording in index.where(Recording, cycle=cycle.id):
                gathering.take_recording(recording, cycle, family)
                gathering.take_clips(index.where(Clip, recording=recording.id))
        return gathering.contents(one_line(f"Family {family.code} {family.pseudonym}"))

    return choose


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


def _for_everybody(note: Note) -> bool:
    return note.visibility is Visibility.SESSION


class Gathering:
    """The records taken so far. Nothing is taken twice, and only what `source` holds. Clips go for the
    purpose of the `session` with this id, else for supervision."""

    def __init__(self, source: Snapshot, today: dt.date, session: str = "") -> None:
        self.index, self._source = source.index, source
        self.left_out: list[LeftOut] = []
        self.cuts: list[ClipToCut] = []
        self._today, self._session = today, session
        self._taken: dict[type[Record], dict[str, Record]] = {}
        self._seen: set[str] = set()

    def take(self, *records: Record) -> None:
        """Take these records."""
        for record in records:
            self._taken.setdefault(type(record), {})[record.id] = record

    def taken(self, kind: type[R]) -> list[R]:
        """Return the records of a kind that were taken, as they came."""
        found: Any = self._taken.get(kind, {})
        return list(found.values())

    def _records(self) -> list[Record]:
        return [record for records in self._taken.values() for record in records.values()]

    def _has(self, record: Record) -> bool:
        """Whether this record was taken."""
        return record.id in self._taken.get(type(record), {})

    def take_recording(self, recording: Recording, cycle: Cycle, family: Family) -> None:
        """Take a recording; what was written about the whole of it, and the moments marked in it, if
        everybody in it has agreed."""
        self.take(recording)
        notes = [each for each in self.index.where(Note, about=recording.id) if _for_everybody(each)]
        moments = self.index.where(Moment, recording=recording.id)
        why = why_closed(self._agreed(recording), self._today)
        if not why:
            self.take(*notes, *moments)
            return
        film = f"{family.code} {recording.kind.label} of cycle {cycle.number}"
        for found, what in ((notes, "the notes about it"), (moments, "the moments marked in it")):
            if found:
                self.left_out.append(LeftOut(one_line(f"{film}, {what}"), why))

    def leave_moments(self, cycle: Cycle, family: Family) -> None:
        """Leave what was marked while a cycle was filmed, and lies on no recording: nobody can tell whose
        consent counts."""
        if any(not each.recording for each in self.index.where(Moment, cycle=cycle.id)):
            name = f"{family.code} cycle {cycle.number}, the moments marked by the clock"
            why = "They lie on no recording yet, so nobody can tell whose consent counts."
            self.left_out.append(LeftOut(one_line(name), why))

    def take_clip(self, clip_id: str) -> None:
        """Take a clip with its place, words and film, if everybody in it has agreed."""
        clip = self.index.find(Clip, clip_id)
        recording = self.index.find(Recording, clip.recording) if clip else None
        cycle = self.index.find(Cycle, recording.cycle) if recording else None
        family = self.index.find(Family, cycle.family) if cycle else None
        if not (clip and recording and cycle and family) or clip.id in self._seen:
            return
        self._seen.add(clip.id)
        name = f"{family.code} {clip_code(clip, recording, cycle)}"
        cut = self._permit(recording, Use.CUT)
        without_film = isinstance(cut, Refusal) and (cut.deleted or cut.only_copies)
        decision = self._agreed(recording) if without_film else cut
        if why := why_closed(decision, self._today):
            self.left_out.append(LeftOut(name, why))
            return
        self.take_family(family)
        self.take(cycle, recording, clip)
        for kind in (Still, Tag):
            self.take(*self.index.where(kind, clip=clip.id))
        self.take(*self.index.where(Deletion, recording=recording.id))
        self.take_notes(clip.id)
        self._take_film(clip, cut, self._permit(recording, Use.COPY), name)

    def _permit(self, recording: Recording, use: Use) -> Permission | Refusal:
        return permit_in_session(self._source, recording.id, use, self._session, self._today)

    def _agreed(self, recording: Recording) -> ConsentDecision:
        return agreed_in_session(self._source, recording.id, self._session, self._today)

    def _take_film(
        self, clip: Clip, cut: Permission | Refusal, copy: Permission | Refusal, name: str
    ) -> None:
        if isinstance(cut, Refusal) or isinstance(copy, Refusal):
            deleted = isinstance(cut, Refusal) and cut.deleted
            why = (
                "It was deleted."
                if deleted
                else why_closed(cut, self._today) or why_closed(copy, self._today)
            )
            self.left_out.append(LeftOut(f"{name}, its film", f"{why} What was written goes."))
            return
        try:
            open_film(self._source, cut, clip.id, use=Use.CUT)
        except FilmError as error:
            self.left_out.append(LeftOut(f"{name}, its film", str(error)))
            return
        if clip.in_ms < clip.out_ms:
            late = past_its_day(self._source, clip.recording, self._today)
            self.cuts.append(ClipToCut(clip, name, cut, copy, late))
        else:
            self.left_out.append(LeftOut(f"{name}, its film", "The clip ends before it starts."))

    def take_clips(self, clips: Iterable[Clip]) -> None:
        """Take these clips, in the order in which they are walked through."""
        for clip in in_order(clips):
            self.take_clip(clip.id)

    def take_family(self, family: Family) -> None:
        """Take a family, the consents that decide about its film, and its helping questions."""
        if self._has(family):
            return
        self.take(family)
        consents = self.index.where(Consent, family=family.id)
        for asked in dict.fromkeys(each.member for each in consents):
            for purpose in (Purpose.FILM, *purposes_in_session(self._source, self._session)):
                decided = latest(consents, asked, purpose, self._today)
                own = [each for each in consents if each.member == asked and each.purpose is purpose]
                since = [each.date for each in own if each is decided or (decided and each.days)]
                self.take(*(each for each in own if each.date >= min(since, default=dt.date.min)))
        self.take(*self.index.where(HelpingQuestion, family=family.id))

    def take_ratings(self) -> None:
        """Take the ratings of the cycles that were taken."""
        for cycle in self.taken(Cycle):
            self.take(*self.index.where(Rating, cycle=cycle.id))

    def take_seeings(self, item: SessionItem) -> None:
        """Take what people saw by themselves in an item, as far as they are done with it."""
        for each in self.index.where(Seeing, item=item.id):
            person = self.index.find(Person, each.person)
            if may_leave(each):
                self.take(each)
            else:
                whose = one_line(person.name) if person else "somebody"
                name = f"Own seeing of {whose}, agenda item {item.order}"
                self.left_out.append(LeftOut(name, "It is not done yet."))

    def take_notes(self, about: str) -> None:
        """Take what was written about something for everyone to read."""
        self.take(*(each for each in self.index.where(Note, about=about) if _for_everybody(each)))

    def contents(self, about: str) -> Contents:
        """Return what goes into the pack, with the people it names; `about` is what it is called."""
        self._take_people()
        if number := unread(self._source.findings):
            why = "They cannot be read. `vigtui check` says why."
            self.left_out.append(LeftOut(f"Entries of the caseload, {number}", why))
        records = {kind.table: frozenset(each.id for each in self.taken(kind)) for kind in KINDS}
        rest = {kind.table: len(self.index.all(kind)) - len(records[kind.table]) for kind in KINDS}
        names = {PurePosixPath(each.path).name for each in self.taken(Recording) if each.path}
        return Contents(
            about,
            {table: ids for table, ids in records.items() if ids},
            tuple(self.cuts),
            tuple(self.left_out),
            counted(rest),
            self._absent(),
            tuple(sorted(names)),
        )

    def _take_people(self) -> None:
        """Take those colleagues whom the records that were taken name; of their own supervisors, and of a
        family's social worker, nothing is needed."""
        for record in self._records():
            for reference, identity in named(record):
                needed = (type(record), reference.name) not in _NOT_NEEDED
                person = self.index.find(Person, identity) if needed else None
                if person is not None:
                    self.take(person)

    def _absent(self) -> frozenset[str]:
        """Return the ids of records that are there, and named by those taken, and were not taken."""
        found = set()
        for record in self._records():
            for reference, identity in named(record):
                found |= self._not_taken(identity, reference.ref.tables)
        return frozenset(found)

    def _not_taken(self, identity: str, tables: tuple[str, ...]) -> set[str]:
        records = (self.index.get(table, identity) for table in tables if table != MEMBERS)
        return {record.id for record in records if record and not self._has(record)}
