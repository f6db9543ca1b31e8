"""The papers that `vigtui report` can make, by their names, and what each is made of."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import click
from msgspec import Struct

from vigtui.casefilm.opening import films_away
from vigtui.domain.people import is_child
from vigtui.domain.records import Cycle, Deletion, Family, Member, Person, Recording, Session
from vigtui.domain.reviews import plan_of
from vigtui.domain.vocabulary import Purpose
from vigtui.queries.family import FamilyRecords, family_records
from vigtui.queries.register import out_about, register
from vigtui.queries.training.portfolio import portfolio
from vigtui.queries.visits import cycle_at_hand, next_visit, planned_visits
from vigtui.reports.families.conference import conference_paper
from vigtui.reports.families.consent import blank_form, filled_form
from vigtui.reports.families.letter import letter
from vigtui.reports.families.review import review_paper
from vigtui.reports.families.traject import plan_paper
from vigtui.reports.families.visit import visit_page, visit_paper
from vigtui.reports.families.written import written_paper
from vigtui.reports.paper import Paper, PaperRefusedError
from vigtui.reports.service.deletion import Deleted, deletion_paper
from vigtui.reports.service.disclosures import disclosures_paper
from vigtui.reports.service.register import register_paper
from vigtui.reports.training.evidence import evidence_paper
from vigtui.reports.training.portfolio import portfolio_paper
from vigtui.reports.training.supervision import session_paper
from vigtui.store.caseload import Caseload
from vigtui.values.spoken_names import SpokenNames, with_names
from vigtui.values.text import and_list, folded, one_line
from vigtui.wording.names import Names
from vigtui.wording.supervision import signature

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What a paper is asked of: a caseload, on which day, and what was named. `names` are how the members of
    the family are called at home, for this print alone; `purpose` is what a summary is for, and `standing`
    what may stand in evidence although it might identify."""

    caseload: Caseload
    today: dt.date
    family: Family | None = None
    session: dt.date | None = None
    person: str = ""
    names: SpokenNames = field(default_factory=SpokenNames)
    purpose: Purpose = Purpose.CONFERENCE
    standing: tuple[str, ...] = ()

    @property
    def naming(self) -> Names:
        return Names(self.caseload.get, self.today)

    def of_family(self) -> FamilyRecords:
        """The records of the family. Raises UsageError where none was named."""
        records = family_records(self.caseload, self.family.id, self.today) if self.family else None
        if records is None:
            raise click.UsageError("This paper is about one family: name it with --family CODE.")
        return records

    def of_person(self) -> Person:
        """The person in training. Raises UsageError unless just one has this name."""
        found = _called(self.caseload.where(Person), self.person, lambda each: each.name)
        if len(found) != 1:
            known = [each.name for each in self.caseload.all(Person)]
            raise click.UsageError(_which(self.person, "person", known))
        return found[0]

    def of_member(self) -> Member:
        """The member of the family who was named; else its only grown-up member."""
        members = list(self.of_family().family.members)
        grown_up = [each for each in members if not is_child(each)] or members
        found = _called(members, self.person, lambda each: each.label) if self.person else grown_up
        if len(found) != 1:
            raise click.UsageError(_which(self.person, "member", [each.label for each in grown_up]))
        return found[0]

    def of_home(self) -> SpokenNames:
        """How the members are called at home; a blank for everybody of whom that was not asked."""
        labels = [one_line(each.label) for each in self.of_family().family.members]
        return with_names({each: self.names.names.get(each, "") for each in labels})

    def of_session(self) -> Session:
        """The supervision of that day, with that person. Raises UsageError unless there is just one."""
        if self.session is None:
            raise click.UsageError("This paper is about one supervision: name its day with --session DAY.")
        found = [each for each in self.caseload.where(Session) if each.date == self.session]
        if self.person:
            person = self.of_person().id
            found = [each for each in found if person in (*each.trainees, each.supervisor)]
        if len(found) != 1:
            number = "No supervision is" if not found else f"{len(found)} supervisions are"
            more = " Say with whom: --person NAME." if found else ""
            raise click.UsageError(f"{number} entered for {self.session.isoformat()}.{more}")
        return found[0]


class PaperKind(Struct, frozen=True):
    """A paper by its title, and how it is made."""

    title: str
    make: Callable[[Asked], Paper]


def _called(things: Sequence[T], name: str, of: Callable[[T], str]) -> list[T]:
    return [each for each in things if folded(one_line(of(each))) == folded(one_line(name))]


def _which(name: str, what: str, known: list[str]) -> str:
    among = and_list([one_line(each) for each in known]) or "nobody"
    if not name:
        return f"Name one {what} with --person NAME: {among}."
    return f"{one_line(name)[:60]} is not one {what} here: {among}."


def _visit(asked: Asked) -> Paper:
    if asked.family:
        return visit_paper([visit_page(asked.of_family())], asked.today)
    found = planned_visits(asked.caseload.all(Cycle), asked.today)
    pages = [
        visit_page(records, visit)
        for visit in found
        if (records := family_records(asked.caseload, visit.family, asked.today))
    ]
    if not pages:
        raise PaperRefusedError("No visit is planned in the next fortnight; --family names a family.")
    return visit_paper(pages, asked.today)


def _review(asked: Asked) -> Paper:
    records = asked.of_family()
    cycle = cycle_at_hand(next_visit(records.cycles, asked.today), records.cycles)
    if cycle is None:
        raise PaperRefusedError("This family has no cycle yet, so there is no shared review to plan.")
    return review_paper(records, cycle, plan_of(asked.caseload.get, asked.caseload.where, cycle.id))


def _consent(asked: Asked) -> Paper:
    meta = asked.caseload.meta
    return filled_form(meta, asked.of_family()) if asked.family else blank_form(meta, asked.today)


def _register(asked: Asked) -> Paper:
    family = asked.family
    caseload, only = asked.caseload, family.id if family else ""
    entries = register(caseload.get, caseload.where, asked.today, only, films_away(caseload))
    return register_paper(asked.naming, entries, family)


def _deletion(asked: Asked) -> Paper:
    """What went on the last day on which film was deleted, of the family or of all."""
    caseload, naming = asked.caseload, asked.naming
    stubs = [
        (stub, film)
        for stub in caseload.where(Deletion)
        if (film := caseload.get(Recording, stub.recording))
        and (asked.family is None or naming.family(film) == asked.family)
    ]
    if not stubs:
        raise PaperRefusedError("No film was deleted, so there is nothing to tell.")
    last = max(stub.date for stub, _ in stubs)
    day = [(stub, film) for stub, film in stubs if stub.date == last]
    whose = {family.id for _, film in day if (family := naming.family(film))}
    entries = register(caseload.get, caseload.where, asked.today)
    out = out_about(entries, whose, {film.id for _, film in day})
    why = and_list(sorted({one_line(stub.why).rstrip(".") for stub, _ in day} - {""})) or "not said"
    by = and_list(sorted({signature(caseload.get, stub.by) for stub, _ in day} - {""}))
    return deletion_paper(naming, [Deleted(film) for _, film in day], out, why, by)


def _portfolio(asked: Asked) -> Paper:
    person, caseload = asked.of_person(), asked.caseload
    found = portfolio(caseload.get, caseload.where, person.id, asked.today)
    return portfolio_paper(asked.naming, caseload, person, found)


def _evidence(asked: Asked) -> Paper:
    person, caseload = asked.of_person(), asked.caseload
    found = portfolio(caseload.get, caseload.where, person.id, asked.today)
    paper, findings = evidence_paper(asked.naming, caseload, person, found, asked.standing)
    for each in findings:
        kept = each.words in asked.standing
        click.echo(f"{'Stands' if kept else 'Left out'} ({each.why.value}): {one_line(each.words)}", err=True)
    return paper


KINDS = {
    "conference": PaperKind(
        "Summary for a conference",
        lambda asked: conference_paper(asked.of_family(), asked.caseload, asked.purpose),
    ),
    "consent": PaperKind("The consent form", _consent),
    "deletion": PaperKind("Film that was deleted", _deletion),
    "disclosures": PaperKind(
        "To whom something went", lambda asked: disclosures_paper(asked.naming, asked.of_family())
    ),
    "evidence": PaperKind("Evidence for an accreditation", _evidence),
    "letter": PaperKind(
        "Traject letter", lambda asked: letter(asked.of_family(), asked.of_member(), asked.of_home())
    ),
    "portfolio": PaperKind("A portfolio", _portfolio),
    "register": PaperKind("Film and copies", _register),
    "review": PaperKind("The plan of the shared review", _review),
    "supervision": PaperKind(
        "The record of a supervision",
        lambda asked: session_paper(asked.naming, asked.caseload.where, asked.of_session()),
    ),
    "traject": PaperKind("Traject plan", lambda asked: plan_paper(asked.of_family(), asked.today)),
    "visit": PaperKind("Before the visit", _visit),
    "written": PaperKind(
        "What is written",
        lambda asked: written_paper(asked.naming, asked.caseload.where, asked.of_family().family),
    ),
}
"""By the name that the command takes."""
