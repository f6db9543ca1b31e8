"""What a trainee gathers on the way: written pieces, chosen clips, days of training."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from vigtui.domain.records.metadata import Label, Ref
from vigtui.domain.records.record import Record, Text
from vigtui.domain.vocabulary import TrainingDayKind

Trainee = Annotated[str, Label("trainee"), Ref(("people",), owner=True, on_removal="refuse")]


class TrainingDay(Record, frozen=True, kw_only=True):
    """A seminar, or a meeting that somebody sat in on: `what` it was. Half a seminar day is 0.5 `days`."""

    table = "training_days"
    singular, plural = "training day", "training days"

    person: Trainee
    date: Annotated[dt.date, Label("day")]
    kind: TrainingDayKind = TrainingDayKind.SEMINAR
    what: Text = ""
    days: Annotated[float, Meta(ge=0, le=31)] = 1


class Reflection(Record, frozen=True, kw_only=True):
    """A written piece in Markdown. Until the day on which it is `finished` its writer alone reads it.

    `piece` is what the programme calls it, `stage` the stage it is written for; `clips` are those it is
    about.
    """

    table = "reflections"
    singular, plural = "written reflection", "written reflections"

    person: Trainee
    piece: Annotated[str, Label("written piece")] = ""
    stage: str = ""
    body: Annotated[Text, Label("words")] = ""
    clips: Annotated[tuple[str, ...], Ref(("clips",), on_removal="clear", about=True)] = ()
    finished: Annotated[dt.date | None, Label("day it was finished")] = None


class ChosenClip(Record, frozen=True, kw_only=True):
    """A clip that a trainee has chosen to show their way, and why. It belongs to the family's work."""

    table = "chosen_clips"
    singular, plural = "chosen clip", "chosen clips"

    person: Annotated[str, Label("trainee"), Ref(("people",), on_removal="refuse")]
    clip: Annotated[str, Ref(("clips",), owner=True, on_removal="cascade")]
    why: Annotated[Text, Label("why it was chosen")] = ""
