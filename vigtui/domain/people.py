"""What colleagues may do, by their roles, and which members of a family are children."""

import re

from vigtui.domain.records import Member, Person
from vigtui.domain.vocabulary import Role

_GUIDE = frozenset({Role.GUIDER, Role.TRAINEE})
_SUPERVISE = frozenset({Role.SUPERVISOR, Role.ACCREDITING_SUPERVISOR})

_GROWN_UP = 18
_CHILD_WORDS = ("baby", "boy", "brother", "child", "daughter", "girl", "infant", "newborn", "sibling")
_CHILD = frozenset((*_CHILD_WORDS, "sister", "son", "toddler", "twin"))


def is_child(member: Member) -> bool:
    """Return whether a member is a child, by what is written of them: an age ("4"), or a word like "son"."""
    ages = [int(age) for age in re.findall(r"\d{1,3}", member.relation)]
    if ages:
        return min(ages) < _GROWN_UP
    return not _CHILD.isdisjoint(re.findall(r"\w+", member.relation.casefold()))


def guides(person: Person) -> bool:
    """Return whether this person works with families as a guider or a trainee."""
    return not _GUIDE.isdisjoint(person.roles)


def supervises(person: Person) -> bool:
    """Return whether this person is a supervisor."""
    return not _SUPERVISE.isdisjoint(person.roles)


def likely_supervisor(person: Person | None, trainee: Person | None) -> str:
    """Return the id of who supervises a session that `person` plans with this trainee; "" when unknown."""
    if person is not None and supervises(person):
        return person.id
    return trainee.supervisor if trainee else ""
