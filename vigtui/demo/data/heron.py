"""F-017 "Heron": one family with everything that a caseload can hold."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from vigtui.demo.data.book import Book
from vigtui.demo.data.heron_clips import HeronPeople, heron_clips
from vigtui.demo.data.people import Staff
from vigtui.domain.records import (
    Clip,
    Closure,
    Consent,
    Cycle,
    Family,
    Fit,
    HelpingQuestion,
    Member,
    Note,
    Share,
    StatusSpan,
    TrajectEntry,
    Voice,
)
from vigtui.domain.vocabulary import (
    Decision,
    FamilyState,
    Purpose,
    StatusKind,
    TrajectKind,
    Visibility,
)

_TOLD_ON = dt.date(2025, 5, 27)


class OnDay(Protocol):
    """Turns month, day and year of the story into a day near today."""

    def __call__(self, month: int, day: int, year: int = 2025, /) -> dt.date: ...


@dataclass(frozen=True, slots=True)
class Heron:
    """What the supervision sessions speak of."""

    family: Family
    dana: str
    clips: dict[str, Clip]


def heron(book: Book, people: Staff) -> Heron:
    """Record the whole family. Its dates were told on a day that becomes today, give or take three days, so
    that they keep their days of the week."""
    weeks = round((book.today - _TOLD_ON).days / 7)

    def on(month: int, day: int, year: int = 2025) -> dt.date:
        return dt.date(year, month, day) + dt.timedelta(weeks=weeks)

    dana, jory = Member(label="Dana", relation="parent"), Member(label="Jory", relation="child, 4")
    family = book.add(_family(people, (dana, jory), on(1, 14)))
    for kind, start, end in (
        (StatusKind.CP, on(9, 10, 2024), on(1, 20)),
        (StatusKind.CIN, on(1, 21), None),
    ):
        book.add(StatusSpan(family=family.id, kind=kind, start=start, end=end))
    agreed = on(2, 4)
    consents = _consents(book, family, agreed)
    cycles = _cycles(book, family, on)
    questions = _questions(book, people, family, dana, cycles, on)
    films = {
        f"{prefix}{cycle.number}": book.film(f"F-017-{prefix}{cycle.number}", cycle, delete_by=on(6, 8))
        for cycle in cycles
        for prefix in ("C", "SR")
    }
    clips = heron_clips(book, films, questions, HeronPeople(dana.id, jory.id, people.ellis.id))
    told = Heron(family, dana.id, clips)
    _traject(book, family, on)
    _shared(book, people, told, consents, on)
    _words(book, people, told, on)
    return told


def _family(people: Staff, members: tuple[Member, ...], referred: dt.date) -> Family:
    return Family(
        code="F-017",
        pseudonym="Heron",
        guider=people.ellis.id,
        social_worker=people.kit.id,
        state=FamilyState.ENDED,
        referred=referred,
        reasons="Quiet times and cross times at home; a plan that Dana wants to see end.",
        whose_idea="Dana, with her social worker",
        fit=Fit(
            timescales="Before the review of the plan in spring.",
            formulation="Dana reads quiet as sulking and fills it; Jory goes quiet to listen.",
            chronology="First offer of work on the relationship; earlier help was practical.",
        ),
        closure=Closure(
            reason="aims met, step down to a CIN plan", words="“I don't have to fill the gap.” (Dana)"
        ),
        members=members,
    )


def _consents(book: Book, family: Family, date: dt.date) -> list[Consent]:
    given = book.consents(family, date, (Purpose.FILM, Purpose.SUPERVISION, Purpose.SOCIAL_WORKER))
    book.consents(family, date, (Purpose.TRAINING_EVENT,), Decision.REFUSED)
    book.consents(family, date, (Purpose.CONFERENCE, Purpose.COURT), Decision.NOT_ASKED)
    return given


def _cycles(book: Book, family: Family, on: OnDay) -> list[Cycle]:
    steps = "Notice what comes just before the quiet", "Say what I see, then wait", "Let Jory choose the page"
    days = ((on(2, 13), on(2, 20)), (on(3, 4), on(3, 11)), (on(3, 24), on(4, 1)))
    activities = "jigsaw", "making toast", "bedtime story"
    return [
        book.cycle(family, number, activity, filmed=filmed, reviewed=reviewed, next_step=step)
        for number, (activity, (filmed, reviewed), step) in enumerate(
            zip(activities, days, steps, strict=True), start=1
        )
    ]


def _questions(
    book: Book, people: Staff, family: Family, dana: Member, cycles: list[Cycle], on: OnDay
) -> list[HelpingQuestion]:
    when = [(on(2, 4), ""), (on(2, 20), cycles[0].id), (on(3, 11), cycles[1].id), (on(4, 8), cycles[2].id)]
    told = (
        (dana.id, "What's Jory telling me when he goes quiet?", (3, 5, 6, 8), (2, None, 4, 6)),
        (dana.id, "How can bedtime be something we both like?", (2, 2, 5, 7), None),
        (
            people.kit.id,
            "How does Jory know Mum's there after a cross moment?",
            (4, 5, 5, 7),
            (3, None, 5, 6),
        ),
    )
    found = []
    for owner, words, by_dana, by_kit in told:
        question = book.question(family, owner, words, on(2, 4), ended=on(4, 8))
        for rater, values in ((dana.id, by_dana), (people.kit.id, by_kit)):
            if values:
                given = [(*at, value) for at, value in zip(when, values, strict=True)]
                book.ratings(question, rater, given)
        found.append(question)
    return found


def _traject(book: Book, family: Family, on: OnDay) -> None:
    told = (
        ("Basic Communication", TrajectKind.NOW, "Dana notices quiet as a message.", on(3, 11)),
        ("Basic Communication", TrajectKind.HOPE, "Nursery notices too.", on(3, 11)),
        ("Daily Life", TrajectKind.CHANGE, "Story before bath works on most nights.", on(4, 1)),
        ("Development of the Child", TrajectKind.CHANGE, "Jory shows things more often.", on(4, 1)),
        ("Development of the Parent", TrajectKind.CHANGE, "“I don't have to fill the gap.”", on(4, 8)),
        ("Neighbourhood/Community", TrajectKind.HOPE, "Wants to try the library rhyme group.", on(2, 20)),
    )
    for heading, kind, words, date in told:
        book.add(TrajectEntry(family=family.id, heading=heading, kind=kind, words=words, date=date))


def _shared(book: Book, people: Staff, told: Heron, consents: list[Consent], on: OnDay) -> None:
    consent = next(each for each in consents if each.purpose is Purpose.SOCIAL_WORKER)
    book.add(
        Share(
            clip=told.clips["C2-2"].id,
            audience=people.kit.name,
            purpose=Purpose.SOCIAL_WORKER,
            date=on(4, 3),
            consent=consent.id,
            by=people.ellis.id,
        )
    )


def _words(book: Book, people: Staff, told: Heron, on: OnDay) -> None:
    family = told.family.id
    book.add(
        Voice(
            family=family,
            speaker="Dana",
            words="I don't have to fill the gap.",
            date=on(4, 8),
            may_quote=True,
        )
    )
    book.add(
        Voice(
            family=family, speaker=people.kit.name, words="I saw Jory move closer. So did she.", date=on(4, 3)
        )
    )
    book.add(
        Note(
            about=told.clips["C2-2"].id,
            author=people.ellis.id,
            visibility=Visibility.AUTHOR,
            body="[00:25] Her voice drops before his shoulders do. Ask Dana what she noticed first.",
        )
    )
    book.add(
        Note(
            about=family,
            author=people.ellis.id,
            body="Dana likes to see the film **twice**: once without words, once with.",
        )
    )
