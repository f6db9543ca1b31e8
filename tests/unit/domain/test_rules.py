"""The rules between records: `vigtui check` promises to name each one that is broken."""

import datetime as dt
from typing import TypeVar

import pytest

from vigtui.domain.records import (
    Agreement,
    Amendment,
    Clip,
    Consent,
    Cycle,
    Enrolment,
    Family,
    Gate,
    HelpingQuestion,
    Instrument,
    Member,
    Moment,
    Person,
    Programme,
    Rating,
    Record,
    Recording,
    Session,
    Share,
    SkillRating,
    Stage,
    StatusSpan,
    Still,
    Tag,
    Voice,
)
from vigtui.domain.rules import problems
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, SessionState, StatusKind

R = TypeVar("R", bound=Record)
DAY, LATER = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

FILM = Recording(id="film", cycle="c", path="media/a b/é.mp4", duration_ms=60_000)
REVIEW = Recording(id="review", cycle="c", kind=RecordingKind.SHARED_REVIEW)
CLIP = Clip(id="clip", recording="film", in_ms=1_000, out_ms=5_000, title="Wonky")
REVIEW_CLIP = Clip(id="rclip", recording="review", in_ms=1_000, out_ms=5_000)
ELLIS = Person(id="ellis", name="Ellis", supervisor="ros")
PROGRAMME = Programme(id="p", name="P", stages=(Stage(name="One", gate="Mid"),))
SCALE = Instrument(id="scale", name="Our scale", items=("Waiting",), highest=5)
GIVEN = Consent(
    id="given",
    family="f",
    member="m",
    purpose=Purpose.COURT,
    decision=Decision.GIVEN,
    date=DAY,
    until=DAY,
)
KNOWN = {record.id: record for record in (FILM, REVIEW, CLIP, REVIEW_CLIP, ELLIS, PROGRAMME, SCALE, GIVEN)}


def find(kind: type[R], id: str, /) -> R | None:
    record = KNOWN.get(id)
    return record if isinstance(record, kind) else None


BROKEN: list[tuple[Record, str]] = [
    (Clip(recording="film", in_ms=5, out_ms=5), "not after its start"),
    (Clip(recording="film", in_ms=5, out_ms=60_001), "after its film"),
    (Clip(id="own", recording="review", in_ms=0, out_ms=1, companion="rclip"), "not a client clip"),
    (Still(clip="clip", at_ms=6_000), "outside the clip “Wonky”"),
    (Tag(clip="clip", at_ms=0, who="m", principle="attentive"), "outside the clip"),
    (Moment(cycle="another", recording="film", at_ms=0), "another cycle"),
    (Moment(cycle="c"), "on no film"),
    (Rating(question="q", rater="m", date=DAY, value=11), "0 to 10"),
    (StatusSpan(family="f", kind=StatusKind.CP, start=LATER, end=DAY), "is before"),
    (
        Consent(family="f", member="m", purpose=Purpose.FILM, decision=Decision.GIVEN, date=LATER, until=DAY),
        "before",
    ),
    (HelpingQuestion(family="f", owner="m", words="Why?", agreed=LATER, ended=DAY), "before"),
    (HelpingQuestion(id="q", family="f", owner="m", words="Why?", superseded_by="q"), "own newer"),
    (HelpingQuestion(family="f", owner="m", words=" "), "no words"),
    (Cycle(family="f", number=1, filmed=LATER, reviewed=DAY), "before"),
    (Cycle(family="f", number=1, reviewed=DAY), "not filmed"),
    (Recording(cycle="c", path="../film.mp4"), "leads out"),
    (Recording(cycle="c", path="/film.mp4"), "leads out"),
    (Recording(cycle="c", path="https://example.org/film.mp4"), "leads out"),
    (Recording(cycle="c", path="C:film.mp4"), "leads out"),
    (Recording(cycle="c", path="media\\..\\..\\film.mp4"), "leads out"),
    (Recording(cycle="c", filmed=LATER, delete_by=DAY), "before"),
    (Session(supervisor="ros", trainees=("ros",), date=DAY), "also recorded as its trainee"),
    (Session(supervisor="ros", date=DAY, state=SessionState.AGREED), "who agreed"),
    (Session(supervisor="ros", date=DAY, amendments=(Amendment(by="ros", at=NOW, words="w"),)), "amendments"),
    (Session(supervisor="ros", date=DAY, agreed=Agreement(by=("ros",), at=NOW)), "who agreed"),
    (
        Enrolment(
            person="ellis", programme="p", started=DAY, gates=(Gate(name="Mid", date=LATER, assessor="ros"),)
        ),
        "own supervisor",
    ),
    (Enrolment(person="ellis", programme="p", started=DAY, stage="Nine"), "no stage"),
    (
        Enrolment(
            person="ellis", programme="p", started=DAY, gates=(Gate(name="No", date=LATER, assessor="i"),)
        ),
        "no gate",
    ),
    (SkillRating(instrument="scale", person="ellis", rater="ros", item="Waiting", value=6), "from 0 to 5"),
    (SkillRating(instrument="scale", person="ellis", rater="ros", item="Other"), "not an item"),
    (
        Share(clip="clip", audience="court", purpose=Purpose.COURT, date=LATER, consent="given"),
        "did not hold",
    ),
    (Share(clip="clip", audience="court", purpose=Purpose.CONFERENCE, date=DAY, consent="given"), "not give"),
    (Family(code=" "), "no code"),
    (Family(code="F-1", members=(Member(label="Dana"), Member(label="dana"))), "called the same"),
    (Family(code="F-1", members=(Member(label=""),)), "no label"),
    (Person(id="x", name="Ros", supervisor="x"), "own supervisor"),
    (Person(name=""), "no name"),
]


@pytest.mark.parametrize(("record", "words"), BROKEN)
def test_a_broken_rule_is_named_in_one_sentence(record: Record, words: str) -> None:
    (sentence,) = problems(record, find)
    assert words in sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0] == "“"


@pytest.mark.parametrize(
    "record",
    [
        *KNOWN.values(),
        Clip(recording="film", in_ms=0, out_ms=60_000),
        Clip(recording="review", in_ms=0, out_ms=1, companion="clip"),
        Tag(clip="clip", at_ms=5_000, who="m", principle="attentive"),
        Rating(question="q", rater="m", date=DAY),
        Session(supervisor="ros", date=DAY, state=SessionState.AGREED, agreed=Agreement(by=("ros",), at=NOW)),
        Share(clip="clip", audience="court", purpose=Purpose.COURT, date=DAY, consent="given"),
        Voice(speaker="Dana", words="Oh!", date=DAY),
    ],
)
def test_what_keeps_the_rules_is_left_alone(record: Record) -> None:
    assert problems(record, find) == []
    assert problems(record) == []
