"""What is kept of film that was shown or deleted, and of what was said of the work."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.film import ClipId
from vigtui.domain.records.metadata import Label, Ref, Safer
from vigtui.domain.records.record import FamilyId, Record, Somebody, Text
from vigtui.domain.vocabulary import Purpose


class Share(Record, frozen=True, kw_only=True):
    """A clip shown to somebody outside the work, and the consent that allowed it."""

    table = "shares"
    singular, plural = "share", "shares"

    clip: ClipId
    audience: str
    purpose: Purpose
    date: Annotated[dt.date, Label("day")]
    consent: Annotated[str, Ref(("consents",), on_removal="clear")] = ""


class Deletion(Record, frozen=True, kw_only=True):
    """What stays when film is deleted: which, when, by whom and why. So the recording stays, too."""

    table = "deletions"
    singular, plural = "deletion record", "deletion records"

    recording: Annotated[str, Ref(("recordings",), owner=True, on_removal="refuse")]
    date: Annotated[dt.date, Label("day")]
    why: Annotated[Text, Label("reason")] = ""


class Voice(Record, frozen=True, kw_only=True):
    """What a parent, child, carer or worker said of the work, verbatim."""

    table = "voices"
    singular, plural = "words", "voices"

    family: FamilyId = ""
    speaker: Somebody
    words: str
    date: Annotated[dt.date, Label("day")]
    may_quote: Annotated[bool, Label("whether it may be quoted"), Safer((False, True))] = False
