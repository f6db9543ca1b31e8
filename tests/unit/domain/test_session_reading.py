"""What is said in a session is for those who were there, and for who supervises: nobody else reads it."""

import datetime as dt

import pytest

from vigtui.domain.records import (
    AgreedWords,
    Note,
    Person,
    PointStep,
    Session,
    SessionItem,
    SkillRating,
)
from vigtui.domain.vocabulary import PointState, Role, SessionState
from vigtui.store.index import Index
from vigtui.wording.names import Names

DAY = dt.date(2026, 11, 3)
PEOPLE = [
    Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)),
    Person(id="noor", name="Noor", roles=(Role.TRAINEE,)),
    Person(id="hal", name="Hal", roles=(Role.SERVICE_LEAD,)),
    Person(id="tamsin", name="Tamsin", roles=(Role.GUIDER,)),
    Person(id="ines", name="Ines", roles=(Role.SUPERVISOR,)),
]
SESSION = Session(
    id="s",
    supervisor="tamsin",
    trainees=("ellis",),
    date=DAY,
    strengths="Waiting",
    state=SessionState.HELD,
)
ITEM = SessionItem(id="i", session="s", working_point="One short turn")
SAID = [
    ITEM,
    Note(id="n", about="s", author="tamsin", body="Words"),
    Note(id="m", about="i", author="tamsin", body="Words"),
    PointStep(id="p", item="i", state=PointState.PRACTISED, date=DAY),
    SkillRating(id="r", instrument="x", person="ellis", rater="ellis", session="s", item="waits"),
    AgreedWords(id="a", item="i"),
]


def names_for(reader: str) -> Names:
    index = Index()
    for each in (*PEOPLE, SESSION, *SAID):
        index.put(each)
    return Names(index.find, DAY, reader=reader)


def hidden_from(reader: str) -> set[str]:
    names = names_for(reader)
    return {each.id for each in SAID if names.is_hidden(each)}


@pytest.mark.parametrize("reader", ["noor", "hal"])
def test_neither_another_trainee_nor_a_service_lead_reads_what_was_said(reader: str) -> None:
    names = names_for(reader)
    assert hidden_from(reader) == {each.id for each in SAID}
    assert names.is_hidden(SESSION, "strengths")
    assert not names.is_hidden(SESSION), "who meets, and when, is no secret"


def test_those_who_were_there_read_it_and_whoever_supervises() -> None:
    assert hidden_from("ellis") == set()
    assert hidden_from("ines") == set()
    assert hidden_from("tamsin") == {"p"}, "how a working point goes is the trainee's and a supervisor's"
