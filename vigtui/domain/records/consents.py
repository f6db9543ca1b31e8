"""Who has agreed to what."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.metadata import MEMBERS, Label, Order, Ref, Safer, Sort, Together
from vigtui.domain.records.record import FamilyId, Record, Somebody, Text
from vigtui.domain.vocabulary import Copies, Decision, GivenAs, Purpose

_DECISION, _GIVER = Together("what was decided"), Together("who decided")


class Consent(Record, frozen=True, kw_only=True):
    """One decision about one purpose: by or for a member of the family, a visitor who is in a recording (by
    name), or a colleague. The latest by date holds.

    A consent that is given for named filming `days` is for film of those days alone; without, for film of all
    days. `child_view` is what the child themselves said of it, where another decided. `form` names the paper:
    which form, and which version of it.

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
    given_by: Annotated[Somebody, Label("who decided"), _GIVER] = ""
    given_as: Annotated[GivenAs, Label("on what standing"), _GIVER] = GivenAs.NOT_SAID
    date: Annotated[dt.date, Label("day"), _DECISION]
    until: Annotated[dt.date | None, Label("last day"), Safer(Order.LEAST), _DECISION] = None
    days: Annotated[tuple[dt.date, ...], Label("filming days"), Sort.ONE, Safer(Order.NAMED), _DECISION] = ()
    copies: Annotated[Copies, Safer((Copies.NO, Copies.NOT_SAID, Copies.YES)), _DECISION] = Copies.NOT_SAID
    child_view: Annotated[Text, Label("the child's own view")] = ""
    form: Annotated[str, Label("form and version")] = ""
    mistaken: Annotated[str, Label("why it was a mistake"), Safer(("",)), _DECISION] = ""
