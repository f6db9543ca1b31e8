"""The rows of the caseload list: one for each family, sorted out in one pass over the records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from msgspec import Struct

from vigtui.domain.consent.decisions import Asked
from vigtui.domain.consent.filmed import asked_for_work
from vigtui.domain.consent.words_kept import review_day
from vigtui.domain.cycles import progress
from vigtui.domain.lookup import EveryVersion, by_field
from vigtui.domain.records import (
    Clip,
    Consent,
    Copy,
    Cycle,
    Family,
    HelpingQuestion,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
    YearsKept,
)
from vigtui.domain.vocabulary import FamilyState, SessionState, StatusKind
from vigtui.queries.needs import Need, needs
from vigtui.queries.ratings import Series, all_series, leading_series, live_questions, sparkline
from vigtui.values.days import show_coming_day
from vigtui.values.search import haystack

_SHORT_STATUS = {
    StatusKind.CP: "CP",
    StatusKind.PROCEEDINGS: "court",
    StatusKind.PRE_PROCEEDINGS: "pre-pr.",
    StatusKind.IN_OUR_CARE: "care",
    StatusKind.CIN: "CIN",
    StatusKind.PERMANENCE_PLAN: "perm.",
    StatusKind.PERMANENTLY_MATCHED: "matched",
    StatusKind.EARLY_HELP: "early",
    StatusKind.CLOSED: "closed",
}
"""The weightiest first: where there is no room for all, what is cut off is the least of them."""


class CaseloadRecords(Struct, frozen=True):
    """All that the list is made of; each is every record of its kind, in any order. `competing` has all
    versions of those records of which several compete, by id, None for a removal; `ask_workers` is the
    caseload's setting, and so is `usual_cycles`: how many cycles a family at work is shown with, those to
    come included; more are shown once planned. Ratings go from `lowest_rating` to 10; what is
    written is kept as `words_kept` says."""

    people: Sequence[Person] = ()
    families: Sequence[Family] = ()
    spans: Sequence[StatusSpan] = ()
    consents: Sequence[Consent] = ()
    questions: Sequence[HelpingQuestion] = ()
    ratings: Sequence[Rating] = ()
    cycles: Sequence[Cycle] = ()
    recordings: Sequence[Recording] = ()
    copies: Sequence[Copy] = ()
    clips: Sequence[Clip] = ()
    sessions: Sequence[Session] = ()
    items: Sequence[SessionItem] = ()
    competing: Mapping[str, Sequence[Record | None]] = {}
    ask_workers: bool = False
    usual_cycles: int = 3
    lowest_rating: int = 0
    words_kept: YearsKept = YearsKept()


def caseload_records(caseload: EveryVersion) -> CaseloadRecords:
    """All that the list is made of."""
    return CaseloadRecords(
        people=tuple(caseload.where(Person)),
        families=tuple(caseload.where(Family)),
        spans=tuple(caseload.where(StatusSpan)),
        consents=tuple(caseload.where(Consent)),
        questions=tuple(caseload.where(HelpingQuestion)),
        ratings=tuple(caseload.where(Rating)),
        cycles=tuple(caseload.where(Cycle)),
        recordings=tuple(caseload.where(Recording)),
        copies=tuple(caseload.where(Copy)),
        clips=tuple(caseload.where(Clip)),
        sessions=tuple(caseload.where(Session)),
        items=tuple(caseload.where(SessionItem)),
        competing=_competing(caseload),
        ask_workers=caseload.meta.ask_workers,
        usual_cycles=caseload.meta.usual_cycles,
        lowest_rating=caseload.meta.lowest_rating,
        words_kept=caseload.meta.words_kept,
    )


def _competing(caseload: EveryVersion) -> dict[str, Sequence[Record | None]]:
    """Return all versions of the records by which consent is decided, where several compete."""
    found: dict[str, Sequence[Record | None]] = {}
    for kind in (Family, Recording, Consent):
        for each in caseload.competing(kind):
            removed = caseload.is_removed_in_a_version(kind, each)
            found[each] = (*caseload.versions(kind, each), *([None] if removed else []))
    return found


R = TypeVar("R", bound=Record)


class _Sorted:
    """The records, each kind by what it belongs to."""

    def __init__(self, records: CaseloadRecords) -> None:
        self.people = {person.id: person for person in records.people}
        self.spans = by_field(records.spans, "family")
        self.consents = by_field(records.consents, "family")
        self.questions = by_field(records.questions, "family")
        self.cycles = by_field(records.cycles, "family")
        self.ratings = by_field(records.ratings, "question")
        self.recordings = by_field(records.recordings, "cycle")
        self.copies = by_field(records.copies, "family")
        self.ask_workers, self._competing = records.ask_workers, records.competing
        self.usual_cycles, self.lowest_rating = records.usual_cycles, records.lowest_rating
        self.words_kept = records.words_kept
        self.common = (
            self.ask_workers,
            self.usual_cycles,
            self.lowest_rating,
            self.words_kept,
            self._competing,
            self.people,
        )
        family_of_cycle = {cycle.id: cycle.family for cycle in records.cycles}
        family_of_film = {each.id: family_of_cycle.get(each.cycle, "") for each in records.recordings}
        family_of_clip = {clip.id: family_of_film.get(clip.recording, "") for clip in records.clips}
        sessions = {session.id: session for session in records.sessions}
        self.planned: defaultdict[str, list[dt.date]] = defaultdict(list)
        for item in records.items:
            session = sessions.get(item.session)
            if session and session.state is SessionState.PLANNED:
                self.planned[family_of_clip.get(item.clip, "")].append(session.date)

    def versions(self, record: R) -> Sequence[R | None]:
        """A record, and its competing versions if there are any."""
        return cast("Sequence[R | None]", (record, *self._competing.get(record.id, ())))


class FamilyRow:
    """One family as the list shows it. What a list of hundreds does not show is never worked out. Two rows
    are equal when all that they are made of is."""

    def __init__(self, family: Family, known: _Sorted, today: dt.date) -> None:
        self.family = family
        self.guider = known.people.get(family.guider)
        self._known, self._today = known, today

    @property
    def called(self) -> str:
        """Its code and its pseudonym: "F-017 Heron"."""
        return f"{self.family.code} {self.family.pseudonym}".strip()

    @property
    def is_active(self) -> bool:
        """Whether the work goes on."""
        return self.family.state is FamilyState.ACTIVE

    @property
    def guider_short(self) -> str:
        return short_name(self.guider.name) if self.guider else ""

    @property
    def cycles(self) -> str:
        expected = 0 if self.family.state is FamilyState.ENDED else self._known.usual_cycles
        return progress(self._cycles, expected)

    @property
    def question(self) -> str:
        """The helping question's words in full."""
        question, _ = self._leading
        return question.words if question else ""

    @property
    def first(self) -> str:
        """The first of one rater's ratings of the question."""
        _, series = self._leading
        return _number(series.first if series else None)

    @property
    def bars(self) -> str:
        """All those ratings."""
        _, series = self._leading
        return sparkline(series.values, self._known.lowest_rating) if series else ""

    @property
    def last(self) -> str:
        """The last of them, when there is more than one."""
        _, series = self._leading
        return _number(series.last if series and series.change is not None else None)

    @property
    def ratings(self) -> str:
        """The same in words, "" where there are none."""
        _, series = self._leading
        return series.in_words() if series else ""

    @property
    def status(self) -> str:
        """Today's statuses, short, the weightiest first."""
        now = {span.kind for span in self._spans}
        return "+".join(short for kind, short in _SHORT_STATUS.items() if kind in now)

    @property
    def next(self) -> str:
        """What comes next."""
        return _next(self.family, self._cycles, self._known.planned[self.family.id], self._today)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        recordings = [each for cycle in self._cycles for each in self._known.recordings[cycle.id]]
        found = needs(
            self.family,
            asked=self._asked(recordings),
            consents=[self._known.versions(each) for each in self._known.consents[self.family.id]],
            questions=self._questions,
            ratings=self._ratings,
            cycles=self._cycles,
            recordings=recordings,
            copies=self._known.copies[self.family.id],
            words_day=self._words_day,
            today=self._today,
        )
        return tuple(found)

    def _asked(self, recordings: Iterable[Recording]) -> list[Asked]:
        known = self._known
        versions = [each for recording in recordings for each in known.versions(recording) if each]
        families = [each for each in known.versions(self.family) if each]
        return asked_for_work(versions, families, known.people.get, workers=known.ask_workers)

    @property
    def needs_short(self) -> str:
        return ", ".join(need.short for need in self.needs)

    def prepare(self, before: "FamilyRow | None") -> str:
        """Return what a search looks through, worked out once; or taken from the row of this family in an
        earlier list, where nothing has changed since."""
        if before is not None and "hay" in vars(before) and self == before:
            vars(self).setdefault("hay", before.hay)
        return self.hay

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FamilyRow) and self._made_of == other._made_of

    @property
    def _made_of(self) -> tuple[object, ...]:
        """All that it is worked out from. Of records that are the same the lists are quickly compared."""
        known, family = self._known, self.family.id
        films = [known.recordings[cycle.id] for cycle in self._cycles]
        own = [known.spans[family], known.consents[family], known.copies[family], known.planned[family]]
        work = [self._questions, self._ratings, self._cycles, films]
        return (self.family, self._today, known.common, own, work)

    @cached_property
    def hay(self) -> str:
        """What a search looks through."""
        family = self.family
        return haystack(
            [
                family.code,
                family.pseudonym,
                self.guider.name if self.guider else "",
                family.state.label,
                family.setting.label,
                self.status,
                self.next,
                *(span.kind.label for span in self._spans),
                *(member.label for member in family.members),
                *(question.words for question in self._questions),
                *(need.short for need in self.needs),
            ]
        )

    @property
    def _questions(self) -> list[HelpingQuestion]:
        return self._known.questions[self.family.id]

    @property
    def _cycles(self) -> list[Cycle]:
        return self._known.cycles[self.family.id]

    @property
    def _ratings(self) -> list[Rating]:
        return [rating for question in self._questions for rating in self._known.ratings[question.id]]

    @property
    def _spans(self) -> list[StatusSpan]:
        return [span for span in self._known.spans[self.family.id] if _covers(span, self._today)]

    @property
    def _words_day(self) -> dt.date | None:
        spans = self._known.spans[self.family.id]
        return review_day(self.family, self._cycles, spans, self._known.words_kept)

    @cached_property
    def _leading(self) -> tuple[HelpingQuestion | None, Series | None]:
        return _leading(self._questions, all_series(self._ratings))


def family_rows(records: CaseloadRecords, today: dt.date) -> list[FamilyRow]:
    """Return a row for every family, by code."""
    sorted_out = _Sorted(records)
    ordered = sorted(records.families, key=lambda family: (family.code.casefold(), family.id))
    return [FamilyRow(family, sorted_out, today) for family in ordered]


def counted_words(rows: Sequence[FamilyRow]) -> str:
    """Return "12 families, 8 active"."""
    active = sum(row.is_active for row in rows)
    return f"{len(rows)} {'family' if len(rows) == 1 else 'families'}, {active} active"


def short_name(name: str) -> str:
    """Return "E. Marr" for "Ellis Marr"."""
    first, _, last = name.strip().rpartition(" ")
    return f"{first[0]}. {last}" if first else last


def _leading(
    questions: Sequence[HelpingQuestion], series: Sequence[Series]
) -> tuple[HelpingQuestion | None, Series | None]:
    """Return the first question that was agreed and is live, else the first that was ever agreed and not
    superseded, else the last there is; and the ratings that stand for it."""
    live = [question for question in live_questions(questions) if question.agreed]
    agreed = [question for question in questions if question.agreed and not question.superseded_by]
    question = next(iter([*live, *agreed, *questions[-1:]]), None)
    return question, leading_series(question, series) if question else None


def _covers(span: StatusSpan, day: dt.date) -> bool:
    return span.start <= day and (span.end is None or day <= span.end)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _next(family: Family, cycles: Sequence[Cycle], planned: Sequence[dt.date], today: dt.date) -> str:
    """Return the day of the next supervision of this family's clips or filming, or what its state says."""
    if family.state in (FamilyState.ENDED, FamilyState.PAUSED):
        return family.state.label
    filming = [cycle.planned for cycle in cycles if cycle.planned and not cycle.filmed]
    coming = min((day for day in (*planned, *filming) if day >= today), default=None)
    if coming:
        return show_coming_day(coming, today)
    return "" if cycles else "visit"
