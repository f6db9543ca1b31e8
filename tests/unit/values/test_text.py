"""Texts: where a cursor is after somebody else changed one."""

import pytest

from vigtui.values.text import moved_place


@pytest.mark.parametrize(
    ("place", "before", "after", "there"),
    [
        (2, "ab", "Xab", 3),
        (1, "ab", "abX", 1),
        (4, "one two", "one X two", 4),
        (7, "one two", "one X two", 9),
        (5, "one two six", "one six", 4),
        (3, "abc", "", 0),
        (0, "", "abc", 0),
    ],
)
def test_the_cursor_stays_at_its_words(place: int, before: str, after: str, there: int) -> None:
    assert moved_place(place, before, after) == there
