"""A summary for a conference: the facts of the plan beside the work, strengths without hiding risk.

It leaves for people outside the work. Film is described only where everybody in it agreed to that purpose,
words are quoted only where that was agreed, and supervision and notes are not on it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import Struct

from vigtui.domain.consent.access import agreed_then
from vigtui.domain.cycles import counts
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Clip, HelpingQuestion
from vigtui.domain.vocabulary import Purpose, RecordingKind, TrajectKind
from vigtui.queries.family import FamilyRecords
from vigtui.queries.timeline import Timeline
from vigtui.queries.traject import plan_on
from vigtui.reports.charts.chart import TimelineChart
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_whole_day
from vigtui.values.text import and_list, one_line
from vigtui.wording.family import cycle_name, series_of

PURPOSES = (Purpose.CONFERENCE, Purpose.CIN_MEETING, Purpose.COURT, Purpose.SOCIAL_WORKER)
"""What a summary may be for."""

_LANES = ("status", "film", "review")


class Fact(Struct, frozen=True):
    """What happened on a day: in the plan, or in the work."""

    day: str
    plan: str = ""
    work: str = ""


class AskedAbout(Struct, frozen=True):
    """A helping question, whose it is, and each rater's ratings in words."""

    words: str
    by: str
    ratings: tuple[str, ...]


class Quote(Struct, frozen=True):
    """What somebody said and agreed to have quoted."""

    words: str
    by: str


def conference_paper(
    records: FamilyRecords, versions: EveryVersion, purpose: Purpose, worries: str = ""
) -> Paper:
    """Return the summary of a family's work for a `purpose` outside it (conference, CIN meeting, court).
    `worries` are what the people around the family worry about, typed for this print."""
    today = records.today
    shown, withheld = _shown(records, versions, purpose)
    plan = plan_on(today, records.headings, records.traject)
    lines = [line for heading in plan.headings for line in heading.lines if not records.repeats(line.words)]
    facts = _facts(records)
    values = {
        "code": one_line(records.family.code),
        "members": one_line(and_list([each.label for each in records.family.members])),
        "purpose": purpose.label,
        "made": show_whole_day(today),
        "guider": records.name(records.family.guider) if records.family.guider else "",
        "statuses": records.statuses(),
        "reasons": records.family.reasons.strip(),
        "facts": plain(facts),
        "cycles": sum(counts(each) for each in records.cycles),
        "questions": plain([_asked(records, each) for each in records.agreed_questions]),
        "seen": shown,
        "withheld": withheld,
        "grown": [each.words for each in lines if each.kind is TrajectKind.CHANGE],
        "now": [each.words for each in lines if each.kind is TrajectKind.NOW],
        "hoped": [each.words for each in lines if each.kind is TrajectKind.HOPE],
        "quotes": plain(_quotes(records)),
        "unknown": list(_unknown(records)),
        "worries": worries,
    }
    rows = tuple((each.day, each.plan, each.work) for each in facts)
    return Paper(
        "conference",
        f"summary-{today.isoformat()}",
        values,
        (records.family.id,),
        table=Table(("Day", "Plan", "Work"), rows),
        charts={"timeline": TimelineChart("The plan and the work", _outside(records.timeline()), today)},
    )


def _quotes(records: FamilyRecords) -> list[Quote]:
    return [Quote(each.words, records.name(each.speaker)) for each in records.quotable]


def _outside(timeline: Timeline) -> Timeline:
    """The lanes for people outside the work: nothing of supervision."""
    lanes = tuple(each for each in timeline.lanes if each.question or each.key in _LANES)
    keys = {each.key for each in lanes}
    return replace(timeline, lanes=lanes, events=tuple(each for each in timeline.events if each.lane in keys))


def _facts(records: FamilyRecords) -> list[Fact]:
    """The plan and the work side by side, by their days."""
    found: list[tuple[dt.date, Fact]] = []
    for span in records.spans:
        found.append((span.start, Fact(show_whole_day(span.start), plan=f"{span.kind.label} from this day")))
        if span.end:
            found.append((span.end, Fact(show_whole_day(span.end), plan=f"{span.kind.label} until this day")))
    family = records.family
    if family.referred:
        found.append((family.referred, Fact(show_whole_day(family.referred), work="referred to VIG")))
    for cycle in records.cycles:
        name = cycle_name(cycle)
        if cycle.filmed:
            found.append((cycle.filmed, Fact(show_whole_day(cycle.filmed), work=f"{name}: filmed")))
        if cycle.reviewed:
            found.append(
                (cycle.reviewed, Fact(show_whole_day(cycle.reviewed), work=f"{name}: shared review"))
            )
    if family.ended:
        reason = one_line(family.closure.reason)
        words = f"the work ended{f': {reason}' if reason else ''}"
        found.append((family.ended, Fact(show_whole_day(family.ended), work=words)))
    return [fact for _, fact in sorted(found, key=lambda each: each[0])]


def _asked(records: FamilyRecords, question: HelpingQuestion) -> AskedAbout:
    return AskedAbout(
        one_line(question.words),
        records.name(question.owner),
        tuple(f"{records.name(each.rater)}: {each.in_words()}" for each in series_of(records, question)),
    )


def _unknown(records: FamilyRecords) -> Iterator[str]:
    """What of the ratings is not known, or has not risen: strengths alone would hide it."""
    for question in records.agreed_questions:
        series = series_of(records, question)
        if not series:
            yield f"“{one_line(question.words)}” was not rated."
        for each in series:
            who = records.name(each.rater)
            if each.first is None:
                yield f"{who} did not rate “{one_line(question.words)}”."
            elif each.change is None:
                yield f"{who} rated “{one_line(question.words)}” once: {each.first}."
            elif each.change <= 0:
                words = "the same" if each.change == 0 else "lower"
                yield f"{who} rates “{one_line(question.words)}” {words} than at first: {each.in_words()}."


def _shown(records: FamilyRecords, versions: EveryVersion, purpose: Purpose) -> tuple[list[str], int]:
    """The captions of clips that everybody in their film lets be shown for this purpose, and how many clips
    are not described."""
    clips = _clips(records)
    agreed = {
        film: agreed_then(versions, film, purpose, records.today).allowed
        for film in {clip.recording for clip in clips}
    }
    shown = [one_line(clip.caption) for clip in clips if agreed[clip.recording] and clip.caption.strip()]
    return shown, sum(not agreed[clip.recording] for clip in clips)


def _clips(records: FamilyRecords) -> Sequence[Clip]:
    films = [each for each in records.recordings if each.kind is RecordingKind.INTERACTION]
    return [clip for film in films for clip in records.clips_of(film) if clip.shown_in_review]
