"""From a record that is listed to the screen that shows it."""

from textual.message import Message

from vigtui.domain.records import (
    Clip,
    Family,
    Note,
    Record,
    Recording,
    Session,
    SessionItem,
    Still,
    Tag,
)
from vigtui.ui.screens.navigation import OpenClip, OpenFamily, OpenRecording, OpenSession
from vigtui.wording.names import Names


def way_to(names: Names, record: Record) -> Message | None:
    """Return the message that opens a record's own screen, or that of its family; None where no screen shows
    it."""
    match record:
        case Family():
            return OpenFamily(record.id)
        case Recording():
            return OpenRecording(record.id)
        case Clip():
            return OpenClip(record.id)
        case Still() | Tag():
            return OpenClip(record.clip, record.at_ms) if names.find(Clip, record.clip) else None
        case Session():
            return OpenSession(record.id)
        case SessionItem():
            return OpenSession(record.session, record.id) if names.find(Session, record.session) else None
        case Note():
            about = (names.find(kind, record.about) for kind in (Clip, Recording, Session, SessionItem))
            found = next((each for each in about if each is not None), None)
            if found is not None:
                return way_to(names, found)
    family = names.family(record)
    return OpenFamily(family.id, record.id) if family is not None else None
