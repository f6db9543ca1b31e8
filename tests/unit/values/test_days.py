"""Days: a misread one files a rating or a withdrawal under the wrong day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.values.days import parse_day, parse_days, show_coming_day, show_day, show_long_day

TODAY = dt.date(2026, 11, 22)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@given(DAYS, DAYS)
def test_a_day_that_was_shown_is_read_back(day: dt.date, today: dt.date) -> None:
    shown = show_long_day(day, today)
    assert parse_day(f"{shown} {day.year}" if day.year == today.year else shown, today) == day
    assert parse_day(show_day(day, dt.date(1, 1, 1)), today) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-03", dt.date(2026, 11, 3)),
        ("3/11/2026", dt.date(2026, 11, 3)),
        ("3 Nov", dt.date(2026, 11, 3)),
        ("2 January", dt.date(2027, 1, 2)),
        ("29 feb", dt.date(2028, 2, 29)),
        ("today", TODAY),
        ("yesterday", dt.date(2026, 11, 21)),
    ],
)
def test_the_ways_people_write_days(words: str, day: dt.date) -> None:
    assert parse_day(words, TODAY if "29" not in words else dt.date(2028, 1, 1)) == day


@pytest.mark.parametrize("words", ["", "soon", "31/2/2026", "2026-13-01", "3 Foo", "29 feb"])
def test_what_is_not_a_day_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day\..*\.$"):
        parse_day(words, dt.date(2026, 6, 1) if words == "29 feb" else TODAY)


def test_days_as_the_screens_show_them() -> None:
    assert show_day(dt.date(2026, 11, 3), TODAY) == "3 Nov"
    assert show_day(dt.date(2025, 11, 3), TODAY) == "3 Nov 2025"
    assert show_long_day(dt.date(2026, 11, 3), TODAY) == "3 November"
    assert show_coming_day(dt.date(2026, 11, 24), TODAY) == "Tue 24"
    assert show_coming_day(dt.date(2026, 12, 24), TODAY) == "24 Dec"


def test_several_days_are_read_in_order_and_once() -> None:
    first, second = dt.date(2026, 11, 3), dt.date(2026, 11, 10)
    assert parse_days("10 Nov, 3/11/2026, 10 Nov,", TODAY) == (first, second)
    assert parse_days(" ", TODAY) == ()
    with pytest.raises(ValueError, match="“soon” is not a day"):
        parse_days("3 Nov, soon", TODAY)
