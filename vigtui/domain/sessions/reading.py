"""Who reads the record of a session: what was said there is for those who were there, and who supervises."""

from vigtui.domain.lookup import Find
from vigtui.domain.people import supervises
from vigtui.domain.records import AgreedWords, Note, Person, PointStep, Session, SessionItem, SkillRating
from vigtui.domain.sessions.seeing import whose
from vigtui.domain.sessions.working_points import may_read_points

_WORDS = ("opening", "strengths", "amendments")
"""The fields of a session that say more than who meets, and when."""


def may_read_session(reader: Person | None, session: Session) -> bool:
    """Return whether somebody opens a session and reads its record: who takes part in it or leads it, and
    whoever supervises. Without a reader it is not known who is there, and nothing is kept from them."""
    if reader is None or not session.trainees:
        return True
    return supervises(reader) or reader.id in (session.supervisor, *session.trainees)


def is_of_others(find: Find, record: object, field: str, reader: Person | None) -> bool:
    """Whether this, or a `field` of it, is what others said in a session that is not the reader's."""
    if reader is None or (isinstance(record, Session) and field not in _WORDS):
        return False
    session = _session_of(find, record)
    if session is None:
        return False
    if isinstance(record, PointStep) and (item := find(SessionItem, record.item)):
        return not may_read_points(reader, session, whose(find, session, item))
    return not may_read_session(reader, session)


def _session_of(find: Find, record: object) -> Session | None:
    """The session that a record is part of; None for one of anything else."""
    match record:
        case Session():
            return record
        case SessionItem(session=identity) | SkillRating(session=identity):
            return find(Session, identity)
        case PointStep(item=identity):
            item = find(SessionItem, identity)
            return find(Session, item.session) if item else None
        case AgreedWords():
            return _session_of(find, find(SessionItem, record.item) or find(Session, record.session))
        case Note(about=identity):
            return _session_of(find, find(SessionItem, identity) or find(Session, identity))
    return None
