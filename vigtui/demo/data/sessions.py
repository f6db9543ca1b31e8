"""The demo's supervision: held and agreed, held and open, planned, one to one, in a group and remote."""

import datetime as dt
from collections.abc import Mapping

from vigtui.demo.data.book import Book
from vigtui.demo.data.heron import Heron
from vigtui.demo.data.other_sessions import noors_sessions, sols_sessions
from vigtui.demo.data.people import Staff
from vigtui.demo.data.session_book import record_item, record_session
from vigtui.domain.records import (
    Amendment,
    Clip,
    Note,
    Session,
    SkillRating,
)
from vigtui.domain.vocabulary import SessionMode, SessionState, Visibility


def sessions(
    book: Book,
    people: Staff,
    heron: Heron,
    wren: Mapping[str, Clip],
    plover: Mapping[str, Clip],
    dunlin: Mapping[str, Clip],
) -> None:
    """Record every session, its agenda and its notes."""
    reviews = [book.today - dt.timedelta(days=days) for days in (89, 70)]
    _agreed(book, people, heron, _weekday(reviews[0]))
    _held(book, people, heron, _weekday(reviews[1]))
    _planned(book, people, heron, wren)
    noors_sessions(book, people, plover)
    sols_sessions(book, people, dunlin)


def _agreed(book: Book, people: Staff, heron: Heron, date: dt.date) -> None:
    at = dt.datetime.combine(date + dt.timedelta(days=2), dt.time(9, 30), dt.UTC)
    session = record_session(
        book,
        people.ros,
        (people.ellis,),
        date,
        programme=people.programme.id,
        stage="Stage 1",
        state=SessionState.AGREED,
        opening="Ellis is glad of the first film and unsure of the silences.",
        strengths="An open face, and time.",
        amendments=(
            Amendment(by=people.ros.id, at=at, words="Ellis tried the wait on the phone as well: it worked."),
        ),
    )
    record_item(
        book,
        session,
        1,
        heron.clips["SR1-1"],
        heron.clips["C1-1"],
        trainee_question="How do I leave room without seeming blank?",
        seen_together="A four-second wait, open face; Dana's longest turn follows.",
        working_point="Receive Dana's words before offering mine.",
        next_step="Begin the second review with Dana's first noticing.",
    )
    _agreed_words(book, people, session)


def _agreed_words(book: Book, people: Staff, session: Session) -> None:
    book.add(
        Note(
            about=session.id,
            author=people.ros.id,
            body="[SR1-1 00:12] Ellis nods, and waits.\n\n[SR1-1 00:16] Dana goes on, for longer than ever.",
        )
    )
    for rater, values in ((people.ellis, (3, 3, None)), (people.ros, (4, 4, 3))):
        for item, value in zip(people.scale.items, values, strict=True):
            book.add(
                SkillRating(
                    instrument=people.scale.id,
                    person=people.ellis.id,
                    rater=rater.id,
                    session=session.id,
                    item=item,
                    value=value,
                )
            )


def _held(book: Book, people: Staff, heron: Heron, date: dt.date) -> None:
    session = record_session(
        book,
        people.ros,
        (people.ellis,),
        date,
        minutes=75,
        mode=SessionMode.REMOTE,
        programme=people.programme.id,
        stage="Stage 1",
        opening="Ellis brings a hard word.",
        strengths="Stays close when it is hard.",
    )
    record_item(
        book,
        session,
        1,
        heron.clips["SR2-1"],
        heron.clips["C2-2"],
        trainee_question="When Dana names something hard, how do I stay with it?",
        seen_together="Ellis says Dana's word back and waits; Dana turns to the screen by herself.",
        working_point="Share my view in one short turn, then hand back.",
        next_step="Bring the last review, with Dana's longest turn.",
    )
    record_item(
        book,
        session,
        2,
        heron.clips["SR2-2"],
        heron.clips["C2-1"],
        trainee_question="Is one question enough at the end?",
    )
    _held_words(book, people, session)


def _held_words(book: Book, people: Staff, session: Session) -> None:
    book.add(
        Note(
            about=session.id,
            author=people.ros.id,
            body=(
                "[SR2-1 00:11] Ellis says Dana's word back, “sulking…”, and waits.\n\n"
                "[SR2-1 00:18] Dana turns to the screen: “He was waiting for me.”"
            ),
        )
    )
    book.add(
        Note(
            about=session.id,
            author=people.ros.id,
            visibility=Visibility.AUTHOR,
            body="My own turns were long today. Hand back sooner.",
        )
    )


def _planned(book: Book, people: Staff, heron: Heron, wren: Mapping[str, Clip]) -> None:
    session = record_session(
        book,
        people.ros,
        (people.ellis,),
        book.ahead(2),
        programme=people.programme.id,
        stage="Stage 1",
        state=SessionState.PLANNED,
    )
    record_item(
        book,
        session,
        1,
        heron.clips["SR3-1"],
        heron.clips["C3-2"],
        trainee_question="What did I leave to Dana here, that I took over before?",
    )
    record_item(
        book,
        session,
        2,
        heron.clips["SR2-2"],
        heron.clips["C2-1"],
        trainee_question="Is one question enough at the end?",
    )
    record_item(
        book,
        session,
        3,
        wren["SR1-1"],
        wren["C1-1"],
        trainee_question="Mira talks to the screen. How do I join without turning her away?",
    )


def _weekday(day: dt.date) -> dt.date:
    """Return the Tuesday of the week of `day`."""
    return day + dt.timedelta(days=1 - day.weekday())
