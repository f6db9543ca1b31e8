"""Days as people type them and as screens show them."""

import calendar
import datetime as dt
import re

_NUMBERS = re.compile(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})\.? +([^\W\d]{3,})\.?(?: +(\d{4}))?")
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}


def parse_day(words: str, today: dt.date) -> dt.date:
    """Read a day: `2026-11-22`, `22/11/2026`, `22 nov`, `today`... Without a year, the nearest one to `today`.

    Raises ValueError with a sentence when it is not a day.
    """
    text = " ".join(words.casefold().split())
    try:
        if text in _NEAR:
            return today + dt.timedelta(days=_NEAR[text])
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
        if match := _NUMBERS.fullmatch(text):
            return _with_year(int(match[1]), int(match[2]), match[3], today)
        if (match := _NAMED.fullmatch(text)) and match[2][:3] in _MONTHS:
            return _with_year(int(match[1]), _MONTHS[match[2][:3]], match[3], today)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"“{words}” is not a day. Type it like 22 Nov, 22/11/2026, 2026-11-22 or today.")


def _with_year(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year:
        return dt.date(int(year), month, day)
    candidates = []
    for near in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(dt.date(near, month, day))
        except ValueError:
            continue
    return min(candidates, key=lambda candidate: abs((candidate - today).days))


def show_day(day: dt.date, today: dt.date) -> str:
    """`3 Nov`, with the year where it is not this one."""
    short = f"{day.day} {calendar.month_abbr[day.month]}"
    return short if day.year == today.year else f"{short} {day.year}"
