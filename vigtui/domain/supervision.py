"""Supervision sessions: their order, what came before, and what may still be changed."""

import datetime as dt
from collections.abc import Iterable

from msgspec import structs

from vigtui.domain.lookup import Find
from vigtui.domain.records import Amendment, Clip, Session, SessionItem
from vigtui.domain.vocabulary import Purpose, SessionKind, SessionMode, SessionState
from vigtui.values.days import show_whole_day
from vigtui.values.order import moved_by


def purpose_of(session: Session) -> Purpose:
    """Return the purpose for which film is seen in a session. VERP with one participant is their shared
    review; where there are several, each sees the others' film, as colleagues do in intervision."""
    if session.kind is SessionKind.SUPERVISION:
        return Purpose.SUPERVISION
    alone = session.kind is SessionKind.VERP and len(session.trainees) < 2
    return Purpose.FILM if alone else Purpose.INTERVISION


def in_order(items: Iterable[SessionItem], session: str) -> list[SessionItem]:
    """Return the agenda of session id `session`, in the order it is walked."""
    own = [item for item in items if item.session == session]
    return sorted(own, key=lambda item: (item.order, item.id))


def clips_of(find: Find, item: SessionItem) -> list[str]:
    """Return the ids of the clips that are seen for an item, each once: its own, the one beside it, and the
    client clip that a shared-review clip discusses."""
    clip = find(Clip, item.clip)
    named = (item.clip, item.companion, clip.companion if clip else "")
    return [each for each in dict.fromkeys(named) if each]


def moved(items: Iterable[SessionItem], item: SessionItem, by: int) -> list[SessionItem]:
    """Return the agenda of the item's session with the item earlier (-1) or later (1), all numbered again;
    nothing at either end."""
    return moved_by(in_order(items, item.session), item, by)


def sessions_of(sessions: Iterable[Session], trainee: str) -> list[Session]:
    """Return the sessions with trainee id `trainee`, by date."""
    own = [session for session in sessions if trainee in session.trainees]
    return sorted(own, key=lambda session: (session.date, session.id))


def last_held(sessions: Iterable[Session], trainee: str) -> Session | None:
    """Return the trainee's newest supervision that has taken place."""
    held = [
        each
        for each in sessions_of(sessions, trainee)
        if each.state is not SessionState.PLANNED and each.kind is SessionKind.SUPERVISION
    ]
    return held[-1] if held else None


def next_planned(sessions: Iterable[Session], trainee: str, today: dt.date) -> Session | None:
    """Return the trainee's next session from `today` on."""
    planned = (
        each
        for each in sessions_of(sessions, trainee)
        if each.state is SessionState.PLANNED and each.date >= today
    )
    return next(planned, None)


def number(session: Session, sessions: Iterable[Session]) -> int:
    """Return which session of its kind this is, counted from 1 among those that share a trainee with it."""
    before = {
        each.id
        for each in sessions
        if each.id != session.id
        and each.kind is session.kind
        and (each.date, each.id) < (session.date, session.id)
        and not set(each.trainees).isdisjoint(session.trainees)
    }
    return len(before) + 1


def trainee_of(session: Session, guider: str) -> str:
    """Return which trainee of the session an item is about, whose clip is of a family with this guider: the
    guider, or the only trainee; "" when it is nobody in particular."""
    if guider in session.trainees:
        return guider
    return session.trainees[0] if len(session.trainees) == 1 else ""


def in_its_mode(session: Session) -> Session:
    """Return a session of several trainees as one in a group, where it says one to one."""
    several = len(session.trainees) > 1 and session.mode is SessionMode.ONE_TO_ONE
    return structs.replace(session, mode=SessionMode.GROUP) if several else session


def require_open(session: Session) -> None:
    """Raise ValueError with a sentence if the session is agreed, so that neither it, its items nor its
    shared notes may be changed. Call before saving a change to any of them."""
    if session.state is SessionState.AGREED:
        raise ValueError(
            f"The record of {show_whole_day(session.date)} is agreed and stays as it is. "
            "Add an amendment instead."
        )


def revise(session: Session, **changes: object) -> Session:
    """Return the session with fields changed. Raises ValueError if it is agreed."""
    require_open(session)
    return structs.replace(session, **changes)


def amend(session: Session, by: str, at: dt.datetime, words: str) -> Session:
    """Return the agreed session with a dated, signed addition. Raises ValueError if that is not possible."""
    if session.state is not SessionState.AGREED:
        raise ValueError("This record is not agreed yet: change it itself, an amendment is not needed.")
    if not by or not words.strip():
        raise ValueError("An amendment needs words, and the name of the person who adds them.")
    addition = Amendment(by=by, at=at, words=words.strip())
    return structs.replace(session, amendments=(*session.amendments, addition))
