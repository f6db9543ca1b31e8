"""The caseload list: what it leaves out, nobody sees to."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.caseloads import consents
from vigtui.domain.consent.decisions import Asked
from vigtui.domain.records import (
    Availability,
    Clip,
    Closure,
    Copy,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Person,
    Rating,
    Recording,
    Session,
    SessionItem,
    StatusSpan,
)
from vigtui.domain.vocabulary import (
    Decision,
    FamilyState,
    Hours,
    RecordingState,
    Role,
    SessionState,
    StatusKind,
)
from vigtui.queries.caseload_groups import grouped_by_guider, grouped_by_trainee
from vigtui.queries.caseload_rows import CaseloadRecords, FamilyRow, counted_words, family_rows, short_name
from vigtui.queries.needs import Need, consent_needs, film_needs
from vigtui.ui.widgets.family_lines import family_line
from vigtui.values.days import show_day
from vigtui.values.search import filtered
from vigtui.wording.family import last_working_point, summary

TODAY = dt.date(2026, 11, 22)
DANA, JORY = Member(id="dana", label="Dana"), Member(id="jory", label="Jory")
ELLIS = Person(id="ellis", name="Ellis Marr", roles=(Role.TRAINEE,), supervisor="ros")
INES = Person(id="ines", name="Inés Oakley", roles=(Role.GUIDER,))


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


HERON = Family(
    id="heron",
    code="F-017",
    pseudonym="Heron",
    guider="ellis",
    state=FamilyState.ACTIVE,
    members=(DANA, JORY),
)
RECORDS = CaseloadRecords(
    people=[ELLIS, INES],
    families=[
        HERON,
        Family(id="wren", code="F-003", pseudonym="Wren", guider="ines", state=FamilyState.REFERRED),
        Family(id="teal", code="F-004", pseudonym="Teal", state=FamilyState.PAUSED),
    ],
    spans=[
        StatusSpan(family="heron", kind=StatusKind.CP, start=ago(200), end=ago(30)),
        StatusSpan(family="heron", kind=StatusKind.CIN, start=ago(29)),
    ],
    consents=consents(HERON, ago(90)),
    questions=[
        HelpingQuestion(id="q", family="heron", owner="dana", words="When he goes quiet?", agreed=ago(90))
    ],
    ratings=[
        Rating(question="q", rater="dana", date=ago(90), value=3),
        Rating(question="q", rater="dana", date=ago(60)),
        Rating(question="q", rater="dana", date=ago(10), value=6),
        Rating(question="q", rater="sam", date=ago(10), value=2),
    ],
    cycles=[
        Cycle(id="c1", family="heron", number=1, filmed=ago(60), reviewed=ago(50)),
        Cycle(id="c2", family="heron", number=2, planned=TODAY + dt.timedelta(days=9)),
    ],
    recordings=[Recording(id="film", cycle="c1", delete_by=TODAY + dt.timedelta(days=12))],
    clips=[Clip(id="clip", recording="film", in_ms=0, out_ms=1)],
    sessions=[
        Session(id="s1", supervisor="ros", trainees=("ellis",), date=ago(19), state=SessionState.HELD),
        Session(id="s2", supervisor="ros", trainees=("ellis",), date=TODAY + dt.timedelta(days=2)),
    ],
    items=[
        SessionItem(session="s1", clip="clip", working_point="hand back"),
        SessionItem(session="s2", clip="clip"),
    ],
)


def row(code: str, records: CaseloadRecords = RECORDS) -> FamilyRow:
    return next(each for each in family_rows(records, TODAY) if each.family.code == code)


def heron(**changes: object) -> CaseloadRecords:
    return replace(RECORDS, families=[replace(HERON, **changes)])


def test_a_copy_that_is_out_past_its_day_is_needed_back() -> None:
    copy = Copy(family="heron", about="stick", date=ago(30), until=ago(1))
    rows = family_rows(replace(RECORDS, copies=[copy, replace(copy, id="other")]), TODAY)
    [heron] = [row for row in rows if row.family is HERON]
    assert heron.needs[0].short == "copy late"
    assert heron.needs[0].urgent
    assert (
        heron.needs[0].sentence
        == "2 copies are out past the day, 21 Nov. The register of film and copies says where."
    )
    for over in (replace(copy, until=TODAY), replace(copy, given_back=TODAY), replace(copy, family="wren")):
        rows = family_rows(replace(RECORDS, copies=[over]), TODAY)
        [heron] = [row for row in rows if row.family is HERON]
        assert "copy late" not in heron.needs_short


def test_a_row_says_at_a_glance_where_a_family_stands() -> None:
    found = row("F-017")
    assert found.guider_short == "E. Marr"
    assert found.cycles == "● ○ ○"
    assert (found.question, found.first, found.bars, found.last) == ("When he goes quiet?", "3", "▃ ▅", "6")
    assert found.status == "CIN"
    assert found.next == "Tue 24"
    assert found.needs_short == "film 12d"


def test_families_are_listed_by_code_and_counted() -> None:
    rows = family_rows(RECORDS, TODAY)
    assert [each.family.code for each in rows] == ["F-003", "F-004", "F-017"]
    assert counted_words(rows) == "3 families, 1 active"
    assert counted_words(rows[:1]) == "1 family, 0 active"


def test_a_new_family_needs_its_first_visit() -> None:
    assert (row("F-003").next, row("F-003").needs_short) == ("visit", "first visit")
    assert row("F-004").next == "paused"


def test_who_has_been_asked_about_nothing_is_named_once() -> None:
    (need,) = consent_needs([Asked("dana", "Dana"), Asked("jory", "Jory")], [], TODAY)
    assert need.sentence == (
        "Dana and Jory have not been asked about filming and shared review, or about supervision."
    )


def test_a_family_that_is_filmed_needs_its_consents_though_nobody_changed_its_state() -> None:
    begun = replace(heron(state=FamilyState.REFERRED), consents=[])
    assert "consent" in row("F-017", begun).needs_short
    filmed = [Cycle(id="new", family="F-017", number=1, filmed=TODAY)]
    assert summary(RECORDS.families[1], filmed, [], TODAY) == "Wren. First cycle begun, referred."


@pytest.mark.parametrize(
    ("records", "short", "urgent"),
    [
        (replace(RECORDS, consents=RECORDS.consents[1:]), "consent", False),
        (
            replace(
                RECORDS,
                consents=[
                    *RECORDS.consents,
                    replace(RECORDS.consents[0], decision=Decision.WITHDRAWN),
                ],
            ),
            "consent",
            True,
        ),
        (
            replace(
                RECORDS,
                consents=[replace(each, until=TODAY + dt.timedelta(days=3)) for each in RECORDS.consents],
            ),
            "consent 3d",
            False,
        ),
        (heron(members=()), "members", False),
        (replace(RECORDS, questions=[]), "question", False),
        (replace(RECORDS, ratings=[]), "rating", False),
        (replace(RECORDS, ratings=RECORDS.ratings[:2]), "rating", False),
        (
            replace(RECORDS, recordings=[replace(RECORDS.recordings[0], delete_by=ago(2))]),
            "film late",
            True,
        ),
        (
            replace(RECORDS, recordings=[replace(RECORDS.recordings[0], hold_reason="court asked")]),
            "film held",
            False,
        ),
    ],
)
def test_what_a_family_needs_is_named(records: CaseloadRecords, short: str, urgent: bool) -> None:
    found = [need for need in row("F-017", records).needs if need.short == short]
    assert [(need.urgent, need.sentence.endswith((".", "asked"))) for need in found] == [(urgent, True)]


def test_held_film_is_not_asked_to_be_deleted() -> None:
    """Deleting what a court has asked for cannot be undone."""
    held = replace(RECORDS.recordings[0], delete_by=ago(2), hold_reason="court asked")
    assert [need.short for need in film_needs([held], TODAY)] == ["film held"]


def test_deleted_film_is_not_due_again() -> None:
    gone = replace(RECORDS.recordings[0], state=RecordingState.DELETED)
    assert film_needs([gone], TODAY) == []


def test_film_overdue_stands_first() -> None:
    late = replace(RECORDS.recordings[0], delete_by=ago(12))
    found = row("F-017", replace(RECORDS, recordings=[late], ratings=[])).needs
    assert found[0] == Need("film late", "Film was to be deleted by 10 Nov: 12 days ago.", urgent=True)


def test_an_ended_family_needs_nothing_but_its_film_seen_to() -> None:
    found = row("F-017", replace(heron(state=FamilyState.ENDED), consents=[], ratings=[]))
    assert (found.cycles, found.next, found.needs_short) == ("● ○", "ended", "film 12d")


@pytest.mark.parametrize(("hold", "told"), [("", ""), ("court asked.", " It is held: court asked.")])
def test_ended_work_whose_film_has_no_day_of_deletion_says_so_also_when_it_is_held(
    hold: str, told: str
) -> None:
    """Nobody else asks for it: film of work that has ended would stay for good."""
    film = replace(RECORDS.recordings[0], delete_by=None, hold_reason=hold)
    [need] = row("F-017", replace(heron(state=FamilyState.ENDED), recordings=[film])).needs
    sentence = f"The work has ended, and film has no day by which it is deleted.{told}"
    assert (need.short, need.sentence) == ("no delete day", sentence)
    assert sentence in summary(replace(HERON, state=FamilyState.ENDED), [], [film], TODAY)
    assert "no delete day" not in row("F-017", replace(RECORDS, recordings=[film])).needs_short


def test_the_first_visit_is_over_once_a_cycle_is_planned() -> None:
    planned = Cycle(id="new", family="wren", number=1, planned=TODAY + dt.timedelta(days=3))
    found = row("F-003", replace(RECORDS, cycles=[*RECORDS.cycles, planned]))
    assert "first visit" not in found.needs_short
    assert found.next != "visit"


def test_the_weightiest_of_several_statuses_stands_first() -> None:
    """A court or a plan that is not seen in the list is not thought of before a visit."""
    spans = [
        StatusSpan(family="heron", kind=kind, start=ago(20))
        for kind in (StatusKind.EARLY_HELP, StatusKind.IN_OUR_CARE, StatusKind.PROCEEDINGS, StatusKind.CP)
    ]
    found = row("F-017", replace(RECORDS, spans=spans))
    assert found.status == "CP+court+care+early"
    for width in (57, 77):  # of a terminal of 60 and of 80 columns
        assert "CP+cour… " in family_line(found, guider=False, width=width).plain
    both = row("F-017", replace(RECORDS, spans=spans[2:]))
    assert "CP+court " in family_line(both, guider=False, width=57).plain
    care = row("F-017", replace(RECORDS, spans=[spans[1], spans[3]]))
    assert "CP+care " in family_line(care, guider=False, width=77).plain


def test_how_many_cycles_are_usual_is_the_services_own() -> None:
    assert row("F-017", replace(RECORDS, usual_cycles=5)).cycles == "● ○ ○ ○ ○"


def test_groups_are_by_name_with_the_last_and_the_next_supervision() -> None:
    groups = grouped_by_guider(family_rows(RECORDS, TODAY), RECORDS.sessions, TODAY)
    assert [(group.heading, group.supervised, len(group.rows)) for group in groups] == [
        ("Ellis Marr, trainee", "supervised 3 Nov, next Tue 24", 1),
        ("Inés Oakley, guider", "", 1),
        ("No guider yet", "", 1),
    ]
    leave = Availability(hours=Hours.ON_LEAVE, start=TODAY, end=TODAY + dt.timedelta(days=30))
    away = replace(RECORDS, people=[replace(each, availability=(leave,)) for each in RECORDS.people])
    groups = grouped_by_guider(family_rows(away, TODAY), RECORDS.sessions, TODAY)
    assert groups[1].supervised == f"on leave until {show_day(leave.end, TODAY)}"
    groups = grouped_by_trainee(family_rows(RECORDS, TODAY), RECORDS.sessions, TODAY, "ros")
    assert [(group.heading, len(group.rows)) for group in groups] == [
        ("Ellis Marr, trainee", 1),
        ("Others", 2),
    ]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", ["F-003", "F-004", "F-017"]),
        ("HERON", ["F-017"]),
        ("quiet cin", ["F-017"]),
        ("ines", ["F-003"]),
        ("paused", ["F-004"]),
        ("film", ["F-017"]),
        ("heron paused", []),
        ("[/x]", []),
    ],
)
def test_every_word_typed_must_be_found_whatever_its_case_or_accents(words: str, codes: list[str]) -> None:
    found = filtered(family_rows(RECORDS, TODAY), words, lambda each: each.hay)
    assert [each.family.code for each in found] == codes


def test_the_story_below_the_list() -> None:
    family = replace(HERON, state=FamilyState.ENDED, closure=Closure(reason="closed to social care"))
    assert summary(family, RECORDS.cycles, RECORDS.recordings, TODAY) == (
        "Heron: Dana and Jory. One cycle, ended: closed to social care. "
        "Film is to be deleted by 4 Dec: 12 days left."
    )
    assert summary(RECORDS.families[1], [], [], TODAY) == "Wren. No cycle yet, referred."
    assert last_working_point({"clip"}, RECORDS.items, RECORDS.sessions) == "hand back"
    assert last_working_point({"other"}, RECORDS.items, RECORDS.sessions) == ""


def test_short_names() -> None:
    assert [short_name(each) for each in ("Ellis Marr", "Ros", "", "Ana de la Cruz")] == [
        "E. Marr",
        "Ros",
        "",
        "A. Cruz",
    ]


def test_a_row_that_was_prepared_before_is_taken_over_only_where_nothing_has_changed() -> None:
    before = {row.family.id: row for row in family_rows(RECORDS, TODAY)}
    for row in before.values():
        row.prepare(None)
    family = next(iter(before))
    asked = HelpingQuestion(family=family, owner="Dana", words="Zebra crossing?", agreed=TODAY)
    changed = replace(RECORDS, questions=(*RECORDS.questions, asked))
    for row in family_rows(changed, TODAY):
        assert row.prepare(before[row.family.id]) == row.hay
        assert ("zebra" in row.hay) is (row.family.id == family)
        assert (row.hay is before[row.family.id].hay) is (row.family.id != family)


@pytest.mark.parametrize(
    "changed",
    [
        {"people": [replace(ELLIS, name="Ellis Moor"), INES]},
        {"families": [replace(HERON, pseudonym="Egret")]},
        {"spans": []},
        {"consents": consents(HERON, ago(90), decision=Decision.REFUSED)},
        {"questions": []},
        {"ratings": RECORDS.ratings[:2]},
        {"cycles": [RECORDS.cycles[0], replace(RECORDS.cycles[1], planned=TODAY + dt.timedelta(days=1))]},
        {"recordings": [replace(RECORDS.recordings[0], delete_by=TODAY)]},
        {"copies": [Copy(family="heron", about="stick", date=ago(30), until=ago(1))]},
        {"sessions": [replace(RECORDS.sessions[1], date=TODAY)]},
        {"usual_cycles": 5},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_row_is_another_when_what_it_says_has_changed(changed: dict[str, object]) -> None:
    """What is the same is not drawn again, nor is what is searched in it worked out again."""
    before, after = row("F-017"), row("F-017", replace(RECORDS, **changed))
    assert before == row("F-017", replace(RECORDS, families=[replace(HERON)]))
    shown = [family_line(each, guider=True, width=120).plain for each in (before, after)]
    assert shown[0] != shown[1]
    assert before != after
    before.prepare(None)
    assert after.prepare(before) == row("F-017", replace(RECORDS, **changed)).prepare(None)
