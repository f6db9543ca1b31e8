"""Who has agreed to what."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.metadata import MEMBERS, Label, Order, Ref, Safer
from vigtui.domain.records.record import FamilyId, Record, Somebody
from vigtui.domain.vocabulary import Decision, Purpose


class Consent(Record, frozen=True, kw_only=True):
    """One decision about one purpose: by or for a member of the family, a visitor who is in a recording (by
    name), or a colleague. The latest by date holds.

    A refusal or withdrawal is not removed when it was `mistaken`: it says why, and no longer counts.
    """

    table = "consents"
    singular, plural = "consent", "consents"

    family: FamilyId
    member: Annotated[str, Ref((MEMBERS, "people"), owner=True, on_removal="clear", or_words=True)]
    purpose: Purpose
    decision: Annotated[
        Decision, Safer((Decision.WITHDRAWN, Decision.REFUSED, Decision.NOT_ASKED, Decision.GIVEN))
    ]
    given_by: Annotated[Somebody, Label("who decided")] = ""
    date: Annotated[dt.date, Label("day")]
    until: Annotated[dt.date | None, Label("last day"), Safer(Order.LEAST)] = None
    mistaken: Annotated[str, Label("why it was a mistake"), Safer(("",))] = ""
