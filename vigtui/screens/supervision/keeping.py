"""The texts of a walk as they are in the caseload, and keeping what is written in them."""

from collections.abc import Callable

from msgspec.structs import replace

from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import require_open
from vigtui.domain.vocabulary import Visibility
from vigtui.screens.supervision.texts import ITEM_TEXTS, PRIVATE, SESSION_TEXTS, Written
from vigtui.widgets.base import VigScreen
from vigtui.widgets.own_note import keep_note, own_note


def written_texts(
    screen: VigScreen, session: Session | None, item: SessionItem | None, *, locked: bool
) -> dict[str, Written]:
    """Every text by its name: the item's, the session's, and the person's private note."""
    caseload, person = screen.caseload, screen.workspace.person
    written: dict[str, Written] = {}
    if item is not None:
        for name in ITEM_TEXTS:
            written[name] = Written(getattr(item, name), _keep_item(screen, item.id, name), locked)
    if session is not None:
        for name in SESSION_TEXTS:
            written[name] = Written(getattr(session, name), _keep_session(screen, session.id, name), locked)
        if person is not None:
            note = own_note(caseload, session.id, person.id, Visibility.AUTHOR)
            keep = keep_note(caseload, note, "a note only you read")
            written[PRIVATE] = Written(note.body, keep, bool(caseload.read_only))
    return written


def _keep_item(screen: VigScreen, item: str, name: str) -> Callable[[str], None]:
    def keep(text: str) -> None:
        latest = screen.caseload.get(SessionItem, item)
        session = screen.caseload.get(Session, latest.session) if latest else None
        if latest is not None:
            changed = replace(latest, **{name: text})
            _keep(screen, session, changed, f"Write “{name.replace('_', ' ')}”")

    return keep


def _keep_session(screen: VigScreen, session: str, name: str) -> Callable[[str], None]:
    def keep(text: str) -> None:
        latest = screen.caseload.get(Session, session)
        if latest is not None:
            _keep(screen, latest, replace(latest, **{name: text}), f"Write the session's {name}")

    return keep


def _keep(screen: VigScreen, session: Session | None, record: Session | SessionItem, words: str) -> None:
    try:
        if session is not None:
            require_open(session)
    except ValueError as error:
        screen.tell(str(error), problem=True)
        return
    with screen.caseload.transaction(words):
        screen.caseload.save(record)
