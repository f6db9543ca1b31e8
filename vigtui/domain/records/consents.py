"""Who has agreed to what."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.metadata import MEMBERS, Label, Order, Ref, Safer
from vigtui.domain.records.record import FamilyId, Record, Somebody
from vigtui.domain.vocabulary import Decision, Purpose


class Consent(Record, frozen=True, kw_only=True):
    """One decision by or for one member about one purpose. The latest by date holds."""

    table = "consents"
    singular, plural = "consent", "consents"

    family: FamilyId
    member: Annotated[str, Ref((MEMBERS, "people"), owner=True, on_removal="cascade", or_words=True)]
    purpose: Purpose
    decision: Annotated[
        Decision, Safer((Decision.WITHDRAWN, Decision.REFUSED, Decision.NOT_ASKED, Decision.GIVEN))
    ]
    given_by: Annotated[Somebody, Label("who decided")] = ""
    date: Annotated[dt.date, Label("day")]
    until: Annotated[dt.date | None, Label("last day"), Safer(Order.LEAST)] = None
