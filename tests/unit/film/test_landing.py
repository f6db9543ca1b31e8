"""What would be lost: the frame that was asked for, in a film that is searched without an index."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.landing import TOLERANCE, Reach, sought

RATE = 25.0
FRAME_MS = 1000 / RATE


def shown(frames: list[float], seconds: float) -> float:
    """The first frame that libmpv takes for this moment, else the last."""
    return next((ms for ms in frames if ms >= (seconds - TOLERANCE) * 1000 - 1e-6), frames[-1])


@given(st.integers(1, 2000), st.integers(0, 3000), st.integers(0, 3000))
def test_every_frame_is_found_however_long_the_groups_are(group: int, wanted: int, start: int) -> None:
    """Of a group that is entered in its middle nothing is decoded; so the film shows the next one's first."""
    reach = Reach(has_index=False, ms=2000.0)
    asked = wanted * FRAME_MS
    for _ in range(10):
        entered = max(0, -(-(wanted - int(reach.ms / FRAME_MS)) // group)) * group
        landed = max(wanted, entered) * FRAME_MS
        if reach.accepts(asked, landed, RATE):
            break
    if group < 700:  # 28 seconds
        assert landed == asked
    assert reach.ms <= 32_000


@given(st.integers(2, 300), st.integers(0, 3000), st.integers(0, 5))
def test_a_film_that_is_entered_a_group_too_late_is_entered_again(
    group: int, wanted: int, early: int
) -> None:
    """Where pictures are sought by when they are decoded, `early` frames before they are shown."""
    reach = Reach(has_index=True)
    asked = wanted * FRAME_MS
    for _ in range(3):
        entered = (wanted + early - int(reach.ms / FRAME_MS)) // group * group
        landed = max(wanted, entered) * FRAME_MS
        if reach.accepts(asked, landed, RATE):
            break
    assert landed == asked
    assert reach.ms == 0
    # A cut is begun from there, with one seek.
    assert (wanted + early - int(reach.found_ms / FRAME_MS)) // group * group <= wanted


@given(st.integers(60, 300), st.integers(40, 59), st.integers(1, 5))
def test_the_first_group_is_found_though_its_picture_is_decoded_before_the_start(
    group: int, wanted: int, early: int
) -> None:
    """Read from 0 or little before, a film without an index is entered behind its first picture."""
    reach = Reach(has_index=False, ms=2000.0)
    asked = wanted * FRAME_MS
    for _ in range(10):
        read_from = asked - reach.ms
        landed = max(asked, 0 if read_from <= -early * FRAME_MS else group * FRAME_MS)
        if reach.accepts(asked, landed, RATE):
            break
    assert landed == asked


def test_where_no_picture_is_the_next_one_counts_and_later_seeks_are_as_quick_as_before() -> None:
    reach = Reach(has_index=False, ms=2000.0)
    while not reach.accepts(60_000, 75_000.0, RATE):
        pass
    assert reach.ms == 2000


def test_a_film_with_an_index_is_looked_at_once_more() -> None:
    """The first answer may be that of a seek that was on its way."""
    reach = Reach(has_index=True)
    assert not reach.accepts(5000, 1000.0, RATE)
    assert reach.accepts(5000, 5000.0, RATE)
    assert not reach.accepts(5000, 9000.0, RATE)
    assert reach.accepts(5000, 9000.0, RATE)


@given(st.floats(0, 10_000_000), st.sampled_from([1000 / 240, 1000 / 60, 40.0, 100.0]), st.integers(0, 5))
def test_a_rounded_moment_names_its_frame_again(first: float, apart: float, number: int) -> None:
    frames = [first + apart * n for n in range(6)]
    assert shown(frames, sought(round(frames[number]))) == frames[number]


@given(st.floats(0, 1_000_000), st.integers(0, 5))
def test_frames_a_hundredth_of_a_millisecond_apart_are_told_apart(first: float, number: int) -> None:
    frames = [first + 0.01 * n for n in range(6)]
    assert shown(frames, sought(frames[number])) == frames[number]


@given(st.just(0.0) | st.integers(0, 10_000_000), st.sampled_from([8_000, 44_100, 48_000, 90_000, 192_000]))
def test_nothing_lies_exactly_where_is_sought_not_even_at_the_start(ms: float, rate: int) -> None:
    """It would be taken for not being there yet: a cut from 0 waited five seconds for its sound."""
    at = sought(ms)
    assert abs(at - round(at * rate) / rate) > 4e-9
