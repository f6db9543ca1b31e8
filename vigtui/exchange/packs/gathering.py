"""Gathers, record by record, what a supervision needs to know, and notes what stays behind and why."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec import Struct

from vigtui.casefilm.opening import open_film
from vigtui.domain.access import Permission, Refusal, Use, agreed, permit
from vigtui.domain.clips import clip_code, in_order
from vigtui.domain.consent import ConsentDecision, latest
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Note,
    Person,
    Rating,
    Record,
    Recording,
    Still,
    Tag,
)
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.schema import named
from vigtui.domain.vocabulary import Purpose, Visibility
from vigtui.film.errors import FilmError
from vigtui.store.snapshot import Snapshot
from vigtui.wording.access import why_closed

R = TypeVar("R", bound=Record)

_DECIDE = (Purpose.FILM, Purpose.SUPERVISION)
_NOT_NEEDED = {(Family, "social_worker"), (Person, "supervisor")}


class LeftOut(Struct, frozen=True):
    """Something that stays behind, and why: a sentence."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


class ClipToCut(Struct, frozen=True):
    """A clip, what it is called ("F-017 C2-1"), and the permissions to cut it and to copy what is said."""

    clip: Clip
    name: str
    cut: Permission
    copy: Permission


class Gathering:
    """The records taken so far. Nothing is taken twice, and only what `source` holds."""

    def __init__(self, source: Snapshot, today: dt.date) -> None:
        self.index, self._source = source.index, source
        self.left_out: list[LeftOut] = []
        self.cuts: list[ClipToCut] = []
        self._today = today
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

    def records(self) -> list[Record]:
        """Return everything that was taken."""
        return [record for records in self._taken.values() for record in records.values()]

    def has(self, record: Record) -> bool:
        """Whether this record was taken."""
        return record.id in self._taken.get(type(record), {})

    def take_clip(self, clip_id: str) -> None:
        """Take a clip with its place, words and film, if everybody in it has agreed to supervision."""
        clip = self.index.find(Clip, clip_id)
        recording = self.index.find(Recording, clip.recording) if clip else None
        cycle = self.index.find(Cycle, recording.cycle) if recording else None
        family = self.index.find(Family, cycle.family) if cycle else None
        if not (clip and recording and cycle and family) or clip.id in self._seen:
            return
        self._seen.add(clip.id)
        name = f"{family.code} {clip_code(clip, recording, cycle)}"
        cut = self._permit(recording, Use.CUT)
        decision = self._agreed(recording) if isinstance(cut, Refusal) and cut.deleted else cut
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
        return permit(self._source, recording.id, use, Purpose.SUPERVISION, self._today)

    def _agreed(self, recording: Recording) -> ConsentDecision:
        return agreed(self._source, recording.id, Purpose.SUPERVISION, self._today)

    def _take_film(
        self, clip: Clip, cut: Permission | Refusal, copy: Permission | Refusal, name: str
    ) -> None:
        if isinstance(cut, Refusal) or isinstance(copy, Refusal):
            self.left_out.append(LeftOut(f"{name}, its film", "It was deleted. What was written goes."))
            return
        try:
            open_film(self._source.folder, cut, clip.id, use=Use.CUT)
        except FilmError as error:
            self.left_out.append(LeftOut(f"{name}, its film", str(error)))
            return
        if clip.in_ms < clip.out_ms:
            self.cuts.append(ClipToCut(clip, name, cut, copy))
        else:
            self.left_out.append(LeftOut(f"{name}, its film", "The clip ends before it starts."))

    def take_clips(self, clips: Iterable[Clip]) -> None:
        """Take these clips, in the order in which they are walked through."""
        for clip in in_order(clips):
            self.take_clip(clip.id)

    def take_family(self, family: Family) -> None:
        """Take a family, the consents that decide about its film, and its helping questions."""
        if self.has(family):
            return
        self.take(family)
        consents = self.index.where(Consent, family=family.id)
        for asked in dict.fromkeys(each.member for each in consents):
            for purpose in _DECIDE:
                decided = latest(consents, asked, purpose, self._today)
                own = (each for each in consents if each.member == asked and each.purpose is purpose)
                self.take(*(each for each in own if decided is None or each.date >= decided.date))
        self.take(*self.index.where(HelpingQuestion, family=family.id))

    def take_ratings(self) -> None:
        """Take the ratings of the cycles that were taken."""
        for cycle in self.taken(Cycle):
            self.take(*self.index.where(Rating, cycle=cycle.id))

    def take_notes(self, about: str) -> None:
        """Take what was written about something for everyone to read."""
        for note in self.index.where(Note, about=about):
            if note.visibility is Visibility.SESSION:
                self.take(note)

    def take_people(self) -> None:
        """Take those colleagues whom the records that were taken name; of their own supervisors, and of a
        family's social worker, nothing is needed."""
        for record in self.records():
            for reference, identity in named(record):
                needed = (type(record), reference.name) not in _NOT_NEEDED
                person = self.index.find(Person, identity) if needed else None
                if person is not None:
                    self.take(person)

    def absent(self) -> frozenset[str]:
        """Return the ids of records that are there, and named by those taken, and were not taken."""
        found = set()
        for record in self.records():
            for reference, identity in named(record):
                found |= self._not_taken(identity, reference.ref.tables)
        return frozenset(found)

    def _not_taken(self, identity: str, tables: tuple[str, ...]) -> set[str]:
        records = (self.index.get(table, identity) for table in tables if table != MEMBERS)
        return {record.id for record in records if record and not self.has(record)}
