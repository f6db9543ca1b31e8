"""What would be lost: the answer to a key, while pictures queue for a slow terminal."""

from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtui.film.terminal.link import Link

FIRST_TEN_SECONDS = 10.0


@dataclass
class Line:
    """A line of so many bytes a second and so long a way there and back, with film on it that always has a
    new picture, as large as there is room for. Time passes in milliseconds."""

    speed: float
    delay: float
    most: int = 10**9
    answers: bool = True
    every: float = 0.0
    now: float = 0.0
    written: int = 0
    free_at: float = 0.0
    sent: list[tuple[float, int]] = field(default_factory=list)
    queued: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.link = Link(lambda: self.now)
        self.on_its_way: deque[tuple[float, str]] = deque()

    def write(self, size: int, request: str = "") -> None:
        self.written += size
        self.free_at = max(self.free_at, self.now) + size / self.speed
        if request and self.answers:
            back = self.free_at + self.delay
            if self.every:
                back = (back // self.every + 1) * self.every
            self.on_its_way.append((back, request))

    def pass_time(self, seconds: float, *, drawing: bool = True) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += 0.001
            while self.on_its_way and self.on_its_way[0][0] <= self.now:
                self.answer(self.on_its_way.popleft()[1])
            if drawing:
                self.draw()

    def draw(self) -> None:
        room = self.link.room(self.written)
        if room:
            if not self.link.asking:
                self.write(10, self.link.ask(self.written))
            size = min(room, self.most)
            self.sent.append((self.now, size))
            self.written += 0
            self.write(size)
            self.write(10, self.link.ask(self.written))
            self.queued.append(self.free_at - self.now)

    def answer(self, request: str) -> None:
        row, column = (int(part) for part in request[2:].partition("H")[0].split(";"))
        self.link.answered(column - 1, row - 1)

    def rate(self, since: float) -> float:
        """Pictures a second."""
        return sum(at > since for at, _ in self.sent) / (self.now - since)

    def load(self, since: float) -> float:
        """What part of the line's bytes is used."""
        return sum(size for at, size in self.sent if at > since) / (self.now - since) / self.speed


SLOW_LINES = [(64_000, 0.08), (16_000, 0.3), (8_000, 0.05), (200_000, 0.15), (500_000, 0.02)]


@pytest.mark.parametrize(("speed", "delay"), SLOW_LINES)
def test_a_slow_line_is_filled_but_a_key_s_answer_need_not_wait_long(speed: float, delay: float) -> None:
    line = Line(speed, delay)
    line.pass_time(FIRST_TEN_SECONDS)
    since = 3.0
    assert line.link.speed == pytest.approx(speed, rel=0.25)
    assert line.load(since) > 0.7
    assert line.rate(since) > (7 if speed > 32_000 else 2)
    waits = line.queued[len(line.queued) // 3 :]
    assert max(waits) < (0.22 if speed > 32_000 else 0.6)


@pytest.mark.parametrize("delay", [0.001, 0.1, 0.3])
def test_a_long_fast_line_carries_every_picture(delay: float) -> None:
    """More than one must be under way, or the delay would set the pace."""
    line = Line(5_000_000, delay, most=6000)
    for _ in range(250):
        line.draw()
        line.pass_time(0.04, drawing=False)
    assert line.rate(2.0) > 23


def test_a_line_that_becomes_slow_is_soon_known_to_be() -> None:
    line = Line(1_000_000, 0.05)
    line.pass_time(3)
    line.speed = 40_000
    line.pass_time(6)
    assert line.link.speed == pytest.approx(40_000, rel=0.3)
    assert line.queued[-1] < 0.3


@pytest.mark.parametrize(("speed", "delay"), SLOW_LINES)
def test_a_slow_line_has_nothing_to_spare(speed: float, delay: float) -> None:
    line = Line(speed, delay)
    for _ in range(100):
        line.pass_time(0.1)
        assert line.link.plenty <= 0.25


def test_what_a_fast_line_has_to_spare_is_proven_first_and_gone_at_once() -> None:
    line = Line(5_000_000, 0.02, most=8000)
    assert line.link.plenty == 0
    for _ in range(100):
        line.draw()
        line.pass_time(0.04, drawing=False)
    assert line.link.plenty == 1
    line.speed = 100_000
    for _ in range(8):
        line.draw()
        line.pass_time(0.04, drawing=False)
    assert line.link.plenty == 0
    line.speed = 5_000_000
    line.pass_time(1, drawing=False)
    assert line.link.plenty == 0  # it stays in doubt for a while


def test_a_line_that_becomes_fast_is_soon_used() -> None:
    line = Line(20_000, 0.1)
    line.pass_time(3)
    line.speed = 400_000
    line.pass_time(4)
    assert line.link.speed > 200_000


def test_a_terminal_that_stood_still_once_is_not_taken_for_one_far_away() -> None:
    """The way there and back is learned from quiet moments, and on a slow line there may be none after it:
    so much would be under way for ever that each key's answer came seconds later."""
    line = Line(5_000_000, 0.001, most=6000)
    for _ in range(50):
        line.draw()
        line.pass_time(0.04, drawing=False)
    line.free_at = line.now + 3
    line.draw()
    line.pass_time(3, drawing=False)
    line.speed, line.delay, line.most = 64_000, 0.08, 10**9
    line.pass_time(8)
    assert max(line.queued[-20:]) < 0.3
    assert line.load(line.now - 3) > 0.7


@pytest.mark.parametrize(("speed", "delay"), [(64_000, 0.08), (16_000, 0.1)])
def test_a_way_that_was_longer_for_a_while_is_not_taken_for_that_long_for_ever(
    speed: float, delay: float
) -> None:
    """With as much more under way the line is always full, and never quiet enough to see how long it is."""
    line = Line(speed, delay)
    line.pass_time(3)
    line.delay = 5 * delay
    line.pass_time(9)
    line.delay = delay
    line.pass_time(20)
    assert line.link.delay == pytest.approx(delay, rel=0.5)
    assert max(line.queued[-10:]) < (0.22 if speed > 32_000 else 0.6)
    assert line.load(line.now - 10) > 0.6


def test_answers_that_come_several_at_once_do_not_mislead_it() -> None:
    line = Line(64_000, 0.08, every=0.25)
    line.pass_time(10)
    assert line.load(4) > 0.5
    assert max(line.queued[len(line.queued) // 2 :]) < 0.6


def test_what_others_write_is_waited_for_too() -> None:
    line = Line(64_000, 0.08)
    line.pass_time(3)
    line.write(64_000)
    before = len(line.sent)
    line.pass_time(0.7)
    assert len(line.sent) - before <= 2


def test_a_terminal_that_never_answers_gets_a_modest_steady_rate() -> None:
    line = Line(1_000_000, 0.0, answers=False)
    line.pass_time(4)
    before = line.now
    line.pass_time(10)
    assert 3 <= line.rate(before) <= 5
    assert max(size for at, size in line.sent if at > before) <= 4000


def test_a_terminal_that_stands_still_gets_less_and_less() -> None:
    """Thirty writes that are not taken would block the whole program."""
    line = Line(2_000_000, 0.01, most=5000)
    line.pass_time(2)
    line.answers = False
    line.on_its_way.clear()
    before = len(line.sent)
    line.pass_time(10)
    assert len(line.sent) - before < 20
    line.answers = True
    line.pass_time(20)
    assert line.rate(line.now - 2) > 20


def test_a_key_that_looks_like_an_answer_is_not_taken_for_one() -> None:
    line = Line(10_000, 0.1)
    request = line.link.ask(0)
    row, column = (int(part) for part in request[2:].partition("H")[0].split(";"))
    line.link.answered(column - 1, 0)
    line.link.answered(column, row - 1)
    assert line.link.asking
    line.link.answered(column - 1, row - 1)
    assert not line.link.asking


def test_an_answer_that_was_lost_is_made_good_by_the_next_and_one_that_comes_twice_does_nothing() -> None:
    line = Line(10_000, 0.1)
    lost, heard = line.link.ask(100), line.link.ask(200)
    line.now = 0.2
    for request in (heard, heard, lost):
        line.answer(request)
        assert not line.link.asking


@given(
    st.lists(st.tuples(st.sampled_from(["answer", "again", "wait"]), st.floats(0, 5)), max_size=60),
    st.floats(1000, 1e7),
)
def test_the_film_never_stops_for_ever(events: list[tuple[str, float]], speed: float) -> None:
    line = Line(speed, 0.05, answers=False)
    requests = [line.link.ask(0)]
    for event, wait in events:
        line.now += wait
        if event == "answer":
            line.answer(requests[-1])
        elif event == "again":
            line.answer(requests[0])
        elif room := line.link.room(line.written):
            line.written += room
            requests.append(line.link.ask(line.written))
    for _ in range(70):
        if line.link.room(line.written):
            return
        line.now += 1
    raise AssertionError("nothing more is drawn")
