"""F-021 "Wren": a parent on a CP plan, with a consent that is missing."""

from vigtui.demo.data.book import Book
from vigtui.demo.data.clips import Told, record_clips
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Clip, Family, Member, StatusSpan
from vigtui.domain.vocabulary import FamilyState, Purpose, StatusKind


def wren(book: Book, people: Staff) -> dict[str, Clip]:
    """A parent on a CP plan; one member has not been asked about supervision. Returns clips by code."""
    mira, tali = Member(label="Mira", relation="parent"), Member(label="Tali", relation="child, 3")
    family = book.add(
        Family(
            code="F-021",
            pseudonym="Wren",
            guider=people.ellis.id,
            social_worker=people.wilma.id,
            state=FamilyState.ACTIVE,
            referred=book.ago(95),
            reasons="Evenings that end in tears for everybody.",
            whose_idea="Her social worker, and Mira after the first visit",
            members=(mira, tali),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.CP, start=book.ago(120)))
    book.consents(family, book.ago(80), (Purpose.FILM,))
    book.consents(family, book.ago(80), (Purpose.SUPERVISION,), members=("Mira",))
    question = book.question(
        family, mira.id, "What can I do at bedtimes so that we both get some peace?", book.ago(80)
    )
    one = book.cycle(
        family, 1, "a snack", filmed=book.ago(58), reviewed=book.ago(45), next_step="Ask, then wait"
    )
    two = book.cycle(family, 2, "building blocks", filmed=book.ago(9))
    book.cycle(family, 3, "bath and bed", planned=book.ahead(17))
    given = (
        (book.ago(80), "", 4),
        (book.ago(45), one.id, 5),
        (book.ago(9), two.id, None),
        (book.ago(8), two.id, 6),
    )
    book.ratings(question, mira.id, given)
    filmed = {"C1": one, "SR1": one, "C2": two}
    films = {name: book.film(f"F-021-{name}", cycle) for name, cycle in filmed.items()}
    return record_clips(book, "F-021", films, (question,), _clips(mira.id, tali.id, people.ellis.id))


def _clips(mira: str, tali: str, ellis: str) -> tuple[Told, ...]:
    return (
        Told(
            "C1-1",
            "offers",
            "The apple",
            "Mira holds out the apple and waits. Tali looks up and takes it.",
            ((6.5, mira, "encouraging", "waiting"), (8.6, tali, "receiving", "body")),
            (1,),
        ),
        Told(
            "C1-2",
            "gives back",
            "“For you”",
            "Tali holds the apple up to Mira: “For you.” Mira leans in; both laugh.",
            ((15, tali, "developing", "second_turn"), (16.5, mira, "receiving", "body")),
        ),
        Told(
            "C2-1",
            "waits",
            "The last block",
            "Mira leans in and waits. Tali looks at the tower. The last block goes on top.",
            ((17, mira, "encouraging", "waiting"),),
            shown=False,
        ),
        Told(
            "SR1-1",
            "own words",
            "Mira's own words",
            "Mira points at the screen and says what she sees. The guider nods.",
            ((18.5, ellis, "receiving", "body"),),
            beside="C1-1",
        ),
    )
