"""What would be lost: that somebody looks at the words of a family whose time has come, and not before."""

import datetime as dt

import pytest

from vigtui.domain.consent.words_kept import ended_on, review_day
from vigtui.domain.records import Cycle, Family, StatusSpan, WordsKept, YearsKept
from vigtui.domain.vocabulary import FamilyState, StatusKind
from vigtui.queries.needs import words_needs

ENDED = dt.date(2024, 2, 29)
HERON = Family(id="heron", code="F-017", state=FamilyState.ENDED, ended=ENDED)
YEARS = YearsKept(cin=21, cp=35, in_our_care=75, others=6)


def span(kind: StatusKind) -> StatusSpan:
    return StatusSpan(family="heron", kind=kind, start=dt.date(2020, 1, 1), end=dt.date(2021, 1, 1))


@pytest.mark.parametrize(
    ("kinds", "day"),
    [
        ((), dt.date(2030, 3, 1)),
        ((StatusKind.EARLY_HELP,), dt.date(2030, 3, 1)),
        ((StatusKind.CIN,), dt.date(2045, 3, 1)),
        ((StatusKind.CIN, StatusKind.CP), dt.date(2059, 3, 1)),
        ((StatusKind.PROCEEDINGS,), dt.date(2059, 3, 1)),
        ((StatusKind.CP, StatusKind.PERMANENTLY_MATCHED), dt.date(2099, 3, 1)),
    ],
)
def test_the_longest_time_of_all_statuses_a_family_ever_had_counts(
    kinds: tuple[StatusKind, ...], day: dt.date
) -> None:
    assert review_day(HERON, (), map(span, kinds), YEARS) == day


def test_a_day_that_was_decided_for_a_family_takes_the_place_of_the_rule() -> None:
    day = dt.date(2026, 5, 1)
    kept = Family(
        code="F-1", state=FamilyState.ENDED, ended=ENDED, kept=WordsKept(until=day, reason="a complaint")
    )
    assert review_day(kept, (), [span(StatusKind.CP)], YEARS) == day


def test_no_day_is_planned_while_the_work_goes_on_or_where_the_service_says_none() -> None:
    assert review_day(Family(code="F-1", state=FamilyState.ACTIVE), (), [span(StatusKind.CP)], YEARS) is None
    assert review_day(HERON, (), (), YearsKept()) is None


def test_where_no_day_of_the_end_was_said_the_last_known_day_is_taken() -> None:
    old = Family(code="F-1", state=FamilyState.ENDED, referred=dt.date(2019, 1, 1))
    cycle = Cycle(family=old.id, number=1, reviewed=dt.date(2023, 3, 1))
    assert ended_on(old, [cycle], [span(StatusKind.CIN)]) == dt.date(2023, 3, 1)
    assert ended_on(old, (), ()) == dt.date(2019, 1, 1)


@pytest.mark.parametrize("last", [dt.date.max, dt.date(9996, 2, 29)])
def test_a_status_without_an_end_that_was_given_the_last_year_keeps_no_list_from_opening(
    last: dt.date,
) -> None:
    cin = StatusSpan(family="heron", kind=StatusKind.CIN, start=dt.date(2020, 1, 1), end=last)
    family = Family(code="F-1", state=FamilyState.ENDED)
    assert review_day(family, (), [cin], YEARS) in (dt.date.max, dt.date(9999, 3, 1))


def test_it_is_told_a_month_ahead_and_urgent_once_it_is_past() -> None:
    day = dt.date(2026, 12, 1)
    assert words_needs(day, dt.date(2026, 10, 31)) == []
    [soon] = words_needs(day, dt.date(2026, 11, 21))
    assert (soon.short, soon.urgent) == ("words 10d", False)
    [late] = words_needs(day, dt.date(2026, 12, 2))
    assert (late.short, late.urgent) == ("words due", True)
    assert words_needs(None, day) == []
