"""Who has agreed to what, and so whether film may be used.

The latest decision by date holds; of decisions of the same day the more protective, whichever was written
later: a withdrawal or refusal before a consent, a consent that ends before one that goes on. "Not asked"
yields to any of them, since it decides nothing. So a withdrawal acts at once.

No clock undoes a withdrawal. A consent that is dated after the day asked about has not been given yet, but a
refusal or withdrawal so dated holds: where it is recorded, that day has been, and it is the clock that is
wrong. For the same reason the last day of a consent is over once a later decision is recorded.

A consent for named filming days is about film of those days alone, beside consents for other days. It takes
the place of an earlier one for all days, since it says less. A refusal or withdrawal is about all film.

Where versions of a decision compete, all of them are looked at, and the most protective decides.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.records import Consent, Family, Person
from vigtui.domain.vocabulary import Copies, Decision, Purpose, Role, Word
from vigtui.values.text import folded

Alternatives = Sequence[Consent | None]
"""The competing versions of a decision, mostly one; None where somebody has removed it."""


Subject = tuple[str, Purpose]
"""Whose decision it is, and about which purpose."""


class ConsentState(Word):
    """What somebody's decisions about a purpose come to on a day."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired", "ran out"
    OTHER_DAYS = "other_days", "for other days"
    NO_COPIES = "no_copies", "no copies"
    NOT_ASKED = "not_asked"


class Asked(Struct, frozen=True):
    """Somebody who is asked for consent: the id of a member or a colleague, or a visitor's name; what they
    are called; and who they are if not a member who is filmed ("visitor")."""

    id: str
    label: str
    aside: str = ""


class FilmAsked(Struct, frozen=True):
    """Which film is asked about: the `days` on which it may have been filmed, None where that is not known,
    and whether it is to be `copied`. Without days no film in particular."""

    days: tuple[dt.date | None, ...] = ()
    copied: bool = False


ANY_FILM = FilmAsked()


class MissingConsent(Struct, frozen=True):
    """Whose consent for what is missing, why, and since when; who is not asked yet may have a consent from a
    day on that is still to come. `undecided` says that competing versions differ in this; `days` are those
    for which a consent is there."""

    member: str
    label: str
    purpose: Purpose
    why: ConsentState
    since: dt.date | None
    undecided: bool = False
    days: tuple[dt.date, ...] = ()


class ConsentDecision(Struct, frozen=True):
    """Whether film may be used for `purpose` on `on`: `missing` says whose consent is not there, `consents`
    are the ids of those that are. Film in which nobody's consent counts may not be used, nor any where
    something that is recorded about it is `unread`, which may say no."""

    allowed: bool
    purpose: Purpose
    on: dt.date
    missing: tuple[MissingConsent, ...] = ()
    consents: tuple[str, ...] = ()
    unread: bool = False


class GridCell(Struct, frozen=True):
    """One person and purpose: the state of consent, and the record it comes from."""

    purpose: Purpose
    state: ConsentState
    consent: Consent | None


class GridRow(Struct, frozen=True):
    """One person's cells, in the order of `Purpose`."""

    asked: Asked
    cells: tuple[GridCell, ...]


def latest(
    consents: Iterable[Consent], member: str, purpose: Purpose, on: dt.date, film: FilmAsked = ANY_FILM
) -> Consent | None:
    """Return the decision of `member` about `purpose` that holds on `on`, if there is one."""
    known = [each for each in consents if _counts(each, member, purpose, on)]
    held = max((each for each in known if covers(each, film)), key=_weight, default=None)
    others = (each for each in known if not covers(each, film) and _takes_the_place(each, held))
    return max(others, key=_weight, default=held)


def covers(consent: Consent, film: FilmAsked) -> bool:
    """Whether a decision is about film of these days: a consent for named days must name all of them."""
    named = consent.days if consent.decision is Decision.GIVEN else ()
    return not named or all(day in named for day in film.days)


def consent_state(consent: Consent | None, on: dt.date, film: FilmAsked = ANY_FILM) -> ConsentState:
    """Return what the decision that `latest` found comes to on `on`; `until` is the last day it covers."""
    if consent is None:
        return ConsentState.NOT_ASKED
    if consent.decision is not Decision.GIVEN:
        return ConsentState(consent.decision.value)
    if consent.until is not None and on > consent.until:
        return ConsentState.EXPIRED
    if not covers(consent, film):
        return ConsentState.OTHER_DAYS
    return ConsentState.NO_COPIES if film.copied and consent.copies is Copies.NO else ConsentState.GIVEN


def is_no(consent: Consent) -> bool:
    """Whether this is a refusal or withdrawal that counts."""
    return consent.decision in _NO and not consent.mistaken


def no_lost(before: object, after: object) -> Consent | None:
    """Return the refusal or withdrawal that is recorded `before` a change and no longer `after` it,
    not even as a mistake."""
    if not isinstance(before, Consent) or not is_no(before):
        return None
    if isinstance(after, Consent) and (after.decision, after.date) == (before.decision, before.date):
        return None
    return before


def taken_back(no: Consent) -> Consent:
    """Return the record that stays of a refusal or withdrawal that is taken back. It no longer counts."""
    return Consent(
        family=no.family,
        member=no.member,
        purpose=no.purpose,
        decision=no.decision,
        given_by=no.given_by,
        date=no.date,
        mistaken="taken back by undo",
    )


def by_themselves(consents: Iterable[Consent]) -> list[Alternatives]:
    """Return consents of which no versions compete as `decide` takes them."""
    return [(each,) for each in consents]


def said_no_by_name(people: Iterable[Asked], consents: Iterable[Alternatives]) -> list[Alternatives]:
    """Return each refusal and withdrawal that is recorded under the name of one of these people, as theirs.

    What somebody decided is recorded under their name once they are removed from the family, and another copy
    of the caseload may have them in it again."""
    ids: dict[str, list[str]] = {}
    for each in people:
        ids.setdefault(folded(each.label), []).append(each.id)
    return [
        [
            replace(each, member=identity) if each is not None and is_no(each) else None
            for each in alternatives
        ]
        for alternatives in consents
        for name in dict.fromkeys(each.member for each in alternatives if each is not None and is_no(each))
        for identity in ids.get(folded(name), ())
        if identity != name
    ]


def made_by(consents: Iterable[Alternatives], day: dt.date) -> list[Alternatives]:
    """Return the decisions as they were on a day of the past, without those made since."""
    return [
        [each if each is not None and each.date <= day else None for each in alternatives]
        for alternatives in consents
    ]


def decide(
    people: Iterable[Asked],
    consents: Iterable[Alternatives],
    purpose: Purpose,
    on: dt.date,
    film: FilmAsked = ANY_FILM,
) -> ConsentDecision:
    """Decide whether film of these people may be used for `purpose`: each of them must have agreed.

    Whoever said no to being filmed, took that consent back, or gave it for other days, is not shown for any
    other purpose either; of whom no copies of film may be given out, for no other purpose either.
    """
    asked, known = tuple(people), list(consents)
    day, about = latest_day(known, on), _by_subject(known)
    found = [_why_not(each, about, purpose, on, day, film) for each in asked]
    lacking = (each for each in found if isinstance(each, MissingConsent))
    # Somebody may be asked by id and by name.
    missing = tuple({(each.label, each.purpose, each.why, each.since): each for each in lacking}.values())
    given = tuple(each for each in found if isinstance(each, str))
    return ConsentDecision(bool(asked) and not missing, purpose, on, missing, given)


def latest_day(consents: Iterable[Alternatives], today: dt.date) -> dt.date:
    """Return today, or the latest day on which a decision is recorded, should the clock be behind that."""
    made = (each for versions in consents for each in versions if each is not None)
    return max([today, *(each.date for each in made if not each.mistaken)])


def _by_subject(consents: Iterable[Alternatives]) -> Mapping[Subject, Sequence[Alternatives]]:
    """Return the decisions by whose they are and what about, in any of their versions."""
    found: dict[Subject, list[Alternatives]] = {}
    for alternatives in consents:
        for subject in {(each.member, each.purpose) for each in alternatives if each is not None}:
            found.setdefault(subject, []).append(alternatives)
    return found


def _why_not(
    asked: Asked,
    consents: Mapping[Subject, Sequence[Alternatives]],
    purpose: Purpose,
    on: dt.date,
    day: dt.date,
    film: FilmAsked,
) -> MissingConsent | str:
    """What keeps film of somebody from being used for `purpose`: the no to filming itself weighs most.
    Where nothing does, the id of the consent that was given."""
    for about in dict.fromkeys((Purpose.FILM, purpose)):
        known = consents.get((asked.id, about), ())
        possible = possibly_latest(known, asked.id, about, on, film)
        worst = min(possible, key=lambda consent: _PROTECTIVE.index(consent_state(consent, day, film)))
        why = consent_state(worst, day, film)
        if why in (_PROTECTIVE[:-1] if about is purpose else _CLOSES_ALL):
            undecided = any(consent_state(each, day, film) is not why for each in possible)
            since = _from_then_on(known, on) if worst is None else _since(worst, why)
            days = worst.days if worst and why is ConsentState.OTHER_DAYS else ()
            return MissingConsent(asked.id, asked.label, about, why, since, undecided, days)
    return worst.id if worst else ""


def possibly_latest(
    consents: Iterable[Alternatives],
    member: str,
    purpose: Purpose,
    on: dt.date,
    film: FilmAsked = ANY_FILM,
) -> list[Consent | None]:
    """Return each decision that holds on `on` if the right ones of competing versions are chosen; None when
    there may be none."""
    known = [
        [each if each is not None and _counts(each, member, purpose, on) else None for each in alternatives]
        for alternatives in consents
    ]
    choices = [[each if each and covers(each, film) else None for each in versions] for versions in known]
    # Whatever is chosen, the latest weighs at least as much as the lightest version of any decision.
    least = max((min(map(_weight_of, versions)) for versions in choices if versions), default=_NOTHING)
    possible = [each for versions in choices for each in versions if each and _weight(each) >= least]
    held = [*possible, None] if least == _NOTHING else list(possible)
    others = (each for versions in known for each in versions if each and not covers(each, film))
    return [*held, *(each for each in others if any(_takes_the_place(each, other) for other in held))]


def purpose_for(viewer: Person | None, family: Family) -> Purpose:
    """Return which purpose covers `viewer` seeing this family's film.

    The guider who works with the family views it for the work itself; a social worker who does no guiding
    views it as a social worker; anyone else views it for supervision.
    """
    if viewer is None:
        return Purpose.SUPERVISION
    if viewer.id == family.guider:
        return Purpose.FILM
    if set(viewer.roles) == {Role.SOCIAL_WORKER}:
        return Purpose.SOCIAL_WORKER
    return Purpose.SUPERVISION


def grid(people: Iterable[Asked], consents: Iterable[Consent], on: dt.date) -> tuple[GridRow, ...]:
    """Return the state of everybody's consent for every purpose, as it is shown."""
    known = tuple(consents)
    day = latest_day(by_themselves(known), on)
    rows = []
    for asked in people:
        found = [(purpose, latest(known, asked.id, purpose, on)) for purpose in Purpose]
        cells = tuple(GridCell(purpose, consent_state(consent, day), consent) for purpose, consent in found)
        rows.append(GridRow(asked, cells))
    return tuple(rows)


_PROTECTIVE = (
    ConsentState.WITHDRAWN,
    ConsentState.REFUSED,
    ConsentState.EXPIRED,
    ConsentState.OTHER_DAYS,
    ConsentState.NOT_ASKED,
    ConsentState.NO_COPIES,
    ConsentState.GIVEN,
)
"""What protects most comes first."""

_CLOSES_ALL = (ConsentState.WITHDRAWN, ConsentState.REFUSED, ConsentState.OTHER_DAYS, ConsentState.NO_COPIES)
"""What, said about filming, closes film for every other purpose too."""

_WEIGHT_OF_DAY = {Decision.NOT_ASKED: 0, Decision.GIVEN: 1, Decision.REFUSED: 2, Decision.WITHDRAWN: 3}
_NO = (Decision.REFUSED, Decision.WITHDRAWN)

Weight = tuple[dt.date, int, int, str]
_NOTHING: Weight = (dt.date.min, -1, 0, "")


def _counts(consent: Consent, member: str, purpose: Purpose, on: dt.date) -> bool:
    """Whether this is a decision of `member` about `purpose` that has been made on `on`."""
    about = consent.member == member and consent.purpose is purpose and not consent.mistaken
    return about and (consent.date <= on or consent.decision in _NO)


def _takes_the_place(consent: Consent, held: Consent | None) -> bool:
    """Whether a consent for other days is what holds in place of `held`: of nothing, or of an earlier consent
    for all days."""
    if held is None:
        return True
    for_all_days = held.decision is Decision.GIVEN and not held.days
    return for_all_days and held.id != consent.id and _weight(held) < _weight(consent)


def _weight(consent: Consent) -> Weight:
    ends = -(consent.until or dt.date.max).toordinal()
    return consent.date, _WEIGHT_OF_DAY[consent.decision], ends, consent.id


def _weight_of(consent: Consent | None) -> Weight:
    return _NOTHING if consent is None else _weight(consent)


def _from_then_on(consents: Iterable[Alternatives], on: dt.date) -> dt.date | None:
    """Return the first day to come on which a consent is dated."""
    known = (each for versions in consents for each in versions if each is not None)
    ahead = (each.date for each in known if each.decision is Decision.GIVEN and not each.mistaken)
    return min((day for day in ahead if day > on), default=None)


def _since(consent: Consent | None, why: ConsentState) -> dt.date | None:
    """Return since when; not asked has no date."""
    if consent is None or why is ConsentState.NOT_ASKED:
        return None
    return consent.until if why is ConsentState.EXPIRED else consent.date
