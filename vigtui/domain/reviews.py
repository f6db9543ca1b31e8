"""The plan of a shared review: what is shown, in which order, and from where to where."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from vigtui.domain.consent.showing import Showing, find_clip
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import Clip, Cycle, PlannedMoment, Still
from vigtui.values.order import moved_by


class Shown(Struct, frozen=True):
    """A planned moment with the clip, and the still if it is one, that are shown of it."""

    planned: PlannedMoment
    clip: Clip
    still: Still | None
    showing: Showing

    @property
    def span(self) -> tuple[int, int]:
        """From where to where the film plays, in ms: a still stands, and plays on up to its clip's end."""
        start = self.still.at_ms if self.still else self.clip.in_ms
        return start, max(start, self.clip.out_ms)

    @property
    def caption(self) -> str:
        """What is seen and heard, as it is written of the still, or of the clip."""
        return (self.still.caption if self.still else "") or self.clip.caption

    @property
    def code(self) -> str:
        """The clip's code, as in "C2-1"."""
        return self.showing.code(self.clip)


def day_of(cycle: Cycle, today: dt.date) -> dt.date | None:
    """Return the day of a cycle's shared review: that on which it was, or one that is planned and to come."""
    return cycle.reviewed or (cycle.planned if cycle.planned and cycle.planned >= today else None)


def in_order(planned: Iterable[PlannedMoment]) -> list[PlannedMoment]:
    """Return a plan as it is walked."""
    return sorted(planned, key=lambda each: (each.order, each.id))


def moved(planned: Iterable[PlannedMoment], one: PlannedMoment, by: int) -> list[PlannedMoment]:
    """Return the plan with one of it earlier (-1) or later (1), all numbered again; nothing at either end."""
    return moved_by(in_order(planned), one, by)


def plan_of(find: Find, where: Where, cycle: str) -> list[Shown]:
    """Return what is planned for the shared review of a cycle, in its order, without what is gone, or belongs
    to another family."""
    found = (shown(find, each) for each in in_order(where(PlannedMoment, cycle=cycle)))
    return [each for each in found if each is not None]


def shown(find: Find, planned: PlannedMoment) -> Shown | None:
    """Return what is shown of a planned moment; None when it is gone, or belongs to another family."""
    cycle, of_clip = find(Cycle, planned.cycle), find_clip(find, planned.clip)
    if cycle is None or of_clip is None or of_clip[1].family.id != cycle.family:
        return None
    clip, showing = of_clip
    still = find(Still, planned.still) if planned.still else None
    return Shown(planned, clip, still if still and still.clip == clip.id else None, showing)
