"""The rows of the caseload list: one for each family, worked out in one pass over the records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from vigtui.domain.cycles import progress
from vigtui.domain.dates import show_coming_day, show_day
from vigtui.domain.missing import Need, needs
from vigtui.domain.ratings import Series, all_series, leading_series, live_questions, sparkline
from vigtui.domain.records import (
    Clip,
    Consent,
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
)
from vigtui.domain.search import haystack
from vigtui.domain.supervision import last_held, next_planned
from vigtui.domain.vocabulary import FamilyState, SessionState, StatusKind

EXPECTED_CYCLES = 3
"""How many cycles a family at work is shown with, those to come included; more are shown once planned."""

_SHORT_STATUS = {
    StatusKind.EARLY_HELP: "early",
    StatusKind.CIN: "CIN",
    StatusKind.CP: "CP",
    StatusKind.PRE_PROCEEDINGS: "pre-pr.",
    StatusKind.PROCEEDINGS: "court",
    StatusKind.IN_OUR_CARE: "care",
    StatusKind.PERMANENCE_PLAN: "perm.",
    StatusKind.PERMANENTLY_MATCHED: "matched",
    StatusKind.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class CaseloadRecords:
    """All that the list is made of; each is every record of its kind, in any order."""

    people: Sequence[Person] = ()
    families: Sequence[Family] = ()
    spans: Sequence[StatusSpan] = ()
    consents: Sequence[Consent] = ()
    questions: Sequence[HelpingQuestion] = ()
    ratings: Sequence[Rating] = ()
    cycles: Sequence[Cycle] = ()
    recordings: Sequence[Recording] = ()
    clips: Sequence[Clip] = ()
    sessions: Sequence[Session] = ()
    items: Sequence[SessionItem] = ()


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One family as the list shows it.

    `question` holds the owner's words in full; `first`, `bars` and `last` are one rater's ratings of it.
    `status` is short for today's statuses, `next` what comes next. `hay` is what a search looks through.
    """

    family: Family
    guider: Person | None
    guider_short: str
    cycles: str
    question: str
    first: str
    bars: str
    last: str
    status: str
    next: str
    needs: tuple[Need, ...]
    hay: str

    @property
    def needs_short(self) -> str:
        return ", ".join(need.short for need in self.needs)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The rows under one heading: whose they are, and when that person's supervision was and will be."""

    person: Person | None
    heading: str
    supervised: str
    rows: tuple[FamilyRow, ...]


def family_rows(records: CaseloadRecords, today: dt.date) -> list[FamilyRow]:
    """Return a row for every family, by code."""
    sorted_out = _Sorted(records)
    ordered = sorted(records.families, key=lambda family: (family.code.casefold(), family.id))
    return [_row(family, sorted_out, today) for family in ordered]


def grouped_by_guider(
    rows: Sequence[FamilyRow], sessions: Sequence[Session], today: dt.date
) -> list[RowGroup]:
    """Return the rows under their guiders, by name; those of nobody come last."""
    return _grouped(rows, {row.guider.id: row.guider for row in rows if row.guider}, sessions, today)


def grouped_by_trainee(
    rows: Sequence[FamilyRow], sessions: Sequence[Session], today: dt.date, supervisor: str = ""
) -> list[RowGroup]:
    """Return the rows under those guiders who have a supervisor (with id `supervisor`, if one is given);
    all other rows come last, under one heading."""
    supervised = {
        row.guider.id: row.guider
        for row in rows
        if row.guider and row.guider.supervisor and supervisor in ("", row.guider.supervisor)
    }
    return _grouped(rows, supervised, sessions, today, rest="Others")


def counted_words(rows: Sequence[FamilyRow]) -> str:
    """Return "12 families, 8 active"."""
    active = sum(row.family.state is FamilyState.ACTIVE for row in rows)
    return f"{len(rows)} {'family' if len(rows) == 1 else 'families'}, {active} active"


def short_name(name: str) -> str:
    """Return "E. Marr" for "Ellis Marr"."""
    first, _, last = name.strip().rpartition(" ")
    return f"{first[0]}. {last}" if first else last


class _Sorted:
    """The records, each kind by what it belongs to."""

    def __init__(self, records: CaseloadRecords) -> None:
        self.people = {person.id: person for person in records.people}
        self.spans = _by(records.spans, "family")
        self.consents = _by(records.consents, "family")
        self.questions = _by(records.questions, "family")
        self.cycles = _by(records.cycles, "family")
        self.ratings = _by(records.ratings, "question")
        self.recordings = _by(records.recordings, "cycle")
        family_of_cycle = {cycle.id: cycle.family for cycle in records.cycles}
        family_of_film = {each.id: family_of_cycle.get(each.cycle, "") for each in records.recordings}
        family_of_clip = {clip.id: family_of_film.get(clip.recording, "") for clip in records.clips}
        sessions = {session.id: session for session in records.sessions}
        self.planned: defaultdict[str, list[dt.date]] = defaultdict(list)
        for item in records.items:
            session = sessions.get(item.session)
            if session and session.state is SessionState.PLANNED:
                self.planned[family_of_clip.get(item.clip, "")].append(session.date)


R = TypeVar("R", bound=Record)


def _by(records: Iterable[R], field: str) -> defaultdict[str, list[R]]:
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in records:
        found[getattr(record, field)].append(record)
    return found


def _row(family: Family, known: _Sorted, today: dt.date) -> FamilyRow:
    guider = known.people.get(family.guider)
    questions, cycles = known.questions[family.id], known.cycles[family.id]
    ratings = [rating for question in questions for rating in known.ratings[question.id]]
    question, series = _leading(questions, all_series(ratings))
    spans = [span for span in known.spans[family.id] if _covers(span, today)]
    found = needs(
        family,
        consents=known.consents[family.id],
        questions=questions,
        ratings=ratings,
        cycles=cycles,
        recordings=[each for cycle in cycles for each in known.recordings[cycle.id]],
        today=today,
    )
    row = FamilyRow(
        family=family,
        guider=guider,
        guider_short=short_name(guider.name) if guider else "",
        cycles=progress(cycles, 0 if family.state is FamilyState.ENDED else EXPECTED_CYCLES),
        question=question.words if question else "",
        first=_number(series.first if series else None),
        bars=sparkline(series.values) if series else "",
        last=_number(series.last if series and series.change is not None else None),
        status="+".join(dict.fromkeys(_SHORT_STATUS[span.kind] for span in spans)),
        next=_next(family, cycles, known.planned[family.id], today),
        needs=tuple(found),
        hay="",
    )
    return replace(row, hay=_hay(row, questions, spans))


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


def _hay(row: FamilyRow, questions: Iterable[HelpingQuestion], spans: Iterable[StatusSpan]) -> str:
    family = row.family
    return haystack(
        [
            family.code,
            family.pseudonym,
            row.guider.name if row.guider else "",
            family.state.label,
            family.setting.label,
            row.status,
            row.next,
            *(span.kind.label for span in spans),
            *(member.label for member in family.members),
            *(question.words for question in questions),
            *(need.short for need in row.needs),
        ]
    )


def _grouped(
    rows: Sequence[FamilyRow],
    people: dict[str, Person],
    sessions: Sequence[Session],
    today: dt.date,
    rest: str = "No guider yet",
) -> list[RowGroup]:
    gathered: defaultdict[str, list[FamilyRow]] = defaultdict(list)
    for row in rows:
        gathered[row.guider.id if row.guider and row.guider.id in people else ""].append(row)
    groups = [
        RowGroup(person, with_roles(person), _supervised(person, sessions, today), tuple(gathered[person.id]))
        for person in sorted(people.values(), key=lambda person: (person.name.casefold(), person.id))
    ]
    if gathered[""]:
        groups.append(RowGroup(None, rest, "", tuple(gathered[""])))
    return groups


def with_roles(person: Person) -> str:
    """Return "Ros Tiverton, supervisor"."""
    return ", ".join([person.name, *(role.label for role in person.roles)])


def _supervised(person: Person, sessions: Sequence[Session], today: dt.date) -> str:
    held, coming = last_held(sessions, person.id), next_planned(sessions, person.id, today)
    words = [f"supervised {show_day(held.date, today)}"] if held else []
    words += [f"next {show_coming_day(coming.date, today)}"] if coming else []
    return ", ".join(words)
