"""Cycles of filming and shared review, and the traject plan they serve."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from vigtui.domain.records.metadata import Label, Together
from vigtui.domain.records.record import FamilyId, Record, Text
from vigtui.domain.vocabulary import CycleKind, TrajectKind

_DONE = Together("when it was done")


class Cycle(Record, frozen=True, kw_only=True):
    """One recording, then one shared review. It counts only when both have happened."""

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


class TrajectEntry(Record, frozen=True, kw_only=True):
    """One line of the traject plan, under a heading the family chose."""

    table = "traject"
    singular, plural = "traject plan line", "traject plan lines"

    family: FamilyId
    heading: str
    kind: TrajectKind
    words: Text
    date: Annotated[dt.date, Label("day")]
