"""What colleagues may do, by their roles."""

from vigtui.domain.records import Person
from vigtui.domain.vocabulary import Role

_GUIDE = frozenset({Role.GUIDER, Role.TRAINEE})
_SUPERVISE = frozenset({Role.SUPERVISOR, Role.ACCREDITING_SUPERVISOR})


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
