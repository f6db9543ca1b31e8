"""What belongs to a record is told with it, and goes with it."""

import datetime as dt

import pytest

from vigtui.domain.belonging import family_of, with_belongings
from vigtui.domain.records import (
    Clip,
    Cycle,
    Deletion,
    Enrolment,
    Family,
    HelpingQuestion,
    Note,
    Person,
    Rating,
    Recording,
    Session,
    SessionItem,
    Tag,
    Voice,
)
from vigtui.store.index import Index

DAY = dt.date(2025, 3, 18)
PERSON = Person(id="ellis", name="Ellis Marr")
FAMILY = Family(id="heron", code="F-017")
QUESTION = HelpingQuestion(id="question", family="heron", owner="Dana", words="What is he telling me?")
RATING = Rating(id="rating", question="question", rater="Dana", date=DAY)
CYCLE = Cycle(id="cycle", family="heron", number=1)
RECORDING = Recording(id="recording", cycle="cycle")
CLIP = Clip(id="clip", recording="recording", in_ms=0, out_ms=1)
TAG = Tag(id="tag", clip="clip", at_ms=0, who="guider", principle="receiving")
SESSION = Session(id="session", supervisor="", date=DAY)
ITEM = SessionItem(id="item", session="session", clip="clip")
RECORDS = (PERSON, FAMILY, QUESTION, RATING, CYCLE, RECORDING, CLIP, TAG, SESSION, ITEM)


@pytest.fixture
def index() -> Index:
    made = Index()
    for record in RECORDS:
        made.put(record)
    return made


def test_a_record_of_the_work_is_found_to_be_its_familys(index: Index) -> None:
    note = Note(about="clip", body="She waits.")
    for record in (FAMILY, QUESTION, RATING, CYCLE, RECORDING, CLIP, TAG, note):
        assert family_of(index.find, record) == FAMILY, record


def test_a_supervision_belongs_to_no_family_though_its_clip_does(index: Index) -> None:
    note = Note(about="item", body="She waits.")
    for record in (SESSION, ITEM, note, PERSON, Voice(speaker="Sam", words="It helped.", date=DAY)):
        assert family_of(index.find, record) is None, record


def test_records_that_go_round_in_circles_belong_to_no_family(index: Index) -> None:
    note = Note(id="note", about="note")
    index.put(note)
    assert family_of(index.find, note) is None


def test_with_a_record_comes_everything_below_it(index: Index) -> None:
    index.put(Deletion(id="stub", recording="recording", date=DAY))
    index.put(Note(id="note", about="item", body="She waits."))
    index.put(Enrolment(id="enrolment", person="ellis", programme="", started=DAY))
    family = [each.id for each in with_belongings(index.where, FAMILY)]
    assert family == ["heron", "question", "rating", "cycle", "recording", "clip", "tag", "stub"]
    assert [each.id for each in with_belongings(index.where, SESSION)] == ["session", "item", "note"]
    assert [each.id for each in with_belongings(index.where, PERSON)] == ["ellis", "enrolment"]
