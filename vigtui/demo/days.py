"""Days as the files of the demo tell them: counted from today, or as the dates of a story."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from vigtui.values.text import one_line

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """What the days of a file are counted from: `today`, the day `told_on` which a story was written down,
    and the day on which a family was `referred`."""

    today: dt.date
    told_on: dt.date | None = None
    referred: dt.date | None = None

    def day(self, told: object) -> dt.date:
        """Return the day that a file tells, as in "24 days ago". Raises ValueError with a sentence."""
        try:
            if isinstance(told, dt.date) and not isinstance(told, dt.datetime):
                return self._of_the_story(told)
            for pattern, counted in _WAYS:
                if found := pattern.fullmatch(told if isinstance(told, str) else ""):
                    return counted(self, *found.groups())
        except OverflowError:
            raise ValueError(f"{_shown(told)} is too far away") from None
        raise ValueError(f"{_shown(told)} is not a day. Write it as in “24 days ago” or “in 17 days”")

    def _of_the_story(self, date: dt.date) -> dt.date:
        """Move a date of a story by whole weeks, so that it keeps its day of the week."""
        if self.told_on is None:
            raise ValueError(f"{date} needs “told_on”: the day on which this story was written down")
        return date + dt.timedelta(weeks=round((self.today - self.told_on).days / 7))

    def _exactly(self, days: str) -> dt.date:
        return self.today - dt.timedelta(days=int(days))

    def _ago(self, days: str) -> dt.date:
        day = self._exactly(days)
        return day - dt.timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))

    def _ahead(self, days: str) -> dt.date:
        day = self.today + dt.timedelta(days=int(days))
        return day + dt.timedelta(days=7 - day.weekday() if day.weekday() >= _SATURDAY else 0)

    def _weekday(self, name: str, days: str) -> dt.date:
        day = self._exactly(days)
        return day + dt.timedelta(days=_WEEKDAYS.index(name) - day.weekday())

    def _after_referral(self, days: str) -> dt.date:
        if self.referred is None:
            raise ValueError("the family's “referred” is needed to count from the referral")
        return self.referred + dt.timedelta(days=int(days))


_WAYS: tuple[tuple[re.Pattern[str], Callable[..., dt.date]], ...] = (
    (re.compile(r"exactly (\d{1,6}) days? ago"), Days._exactly),
    (re.compile(r"(\d{1,6}) days? ago"), Days._ago),
    (re.compile(r"in (\d{1,6}) days?"), Days._ahead),
    (re.compile(rf"({'|'.join(_WEEKDAYS)}) of the week (\d{{1,6}}) days ago"), Days._weekday),
    (re.compile(r"(\d{1,6}) days? after the referral"), Days._after_referral),
)


def _shown(told: object) -> str:
    return f"“{one_line(str(told))[:40]}”"
