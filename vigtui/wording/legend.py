"""What the signs and short words under the cursor mean, in one line, for whoever meets them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from vigtui.queries.caseload_rows import FamilyRow
from vigtui.queries.needs import Need
from vigtui.values.days import number_of_days
from vigtui.values.signs import (
    CYCLE_DONE,
    CYCLE_HALF_DONE,
    CYCLE_TO_COME,
    FILMED,
    NOT_RATED,
    PLANNED,
    REVIEWED,
    SUPERVISED,
    TRAJECT,
)

if TYPE_CHECKING:
    from vigtui.queries.timeline import Event

Sign = tuple[str, str]
"""What stands on the screen, and what it means."""

_CYCLES = {
    CYCLE_DONE: "filmed and reviewed",
    CYCLE_HALF_DONE: "filmed, not reviewed yet",
    CYCLE_TO_COME: "to come",
}
_STATUSES = {
    "CP": "child protection plan",
    "court": "in proceedings",
    "pre-pr.": "pre-proceedings",
    "care": "in our care",
    "CIN": "child in need plan",
    "perm.": "permanence plan",
    "matched": "permanently matched",
    "early": "early help",
    "closed": "closed to social care",
}
_NEEDS = {
    "film": "deleted in",
    "words": "looked through in",
    "consent": "one ends in",
}
_COUNTED = re.compile(r"(film|words|consent) (\d+)d")
_LANES: dict[str, tuple[Sign, ...]] = {
    "film": ((FILMED, "filmed"), (PLANNED, "planned, with the cycle's number")),
    "review": ((REVIEWED, "shared review: guider and family watch clips together"),),
    "supervision": (
        (SUPERVISED, "a supervision in which this family's clips were seen"),
        (PLANNED, "planned"),
    ),
    "traject": ((TRAJECT, "a line of the traject plan, on the day it was written"),),
}


def row_signs(row: FamilyRow, *, undecided: bool) -> list[Sign]:
    """Return what the row of a family in the list shows in short."""
    signs: list[Sign] = [(sign, meaning) for sign, meaning in _CYCLES.items() if sign in row.cycles]
    signs += ((each, _STATUSES[each]) for each in row.status.split("+") if each in _STATUSES)
    signs += need_signs(row.needs)
    if row.first:
        signs.append((f"{row.first}{row.bars}{row.last}", "one rater's answers, first to last"))
    if undecided:
        signs.insert(0, ("decide", "two people changed the same"))
    return signs


def need_signs(needs: Iterable[Need]) -> Iterator[Sign]:
    """Yield the needs that are told as a number of days."""
    for need in needs:
        if counted := _COUNTED.fullmatch(need.short):
            yield need.short, f"{_NEEDS[counted[1]]} {number_of_days(int(counted[2]))}"


def event_signs(event: "Event | None", needs: Iterable[Need], lowest: int) -> list[Sign]:
    """Return what stands in the lane of the event under the timeline's cursor, and beside the family's
    parts."""
    if event is None:
        return []
    if event.lane == "status":
        short = event.label.removesuffix(" plan")
        meaning = _STATUSES.get(short)
        signs: list[Sign] = [(event.label, f"a {meaning}")] if meaning and short != meaning else []
        signs.append(("├──┤", "from when to when") if event.end else ("──▸", "goes on"))
    elif event.lane.startswith("rating"):
        signs = [(f"{lowest}-10", "the rater's answer"), (NOT_RATED, "asked, not rated")]
    else:
        signs = list(_LANES.get(event.lane, ()))
    return signs + list(need_signs(needs))


def fitting(signs: Sequence[Sign], width: int) -> list[Sign]:
    """Return as many of the signs as have room in so many cells, none of them cut. Between two are two
    cells."""
    kept, left = [], width
    for sign, meaning in signs:
        left -= len(sign) + len(meaning) + 1
        if left >= 0:
            kept.append((sign, meaning))
            left -= 2
        else:
            left += len(sign) + len(meaning) + 1
    return kept
