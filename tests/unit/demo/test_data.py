"""The demo's caseload: the first thing anybody sees, so nothing in it may be wrong, bare or real."""

import datetime as dt
import re
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from vigtui.demo.films import FILMS, path_of
from vigtui.demo.loader import load_demo
from vigtui.domain.consent.decisions import Asked, ConsentDecision, by_themselves, decide
from vigtui.domain.principles import DEFAULT
from vigtui.domain.records import (
    KINDS,
    AgendaFilm,
    Clip,
    Consent,
    Cycle,
    Enrolment,
    Family,
    FilmPlace,
    HelpingQuestion,
    Note,
    Person,
    Programme,
    Rating,
    Record,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
    Tag,
    TrainingDay,
)
from vigtui.domain.rules import problems
from vigtui.domain.training.counting import TrainingRecords
from vigtui.domain.training.progress import progress
from vigtui.domain.vocabulary import (
    Decision,
    FamilyState,
    Purpose,
    RecordingState,
    Role,
    SessionMode,
    SessionState,
    Setting,
    StatusKind,
    TrajectKind,
)
from vigtui.queries.caseload_rows import CaseloadRecords, FamilyRow, family_rows
from vigtui.values.timecode import links
from vigtui.wording.access import why_closed

R = TypeVar("R", bound=Record)
TODAY = dt.date(2026, 11, 22)
RECORDS = load_demo(TODAY).records
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def every(kind: type[R], records: list[Record] = RECORDS) -> list[R]:
    return [record for record in records if type(record) is kind]


def rows(records: list[Record], today: dt.date) -> dict[str, FamilyRow]:
    known = CaseloadRecords(
        people=every(Person, records),
        families=every(Family, records),
        spans=every(StatusSpan, records),
        consents=every(Consent, records),
        questions=every(HelpingQuestion, records),
        ratings=every(Rating, records),
        cycles=every(Cycle, records),
        recordings=every(Recording, records),
        clips=every(Clip, records),
        sessions=every(Session, records),
        items=every(SessionItem, records),
    )
    return {row.family.pseudonym: row for row in family_rows(known, today)}


@settings(max_examples=25)
@given(st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31)))
def test_on_whatever_day_it_is_made_every_rule_holds_and_film_is_due_and_overdue(today: dt.date) -> None:
    records = load_demo(today).records
    known = {record.id: record for record in records}

    def find(kind: type[R], id: str, /) -> R | None:
        record = known.get(id)
        return record if isinstance(record, kind) else None

    assert [(record, each) for record in records for each in problems(record, find)] == []
    told = rows(records, today)
    assert re.fullmatch(r"film (9|1[0-5])d", told["Heron"].needs_short)
    assert told["Curlew"].needs_short == "film late"
    assert told["Lapwing"].needs_short == "film held"
    assert all(each.filmed is None or each.filmed <= today for each in every(Cycle, records))


def test_every_table_state_setting_and_word_of_the_article_is_there() -> None:
    of_a_space = {FilmPlace, AgendaFilm}
    assert {type(record) for record in RECORDS} == set(KINDS) - of_a_space
    families = every(Family)
    assert len(families) == 12
    assert {family.state for family in families} == set(FamilyState)
    assert {family.setting for family in families} == set(Setting)
    assert {span.kind for span in every(StatusSpan)} == set(StatusKind)
    assert {role for person in every(Person) for role in person.roles} == set(Role)
    assert {session.state for session in every(Session)} == set(SessionState)
    assert {session.mode for session in every(Session)} == set(SessionMode)
    assert {each.decision for each in every(Consent)} == set(Decision)
    assert {each.kind for each in load_demo(TODAY).records if hasattr(each, "heading")} == set(TrajectKind)


def test_every_reference_leads_somewhere() -> None:
    """A dangling id would show as a bare number, or stop a walk."""
    members = {member.id for family in every(Family) for member in family.members}
    known = {record.id for record in RECORDS} | members
    found = {each for record in RECORDS for each in _ID.findall(str(to_builtins(record)))}
    assert found <= known


def test_films_are_named_by_codes_and_never_by_people() -> None:
    names = {word.casefold() for person in every(Person) for word in person.name.split()}
    for family in every(Family):
        names |= {family.pseudonym.casefold(), *(member.label.casefold() for member in family.members)}
    for recording in every(Recording):
        assert re.fullmatch(r"media/F-\d{3}-(C|SR)\d\.mp4", recording.path)
        assert not any(name in recording.path.casefold() for name in names)


def test_each_film_belongs_to_one_recording_that_waits_for_it() -> None:
    waiting = [each.path for each in every(Recording) if each.state is RecordingState.MISSING]
    assert sorted(waiting) == sorted(path_of(name) for name in FILMS)


def test_tags_use_the_principles_and_notes_their_timecodes() -> None:
    for tag in every(Tag):
        principle = DEFAULT.find(tag.principle)
        assert principle is not None, tag
        assert not tag.item or principle.item(tag.item), tag
    assert all(link.ms > 0 for note in every(Note) for link in links(note.body))
    assert sum(len(links(note.body)) for note in every(Note)) >= 5


def test_herons_film_is_open_and_a_missing_consent_closes_wrens() -> None:
    heron, wren, osprey = (decided(name) for name in ("Heron", "Wren", "Osprey"))
    assert heron.allowed
    assert why_closed(wren, TODAY).startswith("Tali has not been asked about supervision.")
    assert "Kester's consent for supervision was withdrawn" in why_closed(osprey, TODAY)


def decided(pseudonym: str) -> ConsentDecision:
    """Whether the film of this family may be seen for supervision."""
    family = next(each for each in every(Family) if each.pseudonym == pseudonym)
    cycles = [each.id for each in every(Cycle) if each.family == family.id]
    seen = {who for each in every(Recording) if each.cycle in cycles for who in each.people or ()}
    asked = [Asked(member.id, member.label) for member in family.members if member.id in seen]
    consents = [each for each in every(Consent) if each.family == family.id]
    return decide(asked, by_themselves(consents), Purpose.SUPERVISION, TODAY)


@pytest.mark.parametrize(
    ("name", "cycles", "status"),
    [
        ("Heron", "● ● ●", "CIN"),
        ("Wren", "● ◐ ○", "CP"),
        ("Avocet", "○ ○ ○", "CP"),
        ("Knot", "○ ○ ○", "court"),
    ],
)
def test_the_list_looks_as_in_the_mock_up(name: str, cycles: str, status: str) -> None:
    row = rows(RECORDS, TODAY)[name]
    assert (row.cycles, row.status) == (cycles, status)


def test_herons_first_question_is_told_from_3_to_8() -> None:
    row = rows(RECORDS, TODAY)["Heron"]
    assert row.question == "What's Jory telling me when he goes quiet?"
    assert (row.first, row.last) == ("3", "8")


def test_somebody_is_at_each_stage() -> None:
    names = {each.id: each.name for each in (*every(Person), *every(Programme))}
    programmes = {programme.id: programme for programme in every(Programme)}
    records = TrainingRecords(
        tuple(every(Family)), tuple(every(Cycle)), tuple(every(Session)), tuple(every(TrainingDay))
    )
    found = [(each, progress(each, programmes[each.programme], records, TODAY)) for each in every(Enrolment)]
    assert {(names[each.person], names[each.programme]): at.at_hand for each, at in found} == {
        ("Ellis Marr", "Three stages"): 0,
        ("Noor Castell", "Six clients"): 0,
        ("Sol Achter", "Three stages"): 1,
        ("Tamsin Reeve", "Three stages"): 2,
        ("Ines Oakley", "Three stages"): 3,
        ("Ros Tiverton", "Small groups"): None,
    }
    assert [at.renewal for _, at in found if at.renewal]
