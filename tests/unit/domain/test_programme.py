"""Programmes: what is counted decides about somebody's accreditation."""

import datetime as dt

import pytest

from vigtui.domain.programme import assessor_problems, progress
from vigtui.domain.records import Cycle, Enrolment, Family, Gate, Person, Programme, Session, Stage
from vigtui.domain.vocabulary import SessionState


def day(month: int) -> dt.date:
    return dt.date(2026, month, 10)


PROGRAMME = Programme(
    name="Three stages",
    stages=(
        Stage(name="One", clients=2, cycles=3, hours=2, gate="First transition"),
        Stage(name="Two", clients=3, cycles=9, hours=8, gate="Second transition"),
    ),
)
ENROLMENT = Enrolment(
    person="ellis",
    programme=PROGRAMME.id,
    started=day(1),
    gates=(Gate(name="First transition", date=day(5), assessor="ines"),),
)
FAMILIES = [Family(id="heron", code="F-1", guider="ellis"), Family(id="wren", code="F-2", guider="noor")]
CYCLES = [
    Cycle(family="heron", number=1, filmed=day(2), reviewed=day(3)),
    Cycle(family="heron", number=2, filmed=day(4), reviewed=day(5)),
    Cycle(family="heron", number=3, filmed=day(5), reviewed=day(6)),
    Cycle(family="heron", number=4, filmed=day(7)),
    Cycle(family="wren", number=1, filmed=day(2), reviewed=day(3)),
]
SESSIONS = [
    Session(supervisor="ros", trainees=("ellis",), date=day(3), minutes=90, state=SessionState.AGREED),
    Session(supervisor="ros", trainees=("ellis",), date=day(6), minutes=60, state=SessionState.HELD),
    Session(
        supervisor="ros", trainees=("ellis",), date=day(7), minutes=60, stage="One", state=SessionState.HELD
    ),
    Session(supervisor="ros", trainees=("ellis",), date=day(8), minutes=60),
    Session(supervisor="ros", trainees=("noor",), date=day(3), minutes=60, state=SessionState.HELD),
]


def test_only_own_cycles_filmed_and_reviewed_count_each_in_its_stage() -> None:
    one, two = progress(ENROLMENT, PROGRAMME, families=FAMILIES, cycles=CYCLES, sessions=SESSIONS)
    assert (one.clients, one.cycles, one.hours) == (1, 2, 2.5)
    assert (two.clients, two.cycles, two.hours) == (1, 1, 1.0)
    assert not one.reached
    assert one.words() == "1 of 2 clients, 2 of 3 cycles, 2.5 of 2 hours"


def test_a_programme_without_stages_has_no_progress() -> None:
    empty = Programme(name="Bare")
    assert progress(ENROLMENT, empty, families=FAMILIES, cycles=CYCLES, sessions=SESSIONS) == []


@pytest.mark.parametrize(
    ("assessor", "words"), [("ros", "own supervisor"), ("ellis", "their own Mid-point"), ("ines", "")]
)
def test_an_assessor_is_never_the_trainees_own_supervisor(assessor: str, words: str) -> None:
    ellis = Person(id="ellis", name="Ellis", supervisor="ros")
    gate = Gate(name="Mid-point", date=day(5), assessor=assessor)
    enrolment = Enrolment(person="ellis", programme="p", started=day(1), gates=(gate,))
    sentence = " ".join(assessor_problems(enrolment, ellis))
    assert words in sentence
    assert bool(words) == bool(sentence)
