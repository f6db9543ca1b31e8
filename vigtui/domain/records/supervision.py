"""Supervision sessions, their agenda, and notes."""

import datetime as dt
from typing import Annotated

from msgspec import Struct

from vigtui.domain.records.metadata import Label, Ref, Safer
from vigtui.domain.records.programmes import ProgrammeId
from vigtui.domain.records.record import Colleague, Count, Record, Text
from vigtui.domain.vocabulary import SessionMode, SessionState, Visibility


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
    """A supervision session."""

    table = "sessions"
    singular, plural = "supervision session", "supervision sessions"

    supervisor: Colleague
    trainees: Annotated[tuple[str, ...], Ref(("people",), on_removal="refuse")] = ()
    date: Annotated[dt.date, Label("day")]
    minutes: Count = 0
    mode: SessionMode = SessionMode.ONE_TO_ONE
    programme: ProgrammeId = ""
    stage: str = ""
    state: Annotated[SessionState, Label("state of the record")] = SessionState.PLANNED
    opening: Text = ""
    strengths: Text = ""
    agreed: Annotated[Agreement | None, Label("agreement")] = None
    amendments: tuple[Amendment, ...] = ()


class SessionItem(Record, frozen=True, kw_only=True):
    """One item of a supervision session's agenda; `agreed` as the session's, once its record is."""

    table = "session_items"
    singular, plural = "agenda item", "agenda items"

    session: Annotated[str, Label("supervision"), Ref(("sessions",), owner=True, on_removal="cascade")]
    order: Annotated[int, Label("place on the agenda")] = 0
    clip: Annotated[str, Ref(("clips",), on_removal="clear")] = ""
    companion: Annotated[str, Label("companion clip"), Ref(("clips",), on_removal="clear")] = ""
    trainee_question: Annotated[Text, Label("trainee’s question")] = ""
    seen_together: Annotated[Text, Label("what was seen together")] = ""
    working_point: Text = ""
    next_step: Text = ""
    agreed: Annotated[Agreement | None, Label("agreement")] = None


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
