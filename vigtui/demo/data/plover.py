"""F-019 "Plover": foster carers of a child in the authority's care."""

from vigtui.demo.data.book import WORK, Book
from vigtui.demo.data.clips import Told, record_clips
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Clip, Family, Fit, Member, StatusSpan
from vigtui.domain.vocabulary import FamilyState, Purpose, Setting, StatusKind


def plover(book: Book, people: Staff) -> dict[str, Clip]:
    """Foster carers of a child in the authority's care. Returns clips by code."""
    abel, suri = Member(label="Abel", relation="foster carer"), Member(label="Suri", relation="child, 5")
    family = book.add(
        Family(
            code="F-019",
            pseudonym="Plover",
            guider=people.noor.id,
            social_worker=people.wilma.id,
            setting=Setting.FOSTER,
            state=FamilyState.ACTIVE,
            referred=book.ago(160),
            reasons="Suri's days after family time.",
            whose_idea="Abel",
            fit=Fit(timescales="Before the permanence review."),
            members=(abel, suri),
        )
    )
    book.add(StatusSpan(family=family.id, kind=StatusKind.IN_OUR_CARE, start=book.ago(400)))
    book.add(StatusSpan(family=family.id, kind=StatusKind.PERMANENCE_PLAN, start=book.ago(90)))
    book.consents(
        family, book.ago(140), (*WORK, Purpose.INTERVISION), given_by="Abel, and the authority for Suri"
    )
    question = book.question(family, abel.id, "How do I help Suri settle after family time?", book.ago(140))
    one = book.cycle(family, 1, "drawing", filmed=book.ago(110), reviewed=book.ago(98), next_step="Sit lower")
    two = book.cycle(family, 2, "building blocks", filmed=book.ago(70), reviewed=book.ago(56))
    three = book.cycle(family, 3, "rolling a ball", filmed=book.ago(12))
    values = (
        (book.ago(140), "", 2),
        (book.ago(98), one.id, 3),
        (book.ago(56), two.id, 5),
        (book.ago(54), "", 6),
    )
    book.ratings(question, abel.id, values)
    book.deleted_film("F-019-C1", one, 512_000, book.ago(90), "Abel asked for it.", people.noor.id)
    filmed = {"C2": two, "SR2": two, "C3": three}
    films = {name: book.film(f"F-019-{name}", cycle) for name, cycle in filmed.items()}
    return record_clips(book, "F-019", films, (question,), _clips(abel.id, suri.id, people.noor.id))


def _clips(abel: str, suri: str, noor: str) -> tuple[Told, ...]:
    return (
        Told(
            "C2-1",
            "turns",
            "One each",
            "Abel puts a block on; Suri puts one on. They look at each other in between.",
            ((8, suri, "developing", "turns"), (9.5, abel, "attentive", "enjoying")),
            (1,),
        ),
        Told(
            "C3-1",
            "looks back",
            "She looks back",
            "Suri turns away. Abel stays where he is. She looks back and speaks; he answers.",
            ((19, abel, "attentive", "space"), (20.8, suri, "attentive", "turning")),
            (1,),
            shown=False,
        ),
        Told(
            "SR2-1",
            "turns",
            "Short turns",
            "Abel and the guider take short turns about the tower; two each.",
            ((5.5, noor, "developing", "short_turns"),),
            beside="C2-1",
        ),
    )
