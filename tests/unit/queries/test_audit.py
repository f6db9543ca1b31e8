"""The service's audit: a service acts on these figures, so each must be what somebody counts by hand."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.caseloads import consents
from vigtui.demo.loader import load_demo
from vigtui.domain.records import (
    Availability,
    CaseloadMeta,
    Closure,
    Consent,
    Cycle,
    Deletion,
    Family,
    HelpingQuestion,
    Member,
    Person,
    Rating,
    Record,
    Recording,
    Session,
    StatusSpan,
)
from vigtui.domain.vocabulary import (
    Decision,
    FamilyState,
    Hours,
    Purpose,
    RecordingState,
    Role,
    SessionMode,
    SessionState,
    StatusKind,
)
from vigtui.queries.audit import figures
from vigtui.queries.audit.counting import count_caseload, families_counted
from vigtui.queries.audit.records import KINDS, AuditRecords
from vigtui.queries.audit.span import Span, months
from vigtui.queries.audit.telling import Told, added
from vigtui.wording.audit import HEADINGS, count_words, row_words

TODAY = dt.date(2026, 11, 30)
SPAN = Span(dt.date(2026, 7, 1), TODAY)
DANA = Member(id="dana", label="Dana", relation="parent")
HERON = Family(
    id="heron", code="F-017", guider="ellis", social_worker="kit", state=FamilyState.ACTIVE, members=(DANA,)
)
QUESTION = HelpingQuestion(id="q", family="heron", owner="dana", words="Quiet?", agreed=dt.date(2026, 2, 1))


def day(month: int, number: int = 1, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def counted(*records: Record, span: Span = SPAN, meta: CaseloadMeta | None = None) -> dict[str, int]:
    kinds = {kind: [each for each in records if isinstance(each, kind)] for kind in KINDS}
    found = count_caseload(AuditRecords(meta or CaseloadMeta(), kinds), span, TODAY)
    return {name: count for name, count in found.items() if count}


def part(found: dict[str, int], table: str) -> dict[str, int]:
    """The rows of a table, without its name."""
    return {name.removeprefix(f"{table}/"): found[name] for name in found if name.startswith(f"{table}/")}


def test_the_work_of_the_span_is_counted_and_no_other() -> None:
    """Referred after it, or ended before it, is not in it; a day nobody wrote down leaves nobody out."""
    ended = replace(HERON, state=FamilyState.ENDED)
    families = {
        "before": replace(ended, ended=day(6, 30)),
        "first": replace(ended, ended=day(7, 1)),
        "later": replace(HERON, referred=day(12)),
        "last": replace(HERON, referred=TODAY),
        "unknown": ended,
    }
    found = counted(*(replace(each, id=name) for name, each in families.items()))
    assert found["families"] == 3
    assert part(found, "state") == {"ended": 2, "at_work": 1, "active": 1}
    past = counted(replace(ended, ended=day(8)), span=Span(day(1), day(6)))
    assert part(past, "state") == {"ended_later": 1}


def test_several_statuses_at_a_time_are_counted_in_each() -> None:
    spans = [
        StatusSpan(family="heron", kind=StatusKind.CP, start=day(1), end=day(7, 1)),
        StatusSpan(family="heron", kind=StatusKind.CIN, start=day(7, 2)),
        StatusSpan(family="heron", kind=StatusKind.CIN, start=day(9), end=day(9, 2)),
        StatusSpan(family="heron", kind=StatusKind.PROCEEDINGS, start=day(1), end=day(6, 30)),
    ]
    found = counted(HERON, replace(HERON, id="wren"), *spans)
    assert part(found, "status") == {"any": 1, "none": 1, "cp": 1, "cin": 1}


def test_a_cycle_is_complete_once_it_is_filmed_and_reviewed() -> None:
    cycles = [
        Cycle(family="heron", number=1, filmed=day(3), reviewed=day(4)),
        Cycle(family="heron", number=2, filmed=day(6), reviewed=day(7, 1)),
        Cycle(family="heron", number=3, filmed=day(5)),
        Cycle(family="heron", number=4, filmed=day(11), reviewed=day(12)),
        Cycle(family="heron", number=5, planned=day(11, 30)),
        Cycle(family="heron", number=6, planned=day(12)),
        Cycle(family="heron", number=7, reviewed=day(8)),
    ]
    found = counted(HERON, *cycles)
    assert found["cycles"] == 4
    assert part(found, "cycles") == {"done": 1, "filmed": 2, "planned": 1}
    assert part(found, "reached") == {"some": 1}
    assert part(counted(HERON, *cycles, meta=CaseloadMeta(usual_cycles=2)), "reached") == {"usual": 1}


def test_ratings_are_told_rater_by_rater_with_what_is_missing() -> None:
    """A rating that was asked and not given is no 0, and one rater's never stands in for another's."""
    people = [
        Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)),
        Person(id="kit", name="Kit", roles=(Role.SOCIAL_WORKER,)),
    ]

    def rated(rater: str, *values: int | None) -> list[Rating]:
        return [
            Rating(question="q", rater=rater, date=day(3 + place), value=value)
            for place, value in enumerate(values)
        ]

    ratings = [*rated("dana", 3, None, 8), *rated("kit", 5), *rated("ellis", 4, 4), *rated("Gran", None)]
    unrated = replace(QUESTION, id="other")
    old = replace(QUESTION, id="old", superseded_by="q")
    found = counted(HERON, QUESTION, unrated, old, *people, *ratings)
    assert part(found, "questions") == {"rated": 1, "unrated": 1}
    assert found["ratings"] == 4
    assert part(found, "ratings/family") == {"known": 1, "higher": 1}
    assert part(found, "ratings/social_worker") == {"missing": 1, "once": 1}
    assert part(found, "ratings/guider") == {"known": 1, "same": 1}
    assert part(found, "ratings/others") == {"missing": 1, "asked": 1}
    early = counted(HERON, QUESTION, *people, *ratings, span=Span(day(1), day(3)))
    assert part(early, "ratings/family") == {"missing": 1, "once": 1}


def test_endings_are_counted_by_the_services_reasons() -> None:
    reasons = ["aims met", " Aims  met", "moved to Wales", "", "aims met"]
    families = [
        replace(HERON, id=str(place), state=FamilyState.ENDED, closure=Closure(reason=reason))
        for place, reason in enumerate(reasons)
    ]
    found = counted(*families[:4], replace(families[4], state=FamilyState.ACTIVE))
    assert part(found, "closure") == {"reason: aims met": 2, "other": 1, "unknown": 1}
    assert {"closed to social care", "permanently matched", "care proceedings"} <= set(CaseloadMeta().endings)


def test_film_is_counted_by_when_it_is_to_go() -> None:
    films = {
        "overdue": Recording(cycle="c", delete_by=day(11, 29)),
        "due": Recording(cycle="c", delete_by=day(12, 30)),
        "held": Recording(cycle="c", delete_by=day(1), hold_reason="court asked"),
        "later": Recording(cycle="c", delete_by=day(12, 31)),
        "gone": Recording(id="gone", cycle="c", state=RecordingState.DELETED),
        "no_day": Recording(cycle="c"),
    }
    records = [
        Cycle(id="c", family="heron", number=1),
        *films.values(),
        Deletion(recording="gone", date=day(8)),
    ]
    found = counted(HERON, *records)
    assert part(found, "film") == {"overdue": 1, "due": 1, "held": 1, "later": 2}
    assert (found["film"], found["film_deleted"]) == (5, 1)
    long_ended = replace(HERON, state=FamilyState.ENDED, ended=day(1))
    assert part(counted(long_ended, *records), "film")["no_day"] == 1


def test_a_consent_that_is_missing_is_counted_and_where_versions_compete_it_is_missing() -> None:
    agreed = consents(HERON, day(2))
    assert part(counted(HERON, *agreed), "consents") == {"complete": 1}
    refused = [
        replace(each, decision=Decision.REFUSED) for each in agreed if each.purpose is Purpose.SUPERVISION
    ]
    found = counted(HERON, *[each for each in agreed if each.purpose is Purpose.FILM], *refused)
    assert part(found, "consents") == {"missing": 1, "supervision": 1}
    kinds = {Family: [HERON], Consent: agreed}
    records = AuditRecords(CaseloadMeta(), kinds, {refused[0].id: (agreed[1], *refused)})
    assert count_caseload(records, SPAN, TODAY)[figures.CONSENT_MISSING] == 1


def test_supervision_and_time_are_counted_for_all_and_for_nobody_by_name() -> None:
    people = [
        Person(id="ellis", name="Ellis", roles=(Role.TRAINEE,)),
        Person(
            id="noor",
            name="Noor",
            roles=(Role.TRAINEE,),
            hours=Hours.PART_TIME,
            availability=(Availability(hours=Hours.ON_LEAVE, start=day(9), end=day(10)),),
        ),
        Person(id="ros", name="Ros", roles=(Role.SUPERVISOR,)),
        Person(id="gone", name="Gone", roles=(Role.GUIDER,), active=False),
    ]
    held = Session(supervisor="ros", trainees=("ellis",), date=day(7), minutes=90, state=SessionState.HELD)
    sessions = [
        held,
        replace(held, id="group", mode=SessionMode.GROUP, minutes=60),
        replace(held, id="planned", state=SessionState.PLANNED),
        replace(held, id="before", date=day(6, 30), trainees=("noor",)),
    ]
    found = counted(*people, *sessions)
    assert part(found, "sessions") == {"one_to_one": 1, "group": 1}
    assert found["minutes"] == 150
    assert part(found, "trainees") == {"supervised": 1, "not_supervised": 1}
    assert found["practitioners"] == 2
    assert part(found, "hours") == {"full_time": 1, "part_time": 1, "on_leave": 1}


# The demo counted by hand, from the files in vigtui/demo/families: a line for each family with which the
# service worked in the 182 days until today. Lapwing and Wigeon had ended before. "2/1" are two complete
# cycles in the span and one that is filmed; "3>" three raters' ratings that rose, "1?" one rater whose last
# rating is missing.
BY_HAND = """
Avocet  birth         contracting  early_help,cp                  0/0  none   -   film,supervision
Curlew  foster        ended        in_our_care,permanence_plan,permanently_matched  1/0  usual  1>  -
Dunlin  blended       active       cin                            1/0  some   1>  complete
Heron   birth         ended        cp,cin                         3/0  usual  3>  -
Knot    birth         referred     pre_proceedings,proceedings    0/0  none   -   -
Osprey  kinship       paused       cin                            1/0  some   1>  supervision
Plover  foster        active       in_our_care,permanence_plan    2/1  some   1>  complete
Siskin  adoptive      active       early_help                     0/1  none   1?  complete
Tern    professional  active       none                           0/2  none   2?  complete
Wren    birth         active       cp                             1/1  some   1>  supervision
"""
BESIDE = {
    # Heron's other rater, of two questions: Kit, the social worker. Eleven questions, each rated by somebody.
    "ratings/social_worker": 2,
    "ratings/social_worker/higher": 2,
    "questions": 11,
    "questions/unrated": 0,
    "closure/reason: aims met": 1,
    "closure/reason: permanently matched": 1,
    # Curlew's is late, Heron's six are due, one of Lapwing's is held; Dunlin 2, Osprey 1, Plover 3, Siskin 1,
    # Tern 2 and Wren 3 come later. Curlew's other two and Plover's first were deleted in the span.
    "film/overdue": 1,
    "film/due": 6,
    "film/held": 1,
    "film/later": 12,
    "film_deleted": 3,
    # Ellis 90 minutes, and 75 at a distance; Ellis and Noor 120; Sol 90. Tamsin, on leave, had none.
    "sessions/one_to_one": 2,
    "sessions/remote": 1,
    "sessions/group": 1,
    "minutes": 375,
    "trainees/supervised": 3,
    "trainees/not_supervised": 1,
    # Ellis and Sol; Noor, and Tamsin until her leave.
    "practitioners": 4,
    "hours/full_time": 2,
    "hours/part_time": 2,
    "hours/on_leave": 1,
}


def test_the_audit_of_the_demo_is_what_was_counted_by_hand() -> None:
    found = counted(*load_demo(TODAY).records, span=Span(TODAY - dt.timedelta(days=182), TODAY))
    lines = [line.split() for line in BY_HAND.strip().splitlines()]
    assert found["families"] == len(lines)
    settings, states, statuses, cycles, reached, ratings, agreed = zip(
        *(each[1:] for each in lines), strict=True
    )
    for table, rows in {
        "setting": settings,
        "state": states,
        "status": [each for row in statuses for each in row.split(",")],
        "reached": reached,
        "consents": [each for row in agreed for each in row.split(",") if row != "-"],
    }.items():
        for row in set(rows):
            assert found[f"{table}/{row}"] == list(rows).count(row), row
    assert found["cycles/done"] == sum(int(each.partition("/")[0]) for each in cycles)
    assert found["cycles/filmed"] == sum(int(each.partition("/")[2]) for each in cycles)
    assert found["ratings/family/higher"] == sum(int(each[0]) for each in ratings if each.endswith(">"))
    assert found["ratings/family/missing"] == sum(int(each[0]) for each in ratings if each.endswith("?"))
    assert {name: found.get(name, 0) for name in BESIDE} == BESIDE


def test_what_stands_behind_a_count_is_the_families_in_it() -> None:
    records = load_demo(TODAY).records
    kinds = {kind: [each for each in records if isinstance(each, kind)] for kind in KINDS}
    behind = families_counted(AuditRecords(CaseloadMeta(), kinds), months(6, TODAY), TODAY)
    codes = {each.id: each.code for each in kinds[Family] if isinstance(each, Family)}
    assert {codes[each] for each in behind["consents/supervision"]} == {"F-024", "F-014", "F-021"}
    assert {codes[each] for each in behind["film/overdue"]} == {"F-011"}


def test_counts_add_up_as_the_tables_say() -> None:
    """What is left out for others rests on that."""
    found = counted(*load_demo(TODAY).records, span=months(24, TODAY))
    for relation in figures.relations(figures.tables(found)):
        total, parts = found.get(relation.total, 0), [found.get(each, 0) for each in relation.parts]
        assert (max(parts) <= total <= sum(parts)) if relation.overlap else total == sum(parts), relation


def test_every_count_has_a_place_and_a_name() -> None:
    found = counted(*load_demo(TODAY).records, span=months(24, TODAY))
    tables = figures.tables(found)
    assert set(found) <= {*figures.names(tables), figures.MINUTES}
    assert {each.name for each in tables} == set(HEADINGS)
    assert all(row_words(name) for each in tables for name, _ in each.rows)


def test_of_several_together_is_told_what_is_known() -> None:
    one = Told({"setting/kinship": 6}, frozenset(("setting/birth", "setting/foster")))
    both = added([one, Told({"setting/foster": 5})])
    words = {name: count_words(both, f"setting/{name}") for name in ("birth", "foster", "kinship")}
    assert words == {"birth": "–", "foster": "5 or more", "kinship": "6"}


@pytest.mark.parametrize(
    ("number", "back", "start", "end"),
    [
        (6, 0, "2026-06-01", "2026-11-30"),
        (1, 0, "2026-11-01", "2026-11-30"),
        (1, 1, "2026-10-01", "2026-10-31"),
        (12, 0, "2025-12-01", "2026-11-30"),
        (12, 1, "2024-12-01", "2025-11-30"),
        (3, 2, "2026-03-01", "2026-05-31"),
    ],
)
def test_spans_are_whole_months(number: int, back: int, start: str, end: str) -> None:
    found = months(number, TODAY, back)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)
