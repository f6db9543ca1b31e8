"""Recordings, and what is marked in them. Deleting film leaves all of these records."""

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from vigtui.domain.records.metadata import MEMBERS, Label, Order, Ref, Safer, Secret, Sort, Together
from vigtui.domain.records.record import Count, Milliseconds, Record, Somebody, Text
from vigtui.domain.vocabulary import CodeUse, RecordingKind, RecordingState
from vigtui.values.identity import is_id

ClipId = Annotated[str, Ref(("clips",), owner=True, on_removal="cascade")]
"""The clip to which this belongs."""

_FILE, _WHERE = Together("which file it is"), Together("where it is")
_MEANING, _PLACE = Together("what it means"), Together("where the film is")


class Absence(Struct, frozen=True, kw_only=True):
    """Somebody who was said not to be in a film, by the name they are called here; who says so, and when."""

    who: Annotated[str, Label("not in it")]
    by: Annotated[str, Label("says"), Ref(("people",), on_removal="refuse", or_words=True)] = ""
    on: Annotated[dt.date, Label("day")]


class Recording(Record, frozen=True, kw_only=True):
    """A film. `path` is relative to the caseload's folder, with forward slashes; `size` is in bytes.

    `people` are in it: members of the family and colleagues by id, visitors by name. None, in a file from
    before this was said, stands for every member of the family who is marked as filmed.
    """

    table = "recordings"
    singular, plural = "recording", "recordings"

    cycle: Annotated[str, Ref(("cycles",), owner=True, on_removal="cascade")]
    kind: RecordingKind = RecordingKind.INTERACTION
    path: Annotated[str, Label("film file"), _FILE] = ""
    duration_ms: Annotated[Milliseconds, Label("length"), _FILE] = 0
    size: Annotated[Count, Label("size in bytes"), _FILE] = 0
    fingerprint: Annotated[str, Label("fingerprint of the film"), _FILE] = ""
    filmed: Annotated[dt.date | None, Label("day of filming")] = None
    people: Annotated[
        tuple[str, ...] | None,
        Label("who is in it"),
        Sort.LIST,
        Ref((MEMBERS, "people"), on_removal="clear", or_words=True),
        Safer(Order.ALL),
    ] = None
    absent: Annotated[tuple[Absence, ...], Label("who was said not to be in it")] = ()
    delete_by: Annotated[dt.date | None, Label("day by which it is to be deleted"), Safer(Order.LEAST)] = None
    hold_reason: Annotated[Text, Label("reason to keep it longer"), Safer(Order.SOME)] = ""
    state: Annotated[
        RecordingState,
        Label("state of the film"),
        Safer((RecordingState.DELETED, RecordingState.MISSING, RecordingState.PRESENT)),
    ] = RecordingState.PRESENT


class Clip(Record, frozen=True, kw_only=True):
    """A moment of a recording, from `in_ms` up to `out_ms`. `companion` is the client clip that this
    shared-review clip discusses."""

    table = "clips"
    singular, plural = "clip", "clips"

    recording: Annotated[str, Ref(("recordings",), owner=True, on_removal="cascade")]
    in_ms: Annotated[Milliseconds, Label("in-point"), _WHERE]
    out_ms: Annotated[Milliseconds, Label("out-point"), _WHERE]
    title: str = ""
    caption: Text = ""
    questions: Annotated[
        tuple[str, ...], Label("helping questions"), Ref(("questions",), on_removal="clear")
    ] = ()
    shown_in_review: Annotated[bool, Label("whether it was shown in the shared review")] = False
    order: Annotated[int, Label("place among the clips")] = 0
    companion: Annotated[str, Label("companion clip"), Ref(("clips",), on_removal="clear")] = ""


class Still(Record, frozen=True, kw_only=True):
    """One frame of a clip worth keeping; `at_ms` counts from the start of the recording."""

    table = "stills"
    singular, plural = "still", "stills"

    clip: ClipId
    at_ms: Annotated[Milliseconds, Label("moment")]
    caption: Text = ""


class Tag(Record, frozen=True, kw_only=True):
    """Who did what at a moment of a clip: `who` is a member or the guider, `principle` and `item` are
    ids of `principles`. `at_ms` counts from the start of the recording."""

    table = "tags"
    singular, plural = "tag", "tags"

    clip: ClipId
    at_ms: Annotated[Milliseconds, Label("moment")]
    who: Annotated[
        str,
        Label("who did it"),
        Ref((MEMBERS, "people"), owner=True, on_removal="cascade", or_words=True),
    ]
    principle: str
    item: Annotated[str, Label("what they did")] = ""


class CodeMeaning(Record, frozen=True, kw_only=True):
    """What a code of another program, as ELAN or BORIS, means to this service: a clip, a caption, or, of a
    tag, which principle. There is one for each code (`film.codes`)."""

    table = "code_meanings"
    singular, plural = "meaning of a code", "meanings of codes"

    code: str
    use: Annotated[CodeUse, Label("what it becomes"), _MEANING] = CodeUse.NOTHING
    principle: Annotated[str, _MEANING] = ""
    item: Annotated[str, Label("what they did"), _MEANING] = ""


class Moment(Record, frozen=True, kw_only=True):
    """What somebody marked by a key while they watched, to look at later: `at_ms` from the start of the
    recording. Marked while it was being filmed it is `at` a time of the clock, and has no recording before it
    is laid onto that of its `kind`. Once it became a `clip`, that is what is seen of it."""

    table = "moments"
    singular, plural = "moment", "moments"

    cycle: Annotated[str, Ref(("cycles",), owner=True, on_removal="cascade")]
    recording: Annotated[str, _WHERE, Ref(("recordings",), owner=True, on_removal="cascade")] = ""
    at_ms: Annotated[Milliseconds, Label("moment"), _WHERE] = 0
    at: Annotated[Annotated[dt.datetime, Meta(tz=True)] | None, Label("time of the clock")] = None
    kind: Annotated[RecordingKind, Label("what was filmed")] = RecordingKind.INTERACTION
    words: Text = ""
    clip: Annotated[str, Label("clip made of it"), Ref(("clips",), on_removal="clear", about=True)] = ""


class FilmPlace(Record, frozen=True, kw_only=True):
    """Where a recording's film is on this machine, in place of what the recording says: in a space each
    machine has its own, which never leaves it. There is one for each recording (`film.places`)."""

    table = "film_places"
    singular, plural = "place of a film", "places of films"

    recording: Annotated[str, Ref(("recordings",), owner=True, on_removal="cascade")]
    path: Annotated[str, Label("film file"), _PLACE] = ""
    state: Annotated[RecordingState, Label("state of the film"), _PLACE] = RecordingState.PRESENT


class AgendaFilm(Record, frozen=True, kw_only=True):
    """A clip's film for the agenda of a session, which lies in the folder of a space until its `last_day`.

    It is cut from `in_ms` up to `out_ms` of the recording, begins with the moment `starts_ms` of that, and is
    encrypted with a `key` that opens nothing else. `size` is its clear size in bytes, 0 until it is whole.
    `writer` is the machine that has made it and deletes it, `maker` who sat there.
    """

    table = "agenda_films"
    singular, plural = "film for an agenda", "films for an agenda"

    clip: ClipId
    session: Annotated[str, Label("supervision"), Ref(("sessions",), on_removal="cascade")]
    writer: Annotated[str, Label("machine that made it")]
    maker: Annotated[Somebody, Label("who made it")] = ""
    key: Annotated[str, Label("key of the file"), Secret()]
    in_ms: Annotated[Milliseconds, Label("in-point"), _WHERE]
    out_ms: Annotated[Milliseconds, Label("out-point"), _WHERE]
    starts_ms: Annotated[Milliseconds, Label("moment with which it begins"), _WHERE] = 0
    size: Annotated[Count, Label("size in bytes"), _WHERE] = 0
    last_day: Annotated[dt.date, Label("last day"), Safer(Order.LEAST)]

    @property
    def name(self) -> str:
        """What its file is called before the ending: the id without hyphens; "" where that is no id."""
        return self.id.replace("-", "") if is_id(self.id) else ""
