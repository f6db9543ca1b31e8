"""Everything that belongs to one family, read at once for its screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from vigtui.domain.consent.access import consents_of, people_asked_for_work
from vigtui.domain.consent.decisions import Alternatives, Asked
from vigtui.domain.consent.filmed import everybody_asked
from vigtui.domain.consent.words_kept import review_day
from vigtui.domain.cycles import in_order as cycles_in_order
from vigtui.domain.film.clips import clip_code, in_order
from vigtui.domain.film.moments import waiting, without_clip
from vigtui.domain.records import (
    Clip,
    Consent,
    Copy,
    Cycle,
    Deletion,
    Description,
    Family,
    HelpingQuestion,
    Moment,
    Person,
    PlannedMoment,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    Share,
    StatusSpan,
    TrajectEntry,
    TrajectHeading,
    Viewing,
    Voice,
    YearsKept,
)
from vigtui.domain.sessions.reading import may_read_session
from vigtui.domain.sessions.working_points import Thread, may_read_points, threads
from vigtui.domain.supervision import number
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.needs import Need, needs
from vigtui.queries.timeline import Timeline, build_timeline
from vigtui.queries.traject import headings_of
from vigtui.store.caseload import Caseload
from vigtui.values.text import folded, one_line

R = TypeVar("R", bound=Record)


def find(records: Iterable[R], identity: str) -> R | None:
    """The record with this id, None when it is not among them."""
    return next((record for record in records if record.id == identity), None)


@dataclass(frozen=True)
class FamilyRecords:
    """One family's records, each kind in the order in which it is shown. `names` are the labels of members
    and the names of people by id; `sessions` are those in which the family's clips are seen, each with
    one number everywhere. `asked` may be asked for consent, `asked_for_work` have to be; `decisions` are all
    versions of what they said. `headings` are those of the traject plan, dropped ones too."""

    family: Family
    today: date
    people: dict[str, Person]
    names: dict[str, str]
    spans: list[StatusSpan]
    consents: list[Consent]
    asked: list[Asked]
    asked_for_work: list[Asked]
    decisions: list[Alternatives]
    questions: list[HelpingQuestion]
    ratings: list[Rating]
    descriptions: list[Description]
    cycles: list[Cycle]
    recordings: list[Recording]
    clips: list[Clip]
    moments: list[Moment]
    planned: list[PlannedMoment]
    traject: list[TrajectEntry]
    headings: list[TrajectHeading]
    sessions: list[Session]
    session_numbers: dict[str, int]
    items: list[SessionItem]
    points: list[Thread]
    shares: list[Share]
    deletions: list[Deletion]
    copies: list[Copy]
    viewings: list[Viewing]
    voices: list[Voice]
    usual_cycles: int
    words_kept: YearsKept
    lowest_rating: int

    def name(self, identity: str) -> str:
        """The label of a member or the name of a person; what is no id is returned as it is."""
        return one_line(self.names.get(identity, identity))

    def identity(self, name: str) -> str:
        """The id behind a name somebody typed, or the words themselves."""
        return next((key for key, known in self.names.items() if folded(known) == folded(name)), name)

    @property
    def quotable(self) -> list[Voice]:
        """What people said of the work and agreed to being quoted. Papers quote nothing else."""
        return [each for each in self.voices if each.may_quote]

    @property
    def agreed_questions(self) -> list[HelpingQuestion]:
        """The helping questions that were agreed, each in its latest words."""
        return [each for each in self.questions if each.agreed and not each.superseded_by]

    def repeats(self, words: str) -> bool:
        """Whether these words, of a line of the plan, are what somebody said: that is told where it may be
        quoted, and else nowhere."""
        return bare(words) in {bare(each.words) for each in self.voices}

    @property
    def points_going_on(self) -> list[Thread]:
        """The guider's working points that are not settled, the newest first."""
        return [each for each in self.points if each.goes_on]

    def cycle(self, identity: str) -> Cycle | None:
        return find(self.cycles, identity)

    def recordings_of(self, cycle: Cycle, kind: RecordingKind | None = None) -> list[Recording]:
        """A cycle's recordings, of one kind where it is named."""
        return [
            film for film in self.recordings if film.cycle == cycle.id and (kind is None or film.kind is kind)
        ]

    def clips_of(self, recording: Recording) -> list[Clip]:
        return [clip for clip in self.clips if clip.recording == recording.id]

    def moments_of(self, recording: Recording) -> list[Moment]:
        """The moments of a recording that are still to be looked at."""
        return without_clip(moment for moment in self.moments if moment.recording == recording.id)

    def waiting_moments(self, cycle: Cycle, kind: RecordingKind) -> list[Moment]:
        """What was marked by the clock while this was filmed, and lies on no recording yet."""
        return waiting((moment for moment in self.moments if moment.cycle == cycle.id), kind)

    def code(self, clip: Clip) -> str:
        """What a clip is called: "C2-1", or "SR2-1" for one of a shared review."""
        recording = find(self.recordings, clip.recording)
        cycle = self.cycle(recording.cycle) if recording else None
        return clip_code(clip, recording, cycle) if recording and cycle else "clip"

    def statuses(self) -> str:
        """The statuses of today, "CIN plan, in our care"."""
        now = [span for span in self.spans if span.start <= self.today <= (span.end or self.today)]
        return ", ".join(span.kind.label for span in now)

    def needs(self) -> list[Need]:
        """What the family needs, the most urgent first."""
        return needs(
            self.family,
            asked=self.asked_for_work,
            consents=self.decisions,
            questions=self.questions,
            ratings=self.ratings,
            cycles=self.cycles,
            recordings=self.recordings,
            copies=self.copies,
            words_day=review_day(self.family, self.cycles, self.spans, self.words_kept),
            today=self.today,
        )

    def timeline(self) -> Timeline:
        return build_timeline(
            today=self.today,
            spans=self.spans,
            cycles=self.cycles,
            sessions=self.sessions,
            questions=self.questions,
            ratings=self.ratings,
            traject=self.traject,
            names=self.names,
            numbers=self.session_numbers,
            lowest_rating=self.lowest_rating,
        )


def family_records(
    caseload: Caseload, identity: str, today: date, reader: Person | None = None
) -> FamilyRecords | None:
    """Read what belongs to the family with this id; None when it was removed. For a `reader` without what
    was said in sessions of others, and without others' working points."""
    family = caseload.get(Family, identity)
    if family is None:
        return None
    people = {person.id: person for person in caseload.all(Person)}
    names = {member.id: member.label for member in family.members}
    names |= {person.id: person.name for person in people.values()}
    cycles = cycles_in_order(caseload.where(Cycle, family=identity))
    recordings = [film for cycle in cycles for film in caseload.where(Recording, cycle=cycle.id)]
    clips = [clip for film in recordings for clip in in_order(caseload.where(Clip, recording=film.id))]
    consents = caseload.where(Consent, family=identity)
    questions = _questions_in_order(caseload.where(HelpingQuestion, family=identity))
    items = _items(caseload, clips)
    found = {item.session: caseload.get(Session, item.session) for item in items}
    traject = sorted(caseload.where(TrajectEntry, family=identity), key=lambda each: (each.date, each.id))
    sessions, all_sessions = [each for each in found.values() if each], caseload.where(Session)
    return FamilyRecords(
        family=family,
        today=today,
        people=people,
        names=names,
        spans=sorted(caseload.where(StatusSpan, family=identity), key=lambda span: (span.start, span.id)),
        consents=consents,
        asked=everybody_asked(recordings, family, consents, people.get, workers=caseload.meta.ask_workers),
        asked_for_work=people_asked_for_work(caseload, identity),
        decisions=consents_of(caseload, identity),
        questions=questions,
        ratings=[rating for question in questions for rating in caseload.where(Rating, question=question.id)],
        descriptions=sorted(
            caseload.where(Description, family=identity), key=lambda each: (each.date, each.id)
        ),
        cycles=cycles,
        recordings=recordings,
        clips=clips,
        planned=[each for cycle in cycles for each in caseload.where(PlannedMoment, cycle=cycle.id)],
        moments=[moment for cycle in cycles for moment in caseload.where(Moment, cycle=cycle.id)],
        traject=traject,
        headings=headings_of(
            identity,
            caseload.where(TrajectHeading, family=identity),
            caseload.meta.traject_headings,
            traject,
        ),
        sessions=sessions,
        session_numbers={each.id: number(each, all_sessions) for each in sessions},
        items=[
            each
            for each in items
            if (session := found[each.session]) is None or may_read_session(reader, session)
        ],
        points=[
            each
            for each in threads(caseload.get, caseload.where, family.guider)
            if reader is None or may_read_points(reader, each.session, family.guider)
        ],
        shares=[share for clip in clips for share in caseload.where(Share, clip=clip.id)],
        copies=list(caseload.where(Copy, family=identity)),
        deletions=[stub for film in recordings for stub in caseload.where(Deletion, recording=film.id)],
        viewings=sorted(
            (each for film in recordings for each in caseload.where(Viewing, recording=film.id)),
            key=lambda each: (each.date, each.id),
            reverse=True,
        ),
        voices=sorted(caseload.where(Voice, family=identity), key=lambda voice: (voice.date, voice.id)),
        usual_cycles=caseload.meta.usual_cycles,
        words_kept=caseload.meta.words_kept,
        lowest_rating=caseload.meta.lowest_rating,
    )


def _questions_in_order(questions: Iterable[HelpingQuestion]) -> list[HelpingQuestion]:
    """By the day they were agreed, those not agreed yet last; a new wording comes after the old."""
    ordered = sorted(questions, key=lambda each: (each.agreed or date.max, each.id))
    following = {each.superseded_by for each in ordered if each.superseded_by}
    found: list[HelpingQuestion] = []
    for question in ordered:
        chain: HelpingQuestion | None = question if question.id not in following else None
        while chain and chain not in found:
            found.append(chain)
            later = chain.superseded_by
            chain = next((each for each in ordered if each.id == later), None)
    return found + [question for question in ordered if question not in found]


def _items(caseload: Caseload, clips: Iterable[Clip]) -> list[SessionItem]:
    found: dict[str, SessionItem] = {}
    for clip in clips:
        for item in (
            *caseload.where(SessionItem, clip=clip.id),
            *caseload.where(SessionItem, companion=clip.id),
        ):
            found[item.id] = item
    return sorted(found.values(), key=lambda item: (item.session, item.order, item.id))


def bare(words: str) -> str:
    """Return somebody's own words without quotation marks: a line of the plan may quote what was said."""
    return one_line(words).strip('“”" ')
