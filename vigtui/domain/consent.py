"""Who has agreed to what, and so whether a clip may be shown.

The latest decision by date holds; decisions dated after the day asked about have not been made yet. Of
decisions of the same day the more protective holds, whichever was written later: a withdrawal or refusal
before a consent, a consent that ends before one that goes on. "Not asked" yields to any of them, since it
decides nothing. So a withdrawal acts at once, and no machine's clock can undo it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.records import Consent, Family, Member, Person
from vigtui.domain.vocabulary import Decision, Purpose, Role, Word
from vigtui.values.days import show_long_day


class Standing(Word):
    """What a member's decisions about a purpose come to on a day."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired", "ran out"
    NOT_ASKED = "not_asked"


class MissingConsent(Struct, frozen=True):
    """Whose consent for what is missing, why, and since when."""

    member: str
    label: str
    purpose: Purpose
    why: Standing
    since: dt.date | None


class ConsentDecision(Struct, frozen=True):
    """Whether film may be used for `purpose` on `on`. Nobody recorded as filmed is a "no" too."""

    allowed: bool
    purpose: Purpose
    on: dt.date
    missing: tuple[MissingConsent, ...] = ()

    def sentence(self) -> str:
        """Return what stands in the way, in words for the screen; "" when nothing does."""
        if self.allowed:
            return ""
        if not self.missing:
            return (
                "Nobody is recorded as filmed in this family. "
                "The clip stays closed until the people in the film and their consents are recorded."
            )
        parts = [*self._unasked(), *(self._reason(each) for each in self.missing if each.since)]
        return f"{'; '.join(parts)}. The clip stays closed until everybody filmed has agreed."

    def _unasked(self) -> list[str]:
        labels = [each.label for each in self.missing if each.since is None]
        if not labels:
            return []
        verb = "has" if len(labels) == 1 else "have"
        return [f"{and_list(labels)} {verb} not been asked about {self.purpose.label}"]

    def _reason(self, missing: MissingConsent) -> str:
        day = show_long_day(missing.since or self.on, self.on)
        consent = f"{missing.label}'s consent for {missing.purpose.label}"
        if missing.why is Standing.REFUSED:
            return f"{missing.label} said no to {missing.purpose.label} on {day}"
        if missing.why is Standing.EXPIRED:
            return f"{consent} ended on {day}"
        return f"{consent} was withdrawn on {day}"


class GridCell(Struct, frozen=True):
    """One member and purpose: the standing, and the record it comes from."""

    purpose: Purpose
    standing: Standing
    consent: Consent | None


class GridRow(Struct, frozen=True):
    """One member's cells, in the order of `Purpose`."""

    member: Member
    cells: tuple[GridCell, ...]


def and_list(words: Sequence[str]) -> str:
    """Return "Dana", "Dana and Jory" or "Dana, Jory and Mo"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def latest(consents: Iterable[Consent], member: str, purpose: Purpose, on: dt.date) -> Consent | None:
    """Return the decision of member id `member` about `purpose` that holds on `on`, if there is one."""
    made = [
        each for each in consents if each.member == member and each.purpose is purpose and each.date <= on
    ]
    return max(made, key=_weight, default=None)


def standing(consent: Consent | None, on: dt.date) -> Standing:
    """Return what the decision that `latest` found comes to on `on`; `until` is the last day it covers."""
    if consent is None:
        return Standing.NOT_ASKED
    if consent.decision is Decision.GIVEN and consent.until is not None and on > consent.until:
        return Standing.EXPIRED
    return Standing(consent.decision.value)


def decide(
    members: Iterable[Member], consents: Iterable[Consent], purpose: Purpose, on: dt.date
) -> ConsentDecision:
    """Decide whether film of these members may be used for `purpose`: every filmed one must have agreed.

    Whoever said no to being filmed, or took that consent back, is not shown for any other purpose either.
    """
    known = tuple(consents)
    filmed = [member for member in members if member.filmed]
    missing = tuple(each for member in filmed if (each := _missing(member, known, purpose, on)))
    return ConsentDecision(bool(filmed) and not missing, purpose, on, missing)


def _missing(
    member: Member, consents: Sequence[Consent], purpose: Purpose, on: dt.date
) -> MissingConsent | None:
    """What keeps film of `member` from being used for `purpose`: the no to filming itself weighs most."""
    filming = latest(consents, member.id, Purpose.FILM, on)
    if (why := standing(filming, on)) in (Standing.REFUSED, Standing.WITHDRAWN):
        return MissingConsent(member.id, member.label, Purpose.FILM, why, _since(filming, why))
    consent = latest(consents, member.id, purpose, on)
    if (why := standing(consent, on)) is Standing.GIVEN:
        return None
    return MissingConsent(member.id, member.label, purpose, why, _since(consent, why))


def purpose_for(viewer: Person | None, family: Family, *, in_session: bool) -> Purpose:
    """Return which purpose covers `viewer` seeing this family's film.

    The guider who works with the family views it for the work itself; a social worker who does no guiding
    views it as a social worker; anyone else, and everyone in a supervision session (one to one or group),
    views it for supervision.
    """
    if in_session or viewer is None:
        return Purpose.SUPERVISION
    if viewer.id == family.guider:
        return Purpose.FILM
    if set(viewer.roles) == {Role.SOCIAL_WORKER}:
        return Purpose.SOCIAL_WORKER
    return Purpose.SUPERVISION


def grid(members: Iterable[Member], consents: Iterable[Consent], on: dt.date) -> tuple[GridRow, ...]:
    """Return every member's standing for every purpose, filmed or not."""
    known = tuple(consents)
    rows = []
    for member in members:
        found = [(purpose, latest(known, member.id, purpose, on)) for purpose in Purpose]
        cells = tuple(GridCell(purpose, standing(consent, on), consent) for purpose, consent in found)
        rows.append(GridRow(member, cells))
    return tuple(rows)


_PROTECTION = {Decision.NOT_ASKED: 0, Decision.GIVEN: 1, Decision.REFUSED: 2, Decision.WITHDRAWN: 3}


def _weight(consent: Consent) -> tuple[dt.date, int, int, str]:
    ends = -(consent.until or dt.date.max).toordinal()
    return consent.date, _PROTECTION[consent.decision], ends, consent.id


def _since(consent: Consent | None, why: Standing) -> dt.date | None:
    """Return since when; not asked has no date."""
    if consent is None or why is Standing.NOT_ASKED:
        return None
    return consent.until if why is Standing.EXPIRED else consent.date
