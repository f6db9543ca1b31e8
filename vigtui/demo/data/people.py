"""The invented people who work with the demo's families, their programmes and their skill scale."""

import datetime as dt
from dataclasses import dataclass

from vigtui.demo.data.book import Book
from vigtui.domain.records import Enrolment, Gate, Instrument, Person, Programme, Stage
from vigtui.domain.vocabulary import Hours, Role

SERVICE = "Fenland VIG (demo)"


@dataclass(frozen=True, slots=True)
class Staff:
    """The people by first name; Ros supervises Ellis and Noor, Ines supervises Sol."""

    ros: Person
    ines: Person
    ellis: Person
    noor: Person
    sol: Person
    tamsin: Person
    hal: Person
    kit: Person
    wilma: Person
    programme: Programme
    scale: Instrument


def staff(book: Book) -> Staff:
    """Record everybody, and who is in which programme."""
    ros = _person(book, "Ros Tiverton", Role.SUPERVISOR, Role.ACCREDITING_SUPERVISOR, profession="clinician")
    ines = _person(book, "Ines Oakley", Role.SUPERVISOR, profession="psychologist", hours=Hours.PART_TIME)
    programme = book.add(
        Programme(
            name="Three stages",
            stages=(
                Stage(name="Stage 1", clients=2, cycles=6, hours=7, gate="First transition meeting"),
                Stage(name="Stage 2", clients=3, cycles=9, hours=8, gate="Second transition meeting"),
                Stage(name="Stage 3", clients=3, cycles=12, hours=8, gate="Accreditation meeting"),
            ),
        )
    )
    other = book.add(
        Programme(
            name="Six clients",
            stages=(
                Stage(name="First half", clients=3, cycles=9, hours=7.5, gate="Mid-point day"),
                Stage(name="Second half", clients=3, cycles=9, hours=7.5, gate="Accreditation day"),
            ),
        )
    )
    people = Staff(
        ros=ros,
        ines=ines,
        ellis=_trainee(book, "Ellis Marr", ros, "family therapist", book.ago(330)),
        noor=_trainee(book, "Noor Castell", ros, "educational psychologist", book.ago(250), Hours.PART_TIME),
        sol=_trainee(book, "Sol Achter", ines, "occupational therapist", book.ago(640)),
        tamsin=_person(book, "Tamsin Reeve", Role.GUIDER, profession="nurse", hours=Hours.ON_LEAVE),
        hal=_person(book, "Hal Brennock", Role.SERVICE_LEAD, profession="psychologist"),
        kit=_person(book, "Kit Farrow", Role.SOCIAL_WORKER),
        wilma=_person(book, "Wilma Stead", Role.SOCIAL_WORKER),
        programme=programme,
        scale=_scale(book),
    )
    _enrol(book, people, other)
    return people


def _person(
    book: Book, name: str, *roles: Role, profession: str = "social worker", hours: Hours = Hours.FULL_TIME
) -> Person:
    return book.add(Person(name=name, roles=roles, profession=profession, hours=hours))


def _trainee(
    book: Book,
    name: str,
    supervisor: Person,
    profession: str,
    itc: dt.date,
    hours: Hours = Hours.FULL_TIME,
) -> Person:
    return book.add(
        Person(
            name=name,
            roles=(Role.TRAINEE,),
            profession=profession,
            hours=hours,
            itc_date=itc,
            supervisor=supervisor.id,
        )
    )


def _enrol(book: Book, people: Staff, other: Programme) -> None:
    book.add(
        Enrolment(
            person=people.ellis.id, programme=people.programme.id, started=book.ago(325), stage="Stage 1"
        )
    )
    book.add(Enrolment(person=people.noor.id, programme=other.id, started=book.ago(245), stage="First half"))
    book.add(
        Enrolment(
            person=people.sol.id,
            programme=people.programme.id,
            started=book.ago(635),
            stage="Stage 2",
            gates=(Gate(name="First transition meeting", date=book.ago(210), assessor=people.ros.id),),
        )
    )


def _scale(book: Book) -> Instrument:
    """Return the invented service's own scale."""
    return book.add(
        Instrument(
            name="How I was with the family",
            items=(
                "I waited for the family's own noticing",
                "I received their words before offering mine",
                "I kept my turns short",
            ),
            highest=5,
        )
    )
