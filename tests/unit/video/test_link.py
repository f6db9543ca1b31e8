"""What would be lost: the answer to a key, while pictures queue for a slow terminal."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.video.link import Link


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def pictures(link: Link, clock: Clock, seconds: float, step: float = 0.01) -> int:
    """How many pictures go out in a time, when there is always a new one."""
    count = 0
    end = clock.now + seconds
    while clock.now < end:
        if link.ready:
            link.asked()
            count += 1
        clock.now += step
    return count


def test_the_first_picture_goes_and_the_second_waits_for_the_answer() -> None:
    clock = Clock()
    link = Link(clock)
    assert link.ready
    link.asked()
    assert not link.ready
    clock.now = 0.3
    assert link.slow
    link.answered()
    assert link.ready
    assert not link.slow


def test_a_terminal_that_never_answers_gets_a_modest_steady_rate() -> None:
    clock = Clock()
    link = Link(clock)
    pictures(link, clock, 2)
    assert 70 <= pictures(link, clock, 10) <= 81


def test_a_terminal_that_stands_still_gets_less_and_less() -> None:
    """Thirty writes that are not taken would block the whole program."""
    clock = Clock()
    link = Link(clock)
    link.asked()
    link.answered()
    assert pictures(link, clock, 300) <= 16


def test_a_late_answer_brings_the_full_rate_back() -> None:
    clock = Clock()
    link = Link(clock)
    pictures(link, clock, 5)
    for _ in range(20):
        link.answered()
        assert link.ready
        link.asked()
        assert not link.ready


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 5)), max_size=60))
def test_the_film_never_stops_for_ever(events: list[tuple[bool, float]]) -> None:
    clock = Clock()
    link = Link(clock)
    for answered, wait in events:
        clock.now += wait
        if answered:
            link.answered()
        elif link.ready:
            link.asked()
    assert pictures(link, clock, 61, step=0.5) > 0
