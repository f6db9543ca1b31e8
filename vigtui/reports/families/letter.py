"""The traject letter: to the client by name, at the end of the work or between, in their own words.

It tells what they asked, rated and said, what was seen in the shared reviews, what has grown and what they
would like to go on with. It leaves for the family: notes are not read for it, what others said stays with
them, and no label is printed, but the name that was typed or a blank to write it in.
"""

import datetime as dt

from msgspec import Struct

from vigtui.domain.people import is_child
from vigtui.domain.ratings import HIGHEST, scale_words
from vigtui.domain.records import HelpingQuestion, Member
from vigtui.domain.vocabulary import Described, RecordingKind, RecordingState, TrajectKind
from vigtui.queries.descriptions import Pair, pairs
from vigtui.queries.family import FamilyRecords, bare
from vigtui.queries.traject import plan_on
from vigtui.reports.charts.chart import RatingsChart, Say, ratings_chart
from vigtui.reports.paper import Paper, plain
from vigtui.reports.spoken import for_family
from vigtui.values.days import show_whole_day
from vigtui.values.spoken_names import SpokenNames
from vigtui.values.text import and_list, one_line
from vigtui.wording.family import quoted, series_of


class Date(Struct, frozen=True):
    """A day in its parts, for a language that names months otherwise."""

    day: int
    month: int
    year: int


class RatedBy(Struct, frozen=True):
    """One rater's ratings: "" for the client, and None for asked and not rated."""

    by: str
    numbers: tuple[int | None, ...]


class Asked(Struct, frozen=True):
    """A helping question: `by` is empty where the client asked it. `yours` are the client's own ratings in
    words, `others` those of other raters, each with a name; `ratings` are the same, for a language that puts
    them otherwise. `chart` is the name of what is drawn of them, "" where nobody gave two."""

    day: str
    date: Date | None
    by: str
    words: str
    yours: str
    others: tuple[str, ...]
    ratings: tuple[RatedBy, ...]
    chart: str


class Descriptions(Struct, frozen=True):
    """How the client described somebody at the start, and how at the end, as quotations. `of` is in English;
    `subject` is "child", "relationship" or "parent"."""

    of: str
    subject: str
    start: str
    end: str


class Seen(Struct, frozen=True):
    """What was seen in the shared review of one cycle."""

    activity: str
    captions: tuple[str, ...]


def letter(records: FamilyRecords, client: Member, names: SpokenNames, own_words: str = "") -> Paper:
    """Return the letter to a member of the family. `names` are what the members are called at home;
    `own_words` are added by whoever signs it."""
    say = for_family(names)
    family, today = records.family, records.today
    lines = [
        line
        for heading in plan_on(today, records.headings, records.traject).headings
        for line in heading.lines
        if not records.repeats(line.words)
    ]
    said = [bare(each.words) for each in records.quotable if _is(client, each.speaker)]
    guider = records.people.get(family.guider)
    questions = [_asked(records, client, *each, say) for each in enumerate(records.agreed_questions, start=1)]
    erased_by = _erased_by(records)
    values = {
        "name": say(one_line(client.label)),
        "day": _long_day(today),
        "date": plain(_date(today)),
        "children": [say(one_line(each.label)) for each in family.members if is_child(each)],
        "lowest": records.lowest_rating,
        "highest": HIGHEST,
        "scale": scale_words(records.lowest_rating),
        "questions": plain(questions),
        "described": plain([_described(records, each, say) for each in _own(records, client)]),
        "seen": plain(_seen(records, say)),
        "said": [say(each) for each in said],
        "grown": [say(each.words) for each in lines if each.kind is TrajectKind.CHANGE],
        "ideas": [say(each.words) for each in lines if each.kind is TrajectKind.HOPE],
        "own_words": own_words,
        "erased_by": _long_day(erased_by),
        "erased_by_date": plain(_date(erased_by)),
        "guider": one_line(guider.name) if guider else "",
    }
    charts = {
        each.chart: _chart(records, question, say)
        for each, question in zip(questions, records.agreed_questions, strict=True)
        if each.chart
    }
    return Paper("letter", f"letter-{today.isoformat()}", values, (family.id,), charts=charts)


def _long_day(day: dt.date | None) -> str:
    return show_whole_day(day) if day else ""


def _date(day: dt.date | None) -> Date | None:
    return Date(day.day, day.month, day.year) if day else None


def _chart(records: FamilyRecords, question: HelpingQuestion, say: Say) -> RatingsChart:
    series = series_of(records, question)
    return ratings_chart(
        say(one_line(question.words)), series, lambda rater: say(records.name(rater)), records.lowest_rating
    )


def _is(client: Member, who: str) -> bool:
    """Whether somebody is the client, by id or as they are called in the file."""
    return who in (client.id, client.label)


def _asked(records: FamilyRecords, client: Member, number: int, question: HelpingQuestion, say: Say) -> Asked:
    series = series_of(records, question)
    own = next((each for each in series if _is(client, each.rater)), None)
    return Asked(
        day=_long_day(question.agreed),
        date=_date(question.agreed),
        by="" if _is(client, question.owner) else say(records.name(question.owner)),
        words=say(one_line(question.words)),
        yours=own.in_words() if own else "",
        others=tuple(
            f"{say(records.name(each.rater))}: {each.in_words()}" for each in series if each is not own
        ),
        ratings=tuple(
            RatedBy("" if each is own else say(records.name(each.rater)), each.values) for each in series
        ),
        chart=f"question-{number}" if any(each.change is not None for each in series) else "",
    )


def _own(records: FamilyRecords, client: Member) -> list[Pair]:
    """The client's own descriptions of the child and the relationship, and of themselves."""
    order = list(Described)
    found = [each for each in pairs(records.descriptions) if _is(client, each.speaker)]
    return sorted(found, key=lambda each: order.index(each.of))


def _described(records: FamilyRecords, pair: Pair, say: Say) -> Descriptions:
    children = [each.label for each in records.family.members if is_child(each)]
    of = {
        Described.CHILD: say(and_list([one_line(each) for each in children])) or "your child",
        Described.RELATIONSHIP: "how you are together",
        Described.PARENT: "yourself",
    }[pair.of]
    start, end = (" ".join(say(quoted(each.words)) for each in said) for said in (pair.start, pair.end))
    return Descriptions(of, pair.of.value, start, end)


def _seen(records: FamilyRecords, say: Say) -> list[Seen]:
    """What the captions of the clips say that were shown in the reviews, cycle by cycle."""
    found = []
    for cycle in records.cycles:
        films = records.recordings_of(cycle, RecordingKind.INTERACTION) if cycle.reviewed else []
        clips = [clip for film in films for clip in records.clips_of(film) if clip.shown_in_review]
        captions = tuple(say(one_line(clip.caption)) for clip in clips if clip.caption.strip())
        if captions:
            found.append(Seen(say(one_line(cycle.activity)), captions))
    return found


def _erased_by(records: FamilyRecords) -> dt.date | None:
    """The day by which all their film is erased; None where that cannot be said of all of it."""
    there = [each for each in records.recordings if each.state is not RecordingState.DELETED]
    days = [each.delete_by for each in there if each.delete_by and not each.hold_reason]
    return max(days) if days and len(days) == len(there) else None
