"""The demo's supervision: held and agreed, held and open, planned, one to one, in a group and remote."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from vigtui.demo.data.book import Book
from vigtui.demo.data.heron import Heron
from vigtui.demo.data.people import Staff
from vigtui.domain.records import (
    Agreement,
    Amendment,
    Clip,
    Note,
    Person,
    Session,
    SessionItem,
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
    _noor(book, people, plover)
    _sol(book, people, dunlin)


def _session(
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


def _item(
    book: Book, session: Session, order: int, clip: Clip | None, beside: Clip | None, **words: Any
) -> None:
    book.add(
        SessionItem(
            session=session.id,
            order=order,
            clip=clip.id if clip else "",
            companion=beside.id if beside else "",
            **words,
        )
    )


def _agreed(book: Book, people: Staff, heron: Heron, date: dt.date) -> None:
    at = dt.datetime.combine(date + dt.timedelta(days=2), dt.time(9, 30), dt.UTC)
    session = _session(
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
    _item(
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
    session = _session(
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
    _item(
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
    _item(
        book,
        session,
        2,
        heron.clips["SR2-2"],
        heron.clips["C2-1"],
        trainee_question="Is one question enough at the end?",
    )
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
    session = _session(
        book,
        people.ros,
        (people.ellis,),
        book.ahead(2),
        programme=people.programme.id,
        stage="Stage 1",
        state=SessionState.PLANNED,
    )
    _item(
        book,
        session,
        1,
        heron.clips["SR3-1"],
        heron.clips["C3-2"],
        trainee_question="What did I leave to Dana here, that I took over before?",
    )
    _item(
        book,
        session,
        2,
        heron.clips["SR2-2"],
        heron.clips["C2-1"],
        trainee_question="Is one question enough at the end?",
    )
    _item(
        book,
        session,
        3,
        wren["SR1-1"],
        wren["C1-1"],
        trainee_question="Mira talks to the screen. How do I join without turning her away?",
    )


def _noor(book: Book, people: Staff, plover: Mapping[str, Clip]) -> None:
    group = _session(
        book,
        people.ros,
        (people.ellis, people.noor),
        book.ago(19),
        minutes=120,
        mode=SessionMode.GROUP,
        strengths="Each brought what had worked.",
    )
    _item(
        book,
        group,
        1,
        plover["SR2-1"],
        plover["C2-1"],
        trainee_question="How short can my turns be?",
        seen_together="Two short turns each, and a laugh.",
        working_point="Let Abel finish, then count to three.",
        next_step="Film the ball game again, later in the day.",
    )
    coming = _session(book, people.ros, (people.noor,), book.ahead(4), state=SessionState.PLANNED)
    _item(book, coming, 1, plover["C3-1"], None, trainee_question="What made her look back?")


def _sol(book: Book, people: Staff, dunlin: Mapping[str, Clip]) -> None:
    for number, days in enumerate((520, 480, 430, 380, 320)):
        session = _session(
            book,
            people.ines,
            (people.sol,),
            book.ago(days),
            programme=people.programme.id,
            stage="Stage 1",
            state=SessionState.AGREED,
        )
        point = (
            "Notice aloud.",
            "Wait longer.",
            "Fewer clips.",
            "Their words first.",
            "End on their question.",
        )
        _item(book, session, 1, None, None, working_point=point[number])
    latest = _session(
        book,
        people.ines,
        (people.sol,),
        book.ago(12),
        programme=people.programme.id,
        stage="Stage 2",
        strengths="Warmth from the first second.",
    )
    _item(
        book,
        latest,
        1,
        dunlin["SR1-1"],
        dunlin["C1-1"],
        trainee_question="Where did Bram's noticing begin?",
        seen_together="Bram points before Sol speaks.",
        working_point="Look for the finger before the word.",
        next_step="Start the next review where Bram points.",
    )
    _session(
        book,
        people.ines,
        (people.sol,),
        book.ahead(9),
        programme=people.programme.id,
        stage="Stage 2",
        state=SessionState.PLANNED,
    )


def _weekday(day: dt.date) -> dt.date:
    """Return the Tuesday of the week of `day`."""
    return day + dt.timedelta(days=1 - day.weekday())
