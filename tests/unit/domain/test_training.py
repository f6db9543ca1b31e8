"""Programmes: what is counted decides about somebody's accreditation.

One made-up trainee, Ellis, on the way since 1 January. Worked out by hand:

| what Ellis has           | day           | Three stages  | Six clients   | Small groups   | Every visit    |
|--------------------------|---------------|---------------|---------------|----------------|----------------|
| gate passed              | 20 May        | 1st transition| Mid-point     | none yet       | none yet       |
| Ash 1                    | 10 February   | Stage 1       | First half    | Training       | none by 1 Feb  |
| Ash 2                    | 10 March      | Stage 1       | First half    | Training       | none by 10 Mar |
| Ash 3                    | 20 April      | Stage 1       | First half    | Training       | Training       |
| Ash 4, guided by Noor    | 10 May        | another's     | another's     | another's      | another's      |
| Bay 1                    | 15 February   | Stage 1       | First half    | Training       | none by 5 Feb  |
| Bay 2, not reviewed      |               | not reviewed  | not reviewed  | not reviewed   | not reviewed   |
| Bay 3, planned           | 14 December   | to come       | to come       | to come        | to come        |
| Bay 4, planned           | 1 October     | not filmed    | not filmed    | not filmed     | not filmed     |
| Cob 1                    | 20 Dec before | before        | before        | before         | before         |
| Cob 2                    | 10 June       | Stage 2       | Second half   | Training       | none by 10 June|
| Cob 3, VERP              | 20 June       | VERP          | VERP          | VERP           | VERP           |
| Dew 1, now Noor's        | 25 March      | Stage 1       | First half    | Training       | Training       |
| clients of these         |               | A B D; C      | A B D; C      | A (3 cycles)   | none (3 cycles)|
| one to one, 90 minutes   | 20 February   | Stage 1       | First half    | Training       | Training       |
| VERP session, 90 minutes | 5 March       | VERP          | VERP          | VERP           | VERP           |
| intervision, 60 minutes  | 6 March       | intervision   | intervision   | intervision    | intervision    |
| two groups, 180 each     | 20 Mar, Apr   | Stage 1       | First half    | Training       | Training       |
| of these count           |               | 210 (half)    | 390           | 2 sessions     | 2 sessions     |
| a group of five, 30      | 21 April      | Stage 1       | First half    | five, not four | Training       |
| one to one, 60 minutes   | 30 June       | Stage 2       | Second half   | Training       | Training       |
| 60, for "Stage 1"        | 1 July        | Stage 1       | Second half   | Training       | Training       |
| hours                    |               | 6; 1          | 8; 2          | 5 sessions     | not asked for  |
| seminars, 1 and 0.5 days | February      | Stage 1       | First half    | Training       | Training       |
| seminar to come          | 14 December   | to come       | to come       | to come        | to come        |
| a transition meeting     | 1 September   | Stage 4       | not asked for | not asked for  | not asked for  |
| First case report        | 3 July        | not asked for | not asked for | Training       | not asked for  |
| Second case report       | draft         | draft         | draft         | draft          | draft          |
"""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from vigtui.domain.records import (
    Cycle,
    Enrolment,
    Family,
    Gate,
    Person,
    Programme,
    Record,
    Reflection,
    Session,
    Stage,
    TrainingDay,
)
from vigtui.domain.rules import problems
from vigtui.domain.training.counting import TrainingRecords, Why
from vigtui.domain.training.gates import assessor_problems
from vigtui.domain.training.progress import Progress, Target, progress
from vigtui.domain.vocabulary import (
    CycleKind,
    FamilyState,
    SessionKind,
    SessionMode,
    SessionState,
    TrainingDayKind,
)
from vigtui.exchange.programmes import examples

TODAY = dt.date(2026, 11, 30)
PROGRAMMES = {each.name: each for each in examples()}
NEXT = dt.date(2026, 12, 14)


def day(month: int, of_month: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, of_month)


FAMILIES = (
    Family(id="ash", code="F-1", guider="ellis", state=FamilyState.ACTIVE),
    Family(id="bay", code="F-2", guider="ellis", state=FamilyState.ACTIVE),
    Family(id="cob", code="F-3", guider="ellis", state=FamilyState.ENDED),
    Family(id="dew", code="F-4", guider="noor", state=FamilyState.ACTIVE),
)
CYCLES = (
    Cycle(id="ash 1", family="ash", number=1, filmed=day(2, 1), reviewed=day(2, 10)),
    Cycle(id="ash 2", family="ash", number=2, filmed=day(3, 1), reviewed=day(3, 10)),
    Cycle(id="ash 3", family="ash", number=3, filmed=day(4, 1), reviewed=day(4, 20)),
    Cycle(id="ash 4", family="ash", number=4, filmed=day(5, 5), reviewed=day(5, 10), guider="noor"),
    Cycle(id="bay 1", family="bay", number=1, filmed=day(2, 5), reviewed=day(2, 15)),
    Cycle(id="bay 2", family="bay", number=2, filmed=day(5, 1)),
    Cycle(id="bay 3", family="bay", number=3, planned=NEXT),
    Cycle(id="bay 4", family="bay", number=4, planned=day(10, 1)),
    Cycle(id="cob 1", family="cob", number=1, filmed=day(12, 1, 2025), reviewed=day(12, 20, 2025)),
    Cycle(id="cob 2", family="cob", number=2, filmed=day(6, 1), reviewed=day(6, 10)),
    Cycle(id="cob 3", family="cob", number=3, filmed=day(6, 15), reviewed=day(6, 20), kind=CycleKind.VERP),
    Cycle(id="dew 1", family="dew", number=1, filmed=day(3, 5), reviewed=day(3, 25), guider="ellis"),
    Cycle(id="dew 2", family="dew", number=2, filmed=day(4, 5), reviewed=day(4, 15)),
)


def session(identity: str, date: dt.date, minutes: int, **more: object) -> Session:
    held = Session(
        id=identity,
        supervisor="ros",
        trainees=("ellis",),
        date=date,
        minutes=minutes,
        state=SessionState.HELD,
    )
    return structs.replace(held, **more)


GROUP = {"mode": SessionMode.GROUP, "trainees": ("ellis", "noor")}
SESSIONS = (
    session("one", day(2, 20), 90),
    session("group 1", day(3, 20), 180, **GROUP),
    session("group 2", day(4, 20), 180, **GROUP),
    session("large group", day(4, 21), 30, trainees=("ellis", "noor", "uma", "vic", "wim")),
    session("two", day(6, 30), 60),
    session("named", day(7, 1), 60, stage="Stage 1"),
    session("never said", day(9, 1), 60, state=SessionState.PLANNED),
    session("no minutes", day(9, 2), 0),
    session("elsewhere", day(9, 3), 60, programme="another"),
    session("alone", day(9, 4), 60, supervisor=""),
    session("verp", day(3, 5), 90, kind=SessionKind.VERP),
    session("intervision", day(3, 6), 60, kind=SessionKind.INTERVISION, supervisor=""),
    session("planned", NEXT, 60, state=SessionState.PLANNED),
    session("noor's", day(3, 21), 60, trainees=("noor",)),
)
DAYS = (
    TrainingDay(id="seminar 1", person="ellis", date=day(2, 2)),
    TrainingDay(id="seminar 2", person="ellis", date=day(2, 3), days=0.5),
    TrainingDay(id="seminar 3", person="ellis", date=NEXT),
    TrainingDay(
        id="meeting",
        person="ellis",
        date=day(9, 1),
        kind=TrainingDayKind.SHADOWING,
        what="a transition meeting",
    ),
    TrainingDay(id="noor's day", person="noor", date=day(2, 2)),
)
REFLECTIONS = (
    Reflection(id="first", person="ellis", piece="First case report", body="…", finished=day(7, 3)),
    Reflection(id="second", person="ellis", piece="Second case report", body="…"),
)
RECORDS = TrainingRecords(FAMILIES, CYCLES, SESSIONS, DAYS, REFLECTIONS)
FIRST_GATES = {"Three stages": "First transition meeting", "Six clients": "Mid-point day"}


def enrolment(programme: str) -> Enrolment:
    gate = FIRST_GATES.get(programme)
    gates = (Gate(name=gate, date=day(5, 20), assessor="orr"),) if gate else ()
    return Enrolment(person="ellis", programme=PROGRAMMES[programme].id, started=day(1, 1), gates=gates)


def on_the_way(programme: str, records: TrainingRecords = RECORDS) -> Progress:
    return progress(enrolment(programme), PROGRAMMES[programme], records, TODAY)


ALIKE = {
    "ash 4": Why.OTHER_GUIDER,
    "bay 2": Why.NOT_REVIEWED,
    "bay 3": Why.TO_COME,
    "bay 4": Why.NOT_FILMED,
    "cob 1": Why.BEFORE,
    "cob 3": Why.VERP,
    "never said": Why.NOT_HELD,
    "no minutes": Why.NO_MINUTES,
    "elsewhere": Why.OTHER_PROGRAMME,
    "alone": Why.NO_SUPERVISOR,
    "verp": Why.VERP,
    "intervision": Why.INTERVISION,
    "planned": Why.TO_COME,
    "seminar 3": Why.TO_COME,
    "second": Why.DRAFT,
}
BY_HAND = {
    "Three stages": (
        [
            {"clients": (3, 2), "cycles": (5, 6), "hours": (6, 7)},
            {"clients": (1, 3), "cycles": (1, 9), "hours": (1, 8)},
            {"clients": (0, 3), "cycles": (0, 12), "hours": (0, 8), "written": (0, 1)},
            {"shadowing": (1, 2)},
        ],
        {"first": Why.NOT_ASKED},
        1,
    ),
    "Six clients": (
        [
            {"clients": (3, 3), "cycles": (5, 9), "hours": (8, 7.5)},
            {"clients": (1, 3), "cycles": (1, 9), "hours": (2, 7.5), "written": (0, 1)},
        ],
        {"first": Why.NOT_ASKED, "meeting": Why.NOT_ASKED},
        1,
    ),
    "Small groups": (
        [
            {
                "clients": (1, 2),
                "sessions": (5, 16),
                "seminar_days": (1.5, 6),
                "running": (2, 2),
                "written": (1, 2),
            },
            {"sessions": (0, 2)},
        ],
        {"meeting": Why.NOT_ASKED, "large group": Why.GROUP_SIZE},
        0,
    ),
    "Before every visit": (
        [{"clients": (0, 2), "cycles": (2, 6)}],
        {
            "first": Why.NOT_ASKED,
            "meeting": Why.NOT_ASKED,
            "ash 1": Why.NO_SUPERVISION_BEFORE,
            "ash 2": Why.NO_SUPERVISION_BEFORE,
            "bay 1": Why.NO_SUPERVISION_BEFORE,
            "cob 2": Why.NO_SUPERVISION_BEFORE,
        },
        0,
    ),
}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_example_counts_as_worked_out_by_hand(programme: str) -> None:
    stages, reasons, at_hand = BY_HAND[programme]
    found = on_the_way(programme)
    assert [
        {each.target.name.lower(): (each.done, each.of) for each in stage.asked} for stage in found.stages
    ] == stages
    left = {each.record.id: each.why for each in found.not_counted if each.record and not each.stage}
    assert left == ALIKE | reasons
    assert found.at_hand == at_hand


def test_where_a_programme_counts_them_verp_and_intervision_are_hours_for_each_who_takes_part() -> None:
    programme = structs.replace(PROGRAMMES["Six clients"], counts_verp=True, counts_intervision=True)
    both = ("ellis", "noor")
    met = (
        session("verp", day(3, 5), 90, trainees=both, kind=SessionKind.VERP),
        session("intervision", day(3, 6), 60, trainees=both, kind=SessionKind.INTERVISION, supervisor=""),
    )
    for person in both:
        own = structs.replace(enrolment("Six clients"), person=person)
        found = progress(own, programme, TrainingRecords(sessions=met), TODAY).stages[0]
        assert (found.minutes, found.group_minutes) == (150, 150)


def test_what_counts_only_in_part_is_told_of_the_stage_at_hand() -> None:
    few = {
        each.record.code: (each.amount, each.of)
        for each in on_the_way("Small groups").not_counted
        if each.why is Why.FEW_CYCLES and isinstance(each.record, Family)
    }
    assert few == {"F-2": (1, 3), "F-3": (1, 3), "F-4": (1, 3)}
    open_gate = progress(
        structs.replace(enrolment("Three stages"), gates=()), PROGRAMMES["Three stages"], RECORDS, TODAY
    )
    over = [(each.amount, each.of) for each in open_gate.not_counted if each.why is Why.GROUP_SHARE]
    assert over == [(3, 3.5)]


def test_a_group_larger_than_the_stage_asks_for_tells_both_numbers() -> None:
    large = [each for each in on_the_way("Small groups").not_counted if each.why is Why.GROUP_SIZE]
    assert [(each.amount, each.of) for each in large] == [(5, 4)]


@pytest.mark.parametrize(
    ("held", "unprepared"),
    [
        ((day(3, 1), day(3, 9)), None),
        ((day(3, 3), day(3, 10)), None),
        ((day(3, 1), day(3, 3)), day(3, 10)),
        ((day(3, 9),), day(3, 3)),
        ((day(3, 1), day(3, 11)), day(3, 10)),
    ],
)
def test_a_cycle_counts_with_supervision_before_each_visit_where_that_is_asked(
    held: tuple[dt.date, ...], unprepared: dt.date | None
) -> None:
    stage = Stage(name="All", cycles=1, supervision_before_visits=True)
    programme = Programme(name="Visits", stages=(stage,))
    own = Enrolment(person="ellis", programme=programme.id, started=day(1, 1))
    cycle = Cycle(family="ash", number=1, filmed=day(3, 3), reviewed=day(3, 10), guider="ellis")
    sessions = tuple(session(f"held {each}", each, 60) for each in held)
    found = progress(own, programme, TrainingRecords(FAMILIES, (cycle,), sessions), TODAY)
    assert len(found.stages[0].cycles) == (unprepared is None)
    told = [each for each in found.not_counted if each.why is Why.NO_SUPERVISION_BEFORE]
    assert [each.visit for each in told] == ([unprepared] if unprepared else [])
    assert {each.last_visit for each in told} <= {None if unprepared == cycle.filmed else cycle.filmed}


@given(st.randoms(use_true_random=False))
def test_no_order_of_records_changes_anything(chance: random.Random) -> None:
    def shuffled(records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(chance.sample(records, len(records)))

    parts = (FAMILIES, CYCLES, SESSIONS, DAYS, REFLECTIONS)
    records = TrainingRecords(*map(shuffled, parts))
    for programme in PROGRAMMES:
        assert on_the_way(programme, records) == on_the_way(programme)


GATES = tuple(
    Gate(name=name, date=day(month, 20), assessor="orr")
    for month, name in ((3, "First transition meeting"), (7, "Second transition meeting"), (9, "Other"))
)


@given(st.permutations(GATES), st.sampled_from(["", "Stage 1", "Stage 2", "Stage 3", "Stage 4", "Unknown"]))
def test_everything_of_ones_own_counts_once_or_has_a_reason(gates: list[Gate], stage: str) -> None:
    own = structs.replace(enrolment("Three stages"), gates=tuple(gates), stage=stage)
    found = progress(own, PROGRAMMES["Three stages"], RECORDS, TODAY)
    assert found == progress(structs.replace(own, gates=GATES), PROGRAMMES["Three stages"], RECORDS, TODAY)
    counted = [
        each.id
        for part in found.stages
        for kind in (part.cycles, part.sessions, part.days, part.reflections)
        for each in kind
    ]
    left = [each.record.id for each in found.not_counted if each.record and not each.stage]
    others = {"dew 2", "noor's", "noor's day"}
    everything = {each.id for kind in (CYCLES, SESSIONS, DAYS, REFLECTIONS) for each in kind}
    assert sorted(counted + left) == sorted(everything - others)


def test_a_stage_before_the_one_somebody_began_in_was_passed_elsewhere() -> None:
    came = structs.replace(enrolment("Three stages"), gates=(), stage="Stage 2")
    found = progress(came, PROGRAMMES["Three stages"], RECORDS, TODAY)
    assert found.at_hand == 1
    assert len(found.stages[1].cycles) == 6


def test_a_stage_for_those_who_go_on_is_nobodys_until_they_do() -> None:
    names = [stage.gate for stage in PROGRAMMES["Three stages"].stages[:3]]
    gates = tuple(Gate(name=name, date=day(5, 20), assessor="orr") for name in names)
    done = structs.replace(enrolment("Three stages"), gates=gates)
    assert progress(done, PROGRAMMES["Three stages"], RECORDS, TODAY).at_hand is None
    on = structs.replace(done, stage="Stage 4")
    at_hand = progress(on, PROGRAMMES["Three stages"], RECORDS, TODAY).stage
    assert at_hand
    assert [each.missing for each in at_hand.open] == [("An accreditation meeting",)]


def test_gates_of_one_name_end_one_stage_after_the_other() -> None:
    programme = Programme(
        name="Alike", stages=(Stage(name="1", gate="Meeting"), Stage(name="2", gate="Meeting"))
    )
    once = Enrolment(person="ellis", programme=programme.id, started=day(1, 1), gates=GATES[:0])
    one = Gate(name="Meeting", date=day(5, 1), assessor="orr")
    two = Gate(name="Meeting", date=day(9, 1), assessor="orr")
    assert progress(structs.replace(once, gates=(one,)), programme, RECORDS, TODAY).at_hand == 1
    both = progress(structs.replace(once, gates=(two, one)), programme, RECORDS, TODAY)
    assert both.at_hand is None
    assert [stage.gate for stage in both.stages] == [one, two]


@pytest.mark.parametrize(
    ("renewals", "due"),
    [
        ((), day(2, 28, 2027)),
        ((day(3, 1, 2026), day(1, 5, 2026)), day(3, 1, 2029)),
        ((day(1, 1),), day(1, 1, 2029)),
    ],
)
def test_what_was_reached_is_renewed_every_so_many_years(renewals: tuple[dt.date, ...], due: dt.date) -> None:
    programme = PROGRAMMES["Small groups"]
    gates = tuple(Gate(name=stage.gate, date=day(2, 29, 2024), assessor="orr") for stage in programme.stages)
    done = structs.replace(enrolment("Small groups"), gates=gates, renewals=renewals)
    assert progress(done, programme, RECORDS, TODAY).renewal == due
    assert on_the_way("Small groups").renewal is None


def test_a_programme_without_stages_has_no_progress() -> None:
    empty = progress(enrolment("Six clients"), Programme(name="Bare"), RECORDS, TODAY)
    assert empty.stages == ()
    assert Target.CYCLES not in {each.target for stage in empty.stages for each in stage.asked}


@pytest.mark.parametrize(
    ("assessor", "words"), [("ros", "own supervisor"), ("ellis", "their own Mid-point"), ("ines", "")]
)
def test_an_assessor_is_never_the_trainees_own_supervisor(assessor: str, words: str) -> None:
    ellis = Person(id="ellis", name="Ellis", supervisor="ros")
    gate = Gate(name="Mid-point", date=day(5, 5), assessor=assessor)
    enrolled = Enrolment(person="ellis", programme="p", started=day(1, 1), gates=(gate,))
    sentence = " ".join(assessor_problems(enrolled, ellis))
    assert words in sentence
    assert bool(words) == bool(sentence)


def test_who_assessed_a_gate_may_supervise_later_where_it_is_known_who_did_then() -> None:
    gate = Gate(name="Mid-point", date=day(5, 5), assessor="ines", supervisor="ros")
    enrolled = Enrolment(person="ellis", programme="p", started=day(1, 1), gates=(gate,))
    assert not list(assessor_problems(enrolled, Person(id="ellis", name="Ellis", supervisor="ines")))
    own = structs.replace(enrolled, gates=(structs.replace(gate, assessor="ros"),))
    assert list(assessor_problems(own, Person(id="ellis", name="Ellis", supervisor="ines")))


def test_where_a_programme_asks_for_it_nobody_assesses_two_gates_of_one_person() -> None:
    ellis = Person(id="ellis", name="Ellis", supervisor="ros")
    gates = tuple(
        Gate(name=stage.gate, date=day(month, 5), assessor="ines")
        for month, stage in enumerate(PROGRAMMES["Six clients"].stages, start=4)
    )
    twice = Enrolment(person="ellis", programme="p", started=day(1, 1), gates=gates)
    sentence = "assessed the Mid-point day already"
    assert sentence in " ".join(assessor_problems(twice, ellis, PROGRAMMES["Six clients"]))
    assert not list(assessor_problems(twice, ellis, PROGRAMMES["Three stages"]))


def test_a_written_piece_without_words_is_not_finished() -> None:
    empty = Reflection(person="ellis", piece="Written reflection", finished=TODAY)
    assert problems(empty) == ["The written reflection is finished, but has no words."]
