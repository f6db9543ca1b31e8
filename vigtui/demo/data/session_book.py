"""Shortens the writing of supervision sessions and their agendas."""

import datetime as dt
from typing import Any

from vigtui.demo.data.book import Book
from vigtui.domain.records import Agreement, Amendment, Clip, Person, Session, SessionItem
from vigtui.domain.vocabulary import SessionMode, SessionState


def record_session(
    book: Book,
    supervisor: Person,
    trainees: tuple[Person, ...],
    date: dt.date,
    *,
    minutes: int = 90,
    mode: SessionMode = SessionMode.ONE_TO_ONE,
    programme: str = "",
    stage: str = "",
    state: SessionState = SessionState.HELD,
    opening: str = "",
    strengths: str = "",
    amendments: tuple[Amendment, ...] = (),
) -> Session:
    people = (supervisor.id, *(trainee.id for trainee in trainees))
    at = dt.datetime.combine(date, dt.time(16), dt.UTC)
    return book.add(
        Session(
            supervisor=supervisor.id,
            trainees=people[1:],
            date=date,
            minutes=minutes,
            mode=mode,
            programme=programme,
            stage=stage,
            state=state,
            opening=opening,
            strengths=strengths,
            agreed=Agreement(by=people, at=at) if state is SessionState.AGREED else None,
            amendments=amendments,
        )
    )


def record_item(
    book: Book, session: Session, order: int, clip: Clip | None, beside: Clip | None, **words: Any
) -> None:
    book.add(
        SessionItem(
            session=session.id,
            order=order,
            clip=clip.id if clip else "",
            companion=beside.id if beside else "",
            agreed=session.agreed,
            **words,
        )
    )
