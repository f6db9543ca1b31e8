"""Who takes part in VERP: colleagues, and members of families of professionals, who become colleagues."""

from vigtui.domain.records import Family, Member, Person
from vigtui.domain.sessions.bringing import as_colleague, colleague_of, may_take_part
from vigtui.store.caseload import Caseload
from vigtui.values.text import one_line

_MEMBER = "member "


def participant_key(family: Family, member: Member) -> str:
    """Return by what a member is chosen: by the colleague that they are, if they are one already."""
    return colleague_of(family, member.id) or f"{_MEMBER}{member.id}"


def participants(caseload: Caseload, colleagues: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return those who can be chosen, each by a key with the words shown for it: members of families of
    professionals first, then all `colleagues` who are none of these."""
    members = tuple(
        (participant_key(family, member), f"{one_line(member.label)}, {one_line(family.code)}")
        for family, member in may_take_part(caseload.all(Family))
    )
    known = {key for key, _ in members}
    return (*members, *(each for each in colleagues if each[0] not in known))


def save_participants(caseload: Caseload, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of those who were chosen. A member who is no colleague yet becomes one, by the name
    they have in the family. Call it within a transaction."""
    found = {member.id: (family.id, member) for family, member in may_take_part(caseload.all(Family))}
    people = []
    for key in chosen:
        if not key.startswith(_MEMBER):
            people.append(key)
            continue
        family_id, member = found[key.removeprefix(_MEMBER)]
        person = caseload.save(Person(name=member.label, profession=member.relation))
        caseload.save(as_colleague(caseload.need(Family, family_id), member.id, person.id))
        people.append(person.id)
    return tuple(people)
