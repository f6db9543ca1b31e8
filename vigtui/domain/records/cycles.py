"""Cycles of filming and shared review, and the plan of a review."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from vigtui.domain.records.metadata import Label, Ref, Together
from vigtui.domain.records.record import Colleague, FamilyId, Record, Text
from vigtui.domain.vocabulary import CycleKind

_DONE = Together("when it was done")


class Cycle(Record, frozen=True, kw_only=True):
    """One recording, then one shared review. It counts only when both have happened. `guider` is whoever
    guided it, where that is not the family's guider of now."""

    table = "cycles"
    singular, plural = "cycle", "cycles"

    family: FamilyId
    number: Annotated[int, Meta(ge=1)]
    kind: CycleKind = CycleKind.VIG
    planned: Annotated[dt.date | None, Label("day planned")] = None
    filmed: Annotated[dt.date | None, Label("day of filming"), _DONE] = None
    edited: Annotated[dt.date | None, Label("day of editing"), _DONE] = None
    reviewed: Annotated[dt.date | None, Label("day of the shared review"), _DONE] = None
    activity: Text = ""
    next_step: Text = ""
    guider: Colleague = ""


class PlannedMoment(Record, frozen=True, kw_only=True):
    """What is to be shown in the shared review of a cycle: a clip, or one still of it; what to `ask` with it,
    and for what to wait."""

    table = "planned_moments"
    singular, plural = "planned moment", "planned moments"

    cycle: Annotated[str, Ref(("cycles",), owner=True, on_removal="cascade")]
    order: Annotated[int, Label("place in the shared review")] = 0
    clip: Annotated[str, Ref(("clips",), owner=True, on_removal="cascade")]
    still: Annotated[str, Ref(("stills",), owner=True, on_removal="cascade")] = ""
    ask: Annotated[Text, Label("what to ask")] = ""
    wait_for: Annotated[Text, Label("what to wait for")] = ""
