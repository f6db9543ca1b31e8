"""The consent form: blank, to be filled in by hand, or as it is recorded."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from vigtui.domain.consent.decisions import Asked, possibly_latest
from vigtui.domain.people import is_child
from vigtui.domain.records import CaseloadMeta, Consent
from vigtui.domain.vocabulary import Purpose
from vigtui.queries.family import FamilyRecords
from vigtui.reports.paper import Paper, plain
from vigtui.values.days import show_long_day, show_whole_day
from vigtui.values.text import one_line
from vigtui.wording.access import agreed_to, decision_words

_UNDECIDED = "two versions of this wait for a decision"


class Answer(Struct, frozen=True):
    """What is asked ("that clips may be seen in supervision"), and what is recorded; "" on a blank form."""

    asked: str
    answer: str = ""


class PersonOnForm(Struct, frozen=True):
    """One person's part of the form. `views` are a child's own words, with their day; `label` is empty on a
    blank form, where the name is written by hand."""

    label: str = ""
    child: bool = True
    answers: tuple[Answer, ...] = ()
    views: tuple[str, ...] = ()


def blank_form(meta: CaseloadMeta, today: dt.date) -> Paper:
    """Return the form for one person, to be filled in by hand. It tells of nobody."""
    person = PersonOnForm(answers=tuple(Answer(agreed_to(each)) for each in Purpose))
    return _paper(meta, today, "", [person], ())


def filled_form(meta: CaseloadMeta, records: FamilyRecords) -> Paper:
    """Return the form with what is recorded of everybody in a family who is asked."""
    family = records.family
    people = [_person(records, each) for each in records.asked]
    name = one_line(f"{family.code} {family.pseudonym}")
    return _paper(meta, records.today, name, people, (family.id,))


def _paper(
    meta: CaseloadMeta,
    today: dt.date,
    family: str,
    people: Iterable[PersonOnForm],
    families: tuple[str, ...],
) -> Paper:
    values = {
        "service": one_line(meta.service),
        "form": one_line(meta.consent_form),
        "basis": meta.basis.value,
        "kept_days": meta.film_kept_days,
        "family": family,
        "blank": not families,
        "people": plain(tuple(people)),
        "made": show_whole_day(today),
    }
    return Paper("consent", f"consent-{today.isoformat()}", values, families, of_nobody=not families)


def _person(records: FamilyRecords, asked: Asked) -> PersonOnForm:
    member = next((each for each in records.family.members if each.id == asked.id), None)
    own = sorted((each for each in records.consents if each.member == asked.id), key=lambda each: each.date)
    views = {one_line(each.child_view): each for each in own if each.child_view and not each.mistaken}
    return PersonOnForm(
        one_line(asked.label),
        member is not None and is_child(member),
        tuple(Answer(agreed_to(each), _answer(records, asked, each)) for each in Purpose),
        tuple(f"“{words}” ({show_long_day(each.date, records.today)})" for words, each in views.items()),
    )


def _answer(records: FamilyRecords, asked: Asked, purpose: Purpose) -> str:
    """What holds today; where versions differ in that, that they do."""
    possible = possibly_latest(records.decisions, asked.id, purpose, records.today)
    found: list[Consent] = [each for each in possible if each is not None]
    if len(possible) > 1:
        return _UNDECIDED
    return decision_words(found[0], records.today) if found else "not asked"
