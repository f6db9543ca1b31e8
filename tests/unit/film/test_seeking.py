"""What would be lost: a held key that shows where it goes, and ends exactly where it was let go."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.playing.nearby import BEHIND, Frame, Nearby
from vigtui.film.playing.seeking import Seeks


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_seek_at_a_time_and_the_latest_wins() -> None:
    time = Time()
    seeks = Seeks(time)
    seeks.ask(1000)
    assert seeks.next() == (1000, True)
    seeks.ask(2000)
    seeks.ask(3000)
    assert seeks.next() is None
    time.now += 0.05
    seeks.done()
    assert seeks.next() == (3000, True)
    seeks.done()
    assert (seeks.target, seeks.next()) == (None, None)


def test_where_exact_is_slow_a_held_key_shows_keyframes_and_ends_exactly() -> None:
    time = Time()
    seeks = Seeks(time)
    seeks.ask(1000)
    seeks.next()
    time.now += 0.4
    seeks.ask(2000)
    seeks.done()
    assert seeks.next() == (2000, False)
    seeks.done()
    assert seeks.target == 2000
    assert seeks.next() == (2000, True)
    seeks.done()
    assert seeks.target is None


def test_an_answer_that_never_comes_holds_nothing_up() -> None:
    time = Time()
    seeks = Seeks(time)
    seeks.ask(1000)
    seeks.next()
    seeks.ask(2000)
    time.now += 10
    assert seeks.next() == (2000, True)
    time.now += 10
    assert seeks.next() is None, "libmpv would begin the same one anew"
    time.now += 30
    assert seeks.next() == (2000, True)


def test_a_seek_into_a_film_that_is_still_opening_is_not_lost() -> None:
    """libmpv tells that the film is at its start just before it refuses to go on from there."""
    seeks = Seeks(Time())
    seeks.ask(2000)
    assert seeks.next() == (2000, True)
    seeks.done()
    seeks.failed(2000)
    assert seeks.next() == (2000, True)


@given(st.lists(st.sampled_from(["ask", "done", "fail"])), st.lists(st.floats(0, 1), min_size=1))
def test_whatever_happens_it_ends_with_an_exact_seek_to_the_last_key(
    happenings: list[str], pauses: list[float]
) -> None:
    time = Time()
    seeks = Seeks(time)
    sent: list[tuple[int, bool]] = []
    last = 0
    for number, what in enumerate(["ask", *happenings]):
        time.now += pauses[number % len(pauses)]
        if what == "ask":
            last = number
            seeks.ask(number)
        elif what == "done":
            seeks.done()
        else:
            seeks.failed(last)
        if seek := seeks.next():
            sent.append(seek)
    for _ in range(3):
        seeks.done()
        if seek := seeks.next():
            sent.append(seek)
    assert sent[-1] == (last, True)
    assert seeks.target is None


def frames(first: int, after: int) -> Nearby:
    return Nearby(tuple(Frame(number * 40.0, None) for number in range(first, after)))


def test_a_step_finds_its_neighbour_or_nothing() -> None:
    near = frames(5, 10)
    assert near.beside(200.3, 1) == Frame(240, None)
    assert near.beside(200, -1) is None
    assert near.beside(360, 1) is None
    assert near.beside(220, 1) is None


def test_frames_that_meet_make_one_row_without_doubles() -> None:
    joined = frames(0, 6).before(frames(5, 10))
    assert [frame.ms for frame in joined.frames] == [number * 40.0 for number in range(10)]


def test_memory_stays_bounded_however_far_one_steps() -> None:
    near = Nearby(from_start=True)
    for number in range(1000):
        near = near.on(Frame(number * 40.0, None))
    assert len(near.frames) < 100
    assert not near.from_start
    assert near.reaches_back(near.frames[BEHIND].ms)
