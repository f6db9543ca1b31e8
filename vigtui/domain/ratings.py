"""Ratings of helping questions: the scale they are given on, from 0 or from 1 to 10, and their correction."""

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.records import Corrected, Rating

HIGHEST = 10


def scale_words(lowest: int) -> str:
    """Return "0 to 10"."""
    return f"{lowest} to {HIGHEST}"


def is_below(rating: Rating, lowest: int) -> bool:
    """Return whether a rating was given on a scale that began lower. It stays as it was given."""
    return rating.value is not None and rating.value < lowest


def below(ratings: Iterable[Rating], lowest: int) -> list[Rating]:
    """Return the ratings that are below the scale."""
    return [each for each in ratings if is_below(each, lowest)]


def corrected(before: Rating, now: Rating, by: str, today: dt.date) -> Rating:
    """Return a rating as it is now. Where its value is another, it keeps what it was before, until which day
    and who corrected it."""
    if before.value == now.value:
        return now
    was = Corrected(value=before.value, until=today, by=by)
    return replace(now, corrected=(*before.corrected, was))
