"""What would be lost: a better picture where the line has room for it, and the line where it has not."""

from itertools import pairwise

import pytest

from vigtui.film.terminal.pricing import BETTER, GOOD, Pricing


def settle(pricing: Pricing, plenty: float, pictures: int) -> float:
    """Play so many pictures, whose error is seven times the price; return the last one's error."""
    error = 0.0
    for _ in range(pictures):
        pricing.link_has(plenty)
        price = pricing.playing()
        error = 7 * price
        pricing.drew(error, 0.1)
    return error


def test_a_picture_is_better_where_the_link_has_plenty() -> None:
    assert settle(Pricing(), 0, 60) == pytest.approx(GOOD, rel=0.02)
    assert settle(Pricing(), 1, 60) == pytest.approx(BETTER, rel=0.02)
    assert BETTER < settle(Pricing(), 0.5, 60) < GOOD


def test_it_gets_better_little_by_little_and_worse_at_once() -> None:
    pricing = Pricing()
    settle(pricing, 0, 60)
    steps = [settle(pricing, 1, 1) for _ in range(60)]
    assert all(later <= sooner * 1.001 for sooner, later in pairwise(steps))
    assert steps[3] > 0.9 * GOOD
    assert settle(pricing, 0, 4) == pytest.approx(GOOD, rel=0.1)


def size_at(price: float) -> float:
    """What a picture of some film takes, which is 4.7 KB at the price of a good one."""
    return 20_000 * price**-0.8


def settle_on(room: int, error: float) -> float:
    """Play it in this room, with this mean error of each picture; return which part of the room the last of
    them take."""
    pricing = Pricing()
    for _ in range(200):
        price = pricing.playing()
        pricing.drew(error, size_at(price) / room)
    return size_at(price) / room


def test_on_a_slow_line_pictures_are_more_where_they_are_fair_and_better_where_they_are_poor() -> None:
    for room in (1500, 3000):
        assert settle_on(room, 80.0) == pytest.approx(0.32, rel=0.05)
        assert settle_on(room, 400.0) == pytest.approx(1.0, rel=0.05)


def test_where_there_is_room_for_a_good_picture_it_is_not_made_worse() -> None:
    assert settle_on(20_000, GOOD) * 20_000 == pytest.approx(size_at(6.0), rel=0.05)


def test_one_picture_that_takes_much_hardly_makes_the_next_ones_worse() -> None:
    """As the first one of another scene."""
    pricing = Pricing()
    for _ in range(200):
        before = pricing.playing()
        pricing.drew(100.0, size_at(before) / 3000)
    pricing.drew(1000.0, 1.25)
    assert before < pricing.playing() < 1.25 * before
