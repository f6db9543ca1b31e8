"""Whether film may be used. Only `permit` makes a Permission, and nothing opens film without one.

What is asked about is decided over every competing version of it: of the recording, of who is in it, of the
family and of each consent.
"""

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.consent.decisions import (
    Alternatives,
    Asked,
    ConsentDecision,
    ConsentState,
    FilmAsked,
    MissingConsent,
    decide,
    made_by,
    purpose_for,
    said_no_by_name,
)
from vigtui.domain.consent.filmed import FindPerson, asked_for_work, asked_in, removed_who_said_no
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Consent, Cycle, Deletion, Family, Person, Recording, Session
from vigtui.domain.supervision import purpose_of
from vigtui.domain.vocabulary import Purpose, RecordingState


class Use(Enum):
    """What is done with film."""

    WATCH = "watch"
    LISTEN = "listen"
    STILL = "still"
    CUT = "cut"
    COPY = "copy"


class Permission:
    """This use of this recording, for this purpose, on this day. `consents` are the ids of those that allow
    it. Only `permit` makes one."""

    __slots__ = ("consents", "on", "purpose", "recording", "use")

    recording: Recording
    use: Use
    purpose: Purpose
    on: dt.date
    consents: tuple[str, ...]

    def __new__(cls, *_args: object, **_named: object) -> "Permission":
        raise TypeError("only permit() makes a Permission")

    def __init_subclass__(cls) -> None:
        raise TypeError("only permit() makes a Permission")

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"{name} of a Permission does not change")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Permission is neither copied nor kept")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Permission) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.recording.id, self.use, self.purpose, self.on))

    def _parts(self) -> tuple[Any, ...]:
        return self.recording, self.use, self.purpose, self.on, self.consents


class Refusal(Struct, frozen=True):
    """Why a recording may not be used, one of: it was `removed`; its film was `deleted`, as a `deletion` may
    record; its film is named by recordings of other families too (their codes); `missing` consents; something
    about it is `unread`; or, with none of these, nobody whose consent counts is said to be in it."""

    purpose: Purpose
    on: dt.date
    removed: bool = False
    deleted: bool = False
    deletion: Deletion | None = None
    other_families: tuple[str, ...] = ()
    missing: tuple[MissingConsent, ...] = ()
    unread: bool = False

    @property
    def only_copies(self) -> bool:
        """Whether everybody agrees, but no copies may be given out."""
        return bool(self.missing) and all(each.why is ConsentState.NO_COPIES for each in self.missing)


def permit(
    records: EveryVersion, recording: str, use: Use, purpose: Purpose, on: dt.date
) -> Permission | Refusal:
    """Decide whether the recording with this id may be used so, today, which is `on` by the clock."""
    versions = tuple(records.versions(Recording, recording))
    families = _families(records, versions)
    if not families:
        return Refusal(purpose, on, removed=True)
    if any(each.state is RecordingState.DELETED for each in versions):
        stubs = list(records.where(Deletion, recording=recording))
        return Refusal(purpose, on, deleted=True, deletion=stubs[-1] if stubs else None)
    if others := other_families(records, recording):
        return Refusal(purpose, on, other_families=others)
    decision = agreed(records, recording, purpose, on, use)
    if not decision.allowed:
        return Refusal(purpose, on, missing=decision.missing, unread=decision.unread)
    return _permission(versions[0], use, decision)


def permit_view(
    records: EveryVersion, recording: str, use: Use, viewer: Person | None, on: dt.date
) -> Permission | Refusal:
    """Decide whether `viewer` may use a recording so, for the purpose for which they see it; for each that it
    may be, where versions differ in who works with the family, or in what the viewer does."""
    families = _families(records, records.versions(Recording, recording)).values()
    known = records.versions(Person, viewer.id) if viewer else ()
    viewers: Sequence[Person | None] = known or [viewer]
    purposes = {purpose_for(each, family) for each in viewers for several in families for family in several}
    return _permit_each(records, recording, use, purposes or {Purpose.SUPERVISION}, on)


def permit_in_session(
    records: EveryVersion, recording: str, use: Use, session: str, on: dt.date
) -> Permission | Refusal:
    """Decide whether a recording may be used so in a session, by its id: for its purpose, and for each that
    it may have, where versions differ in who meets."""
    return _permit_each(records, recording, use, purposes_in_session(records, session), on)


def agreed_in_session(records: EveryVersion, recording: str, session: str, on: dt.date) -> ConsentDecision:
    """Decide whether everybody in a recording agrees to it being seen in a session, by its id."""
    decisions = [agreed(records, recording, each, on) for each in purposes_in_session(records, session)]
    return next((each for each in decisions if not each.allowed), decisions[0])


def purposes_in_session(records: EveryVersion, session: str) -> list[Purpose]:
    """Return the purpose for which film is seen in a session, by its id; each, where versions differ."""
    found = {purpose_of(each) for each in records.versions(Session, session)} or {Purpose.SUPERVISION}
    return [each for each in Purpose if each in found]


def _permit_each(
    records: EveryVersion, recording: str, use: Use, purposes: Collection[Purpose], on: dt.date
) -> Permission | Refusal:
    decisions = [permit(records, recording, use, each, on) for each in Purpose if each in purposes]
    return next((each for each in decisions if isinstance(each, Refusal)), decisions[0])


def agreed(
    records: EveryVersion, recording: str, purpose: Purpose, on: dt.date, use: Use = Use.WATCH
) -> ConsentDecision:
    """Decide whether everybody in a recording agrees to a purpose, and to this use, today, which is `on` by
    the clock."""
    asked, consents = _said(records, recording)
    film = _film_asked(records, recording, use)
    return _unless_unread(records, recording, decide(asked, consents, purpose, on, film))


def agreed_purposes(records: EveryVersion, recording: str, on: dt.date) -> list[Purpose]:
    """Return every purpose to which everybody in a recording agrees today, which is `on` by the clock."""
    asked, consents = _said(records, recording)
    film = _film_asked(records, recording)
    return [each for each in Purpose if decide(asked, consents, each, on, film).allowed]


def agreed_then(records: EveryVersion, recording: str, purpose: Purpose, day: dt.date) -> ConsentDecision:
    """Decide whether everybody in a recording had agreed to a purpose on a day of the past."""
    asked, consents = _said(records, recording)
    film = _film_asked(records, recording)
    return _unless_unread(records, recording, decide(asked, made_by(consents, day), purpose, day, film))


def people_asked_for_work(records: EveryVersion, family: str) -> list[Asked]:
    """Return those who are asked about a family's work: whoever will be filmed, or is in a film."""
    families = tuple(records.versions(Family, family))
    cycles = [cycle.id for cycle in records.where(Cycle, family=family)]
    recordings = (each for cycle in cycles for each in records.where(Recording, cycle=cycle))
    versions = (version for each in recordings for version in records.versions(Recording, each.id))
    return asked_for_work(versions, families, _person(records), workers=records.meta.ask_workers)


def consents_of(records: EveryVersion, family: str) -> list[Alternatives]:
    """Return every decision in a family, in any version, with the versions that compete."""
    shown = [consent.id for consent in records.where(Consent, family=family)]
    found: list[Alternatives] = []
    for each in dict.fromkeys([*shown, *records.competing(Consent)]):
        versions = records.versions(Consent, each)
        if any(version.family == family for version in versions):
            removed = records.is_removed_in_a_version(Consent, each)
            found.append([*versions, *([None] if removed else [])])
    return found


def holds(records: EveryVersion, recording: str) -> list[str]:
    """Return why the film of a recording is kept longer, in any version of any recording that names the file:
    it is not deleted then."""
    versions = (
        each
        for film in (recording, *(each.id for each in in_same_file(records, recording)))
        for each in records.versions(Recording, film)
    )
    return list(dict.fromkeys(each.hold_reason for each in versions if each.hold_reason))


def in_same_file(records: EveryVersion, recording: str) -> list[Recording]:
    """Return the recordings whose film is in the same file as that of the one with this id, itself
    included."""
    places = {_place(each.path) for each in records.versions(Recording, recording)} - {""}
    return [each for each in records.where(Recording) if _place(each.path) in places]


def other_families(records: EveryVersion, recording: str) -> tuple[str, ...]:
    """Return the codes of other families, a recording of which names the same film."""
    versions = tuple(records.versions(Recording, recording))
    own = _families(records, versions)
    marks = {mark for each in versions for mark in _marks(each)}
    found = {
        family
        for each in _all_versions(records)
        if not marks.isdisjoint(_marks(each)) and (family := _family_id(records, each)) not in own
    }
    codes = {each.code for family in found for each in records.versions(Family, family)}
    return tuple(sorted(codes))


def is_named_besides(records: EveryVersion, recording: str, going: Collection[str]) -> bool:
    """Whether a recording that is none of those `going` (ids) names the same film, in any version."""
    marks = {mark for each in records.versions(Recording, recording) for mark in _marks(each)}
    staying = (each for each in _all_versions(records) if each.id not in going)
    return any(not marks.isdisjoint(_marks(each)) for each in staying)


def named_by_several_families(records: EveryVersion) -> list[tuple[Recording, ...]]:
    """Return the recordings of different families that name the same film, each film's together: by where it
    lies, or by its content."""
    found: dict[str, list[Recording]] = {}
    for recording in _all_versions(records):
        for mark in _marks(recording):
            found.setdefault(mark, []).append(recording)
    apart = (
        several for several in found.values() if len({_family_id(records, each) for each in several}) > 1
    )
    by_ids = {frozenset(each.id for each in several): several for several in apart}
    return [tuple({each.id: each for each in several}.values()) for several in by_ids.values()]


def _families(records: EveryVersion, versions: Sequence[Recording]) -> dict[str, tuple[Family, ...]]:
    """Every version of the family, or families, to which a recording belongs, by id."""
    cycles = {each.cycle for each in versions}
    families = {found.family for cycle in cycles for found in records.versions(Cycle, cycle)}
    known = {each: tuple(records.versions(Family, each)) for each in sorted(families)}
    return {each: found for each, found in known.items() if found}


def _said(records: EveryVersion, recording: str) -> tuple[list[Asked], list[Alternatives]]:
    """Everybody in a recording whose consent counts, whichever version is right, and all that was decided."""
    versions = tuple(records.versions(Recording, recording))
    families = _families(records, versions)
    known = [each for several in families.values() for each in several]
    person = _person(records)
    asked = asked_in(versions, known, person, workers=records.meta.ask_workers)
    consents = [each for family in families for each in consents_of(records, family)]
    said = (each for alternatives in consents for each in alternatives if each is not None)
    everybody = list(dict.fromkeys([*asked, *removed_who_said_no(said, known, person)]))
    return everybody, [*consents, *said_no_by_name(everybody, consents)]


def _film_asked(records: EveryVersion, recording: str, use: Use = Use.WATCH) -> FilmAsked:
    """Every day on which a recording may have been filmed, in any version of it, and whether copies are
    made."""
    days = dict.fromkeys(each.filmed for each in records.versions(Recording, recording))
    return FilmAsked(tuple(days), copied=use in (Use.CUT, Use.COPY))


def _unless_unread(records: EveryVersion, recording: str, decision: ConsentDecision) -> ConsentDecision:
    """Allow nothing where an entry that is not used may say who is in a film, or that somebody said no."""
    unread = {kind: records.unused(kind) for kind in (Recording, Cycle, Family, Consent)}
    if not any(unread.values()):
        return decision
    versions = records.versions(Recording, recording)
    families = _families(records, versions)
    ids = {recording, *(each.cycle for each in versions), *families}
    about = any(entry.get("id") in ids for kind in (Recording, Cycle, Family) for entry in unread[kind])
    if about or any(_may_be_about(records, entry, families) for entry in unread[Consent]):
        return replace(decision, allowed=False, unread=True)
    return decision


def _may_be_about(records: EveryVersion, entry: Mapping[str, object], families: Iterable[str]) -> bool:
    """Whether a decision may be about this family: nothing says that it is about another."""
    family = entry.get("family")
    if not isinstance(family, str):
        return True
    return family in families or not records.versions(Family, family)


def _person(records: EveryVersion) -> FindPerson:
    return lambda identity: next(iter(records.versions(Person, identity)), None)


def _all_versions(records: EveryVersion) -> Iterator[Recording]:
    yield from records.where(Recording)
    for each in records.competing(Recording):
        yield from records.versions(Recording, each)


def _marks(recording: Recording) -> tuple[str, ...]:
    """What identifies a recording's film: where it is, however that is written, and its content."""
    if recording.state is RecordingState.DELETED:
        return ()
    marks = (_place(recording.path), recording.fingerprint and f"content {recording.fingerprint}")
    return tuple(filter(None, marks))


@lru_cache(maxsize=10_000)
def _place(path: str) -> str:
    parts = unicodedata.normalize("NFC", path).casefold().replace("\\", "/").split("/")
    place = "/".join(part for part in parts if part not in ("", "."))
    return place and f"place {place}"


def _family_id(records: EveryVersion, recording: Recording) -> str:
    cycle = next(iter(records.versions(Cycle, recording.cycle)), None)
    return cycle.family if cycle else ""


def _permission(recording: Recording, use: Use, decision: ConsentDecision) -> Permission:
    made = object.__new__(Permission)
    parts = (recording, use, decision.purpose, decision.on, decision.consents)
    for name, value in zip(("recording", "use", "purpose", "on", "consents"), parts, strict=True):
        object.__setattr__(made, name, value)
    return made
