"""What is not for whoever searches: it is neither found nor counted."""

from collections.abc import Callable

from vigtui.domain.lookup import Find, Where
from vigtui.domain.people import may_see_way
from vigtui.domain.records import (
    ChosenClip,
    Note,
    Person,
    PointStep,
    Record,
    Reflection,
    Seeing,
    Session,
    SessionItem,
)
from vigtui.domain.sessions.seeing import sides, whose
from vigtui.domain.sessions.working_points import may_read_points
from vigtui.domain.vocabulary import Visibility


def may_read(
    find: Find,
    where: Where,
    reader: Person | None,
    is_hidden: Callable[[Record, str], bool],
    record: Record,
    field: str,
) -> bool:
    """Return whether `reader`, None for anybody, may read a field of a record: what `is_hidden` (as
    `Names.is_hidden`, for the same reader) does not hide, and the screen on which it stands would show."""
    match record:
        case Seeing():
            return not is_hidden(record, field) or (
                reader is not None and _is_shown(find, where, reader, record)
            )
        case PointStep():
            return _may_read_step(find, reader, record)
        case Reflection(person=person) | ChosenClip(person=person) if not may_see_way(reader, person):
            return False
    return not is_hidden(record, field)


def kept_by(record: Record) -> str:
    """Return the id of the only person who may read a record, whatever else is so; "" where others might. It
    says of a note at once what `may_read` looks up."""
    return record.author if isinstance(record, Note) and record.visibility is Visibility.AUTHOR else ""


def _is_shown(find: Find, where: Where, reader: Person, seeing: Seeing) -> bool:
    """Whether the walk shows this own seeing of a trainee to somebody else."""
    item = find(SessionItem, seeing.item)
    session = find(Session, item.session) if item else None
    if item is None or session is None:
        return False
    found = sides(find, where, session, item, reader.id)
    return found.seeing.id == seeing.id and found.seeing_shown


def _may_read_step(find: Find, reader: Person | None, step: PointStep) -> bool:
    """Whether the own thread shows this step to whoever searches."""
    item = find(SessionItem, step.item)
    session = find(Session, item.session) if item else None
    if item is None or session is None:
        return False
    return may_read_points(reader, session, whose(find, session, item))
