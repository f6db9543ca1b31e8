"""F-026 "Dunlin": a blended family."""

from vigtui.demo.data.book import Book
from vigtui.demo.data.clips import Told, record_clips
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Clip, Family, Member, StatusSpan
from vigtui.domain.vocabulary import FamilyState, Setting, StatusKind


def dunlin(book: Book, people: Staff) -> dict[str, Clip]:
    """A blended family. Returns clips by code."""
    bram = Member(label="Bram", relation="step-parent")
    isa = Member(label="Isa", relation="child, 7")
    family = book.add(
        Family(
            code="F-026",
            pseudonym="Dunlin",
            guider=people.sol.id,
            social_worker=people.kit.id,
            setting=Setting.BLENDED,
            state=FamilyState.ACTIVE,
            referred=book.ago(75),
            reasons="Two families becoming one.",
            whose_idea="Bram and Isa's mother",
            members=(bram, isa, Member(label="Merel", relation="parent", filmed=False)),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.CIN, start=book.ago(90)))
    book.consents(family, book.ago(60), until=book.ahead(21))
    question = book.question(
        family, bram.id, "What do I do that Isa likes, that I could do more of?", book.ago(60)
    )
    one = book.cycle(
        family, 1, "a jigsaw", filmed=book.ago(33), reviewed=book.ago(20), next_step="Wait for Isa's word"
    )
    book.cycle(family, 2, "pancakes", planned=book.ahead(4))
    book.ratings(question, bram.id, ((book.ago(60), "", 3), (book.ago(20), one.id, 5)))
    films = {name: book.film(f"F-026-{name}", one) for name in ("C1", "SR1")}
    return record_clips(book, "F-026", films, (question,), _clips(bram.id, people.sol.id))


def _clips(bram: str, sol: str) -> tuple[Told, ...]:
    return (
        Told(
            "C1-1",
            "wonky",
            "The same word",
            "Isa names the piece; Bram says her word back. Both laugh.",
            ((25.5, bram, "receiving", "their_words"),),
            (1,),
        ),
        Told(
            "SR1-1",
            "own words",
            "“She's asking me”",
            "Bram points at the screen: “She's asking me.” The guider nods.",
            ((19, sol, "encouraging", "listening"),),
            beside="C1-1",
        ),
    )
