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
        pricing.paid(price, price, error)
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
