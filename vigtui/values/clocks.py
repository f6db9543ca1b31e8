"""What time it is, and how long ago something was, although the machine slept since, or somebody set its
clock."""

import datetime as dt
import time

Clocks = tuple[float, float]
"""A moment in seconds by two clocks: one that nobody sets, and one that goes on while the machine sleeps."""


def now() -> dt.datetime:
    """Return the time by the machine's clock, in UTC."""
    return dt.datetime.now(dt.UTC)


def day() -> dt.date:
    """Return the day here, by the machine's clock."""
    return dt.date.today()  # noqa: DTZ011  not in UTC


def clocks() -> Clocks:
    """Return this moment."""
    return time.monotonic(), time.time()


def seconds_since(then: Clocks) -> float:
    """Return how long ago that was, by whichever clock went further."""
    return max(now - before for now, before in zip(clocks(), then, strict=True))
