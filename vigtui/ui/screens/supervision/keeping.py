"""The texts of a walk as they are in the caseload, and keeping what is written in them."""

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from vigtui.domain.notes import own_note
from vigtui.domain.records import Record, Session, SessionItem
from vigtui.domain.sessions.seeing import ITEM_TEXTS, Sides, are_strengths_withheld, begun, sides
from vigtui.domain.supervision import require_open
from vigtui.domain.vocabulary import Visibility
from vigtui.ui.screens.supervision.texts import OWN_SEEING, PRIVATE, SESSION_TEXTS
from vigtui.ui.widgets.case_screen import CaseScreen
from vigtui.workspace.drafts import Draft, note_draft, versions_of

R = TypeVar("R", Session, SessionItem)


def text_drafts(
    screen: CaseScreen, session: Session | None, found: Sides | None, *, locked: bool, first: bool
) -> dict[str, Draft]:
    """Every text by its name: what the trainee sees by themselves, if they are at the keyboard, the item's,
    the session's, and the person's private note. `first` says that the person writes before the trainee all
    the same."""
    drafts: dict[str, Draft] = {}
    if found is not None and found.writes_own:
        drafts[OWN_SEEING] = _own_seeing(screen, found, locked=locked)
    if found is not None and not found.words_withheld:
        for name in ITEM_TEXTS:
            words = f"Write “{name.replace('_', ' ')}”"
            keep = _keep(screen, found.item, found.item.session, name, words, found)
            closed = locked or (found.asks_first and not first)
            drafts[name] = _draft(screen, found.item, name, keep, locked=closed)
    if session is not None:
        person = screen.workspace.person
        hidden = person is not None and are_strengths_withheld(session, person.id)
        for name in SESSION_TEXTS[:1] if hidden else SESSION_TEXTS:
            keep = _keep(screen, session, session.id, name, f"Write the session's {name}")
            drafts[name] = _draft(screen, session, name, keep, locked=locked)
        if person is not None:
            note = own_note(screen.caseload.where, session.id, person.id, Visibility.AUTHOR)
            drafts[PRIVATE] = note_draft(screen.caseload, note, "a note only you read")
    return drafts


def _draft(
    screen: CaseScreen, record: Record, name: str, keep: Callable[[str], None], *, locked: bool
) -> Draft:
    return Draft(getattr(record, name), keep, locked, versions_of(screen.caseload, record, name))


def _own_seeing(screen: CaseScreen, found: Sides, *, locked: bool) -> Draft:
    """What the trainee sees by themselves: dated by its first words, and closed once it is done."""

    def keep(text: str) -> None:
        now = sides(screen.caseload.get, screen.caseload.where, found.session, found.item, found.reader)
        dated = replace(begun(now), date=now.seeing.date or screen.workspace.today(), words=text)
        with screen.caseload.transaction("Write what you see by yourself"):
            screen.caseload.save(dated)

    return _draft(screen, found.seeing, "words", keep, locked=locked or found.seeing.done)


def _keep(
    screen: CaseScreen, record: R, session: str, name: str, words: str, found: Sides | None = None
) -> Callable[[str], None]:
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
            if found is not None:
                _note_first(screen, found)

    return keep


def _note_first(screen: CaseScreen, found: Sides) -> None:
    """Keep what of the others' the person had when they wrote about another's item for the first time."""
    now = sides(screen.caseload.get, screen.caseload.where, found.session, found.item, found.reader)
    if found.reader and found.trainee and not (found.is_own or now.own.begun):
        screen.caseload.save(begun(now))
