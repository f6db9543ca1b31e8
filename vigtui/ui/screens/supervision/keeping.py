"""The texts of a walk as they are in the caseload, and keeping what is written in them."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from vigtui.domain.notes import own_note
from vigtui.domain.records import Session, SessionItem
from vigtui.domain.supervision import require_open
from vigtui.domain.vocabulary import Visibility
from vigtui.ui.screens.supervision.texts import ITEM_TEXTS, PRIVATE, SESSION_TEXTS
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.workspace.drafts import Draft, note_draft, versions_of

R = TypeVar("R", Session, SessionItem)


def text_drafts(
    screen: CaseScreen, session: Session | None, item: SessionItem | None, *, locked: bool
) -> dict[str, Draft]:
    """Every text by its name: the item's, the session's, and the person's private note."""
    drafts: dict[str, Draft] = {}
    if item is not None:
        for name in ITEM_TEXTS:
            words = f"Write “{name.replace('_', ' ')}”"
            drafts[name] = _draft(screen, item, item.session, name, words, locked=locked)
    if session is not None:
        for name in SESSION_TEXTS:
            words = f"Write the session's {name}"
            drafts[name] = _draft(screen, session, session.id, name, words, locked=locked)
        person = screen.workspace.person
        if person is not None:
            note = own_note(screen.caseload.where, session.id, person.id, Visibility.AUTHOR)
            drafts[PRIVATE] = note_draft(screen.caseload, note, "a note only you read")
    return drafts


def _draft(screen: CaseScreen, record: R, session: str, name: str, words: str, *, locked: bool) -> Draft:
    keep = _keep(screen, record, session, name, words)
    return Draft(getattr(record, name), keep, locked, versions_of(screen.caseload, record, name))


def _keep(screen: CaseScreen, record: R, session: str, name: str, words: str) -> Callable[[str], None]:
    def keep(text: str) -> None:
        nonlocal record
        agreed = screen.caseload.get(Session, session)
        try:
            if agreed is not None:
                require_open(agreed)
        except ValueError as error:
            screen.tell(str(error), problem=True)
            return
        with screen.caseload.transaction(words):
            record = screen.caseload.save(replace(record, **{name: text}))

    return keep
