"""Families, and where they stand with children's services."""

import datetime as dt
from typing import Annotated

from msgspec import Struct, field

from vigtui.domain.records.metadata import Label, Order, Safer, Together
from vigtui.domain.records.record import Colleague, FamilyId, Record, Text
from vigtui.domain.vocabulary import FamilyState, Setting, StatusKind
from vigtui.values.identity import new_id

_SPAN = Together("when it was so")


class Member(Struct, frozen=True, kw_only=True):
    """A person in a family, by a label that is not their real name."""

    id: str = field(default_factory=new_id)
    label: str
    relation: str = ""
    filmed: Annotated[bool, Label("whether they are filmed"), Safer((True, False))] = True


class Participant(Struct, frozen=True, kw_only=True):
    """Which colleague a `member` is, by id, who takes part in sessions of VERP."""

    member: str
    colleague: Colleague


class Fit(Struct, frozen=True, kw_only=True):
    """Why VIG fits this family now, in the guider's own words."""

    timescales: Text = ""
    formulation: Text = ""
    chronology: Text = ""


class Closure(Struct, frozen=True, kw_only=True):
    """How the work ended: a reason, one of the service's where it has that, and the family's words."""

    reason: str = ""
    words: Text = ""


class WordsKept(Struct, frozen=True, kw_only=True):
    """Until when what is written of a family is kept, where somebody decided that for it, why, and on which
    day."""

    until: Annotated[dt.date | None, Safer(Order.LEAST)] = None
    reason: Text = ""
    decided: Annotated[dt.date | None, Label("day of the decision")] = None


class Family(Record, frozen=True, kw_only=True):
    """A family by its code and pseudonym. Real names stay in the service's own system."""

    table = "families"
    singular, plural = "family", "families"

    code: str
    pseudonym: str = ""
    guider: Colleague = ""
    social_worker: Colleague = ""
    setting: Setting = Setting.BIRTH
    state: Annotated[FamilyState, Label("state of the work")] = FamilyState.REFERRED
    referred: Annotated[dt.date | None, Label("day of referral")] = None
    reasons: Text = ""
    whose_idea: Annotated[Text, Label("whose idea it was")] = ""
    fit: Annotated[Fit, Label("why VIG fits now")] = Fit()
    closure: Annotated[Closure, Label("how the work ended")] = Closure()
    ended: Annotated[dt.date | None, Label("day on which the work ended")] = None
    kept: Annotated[WordsKept, Label("until when its words are kept")] = WordsKept()
    members: tuple[Member, ...] = ()
    participants: Annotated[tuple[Participant, ...], Label("who takes part in VERP")] = ()


class StatusSpan(Record, frozen=True, kw_only=True):
    """One status over a span of days, both inclusive. No end means it goes on."""

    table = "status_spans"
    singular, plural = "status", "statuses"

    family: FamilyId
    kind: Annotated[StatusKind, Label("status")]
    start: Annotated[dt.date, _SPAN]
    end: Annotated[dt.date | None, _SPAN] = None
