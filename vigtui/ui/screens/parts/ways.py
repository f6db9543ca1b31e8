"""From a record, or some words of it, to the screen that shows it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from textual.message import Message

from vigtui.domain.records import (
    ChosenClip,
    Consent,
    Description,
    Family,
    HelpingQuestion,
    Moment,
    Note,
    PlannedMoment,
    PointStep,
    Rating,
    Record,
    Recording,
    Reflection,
    Seeing,
    Session,
    SessionItem,
    TrajectEntry,
    TrajectHeading,
    Voice,
)
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.vocabulary import Visibility
from vigtui.queries.search.film import FilmPlace, film_place
from vigtui.ui.screens.navigation import (
    OpenChart,
    OpenClip,
    OpenFamily,
    OpenFilming,
    OpenPiece,
    OpenPortfolio,
    OpenRecording,
    OpenReview,
    OpenSession,
    OpenThread,
    OpenVoices,
)
from vigtui.wording.names import Names

_SECTIONS: dict[type[Record], str] = {
    HelpingQuestion: "questions",
    Voice: "questions",
    Description: "questions",
    TrajectEntry: "traject",
    TrajectHeading: "traject",
    Consent: "consents",
}
_REFERRAL = {
    "reasons": "referral",
    "whose_idea": "referral",
    "timescales": "fit",
    "formulation": "fit",
    "chronology": "fit",
    "words": "closure",
}


class Words(Struct, frozen=True):
    """Some words of a record: the field in which they are, and what was `typed` to find them."""

    field: str = ""
    typed: str = ""


ANY = Words()


def way_to(names: Names, record: Record, words: Words = ANY) -> Message | None:
    """Return the message that opens a record where it is shown, film at its time, or else its family; None
    where no screen shows it."""
    place = film_place(names.find, record, words.typed)
    if isinstance(record, Recording) and words is ANY:
        return OpenRecording(record.id)
    return way_to_film(record, place) if place else way_without_film(names, record, words)


def way_to_film(record: Record, place: FilmPlace) -> Message:
    """Return the message that opens film at a record's place in it."""
    noted = isinstance(record, Note)
    if place.clip:
        return OpenClip(place.clip, place.at_ms, with_notes=noted)
    return OpenRecording(place.recording, place.at_ms, with_notes=noted)


def way_without_film(names: Names, record: Record, words: Words = ANY) -> Message | None:
    """Return the message that opens a record where it is shown, without any film; what is of film is shown
    at its recording, in the family."""
    make = _OWN.get(type(record))
    own = make(names, record, words) if make else None
    family = names.family(record)
    if own is not None or family is None:
        return own
    place = film_place(names.find, record, words.typed)
    if place is not None:
        return OpenFamily(family.id, place.recording, "film")
    return OpenFamily(family.id, record.id, _SECTIONS.get(type(record), ""))


def _family(_: Names, family: Family, words: Words) -> Message:
    if part := _REFERRAL.get(words.field):
        return OpenFamily(family.id, f"{part}:{words.field}", "referral")
    return OpenFamily(family.id)


def _recording(names: Names, recording: Recording, _: Words) -> Message | None:
    family = names.family(recording)
    return OpenFamily(family.id, recording.id, "film") if family else None


def _session(_: Names, session: Session, words: Words) -> Message:
    return OpenSession(session.id, text=words.field if words.field in ("opening", "strengths") else "")


def _item(names: Names, item: SessionItem, words: Words) -> Message | None:
    if names.find(Session, item.session) is None:
        return None
    texts = ("seen_together", "working_point", "next_step")
    return OpenSession(item.session, item.id, words.field if words.field in texts else "")


def _seeing(names: Names, seeing: Seeing, _: Words) -> Message | None:
    item = names.find(SessionItem, seeing.item)
    return _item(names, item, ANY) if item else None


def _step(names: Names, step: PointStep, _: Words) -> Message | None:
    item = names.find(SessionItem, step.item)
    session = names.find(Session, item.session) if item else None
    trainee = whose(names.find, session, item) if session and item else ""
    return OpenThread(trainee, step.item) if trainee else None


def _note(names: Names, note: Note, _: Words) -> Message | None:
    item, session = names.find(SessionItem, note.about), names.find(Session, note.about)
    if item is not None:
        return _item(names, item, ANY)
    if session is not None:
        return OpenSession(session.id, text="private" if note.visibility is Visibility.AUTHOR else "")
    family = names.family(note)
    return OpenFamily(family.id, note.about) if family and not film_place(names.find, note) else None


def _moment(_: Names, moment: Moment, __: Words) -> Message | None:
    by_clock = not moment.recording and not moment.clip
    return OpenFilming(moment.cycle, moment.kind) if by_clock else None


def _voice(_: Names, voice: Voice, __: Words) -> Message | None:
    return None if voice.family else OpenVoices(voice.id)


_OWN: dict[type[Record], Callable[[Names, Any, Words], Message | None]] = {
    Family: _family,
    Recording: _recording,
    Session: _session,
    SessionItem: _item,
    Seeing: _seeing,
    PointStep: _step,
    Note: _note,
    Moment: _moment,
    Voice: _voice,
    Rating: lambda _, each, __: OpenChart(each.question, each.id),
    PlannedMoment: lambda _, each, __: OpenReview(each.cycle, each.id),
    Reflection: lambda _, each, __: OpenPiece(each.id),
    ChosenClip: lambda _, each, __: OpenPortfolio(each.person),
}
"""What is shown elsewhere than among its family's lists; None from one of these: there after all."""
