"""The demo's supervision of Noor, alone and in a group, and of Sol."""

from collections.abc import Mapping

from vigtui.demo.data.book import Book
from vigtui.demo.data.people import Staff
from vigtui.demo.data.session_book import record_item, record_session
from vigtui.domain.records import Clip
from vigtui.domain.vocabulary import SessionMode, SessionState


def noors_sessions(book: Book, people: Staff, plover: Mapping[str, Clip]) -> None:
    group = record_session(
        book,
        people.ros,
        (people.ellis, people.noor),
        book.ago(19),
        minutes=120,
        mode=SessionMode.GROUP,
        strengths="Each brought what had worked.",
    )
    record_item(
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
    coming = record_session(book, people.ros, (people.noor,), book.ahead(4), state=SessionState.PLANNED)
    record_item(book, coming, 1, plover["C3-1"], None, trainee_question="What made her look back?")


def sols_sessions(book: Book, people: Staff, dunlin: Mapping[str, Clip]) -> None:
    for number, days in enumerate((520, 480, 430, 380, 320)):
        session = record_session(
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
        record_item(book, session, 1, None, None, working_point=point[number])
    _sol_now(book, people, dunlin)


def _sol_now(book: Book, people: Staff, dunlin: Mapping[str, Clip]) -> None:
    latest = record_session(
        book,
        people.ines,
        (people.sol,),
        book.ago(12),
        programme=people.programme.id,
        stage="Stage 2",
        strengths="Warmth from the first second.",
    )
    record_item(
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
    record_session(
        book,
        people.ines,
        (people.sol,),
        book.ahead(9),
        programme=people.programme.id,
        stage="Stage 2",
        state=SessionState.PLANNED,
    )
