"""Ratings of helping questions as series: one for each question and rater, never averaged together."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.ratings import HIGHEST
from vigtui.domain.records import HelpingQuestion, Rating
from vigtui.values.signs import LEVELS


class Series(Struct, frozen=True):
    """One rater's ratings of one question, by date. Some may have no value: asked, and not rated."""

    question: str
    rater: str
    ratings: tuple[Rating, ...]

    @property
    def values(self) -> tuple[int | None, ...]:
        return tuple(rating.value for rating in self.ratings)

    @property
    def first(self) -> int | None:
        """The first value given, None when none was."""
        return next((value for value in self.values if value is not None), None)

    @property
    def last(self) -> int | None:
        """The last value given, None when none was."""
        return next((value for value in reversed(self.values) if value is not None), None)

    @property
    def change(self) -> int | None:
        """The last value less the first, None with fewer than two values."""
        given = [value for value in self.values if value is not None]
        return given[-1] - given[0] if len(given) > 1 else None

    def words(self) -> str:
        """Return "3 → 8", "3" for one value, or "not rated"."""
        if self.first is None:
            return "not rated"
        return str(self.first) if self.change is None else f"{self.first} → {self.last}"

    def in_words(self) -> str:
        """Return "3, then 5, then 8", with every rating, also what was asked and not rated."""
        return ", then ".join("not rated" if value is None else str(value) for value in self.values)


def all_series(ratings: Iterable[Rating]) -> list[Series]:
    """Return a series for each question and rater, in the order in which each was first asked."""
    found: dict[tuple[str, str], list[Rating]] = {}
    for rating in sorted(ratings, key=lambda rating: (rating.date, rating.id)):
        found.setdefault((rating.question, rating.rater), []).append(rating)
    return [Series(question, rater, tuple(each)) for (question, rater), each in found.items()]


def sparkline(values: Sequence[int | None], lowest: int = 0) -> str:
    """Return one bar for each value on the scale from `lowest` to 10, and a gap for asked and not rated."""
    return "".join(" " if value is None else bar(value, lowest) for value in values)


def bar(value: int, lowest: int) -> str:
    """Return a bar as high as the value is on the scale from `lowest` to 10."""
    steps = len(LEVELS) - 1
    return LEVELS[max(round((value - lowest) * steps / (HIGHEST - lowest)), 0)]


def live_questions(questions: Iterable[HelpingQuestion]) -> list[HelpingQuestion]:
    """Return the questions still asked: neither ended nor superseded by a new wording."""
    return [each for each in questions if each.ended is None and not each.superseded_by]


def leading_series(question: HelpingQuestion, series: Iterable[Series]) -> Series | None:
    """Return the one series that stands for a question where there is room for one: its owner's, else the
    one with most values."""
    own = [each for each in series if each.question == question.id and each.first is not None]
    return max(
        own,
        key=lambda each: (each.rater == question.owner, len(each.values) - each.values.count(None)),
        default=None,
    )
