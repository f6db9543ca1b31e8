"""Collects the records of the demo, and shortens the writing of those that come often."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from vigtui.demo.films import FILMS, path_of
from vigtui.demo.scenes.script import Scene
from vigtui.domain.records import (
    Clip,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Rating,
    Record,
    Recording,
    Tag,
)
from vigtui.domain.vocabulary import CycleKind, Decision, Purpose, RecordingKind, RecordingState

R = TypeVar("R", bound=Record)
WORK = (Purpose.FILM, Purpose.SUPERVISION)
_SUNDAY = 6


@dataclass
class Book:
    """The records made so far, and the day that stands for today."""

    today: dt.date
    records: list[Record] = field(default_factory=list)

    def add(self, record: R) -> R:
        self.records.append(record)
        return record

    def ago(self, days: int) -> dt.date:
        """Return a day in the past, never a Sunday or a Saturday."""
        day = self.today - dt.timedelta(days=days)
        return day - dt.timedelta(days=max(day.weekday() - _SUNDAY + 2, 0))

    def ahead(self, days: int) -> dt.date:
        """Return a day to come, never a Saturday or a Sunday."""
        day = self.today + dt.timedelta(days=days)
        return day + dt.timedelta(days=-day.weekday() % 7 if day.weekday() >= _SUNDAY - 1 else 0)

    def consents(
        self,
        family: Family,
        date: dt.date,
        purposes: Iterable[Purpose] = WORK,
        decision: Decision = Decision.GIVEN,
        *,
        members: Iterable[str] = (),
        given_by: str = "",
        until: dt.date | None = None,
    ) -> list[Consent]:
        """Record one decision for each purpose and filmed member, or each of `members` (labels)."""
        wanted = set(members) or {member.label for member in family.members if member.filmed}
        return [
            self.add(
                Consent(
                    family=family.id,
                    member=member.id,
                    purpose=purpose,
                    decision=decision,
                    given_by=given_by or family.members[0].label,
                    date=date,
                    until=until,
                )
            )
            for purpose in purposes
            for member in family.members
            if member.label in wanted
        ]

    def question(
        self,
        family: Family,
        owner: str,
        words: str,
        agreed: dt.date | None = None,
        *,
        ended: dt.date | None = None,
    ) -> HelpingQuestion:
        """Record a helping question; `owner` is an id, of a member or of a person."""
        return self.add(
            HelpingQuestion(family=family.id, owner=owner, words=words, agreed=agreed, ended=ended)
        )

    def ratings(
        self, question: HelpingQuestion, rater: str, given: Iterable[tuple[dt.date, str, int | None]]
    ) -> None:
        """Record a rater's values, each with its date and the id of its cycle (or "")."""
        for date, cycle, value in given:
            self.add(Rating(question=question.id, rater=rater, date=date, cycle=cycle, value=value))

    def cycle(
        self,
        family: Family,
        number: int,
        activity: str,
        *,
        planned: dt.date | None = None,
        filmed: dt.date | None = None,
        reviewed: dt.date | None = None,
        next_step: str = "",
        kind: CycleKind = CycleKind.VIG,
    ) -> Cycle:
        edited = filmed + (reviewed - filmed) // 2 if filmed and reviewed else None
        return self.add(
            Cycle(
                family=family.id,
                number=number,
                kind=kind,
                planned=planned or filmed,
                filmed=filmed,
                edited=edited,
                reviewed=reviewed,
                activity=activity,
                next_step=next_step,
            )
        )

    def film(
        self, name: str, cycle: Cycle, *, delete_by: dt.date | None = None, hold_reason: str = ""
    ) -> Recording:
        """Record a film of `FILMS`: missing until it is made."""
        review = "-SR" in name
        return self.add(
            Recording(
                cycle=cycle.id,
                kind=RecordingKind.SHARED_REVIEW if review else RecordingKind.INTERACTION,
                path=path_of(name),
                duration_ms=round(scene(name).seconds * 1000),
                filmed=cycle.reviewed if review else cycle.filmed,
                delete_by=delete_by,
                hold_reason=hold_reason,
                state=RecordingState.MISSING,
            )
        )

    def deleted_film(
        self, name: str, cycle: Cycle, duration_ms: int, date: dt.date, why: str, by: str
    ) -> Recording:
        """Record a film that has been deleted, with the stub that stays."""
        review = "-SR" in name
        recording = self.add(
            Recording(
                cycle=cycle.id,
                kind=RecordingKind.SHARED_REVIEW if review else RecordingKind.INTERACTION,
                path=path_of(name),
                duration_ms=duration_ms,
                filmed=cycle.reviewed if review else cycle.filmed,
                delete_by=date,
                state=RecordingState.DELETED,
            )
        )
        self.add(Deletion(recording=recording.id, date=date, why=why, by=by))
        return recording

    def clip(
        self,
        recording: Recording,
        order: int,
        span: tuple[float, float],
        title: str,
        caption: str,
        *,
        questions: Iterable[HelpingQuestion] = (),
        tags: Iterable[tuple[float, str, str, str]] = (),
        shown: bool = True,
        companion: str = "",
    ) -> Clip:
        """Record a clip; `span` and the tags (second, who, principle, item) are in seconds of the film."""
        clip = self.add(
            Clip(
                recording=recording.id,
                in_ms=round(span[0] * 1000),
                out_ms=round(span[1] * 1000),
                title=title,
                caption=caption,
                questions=tuple(question.id for question in questions),
                shown_in_review=shown,
                order=order,
                companion=companion,
            )
        )
        for at, who, principle, item in tags:
            self.add(Tag(clip=clip.id, at_ms=round(at * 1000), who=who, principle=principle, item=item))
        return clip


def scene(name: str) -> Scene:
    """Return the scene of a film, for its length and its moments."""
    return FILMS[name]()
