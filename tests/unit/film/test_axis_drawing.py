"""The time axis: where the film is must be where it is drawn."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vigtui.film.pane.axis_drawing import (
    Stretch,
    axis_words,
    column_of,
    draw_axis,
    draw_levels,
    lay_out,
    sound_words,
    window,
)
from vigtui.film.sound.waveform import Loudness

_moments = st.integers(min_value=0, max_value=10_000_000)


def drawn(stretch: Stretch, position: int, width: int) -> str:
    return draw_axis(stretch, position, lay_out(stretch, position, width)).plain


def test_a_clip_is_drawn_with_a_little_around_it() -> None:
    stretch = Stretch(duration=2_910_000, clip=(470_000, 492_000), signs="↻")
    line = drawn(stretch, 475_500, 80)
    assert line.startswith("07:39 ─")
    assert "  clip 07:50 - 08:12   0:22   ↻" in line
    assert line.index("[") < line.index("●") < line.index("]")


def test_without_a_clip_the_whole_recording_is_drawn() -> None:
    """Who looks for a moment must see where earlier clips lie."""
    line = drawn(Stretch(duration=600_000, others=((60_000, 120_000),), digits=2), 300_000, 80)
    assert line.startswith("00:00 ")
    assert "10:00   05:00.00" in line
    assert line.count("[") == line.count("]") == 1


def test_a_film_far_from_its_clip_is_still_on_the_axis() -> None:
    stretch = Stretch(duration=600_000, clip=(10_000, 20_000))
    assert window(stretch, 15_000) == (5_000, 25_000)
    assert window(stretch, 400_000) == (0, 600_000)
    assert "●" in drawn(stretch, 400_000, 60)


def test_a_begun_clip_shows_where_it_begins() -> None:
    line = drawn(Stretch(duration=100_000, begun=20_000, digits=2), 60_000, 90)
    assert line.index("[") < line.index("●")
    assert "clip from 00:20.0, now 01:00.00" in line


def test_named_moments_stand_where_they_are_and_none_is_cut() -> None:
    line = drawn(Stretch(duration=100_000, named=((20_000, "1"), (50_000, "12"), (100_000, "13"))), 0, 80)
    axis = line[6 : line.index(" 01:40")]
    assert (axis.index("1"), axis.index("12"), axis.index("13")) == (
        len(axis) // 5,
        len(axis) // 2,
        len(axis) - 2,
    )


@given(_moments, st.tuples(_moments, _moments), _moments, st.integers(min_value=1, max_value=200))
def test_the_line_always_fits(duration: int, ends: tuple[int, int], position: int, width: int) -> None:
    """A line that is too long would push the film's place off the screen."""
    clip, named = (min(ends), max(ends) + 1), ((position, "1234"),)
    stretch = Stretch(duration=duration, clip=clip, marks=(position,), named=named, digits=2)
    assert cell_len(drawn(stretch, position, width)) <= width


@given(_moments, _moments, st.integers(min_value=1, max_value=300))
def test_later_is_never_further_left(first: int, second: int, columns: int) -> None:
    shown = (0, 10_000_000)
    earlier, later = sorted((first, second))
    assert 0 <= column_of(earlier, shown, columns) <= column_of(later, shown, columns) < columns


def test_the_sound_stands_over_its_own_moment() -> None:
    """Who speaks when is read off the axis, so a loud second must stand above that second."""
    stretch = Stretch(duration=10_000)
    layout = lay_out(stretch, 0, 60)
    decibels = bytearray(500)
    decibels[250:300] = bytes([255]) * 50
    for rows in (1, 2):
        *above, line = draw_levels(Loudness(bytes(decibels)), layout, rows, "")
        loud = [place for place, cell in enumerate(line.plain) if cell == "█"]
        first = len(layout.left) + column_of(5_000, layout.shown, layout.columns)
        last = len(layout.left) + column_of(5_999, layout.shown, layout.columns)
        assert (loud[0], loud[-1]) == (first, last)
        assert all(each.plain[first : last + 1] == line.plain[first : last + 1] for each in above)
    assert draw_levels(Loudness(b""), layout, 1, "")[0].plain.strip() == ""


def test_what_is_not_heard_yet_is_blank_and_said() -> None:
    """A flat line would say that nobody speaks there."""
    stretch = Stretch(duration=100_000)
    layout = lay_out(stretch, 0, 100)
    half = Loudness(bytes([255]) * 2500, complete=False)
    line = draw_levels(half, layout, 1, sound_words(half, 100_000, muted=False))[0].plain
    axis = line[len(layout.left) : len(layout.left) + layout.columns]
    assert axis.rstrip() == "█" * (layout.columns // 2)
    assert sound_words(half, 100_000, muted=False).strip() == "listening, 50 %"
    assert "off" in sound_words(Loudness(b"1"), 100_000, muted=True)


def test_it_is_said_that_a_copy_is_seen_where_the_screen_is_narrow_too() -> None:
    layout = lay_out(Stretch(100_000), 0, 80)
    words = sound_words(Loudness(b"1"), 100_000, muted=False, is_copy=True)
    assert "copy" in draw_levels(Loudness(b"1"), layout, 1, words)[0].plain
    assert axis_words(Stretch(100_000), 0, is_copy=True).endswith("lighter copy")
