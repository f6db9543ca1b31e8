"""Where somebody was in a walk is found again, and a file with anything else in it does no harm."""

import pytest

from vigtui.ui.screens.supervision.place import Place, read_place

BOTH = Place("item", "seen_together", 12, (("sr", 5000), ("c", 9000)))


@pytest.mark.parametrize("films", [BOTH.films, (("sr", 5000),), ()])
def test_a_place_is_read_as_it_was_written(films: tuple[tuple[str, int], ...]) -> None:
    place = Place("item", "private", 3, films)
    assert read_place(place.written()) == place


def test_each_clip_has_its_own_moment() -> None:
    assert [BOTH.moment(clip) for clip in ("sr", "c", "other")] == [5000, 9000, None]


@pytest.mark.parametrize("kept", [None, 3, [], ["item", "nowhere", 0, "sr", 1], ["item", "private", 0, 1, 1]])
def test_what_is_no_place_is_none(kept: object) -> None:
    assert read_place(kept) is None
