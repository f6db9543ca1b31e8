"""What would be lost: seconds of waiting for a colleague's words, or a laptop that writes without end."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.exchange.spaces.timing import NOTHING, Waiting, Written, due

MB = 1_000_000


def test_an_own_change_is_written_after_three_seconds_of_rest() -> None:
    waiting = NOTHING.changed(10).changed(11)
    assert due(waiting, Written()) == 14
    assert due(waiting, Written(at=13)) == 16


def test_who_goes_on_writing_is_heard_after_half_a_minute() -> None:
    waiting = NOTHING
    for second in range(100, 200):
        waiting = waiting.changed(second)
    assert due(waiting, Written()) == 130


def test_a_large_file_is_written_less_often() -> None:
    assert due(NOTHING.changed(10), Written(at=10, size=4 * MB)) == 90


def test_what_was_taken_in_has_an_hour_and_an_erasure_a_minute() -> None:
    assert due(NOTHING.took_in(10), Written()) == 3610
    assert due(NOTHING.took_in(10).took_in(500), Written()) == 3610
    assert due(NOTHING.took_in(10).erases(10, 0.5), Written(at=9, size=4 * MB)) == 40
    assert due(NOTHING.erases(10, 0.5).erases(11, 0.9), Written()) == 40


def test_a_broken_own_file_is_written_at_once_and_a_failure_waits() -> None:
    assert due(NOTHING, Written(broken=True)) == 0
    assert due(NOTHING, Written(at=9, broken=True)) == 12
    assert due(NOTHING.changed(10), Written(failed=20)) == 25
    assert due(NOTHING, Written()) is None


times = st.one_of(st.none(), st.floats(0, 1e6))
waitings = st.builds(Waiting, times, times, times, times)


@given(waitings, waitings)
def test_what_could_not_be_written_waits_no_shorter_than_before(one: Waiting, other: Waiting) -> None:
    both = one.also(other)
    for name in ("first", "taken_in", "erased"):
        there = [each for each in (getattr(one, name), getattr(other, name)) if each is not None]
        assert getattr(both, name) == min(there, default=None)
    assert one.also(NOTHING) == one
