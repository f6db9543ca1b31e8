"""Everything that a caseload holds about one member of a family, sorted by whose it is to give out."""

import datetime as dt
from collections.abc import Callable, Iterable

from msgspec import Struct

from vigtui.domain.belonging import all_about
from vigtui.domain.consent.filmed import people_in
from vigtui.domain.lookup import Where
from vigtui.domain.records import (
    AgendaFilm,
    Clip,
    Consent,
    Copy,
    Deletion,
    Family,
    FilmPlace,
    Member,
    Record,
    Recording,
    Share,
    Tag,
    Viewing,
)
from vigtui.domain.records.metadata import MEMBERS
from vigtui.domain.records.schema import fields
from vigtui.domain.vocabulary import CopyKind
from vigtui.values.text import folded


class Bundle(Struct, frozen=True):
    """What is held about a member: their `own` records, what they decided, said, asked and rated, and what
    they did in a clip; the `consents` among those apart; the `films` that they are in, with the `clips` of
    these; by whom these were seen, to whom shown and by whom deleted (`disclosures`).

    `others` are records in other people's words, which may be about them: somebody decides on each. `private`
    is what workers keep for themselves alone: each is for whoever may read it to decide on."""

    family: Family
    member: Member
    own: tuple[Record, ...]
    consents: tuple[Consent, ...]
    films: tuple[Recording, ...]
    clips: tuple[Clip, ...]
    disclosures: tuple[Record, ...]
    others: tuple[Record, ...]
    private: tuple[Record, ...]


def bundle(where: Where, family: Family, member: Member, is_private: Callable[[Record], bool]) -> Bundle:
    """Sort all that is held of a family for one of its members; `is_private` says what somebody keeps for
    themselves alone. What is about another member alone is in none of its parts."""
    records = all_about(where, family)
    films = [each for each in records if isinstance(each, Recording) and _is_in(member, each, family)]
    theirs = {each.id for each in films}
    clips = [each for each in records if isinstance(each, Clip) and each.recording in theirs]
    shown = theirs | {each.id for each in clips}
    private = [each for each in records if is_private(each)]
    # Where film is on a machine tells nothing of anybody.
    rest = [each for each in records if not is_private(each) and not isinstance(each, FilmPlace)]
    own = [each for each in rest if _is_of(each, member)]
    disclosures = [each for each in rest if _discloses(each, shown, member)]
    sorted_out = {each.id for each in (*own, *disclosures, *films)}
    others = [each for each in rest if each.id not in sorted_out and _may_concern(each, member)]
    return Bundle(
        family,
        member,
        tuple(each for each in own if not isinstance(each, Consent)),
        tuple(each for each in own if isinstance(each, Consent)),
        tuple(films),
        tuple(clips),
        tuple(disclosures),
        tuple(others),
        tuple(private),
    )


def decided(found: Bundle, ids: Iterable[str], is_hidden: Callable[[Record], bool]) -> tuple[Record, ...]:
    """Return the records of others that go along, by the ids that somebody decided on: nothing that
    `is_hidden` from them, since another keeps it for themselves alone."""
    chosen = frozenset(ids)
    return tuple(
        each for each in (*found.others, *found.private) if each.id in chosen and not is_hidden(each)
    )


def as_copy(found: Bundle, file: str, today: dt.date) -> Copy:
    """Return what is entered in the register of copies for a bundle that was written."""
    return Copy(
        family=found.family.id,
        kind=CopyKind.PAPER,
        about="everything held about one person",
        file=file,
        holder=found.member.id,
        reason="asked for what is held",
        date=today,
        stays=True,
    )


def _is_in(member: Member, recording: Recording, family: Family) -> bool:
    return any(_is(member, each) for each in people_in(recording, family))


def _is_of(record: Record, member: Member) -> bool:
    """Whether a record says whose it is, and that is this member. Who gave a consent may be another than the
    one whose it is."""
    if isinstance(record, Consent):
        return _is(member, record.member)
    if isinstance(record, Family | Recording | Copy | Viewing):
        return False
    return any(
        field.ref is not None and MEMBERS in field.ref.tables and _is(member, value)
        for name, field in fields(type(record)).items()
        if isinstance(value := getattr(record, name), str)
    )


def _may_concern(record: Record, member: Member) -> bool:
    """Whether a record that is not this member's may be about them, so that somebody has to decide."""
    if isinstance(record, Consent):
        return _is(member, record.given_by)
    return not isinstance(record, Tag | Recording | Viewing | Deletion | Share | AgendaFilm)


def _discloses(record: Record, shown: set[str], member: Member) -> bool:
    """Whether a record says who saw, has or deleted film that this member is in, or what they were given
    themselves. Another paper may be about another member."""
    if isinstance(record, Viewing | Deletion):
        return record.recording in shown
    if isinstance(record, Share | AgendaFilm):
        return record.clip in shown
    if not isinstance(record, Copy):
        return False
    return _is(member, record.holder) or (record.kind is not CopyKind.PAPER and bool(shown))


def _is(member: Member, person: str) -> bool:
    return bool(person) and (person == member.id or folded(person) == folded(member.label))
