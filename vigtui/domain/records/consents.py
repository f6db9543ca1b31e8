"""Who has agreed to what."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.metadata import MEMBERS, Label, Order, Ref, Safer, Together
from vigtui.domain.records.record import FamilyId, Record, Somebody
from vigtui.domain.vocabulary import Decision, Purpose

_DECISION = Together("what was decided")


class Consent(Record, frozen=True, kw_only=True):
    """One decision about one purpose: by or for a member of the family, a visitor who is in a recording (by
    name), or a colleague. The latest by date holds.

    A refusal or withdrawal is not removed when it was `mistaken`: it says why, and no longer counts.
    """

    table = "consents"
    singular, plural = "consent", "consents"

    family: FamilyId
    member: Annotated[str, Ref((MEMBERS, "people"), owner=True, on_removal="clear", or_words=True)]
    purpose: Annotated[Purpose, _DECISION]
    decision: Annotated[
        Decision, Safer((Decision.WITHDRAWN, Decision.REFUSED, Decision.NOT_ASKED, Decision.GIVEN)), _DECISION
    ]
    given_by: Annotated[Somebody, Label("who decided")] = ""
    date: Annotated[dt.date, Label("day"), _DECISION]
    until: Annotated[dt.date | None, Label("last day"), Safer(Order.LEAST), _DECISION] = None
    mistaken: Annotated[str, Label("why it was a mistake"), Safer(("",)), _DECISION] = ""
