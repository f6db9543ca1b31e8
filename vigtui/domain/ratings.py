"""The scale that helping questions are rated on: from 0 or from 1, as the service has decided, to 10."""

from collections.abc import Iterable

from vigtui.domain.records import Rating

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
