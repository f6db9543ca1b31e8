"""What a family would like to see change, how far it has come, and how they describe one another."""

import datetime as dt
from typing import Annotated

from msgspec import Struct

from vigtui.domain.records.metadata import Label, Ref, Together
from vigtui.domain.records.record import FamilyId, Record, Score, Somebody, Text
from vigtui.domain.vocabulary import Described, DescribedWhen

_ASKED, _WHEN = Together("when it was asked"), Together("when it was said")


class HelpingQuestion(Record, frozen=True, kw_only=True):
    """A helping question in its owner's own words. A new wording is a new question that supersedes it."""

    table = "questions"
    singular, plural = "helping question", "helping questions"

    family: FamilyId
    owner: Annotated[Somebody, Label("whose question it is")]
    words: str
    agreed: Annotated[dt.date | None, Label("day it was agreed"), _ASKED] = None
    ended: Annotated[dt.date | None, Label("day it ended"), _ASKED] = None
    superseded_by: Annotated[str, Label("later wording"), Ref(("questions",), on_removal="clear")] = ""


class Corrected(Struct, frozen=True, kw_only=True):
    """What a rating said before somebody corrected it: its value until that day."""

    value: Score | None = None
    until: dt.date
    by: Annotated[str, Label("corrected by"), Ref(("people",), on_removal="refuse", or_words=True)] = ""


class Rating(Record, frozen=True, kw_only=True):
    """One rater's answer on one day. `value` None means asked and not rated, which is not 0."""

    table = "ratings"
    singular, plural = "rating", "ratings"

    question: Annotated[str, Label("helping question"), Ref(("questions",), owner=True, on_removal="cascade")]
    rater: Somebody
    date: Annotated[dt.date, Label("day")]
    cycle: Annotated[str, Ref(("cycles",), on_removal="clear")] = ""
    value: Score | None = None
    words: Text = ""
    corrected: Annotated[tuple[Corrected, ...], Label("what it said before")] = ()


class Description(Record, frozen=True, kw_only=True):
    """How somebody describes the child, the relationship, or themselves as a parent, in their own words, at
    the start of the work and again at its end."""

    table = "descriptions"
    singular, plural = "description", "descriptions"

    family: FamilyId
    speaker: Somebody
    of: Annotated[Described, Label("what is described")]
    when: Annotated[DescribedWhen, Label("start or end"), _WHEN]
    words: str
    date: Annotated[dt.date, Label("day"), _WHEN]
