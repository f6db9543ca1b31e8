"""How two films share the screen: as large as can be, with room to write, and never off the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.ui.screens.supervision.arrangement import SIDE_BY_SIDE_FROM, Way, arrange


@pytest.mark.parametrize(
    ("columns", "rows", "way"),
    [
        (80, 21, Way.ONE),
        (60, 21, Way.ONE),
        (99, 21, Way.ONE),
        (100, 27, Way.ACROSS),
        (120, 37, Way.ACROSS),
        (160, 42, Way.ACROSS),
        (200, 27, Way.LEFT),
        (80, 37, Way.STACKED_LEFT),
        (60, 50, Way.STACKED),
    ],
)
def test_each_terminal_has_the_arrangement_with_the_largest_pictures(
    columns: int, rows: int, way: Way
) -> None:
    assert arrange(columns, rows).way is way


def test_at_120_by_40_a_picture_is_as_wide_as_half_the_screen() -> None:
    """Fifty-nine columns of a 16:9 film are seventeen rows; its heading and its axis are three."""
    assert arrange(120, 37).rows == 20


@given(st.integers(1, 400), st.integers(1, 150), st.floats(1.4, 3.0))
def test_there_is_always_room_to_write(columns: int, rows: int, cell_height: float) -> None:
    """However small or oddly shaped a terminal is, the notes stay, and two films need a hundred columns to
    stand side by side."""
    found = arrange(columns, rows, cell_height)
    if rows >= 20:
        assert rows - found.rows >= 10
    if found.way in (Way.ACROSS, Way.LEFT):
        assert columns >= SIDE_BY_SIDE_FROM
