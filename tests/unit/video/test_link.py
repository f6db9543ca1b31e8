"""What would be lost: the answer to a key, while pictures queue for a slow terminal."""

from hypothesis import given
from hypothesis import strategies as st

from vigtui.video.link import Link


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def column(request: str) -> int:
    """Where the terminal's cursor is when it meets a request, counted from 0."""
    return int(request.partition(";")[2].partition("H")[0]) - 1


def pictures(link: Link, clock: Clock, seconds: float, step: float = 0.01) -> int:
    """How many pictures go out in a time, when there is always a new one."""
    count = 0
    end = clock.now + seconds
    while clock.now < end:
        if link.ready:
            link.ask()
            count += 1
        clock.now += step
    return count


def test_the_first_picture_goes_and_the_second_waits_for_the_answer() -> None:
    clock = Clock()
    link = Link(clock)
    assert link.ready
    request = link.ask()
    assert not link.ready
    clock.now = 0.3
    assert link.behind
    link.answered(column(request), 1)
    assert link.ready
    assert not link.behind


def test_a_terminal_that_never_answers_gets_a_modest_steady_rate() -> None:
    clock = Clock()
    link = Link(clock)
    pictures(link, clock, 4)
    assert 36 <= pictures(link, clock, 10) <= 41


def test_a_terminal_that_stands_still_gets_less_and_less() -> None:
    """Thirty writes that are not taken would block the whole program."""
    clock = Clock()
    link = Link(clock)
    link.answered(column(link.ask()), 1)
    assert pictures(link, clock, 300) <= 16


def test_pictures_sent_while_the_first_answer_was_awaited_are_waited_for_too() -> None:
    """A slow line that answers late must not be taken for one that has caught up."""
    clock = Clock()
    link = Link(clock)
    requests = []
    while len(requests) < 5:
        if link.ready:
            requests.append(link.ask())
        clock.now += 0.05
    for request in requests[:-1]:
        link.answered(column(request), 1)
        assert not link.ready
    link.answered(column(requests[-1]), 1)
    assert link.ready


def test_an_answer_that_was_lost_is_made_good_by_the_next() -> None:
    clock = Clock()
    link = Link(clock)
    link.ask()
    clock.now += 5
    link.answered(column(link.ask()), 1)
    assert link.ready


def test_a_key_that_looks_like_an_answer_is_not_taken_for_one() -> None:
    clock = Clock()
    link = Link(clock)
    request = link.ask()
    link.answered(column(request), 0)
    assert not link.ready


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 5)), max_size=60))
def test_the_film_never_stops_for_ever(events: list[tuple[bool, float]]) -> None:
    clock = Clock()
    link = Link(clock)
    request = link.ask()
    for answered, wait in events:
        clock.now += wait
        if answered:
            link.answered(column(request), 1)
        elif link.ready:
            request = link.ask()
    assert pictures(link, clock, 61, step=0.5) > 0
