"""What is kept of film that was watched, shown or deleted, of copies that left, and of what was said."""

import datetime as dt
from typing import Annotated

from vigtui.domain.records.film import ClipId
from vigtui.domain.records.metadata import Label, Order, Ref, Safer, Sort, Together
from vigtui.domain.records.record import FamilyId, Milliseconds, Record, Somebody, Text
from vigtui.domain.vocabulary import CopyKind, Purpose

_QUOTED = Together("whether it may be quoted")


class Share(Record, frozen=True, kw_only=True):
    """A clip shown, or given, to somebody outside the work, and the consent that allowed it. Where a file was
    cut for them, `copy` is what the register has of it."""

    table = "shares"
    singular, plural = "share", "shares"

    clip: ClipId
    audience: str
    purpose: Purpose
    date: Annotated[dt.date, Label("day")]
    consent: Annotated[str, Ref(("consents",), on_removal="clear")] = ""
    organisation: str = ""
    reason: str = ""
    until: Annotated[dt.date | None, Safer(Order.LEAST)] = None
    copy: Annotated[str, Label("the copy they have"), Ref(("copies",), on_removal="clear")] = ""


class Deletion(Record, frozen=True, kw_only=True):
    """What stays when film is deleted: which, when, by whom and why. So the recording stays, too."""

    table = "deletions"
    singular, plural = "deletion record", "deletion records"

    recording: Annotated[str, Ref(("recordings",), owner=True, on_removal="refuse")]
    date: Annotated[dt.date, Label("day")]
    why: Annotated[Text, Label("reason")] = ""


class Viewing(Record, frozen=True, kw_only=True):
    """That a film began to play on a day, for whom, and for what: one for each person, film, day and purpose.
    `who` is whoever was said to sit there. It protects families, and measures nobody."""

    table = "viewings"
    singular, plural = "viewing", "viewings"

    recording: Annotated[str, Ref(("recordings",), owner=True, on_removal="cascade")]
    who: Somebody
    date: Annotated[dt.date, Label("day")]
    purpose: Purpose


class Copy(Record, frozen=True, kw_only=True):
    """A copy that is elsewhere: of film, of what is written, or, without a family, of the whole caseload.

    A thing that concerns several families has a record for each of them, with the same `thing`, so that
    nothing of one family is kept with another. `file` is the name of the file. A copy that `stays` is theirs
    to keep; one that was neither given back nor destroyed is out. `asked` is when whoever has it was asked
    for it. A backup was last up to date when it was `renewed`, and holds the film of the recordings `films`.
    """

    table = "copies"
    singular, plural = "copy", "copies"

    family: FamilyId = ""
    kind: Annotated[CopyKind, Label("what it is")] = CopyKind.OTHER
    thing: Annotated[str, Label("which thing it is")] = ""
    about: Annotated[Text, Label("what it holds")] = ""
    file: Annotated[str, Label("name of the file")] = ""
    holder: Annotated[Somebody, Label("who has it")] = ""
    organisation: str = ""
    reason: str = ""
    date: Annotated[dt.date, Label("day")]
    until: Annotated[dt.date | None, Safer(Order.LEAST)] = None
    stays: Annotated[bool, Label("whether it is theirs to keep"), Safer((False, True))] = False
    asked: Annotated[dt.date | None, Label("day on which it was asked for")] = None
    given_back: Annotated[dt.date | None, Label("day on which it came back")] = None
    destroyed: Annotated[dt.date | None, Label("day on which it was destroyed")] = None
    renewed: Annotated[dt.datetime | None, Label("when it was last brought up to date")] = None
    films: Annotated[tuple[str, ...], Label("recordings of which it holds film"), Sort.LIST] = ()


class Voice(Record, frozen=True, kw_only=True):
    """What a parent, child, carer or worker said of the work, verbatim. Said in a shared review it is about a
    `clip`, at `at_ms` from the start of its recording. It is quoted in papers only where it `may_quote`:
    that was `agreed_by` somebody, the speaker or whoever decides for them, on a day."""

    table = "voices"
    singular, plural = "voice", "voices"

    family: FamilyId = ""
    speaker: Somebody
    words: str
    date: Annotated[dt.date, Label("day")]
    may_quote: Annotated[bool, Label("whether it may be quoted"), Safer((False, True)), _QUOTED] = False
    agreed_by: Annotated[Somebody, Label("who agreed to it being quoted"), _QUOTED] = ""
    agreed_on: Annotated[dt.date | None, Label("day of agreeing to it being quoted"), _QUOTED] = None
    clip: Annotated[str, Ref(("clips",), on_removal="clear")] = ""
    at_ms: Annotated[Milliseconds, Label("moment")] = 0
