"""What somebody brings to a session: clips of their own work, and who takes part in VERP with which."""

from collections.abc import Iterable

from msgspec.structs import replace

from vigtui.domain.consent.filmed import people_in
from vigtui.domain.consent.showing import Showing, clips_of_family
from vigtui.domain.cycles import guider_then
from vigtui.domain.lookup import Find, Where
from vigtui.domain.people import is_child
from vigtui.domain.records import Clip, Family, Member, Participant, Session
from vigtui.domain.vocabulary import CycleKind, SessionKind, Setting


def is_own_work(showing: Showing, kind: SessionKind, person: str) -> bool:
    """Return whether film shows somebody's own work: in VERP film of VERP that they are in, else film of a
    cycle that they guided."""
    if kind is not SessionKind.VERP:
        return guider_then(showing.cycle, showing.family) == person
    themselves = {person, *(each.member for each in showing.family.participants if each.colleague == person)}
    there = people_in(showing.recording, showing.family)
    return showing.cycle.kind is CycleKind.VERP and not themselves.isdisjoint(there)


def clips_to_bring(
    find: Find, where: Where, session: Session, people: Iterable[str]
) -> list[tuple[Clip, Showing]]:
    """Return the clips that these people may bring to a session, by id; every clip for nobody in
    particular."""
    own = tuple(people)
    return [
        (clip, showing)
        for family in where(Family)
        for clip, showing in clips_of_family(find, where, family.id)
        if not own or any(is_own_work(showing, session.kind, each) for each in own)
    ]


def may_take_part(families: Iterable[Family]) -> list[tuple[Family, Member]]:
    """Return the grown-up members of families of professionals: they may take part in VERP."""
    return [
        (family, member)
        for family in families
        if family.setting is Setting.PROFESSIONAL
        for member in family.members
        if not is_child(member)
    ]


def colleague_of(family: Family, member: str) -> str:
    """Return the id of the colleague that a member is, by id; "" for none."""
    return next((each.colleague for each in family.participants if each.member == member), "")


def as_colleague(family: Family, member: str, colleague: str) -> Family:
    """Return the family with a member who is this colleague, "" for none: sessions name colleagues alone."""
    if colleague_of(family, member) == colleague:
        return family
    others = tuple(each for each in family.participants if each.member != member)
    own = (Participant(member=member, colleague=colleague),) if colleague else ()
    return replace(family, participants=others + own)
