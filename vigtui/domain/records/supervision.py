"""Supervision sessions, their agenda, and notes."""

import datetime as dt
from typing import Annotated, Any

from msgspec import Struct, field

from vigtui.domain.records.metadata import Label, Ref, Safer
from vigtui.domain.records.programmes import ProgrammeId
from vigtui.domain.records.record import Colleague, Count, Record, Text
from vigtui.domain.vocabulary import PointState, SessionKind, SessionMode, SessionState, Visibility

ClipShown = Annotated[str, Ref(("clips",), on_removal="clear", about=True)]


class Agreement(Struct, frozen=True, kw_only=True):
    """Who agreed a supervision record, and when."""

    by: Annotated[tuple[str, ...], Label("agreed by"), Ref(("people",), on_removal="refuse", or_words=True)]
    at: Annotated[dt.datetime, Label("agreed")]


class Amendment(Struct, frozen=True, kw_only=True):
    """A dated, signed addition to an agreed record."""

    by: Annotated[str, Ref(("people",), on_removal="refuse", or_words=True)]
    at: Annotated[dt.datetime, Label("day")]
    words: str


class Session(Record, frozen=True, kw_only=True):
    """A supervision session, or one of intervision or VERP, as its `kind` says.

    In VERP `trainees` are the participants, and `supervisor` is the guider. Intervision has no supervisor,
    unless somebody leads it.
    """

    table = "sessions"
    singular, plural = "supervision session", "supervision sessions"

    supervisor: Colleague
    trainees: Annotated[tuple[str, ...], Ref(("people",), on_removal="refuse")] = ()
    date: Annotated[dt.date, Label("day")]
    minutes: Count = 0
    kind: Annotated[SessionKind, Label("kind of session")] = SessionKind.SUPERVISION
    mode: SessionMode = SessionMode.ONE_TO_ONE
    programme: ProgrammeId = ""
    stage: str = ""
    state: Annotated[SessionState, Label("state of the record")] = SessionState.PLANNED
    opening: Text = ""
    strengths: Text = ""
    agreed: Annotated[Agreement | None, Label("agreement")] = None
    amendments: tuple[Amendment, ...] = ()


class SessionItem(Record, frozen=True, kw_only=True):
    """One item of a supervision session's agenda; `agreed` as the session's, once its record is. Without a
    `trainee` it is that of the guider whose clip it shows."""

    table = "session_items"
    singular, plural = "agenda item", "agenda items"

    session: Annotated[str, Label("supervision"), Ref(("sessions",), owner=True, on_removal="cascade")]
    order: Annotated[int, Label("place on the agenda")] = 0
    trainee: Annotated[str, Label("whose item"), Ref(("people",), on_removal="refuse")] = ""
    clip: ClipShown = ""
    companion: Annotated[ClipShown, Label("companion clip")] = ""
    goal: Annotated[Text, Label("own goal")] = ""
    trainee_question: Annotated[Text, Label("trainee’s question")] = ""
    seen_together: Annotated[Text, Label("what was seen together")] = ""
    working_point: Text = ""
    next_step: Text = ""
    agreed: Annotated[Agreement | None, Label("agreement")] = None


class Known(Struct, frozen=True, kw_only=True):
    """The revision of another's `Seeing` that somebody had in their file, and whether it had been shown."""

    seeing: Annotated[str, Label("whose")]
    rev: Annotated[str, Label("revision")]
    shown: Annotated[bool, Label("whether it had been shown")] = False


class Seeing(Record, frozen=True, kw_only=True):
    """What one person sees in the film of an agenda item, written by themselves and read by nobody else
    before it is `done`; and, of everybody who writes about the item, from what they wrote.

    It is `begun` with the person's first words: here, or, of anybody but the trainee whose item it is, in
    the item. `knew` is what of the others' seeings was in the file then. `shown` is what of them the person
    has asked to see.
    """

    table = "seeings"
    singular, plural = "own seeing", "own seeings"

    item: Annotated[str, Label("agenda item"), Ref(("session_items",), owner=True, on_removal="cascade")]
    person: Colleague
    date: Annotated[dt.date | None, Label("day")] = None
    words: Text = ""
    done: Annotated[bool, Label("whether it is done")] = False
    begun: Annotated[bool, Label("whether it is begun")] = False
    knew: Annotated[tuple[Known, ...], Label("what was there when it was begun")] = ()
    shown: Annotated[tuple[Known, ...], Label("what was shown")] = ()


class Confirmation(Record, frozen=True, kw_only=True):
    """That somebody agrees to the words of a session's record as they were then: `words` is the digest of
    them (`domain.sessions.agreement.digest`)."""

    table = "confirmations"
    singular, plural = "confirmation", "confirmations"

    session: Annotated[str, Label("supervision"), Ref(("sessions",), owner=True, on_removal="cascade")]
    person: Colleague
    at: Annotated[dt.datetime, Label("day")]
    words: Annotated[str, Label("the words that were confirmed")]


class AgreedWords(Record, frozen=True, kw_only=True):
    """What was agreed of a `session`, or of one `item` of its agenda, a second time: each field that said
    something, as in the file."""

    table = "agreed_words"
    singular, plural = "copy of agreed words", "copies of agreed words"

    session: Annotated[str, Label("supervision"), Ref(("sessions",), owner=True, on_removal="cascade")] = ""
    item: Annotated[str, Label("agenda item"), Ref(("session_items",), owner=True, on_removal="cascade")] = ""
    agreed: Annotated[Agreement | None, Label("agreement")] = None
    words: dict[str, Any] = field(default_factory=dict)


class PointStep(Record, frozen=True, kw_only=True):
    """What became of the working point of an agenda item: from a day on it is practised, with the `clip`
    where that shows, or settled, or open again. Without any it is open."""

    table = "point_steps"
    singular, plural = "step of a working point", "steps of working points"

    item: Annotated[str, Label("working point"), Ref(("session_items",), owner=True, on_removal="cascade")]
    state: PointState
    date: Annotated[dt.date, Label("day")]
    clip: ClipShown = ""
    words: Text = ""


class Note(Record, frozen=True, kw_only=True):
    """Markdown about one thing: `about` is the id of a session, an item of its agenda, a family, a cycle, a
    whole recording or a clip."""

    table = "notes"
    singular, plural = "note", "notes"

    about: Annotated[
        str,
        Label("what it is about"),
        Ref(
            ("sessions", "session_items", "families", "cycles", "recordings", "clips"),
            owner=True,
            on_removal="cascade",
        ),
    ]
    author: Annotated[str, Ref(("people",), on_removal="refuse", or_words=True)] = ""
    visibility: Annotated[
        Visibility, Label("who reads it"), Safer((Visibility.AUTHOR, Visibility.SESSION))
    ] = Visibility.SESSION
    body: Annotated[Text, Label("words")] = ""
