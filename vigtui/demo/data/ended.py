"""The families of the demo whose work has ended, beside Heron: film that is overdue, held and deleted."""

import datetime as dt

from msgspec.structs import replace

from vigtui.demo.data.book import Book, scene
from vigtui.demo.data.people import Staff
from vigtui.domain.records import Closure, Cycle, Family, Member, StatusSpan, Voice
from vigtui.domain.vocabulary import FamilyState, Setting, StatusKind

_FILM_MINUTES = 9
_ACTIVITIES = ("drawing", "a snack", "rolling a ball", "cooking")


def curlew(book: Book, people: Staff) -> None:
    """Foster carers, now permanently matched; one film is overdue for deletion."""
    carer, child = Member(label="Odile", relation="foster carer"), Member(label="Bee", relation="child, 6")
    family = _ended(
        book,
        Family(
            code="F-011",
            pseudonym="Curlew",
            guider=people.noor.id,
            social_worker=people.wilma.id,
            setting=Setting.FOSTER,
            referred=book.ago(300),
            reasons="A home that both want to last.",
            whose_idea="Odile",
            closure=Closure(
                reason="permanently matched", words="“We are stuck with each other now.” (Odile)"
            ),
            members=(carer, child),
        ),
    )
    for kind, start, end in (
        (StatusKind.IN_OUR_CARE, 420, None),
        (StatusKind.PERMANENCE_PLAN, 320, 71),
        (StatusKind.PERMANENTLY_MATCHED, 70, None),
    ):
        _span(book, family, kind, start, end)
    words = "How can I tell that Bee trusts me?"
    cycles = _work(book, family, words, ((270, 255), (215, 200), (160, 140)), (3, 4, 6, 9))
    for name, cycle in (("C1", cycles[0]), ("C2", cycles[1])):
        _delete(book, people, f"F-011-{name}", cycle, book.ago(80))
    film = book.film("F-011-C3", cycles[2], delete_by=book.ago(5))
    caption = "They roll the ball to and fro; each waits until the other looks."
    tags = ((6, carer.id, "developing", "turns"), (9, child.id, "developing", "cooperating"))
    book.clip(film, 1, scene("F-011-C3").moments["rolls"], "To and fro", caption, tags=tags)
    book.add(Voice(family=family.id, speaker="Bee", words="Odile rolls it slow for me.", date=book.ago(140)))


def lapwing(book: Book, people: Staff) -> None:
    """Ended in proceedings; one film is held because the court has asked about it."""
    parent, child = Member(label="Tess", relation="parent"), Member(label="Cal", relation="child, 3")
    family = _ended(
        book,
        Family(
            code="F-009",
            pseudonym="Lapwing",
            guider=people.sol.id,
            social_worker=people.kit.id,
            referred=book.ago(420),
            reasons="Hard years, and a plan that has run long.",
            whose_idea="The CP conference",
            closure=Closure(
                reason="care proceedings",
                words="Tess was proud of the moments seen; worries about safety went on.",
            ),
            members=(parent, child),
        ),
    )
    for kind, start, end in (
        (StatusKind.CP, 450, 261),
        (StatusKind.PRE_PROCEEDINGS, 340, 251),
        (StatusKind.PROCEEDINGS, 250, 90),
        (StatusKind.IN_OUR_CARE, 240, None),
    ):
        _span(book, family, kind, start, end)
    words = "What does Cal like best about me?"
    cycles = _work(book, family, words, ((390, 375), (345, 330), (300, 285)), (4, 5, 7, 6))
    for name, cycle in (("C1", cycles[0]), ("C3", cycles[2])):
        _delete(book, people, f"F-009-{name}", cycle, book.ago(190))
    reason = "the court may ask for it; look again after the hearing."
    film = book.film("F-009-C2", cycles[1], delete_by=book.ago(120), hold_reason=reason)
    caption = "Tess holds out the apple and waits. Cal looks up and takes it."
    book.clip(film, 1, scene("F-009-C2").moments["offers"], "He takes it", caption)


def wigeon(book: Book, people: Staff) -> None:
    """Ended with the case closed to social care; all film deleted, the words kept."""
    parent, child = Member(label="Hana", relation="parent"), Member(label="Luc", relation="child, 9")
    family = _ended(
        book,
        Family(
            code="F-006",
            pseudonym="Wigeon",
            guider=people.sol.id,
            social_worker=people.wilma.id,
            referred=book.ago(560),
            reasons="Arguments that went too far.",
            whose_idea="Hana",
            closure=Closure(reason="closed to social care", words="“We talk now. Even about maths.” (Luc)"),
            members=(parent, child),
        ),
    )
    for kind, start, end in (
        (StatusKind.CP, 600, 431),
        (StatusKind.CIN, 430, 321),
        (StatusKind.CLOSED, 320, None),
    ):
        _span(book, family, kind, start, end)
    words = "How do we stop before it gets loud?"
    days = ((530, 515), (490, 475), (440, 425), (390, 375))
    for number, cycle in enumerate(_work(book, family, words, days, (2, 3, 3, 6, 8)), start=1):
        _delete(book, people, f"F-006-C{number}", cycle, book.ago(270))
        _delete(book, people, f"F-006-SR{number}", cycle, book.ago(270))
    book.add(
        Voice(
            family=family.id,
            speaker="Luc",
            words="We talk now. Even about maths.",
            date=book.ago(330),
            may_quote=True,
        )
    )


def _ended(book: Book, family: Family) -> Family:
    """Record an ended family with the consents for its work."""
    ended = book.add(replace(family, state=FamilyState.ENDED))
    referred = family.referred or book.today
    book.consents(ended, referred + dt.timedelta(days=14))
    return ended


def _span(book: Book, family: Family, kind: StatusKind, start: int, end: int | None) -> None:
    last = None if end is None else book.today - dt.timedelta(days=end)
    first = book.today - dt.timedelta(days=start)
    book.add(StatusSpan(family=family.id, kind=kind, start=first, end=last))


def _work(
    book: Book, family: Family, words: str, days: tuple[tuple[int, int], ...], values: tuple[int, ...]
) -> list[Cycle]:
    """Record a question, cycles filmed and reviewed so many days ago, and ratings before and after each."""
    owner = family.members[0].id
    start = (family.referred or book.today) + dt.timedelta(days=14)
    cycles = [
        book.cycle(family, number, activity, filmed=book.ago(filmed), reviewed=book.ago(reviewed))
        for number, (activity, (filmed, reviewed)) in enumerate(zip(_ACTIVITIES, days, strict=False), start=1)
    ]
    question = book.question(family, owner, words, start, ended=cycles[-1].reviewed)
    when = [(start, ""), *((cycle.reviewed or start, cycle.id) for cycle in cycles)]
    book.ratings(question, owner, [(*at, value) for at, value in zip(when, values, strict=True)])
    return cycles


def _delete(book: Book, people: Staff, name: str, cycle: Cycle, date: dt.date) -> None:
    book.deleted_film(name, cycle, _FILM_MINUTES * 60_000, date, "Its day had come.", people.hal.id)
