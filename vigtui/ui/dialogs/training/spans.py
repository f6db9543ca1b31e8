"""Spans of days as people type them, one a line: "on leave, 4 Oct 2026 to 10 Jan 2027"."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from vigtui.domain.records import Availability, RoleHeld
from vigtui.domain.vocabulary import Hours, Role, Word
from vigtui.values.days import parse_day
from vigtui.values.text import folded, one_line
from vigtui.wording.training.people import availability_words, role_words

W = TypeVar("W", bound=Word)
Span = tuple[W, dt.date | None, dt.date | None]
Read = Callable[[str, dt.date], object]
"""What makes spans of lines that are typed, with the day of today; raises ValueError."""


def typed_availability(spans: Iterable[Availability]) -> str:
    """Return the spans as they are typed: with the year, since nobody knows when they are read again."""
    return "\n".join(availability_words(each, dt.date.min) for each in spans)


def typed_roles(spans: Iterable[RoleHeld]) -> str:
    """The same for roles."""
    return "\n".join(role_words(each, dt.date.min) for each in spans)


def read_availability(lines: str, today: dt.date) -> tuple[Availability, ...]:
    """Read spans typed one a line. Raises ValueError with a sentence."""
    return tuple(Availability(hours=what, start=a, end=b) for what, a, b in _read(lines, Hours, today))


def read_roles(lines: str, today: dt.date) -> tuple[RoleHeld, ...]:
    """Read spans typed one a line. Raises ValueError with a sentence."""
    return tuple(RoleHeld(role=what, start=a, end=b) for what, a, b in _read(lines, Role, today))


def why_not(read: Read, lines: str, today: dt.date) -> str:
    """Return why the spans that are typed cannot be `read`, "" where they can."""
    try:
        read(lines, today)
    except ValueError as error:
        return str(error)
    return ""


def _read(lines: str, words: type[W], today: dt.date) -> list[Span[W]]:
    return [_read_line(one_line(line), words, today) for line in lines.splitlines() if line.strip()]


def _read_line(line: str, words: type[W], today: dt.date) -> Span[W]:
    name, _, days = line.partition(",")
    what = next((word for word in words if folded(word.label) == folded(name.strip())), None)
    if what is None:
        known = ", ".join(word.label for word in words)
        raise ValueError(
            f"“{name}” is none of these: {known}. Type it as in “{next(iter(words)).label}, from 4 Oct”."
        )
    start, end = _read_days(days.strip(), today)
    if start and end and end < start:
        raise ValueError(f"“{line}” ends before it begins.")
    return what, start, end


def _read_days(days: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Read "4 Oct to 10 Jan", "from 4 Oct" or "to 10 Jan"."""
    first, to, last = f" {days} ".partition(" to ")
    first = first.strip().removeprefix("from").strip()
    start = parse_day(first, today) if first else None
    return start, parse_day(last.strip(), today) if to else None
