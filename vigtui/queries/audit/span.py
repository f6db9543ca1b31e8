"""The days over which an audit counts."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

LENGTHS: Sequence[int] = (1, 3, 6, 12, 24)
"""How many months are offered."""
USUAL_LENGTH = 6


class Span(Struct, frozen=True):
    """From a day to a day, both inclusive."""

    start: dt.date
    end: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Whether something of this day happened in the span."""
        return day is not None and self.start <= day <= self.end

    def touches(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether what was so from a day to a day was so on any day of the span. None: always so before, or
        going on."""
        return (start or dt.date.min) <= self.end and self.start <= (end or dt.date.max)


def months(number: int, today: dt.date, back: int = 0) -> Span:
    """Return the span of so many calendar months that ends with today's, and today; or that many times as
    long `back`, to the last day of its last month."""
    first = today.year * 12 + today.month - number * (back + 1)
    end = today if not back else _first_of(first + number) - dt.timedelta(days=1)
    return Span(_first_of(first), end)


def _first_of(month: int) -> dt.date:
    """Return the first day of a month counted from the year 0: the first of all where there is none."""
    return dt.date(max(month // 12, dt.MINYEAR), month % 12 + 1, 1)
