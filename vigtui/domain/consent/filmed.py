"""Who is in a recording, and whose consent counts for it."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from vigtui.domain.consent.decisions import Asked
from vigtui.domain.lookup import Where
from vigtui.domain.records import Consent, Cycle, Family, Person, Recording
from vigtui.domain.vocabulary import Decision, RecordingKind, RecordingState
from vigtui.values.identity import is_id
from vigtui.values.text import folded

VISITOR = "visitor"
"""What somebody is called who is neither a member of the family nor a colleague."""

FindPerson = Callable[[str], Person | None]
"""The colleague with this id; None for anybody else."""


def recordings_of(where: Where, family: Family) -> list[Recording]:
    """Return a family's recordings."""
    return [each for cycle in where(Cycle, family=family.id) for each in where(Recording, cycle=cycle.id)]


def people_in(recording: Recording, family: Family) -> tuple[str, ...]:
    """Return who is in a recording: ids of members and colleagues, names of visitors."""
    return proposed(family) if recording.people is None else recording.people


def proposed(family: Family, kind: RecordingKind = RecordingKind.INTERACTION) -> tuple[str, ...]:
    """Return who is likely to be in a new recording: the members who are filmed, and in a shared review the
    guider, too."""
    members = tuple(member.id for member in family.members if member.filmed)
    guider = (family.guider,) if family.guider and kind is RecordingKind.SHARED_REVIEW else ()
    return members + guider


def asked_in(
    recordings: Iterable[Recording], families: Sequence[Family], person: FindPerson, *, workers: bool
) -> list[Asked]:
    """Return those whose consent counts who are in any of these recordings: members and visitors, and
    colleagues if `workers` are asked as well. `families` are all versions of the family."""
    people = (each for film in recordings for family in families for each in people_in(film, family))
    return _whose_consent_counts(people, families, person, workers=workers)


def asked_for_work(
    recordings: Iterable[Recording], families: Sequence[Family], person: FindPerson, *, workers: bool
) -> list[Asked]:
    """Return those who are asked about the family's work: whoever will be filmed, or is in a film that was
    not deleted."""
    coming = [each for family in families for each in proposed(family)]
    kept = [each for each in recordings if each.state is not RecordingState.DELETED]
    filmed = [each for film in kept for family in families for each in people_in(film, family)]
    return _whose_consent_counts([*coming, *filmed], families, person, workers=workers)


def everybody_asked(
    recordings: Iterable[Recording],
    family: Family,
    consents: Iterable[Consent],
    person: FindPerson,
    *,
    workers: bool,
) -> list[Asked]:
    """Return all members, and then visitors and colleagues who are asked about the work, or of whom a
    decision is recorded."""
    asked = {each.id: each for each in asked_for_work(recordings, [family], person, workers=workers)}
    aside = {member.id: "" if member.id in asked else "not filmed" for member in family.members}
    members = {member.id: Asked(member.id, member.label, aside[member.id]) for member in family.members}
    others = {each.member: _asked(each.member, [family], person) for each in consents}
    return list((members | asked | others | members).values())


def with_people_said(recordings: Iterable[Recording], family: Family) -> list[Recording]:
    """Return those recordings that leave who is in them to the marks of the family, with that said in each:
    to be saved when the marks change, so that nobody disappears from a film."""
    return [replace(each, people=people_in(each, family)) for each in recordings if each.people is None]


def removed_who_said_no(
    consents: Iterable[Consent], families: Sequence[Family], person: FindPerson
) -> list[Asked]:
    """Return those whose "no" is recorded under an id that nobody has any more: somebody wrote it down while
    another removed them from the family. Nobody knows in which of its films they are."""
    said = {each.member for each in consents if each.decision in _NO and not each.mistaken}
    members = {member.id for family in families for member in family.members}
    unknown = (each for each in sorted(said - members) if is_id(each) and person(each) is None)
    return [_asked(each, families, person) for each in unknown]


_COLLEAGUE, _REMOVED = "colleague", "removed"
_NO = (Decision.REFUSED, Decision.WITHDRAWN)


def _whose_consent_counts(
    people: Iterable[str], families: Sequence[Family], person: FindPerson, *, workers: bool
) -> list[Asked]:
    """Return those of these people who are asked. A name that is a member's is that member, too: in one
    version the member may have been removed, and be named there since."""
    called: dict[str, list[str]] = {}
    for member in (member for family in families for member in family.members):
        called.setdefault(folded(member.label), []).append(member.id)
    everybody = dict.fromkeys(one for each in people for one in (each, *called.get(folded(each), ())))
    asked = [_asked(each, families, person) for each in everybody]
    return [each for each in asked if workers or each.aside != _COLLEAGUE]


def _asked(identity: str, families: Sequence[Family], person: FindPerson) -> Asked:
    for member in (member for family in families for member in family.members):
        if member.id == identity:
            return Asked(identity, member.label)
    found = person(identity)
    if found is not None or any(family.guider == identity for family in families):
        return Asked(identity, found.name if found else "the guider", _COLLEAGUE)
    if is_id(identity):
        return Asked(identity, "a removed member", _REMOVED)
    return Asked(identity, identity, VISITOR)
