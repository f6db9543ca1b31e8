"""The scale of the timeline: a wrong column puts an event in the wrong month."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vigtui.values.scale import SHORTEST_DAYS, Scale, whole_scale

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1))
SCALES = st.builds(
    lambda start, days, columns: Scale(start, start + dt.timedelta(days=days), columns),
    DAYS,
    st.integers(SHORTEST_DAYS, 2000),
    st.integers(2, 200),
)


@given(SCALES, DAYS, DAYS)
def test_later_days_never_lie_further_left(scale: Scale, one: dt.date, other: dt.date) -> None:
    earlier, later = sorted((one, other))
    assert scale.column(earlier) <= scale.column(later)
    assert (scale.column(scale.start), scale.column(scale.end)) == (0, scale.columns - 1)


@given(SCALES)
def test_a_column_names_a_day_that_is_drawn_there(scale: Scale) -> None:
    for column in range(scale.columns):
        drawn = scale.column(scale.day(column))
        assert drawn == column or scale.columns > scale.days


@given(SCALES, DAYS)
def test_any_day_can_be_brought_into_view(scale: Scale, day: dt.date) -> None:
    moved = scale.showing(day)
    assert moved.shows(day)
    assert moved.days == scale.days
    assert 0 <= moved.column(day) < moved.columns


@given(SCALES, st.floats(0.2, 5), st.floats(0, 1))
def test_zooming_keeps_the_day_under_the_cursor_in_place(scale: Scale, factor: float, place: float) -> None:
    around = scale.start + dt.timedelta(days=round(scale.days * place))
    zoomed = scale.zoomed(factor, around)
    assert zoomed.days >= SHORTEST_DAYS
    assert zoomed.shows(around)
    cells_a_day = zoomed.columns / zoomed.days + scale.columns / scale.days
    assert abs(zoomed.column(around) - scale.column(around)) <= 2 + cells_a_day


@given(SCALES, SCALES)
def test_a_scale_kept_within_another_stays_there(scale: Scale, whole: Scale) -> None:
    kept = scale.within(whole)
    assert whole.start <= kept.start < kept.end <= whole.end
    assert kept.days == min(scale.days, whole.days)


@given(SCALES)
def test_month_names_never_overlap_or_run_out_of_the_line(scale: Scale) -> None:
    free = 0
    for tick in scale.ticks():
        assert free <= tick.column
        free = tick.column + len(tick.label) + 1
    assert free <= scale.columns + 1


def test_the_months_of_the_mock_up() -> None:
    scale = Scale(dt.date(2024, 9, 1), dt.date(2025, 4, 30), 64)
    assert [tick.label for tick in scale.ticks()] == [
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "2025",
        "Feb",
        "Mar",
        "Apr",
    ]
    assert [tick.label for tick in Scale(dt.date(2024, 1, 1), dt.date(2026, 12, 31), 36).ticks()] == [
        "2024",
        "Jul",
        "2025",
        "Jul",
        "2026",
        "Jul",
    ]


@given(DAYS, st.integers(0, 3000), st.integers(0, 200))
def test_the_whole_timeline_fits_with_room_at_both_ends(start: dt.date, days: int, columns: int) -> None:
    scale = whole_scale(start, start + dt.timedelta(days=days), columns)
    assert scale.start < start <= start + dt.timedelta(days=days) < scale.end
    assert scale.days >= SHORTEST_DAYS


@given(st.dates(), st.dates(), st.integers(0, 200))
def test_any_days_make_a_scale(one: dt.date, other: dt.date, columns: int) -> None:
    """A rating whose year was mistyped ends no program."""
    scale = whole_scale(min(one, other), max(one, other), columns)
    assert scale.shows(one)
    assert scale.shows(other)
    assert scale.days > 0
    scale.ticks()
