"""Days in the demo's files: somebody who edits them must get the day that is written there."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.demo.days import Days

SUNDAY = dt.date(2026, 11, 29)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2 days ago", "2026-11-27"),
        ("1 day ago", "2026-11-27"),
        ("exactly 1 day ago", "2026-11-28"),
        ("in 2 days", "2026-12-01"),
        ("in 6 days", "2026-12-07"),
        ("Tuesday of the week 7 days ago", "2026-11-17"),
        ("14 days after the referral", "2026-06-15"),
        (dt.date(2025, 2, 4), "2026-08-11"),
    ],
)
def test_a_day_is_counted_as_it_is_told(told: object, day: str) -> None:
    days = Days(SUNDAY, told_on=dt.date(2025, 5, 27), referred=dt.date(2026, 6, 1))
    assert str(days.day(told)) == day


@given(DAYS, st.integers(0, 900))
def test_nobody_works_on_a_weekend(today: dt.date, number: int) -> None:
    """Past days go back to the Friday, coming ones on to the Monday, and neither crosses today."""
    past, coming = Days(today).day(f"{number} days ago"), Days(today).day(f"in {number} days")
    assert past.weekday() < 5
    assert coming.weekday() < 5
    exact = Days(today).day(f"exactly {number} days ago")
    assert 0 <= (exact - past).days <= 2
    assert coming >= today


@given(DAYS, DAYS, DAYS)
def test_the_dates_of_a_story_keep_their_weekday_and_their_distance_from_today(
    today: dt.date, told_on: dt.date, date: dt.date
) -> None:
    moved = Days(today, told_on=told_on).day(date)
    assert moved.weekday() == date.weekday()
    assert abs((today - moved) - (told_on - date)) <= dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("yesterday", "“yesterday” is not a day. Write it as in “24 days ago” or “in 17 days”"),
        (24, "“24” is not a day"),
        (dt.datetime(2025, 2, 4), "“2025-02-04 00:00:00” is not a day"),
        ("999999 days ago", "“999999 days ago” is too far away"),
        ("3 days after the referral", "“referred” is needed"),
        (dt.date(2025, 2, 4), "2025-02-04 needs “told_on”"),
    ],
)
def test_what_is_no_day_is_told(told: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Days(SUNDAY).day(told)
