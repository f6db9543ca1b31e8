"""The plan of a shared review on paper, for the guider's own hand."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from vigtui.domain.records import Cycle
from vigtui.domain.reviews import Shown, day_of
from vigtui.queries.family import FamilyRecords
from vigtui.reports.families.visit import to_rate
from vigtui.reports.paper import Paper, plain
from vigtui.values.days import WEEKDAYS, show_long_day, show_whole_day
from vigtui.values.text import one_line
from vigtui.wording.family import cycle_name, members_words
from vigtui.wording.film.reviews import what_words, when_words


class PaperMoment(Struct, frozen=True):
    """A planned moment in words."""

    number: int
    code: str
    when: str
    what: str
    ask: str
    wait_for: str


def review_paper(records: FamilyRecords, cycle: Cycle, plan: Sequence[Shown]) -> Paper:
    """Return the paper of a cycle's plan: what is shown, what to ask and to wait for, and what is taken at
    the end."""
    family, today = records.family, records.today
    moments = [
        PaperMoment(
            number, each.code, when_words(each), what_words(each), each.planned.ask, each.planned.wait_for
        )
        for number, each in enumerate(plan, start=1)
    ]
    values = {
        "family": one_line(f"{family.code} {family.pseudonym}"),
        "members": members_words(family),
        "cycle": cycle_name(cycle),
        "number": cycle.number,
        "day": _day(cycle, today),
        "moments": plain(moments),
        "rate": plain(to_rate(records)),
        "made": show_whole_day(today),
    }
    return Paper("review", f"review-{today.isoformat()}", values, (family.id,))


def _day(cycle: Cycle, today: dt.date) -> str:
    """The day of the review, as far as it is known."""
    day = day_of(cycle, today)
    return f"{WEEKDAYS[day.weekday()]} {show_long_day(day, today)}" if day else ""
