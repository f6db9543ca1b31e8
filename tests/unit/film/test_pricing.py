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
        pricing.paid(price, error, 0.1)
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


def test_on_a_slow_line_pictures_are_more_where_they_are_fair_and_better_where_they_are_poor() -> None:
    pricing = Pricing()
    assert pricing.part_of(6000) == 6000
    for _ in range(60):
        pricing.paid(pricing.playing() * 1.3, 80.0, 1.0)
    assert pricing.part_of(6000) == 3000
    for _ in range(60):
        pricing.paid(pricing.playing(), 400.0, 1.0)
    assert pricing.part_of(6000) == 6000


def test_the_price_is_the_one_that_fills_the_room() -> None:
    """Of a film of which a picture at a price of 1 takes 40 KB."""
    for room in (1500, 3000, 6000):
        pricing = Pricing()
        for _ in range(40):
            price = pricing.playing()
            pricing.paid(price, 200.0, 40_000 * price**-0.8 / room)
        assert 40_000 * price**-0.8 == pytest.approx(room, rel=0.05)
