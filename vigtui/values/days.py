"""Days as people type them and as screens show them: British, whatever the machine's language is."""

import datetime as dt
import re

from vigtui.values import clocks

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# Not compiled before they are asked for: every start would take a hundredth longer.
_NUMBERS = r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}))?"
_NAMED = r"(\d{1,2})\.? +([^\W\d]{3,})\.?(?: +(\d{4}))?"
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_SOON = dt.timedelta(days=27)


def today() -> dt.date:
    """Return the day here, by the machine's own clock: consents hold on days where the work happens."""
    return clocks.day()


def days_later(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later; the first or the last day of all where there is none."""
    number = day.toordinal() + days
    return dt.date.fromordinal(min(max(number, dt.date.min.toordinal()), dt.date.max.toordinal()))


def parse_day(words: str, today: dt.date) -> dt.date:
    """Read a day: `2026-11-22`, `22/11/2026`, `22 nov`, `today`. Without a year, the one nearest to `today`.

    Raises ValueError with a sentence when it is not a day.
    """
    text = " ".join(words.casefold().split())
    try:
        if text in _NEAR:
            return today + dt.timedelta(days=_NEAR[text])
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
        if match := re.fullmatch(_NUMBERS, text):
            return _with_year(int(match[1]), int(match[2]), match[3], today)
        if (match := re.fullmatch(_NAMED, text)) and match[2][:3] in _MONTHS:
            return _with_year(int(match[1]), _MONTHS[match[2][:3]], match[3], today)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"“{words}” is not a day. Type it like 22 Nov, 22/11/2026, 2026-11-22 or today.")


def parse_days(words: str, today: dt.date) -> tuple[dt.date, ...]:
    """Read days with commas between them, each as `parse_day` does; in order, each once."""
    return tuple(sorted({parse_day(each.strip(), today) for each in words.split(",") if each.strip()}))


def number_of_days(number: int) -> str:
    """`1 day`, `12 days`."""
    return "1 day" if number == 1 else f"{number} days"


def show_hours(minutes: float) -> str:
    """`45 min`, `7 h`, `2 h 13 min`."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def show_day(day: dt.date, today: dt.date) -> str:
    """`3 Nov`, with the year where it is not this one."""
    return _and_year(f"{day.day} {short_month(day.month)}", day, today)


def show_long_day(day: dt.date, today: dt.date) -> str:
    """`3 November`, with the year where it is not this one."""
    return _and_year(f"{day.day} {MONTHS[day.month - 1]}", day, today)


def show_whole_day(day: dt.date) -> str:
    """`3 November 2026`: for papers, and whatever is read again in another year."""
    return show_long_day(day, dt.date.min)


def show_coming_day(day: dt.date, today: dt.date) -> str:
    """`Tue 24` for a day of the next four weeks, else as `show_day`."""
    if today <= day <= today + _SOON:
        return f"{WEEKDAYS[day.weekday()]} {day.day}"
    return show_day(day, today)


def after_today(day: dt.date, today: dt.date) -> str:
    """Return the sentence about a day that is still to come where a past one was wanted."""
    clock = show_long_day(today, today)
    return (
        f"{show_long_day(day, today)} is after today, {clock} by this machine's clock. "
        "What happens is recorded once it has happened."
    )


def short_month(month: int) -> str:
    """`Nov` for 11."""
    return MONTHS[month - 1][:3]


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


def _and_year(text: str, day: dt.date, today: dt.date) -> str:
    return text if day.year == today.year else f"{text} {day.year}"
