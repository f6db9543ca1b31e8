"""Why film stays closed, in words for the screen."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.consent.access import Permission, Refusal
from vigtui.domain.consent.audiences import Audience
from vigtui.domain.consent.decisions import Asked, ConsentDecision, ConsentState
from vigtui.domain.records import Consent, Deletion, Recording
from vigtui.domain.vocabulary import Decision, Purpose
from vigtui.queries.needs import days_words, missing_words
from vigtui.values.days import number_of_days, show_long_day
from vigtui.values.keys import KeyFor
from vigtui.values.signs import GIVEN, OPEN, REFUSED
from vigtui.values.text import and_list, one_line
from vigtui.wording.names import Names

REMOVED = "This recording is no longer in the caseload."
NOBODY = "Nobody whose consent counts is recorded as being in this film. It stays closed until somebody is."
UNREAD = (
    "Something that is recorded about this film, or about consent, cannot be read: “vigtui check” says what. "
    "The film stays closed until that is put right."
)
_CLOSED = "Film stays closed until everybody in it has agreed."
_NO_COPY = "It may be seen here; no copy leaves."

_MAY = {
    Purpose.FILM: ("to filming and shared review", "with the family, in the shared review"),
    Purpose.SUPERVISION: ("that clips may be seen in supervision", "in supervision"),
    Purpose.INTERVISION: ("that clips may be seen in intervision", "in intervision"),
    Purpose.ASSESSMENT: ("that clips may be seen in an assessment", "in an assessment"),
    Purpose.TRAINING_EVENT: ("that clips may be shown at a training event", "at a training event"),
    Purpose.SOCIAL_WORKER: ("that the social worker may see clips", "by the social worker"),
    Purpose.CONFERENCE: ("that clips may be shown at a CP conference", "at a CP conference"),
    Purpose.CIN_MEETING: ("that clips may be shown at a CIN meeting", "at a CIN meeting"),
    Purpose.COURT: ("that clips may be shown in court", "in court"),
}
"""To what somebody agrees, and how clips are then seen."""


def everybody_agrees(purpose: Purpose) -> str:
    """Return "Everybody filmed agrees that the social worker may see clips."."""
    return f"Everybody filmed agrees {_MAY[purpose][0]}."


def agreed_to(purpose: Purpose) -> str:
    """Return to what somebody agrees: "that clips may be seen in supervision"."""
    return _MAY[purpose][0]


def decision_words(consent: Consent, today: dt.date) -> str:
    """Return a decision in words: "given by Dana for themselves on 4 February, until 3 June"."""
    words, was_asked = consent.decision.label, consent.decision is not Decision.NOT_ASKED
    if consent.given_by and was_asked:
        words += f" by {one_line(consent.given_by)}"
    if consent.given_as and was_asked:
        words += f" {consent.given_as.label}"
    words += f" on {show_long_day(consent.date, today)}"
    if consent.until:
        words += f", until {show_long_day(consent.until, today)}"
    if consent.days:
        words += f", for film of {days_words(consent.days, today)}"
    if consent.copies:
        words += f", copies: {consent.copies.label}"
    if not consent.mistaken:
        return words
    by = f", says {one_line(consent.by)}" if consent.by else ""
    return f"{words}; does not count: {one_line(consent.mistaken)}{by}"


def may_be_seen(purposes: Iterable[Purpose]) -> str:
    """Return "It may be seen in supervision and by the social worker."; "" for no purpose."""
    seen = and_list([_MAY[each][1] for each in purposes])
    return f"It may be seen {seen}." if seen else ""


def why_closed(decision: Permission | Refusal | ConsentDecision, today: dt.date) -> str:
    """Return what stands in the way; "" when nothing does."""
    if isinstance(decision, Permission):
        return ""
    if isinstance(decision, ConsentDecision):
        if decision.allowed:
            return ""
    elif decision.removed:
        return REMOVED
    elif decision.deleted:
        return _deleted(decision.deletion, today)
    elif decision.other_families:
        return named_by_others(decision.other_families)
    if not decision.missing:
        return UNREAD if decision.unread else NOBODY
    closed = _NO_COPY if isinstance(decision, Refusal) and decision.only_copies else _CLOSED
    return f"{missing_words(decision.missing, decision.purpose, today)}. {closed}"


def why_not_shown(decision: ConsentDecision, day: dt.date, today: dt.date) -> str:
    """Return why it cannot be recorded that a clip was shown on a day: who had not agreed by then, as far as
    is recorded. Paper may say more."""
    if not decision.missing:
        return UNREAD if decision.unread else NOBODY
    missing = missing_words(decision.missing, decision.purpose, day)
    return (
        f"By {show_long_day(day, today)} not everybody had agreed, as it is recorded: {missing}. If a form "
        "was signed by then, record that first (4 in the family), with the day on the form."
    )


class AudienceLine(Struct, frozen=True):
    """Whether a clip may be shown to an audience: a sign, who it is ("in supervision"), and the reason."""

    may: bool
    sign: str
    who: str
    why: str


def audience_lines(found: Iterable[Audience], today: dt.date) -> list[AudienceLine]:
    """Return a line for each audience."""
    return [
        AudienceLine(
            isinstance(each.seen, Permission),
            _audience_sign(each.seen),
            _MAY[each.purpose][1],
            _reason(each.seen, today) or _reason(each.copied, today),
        )
        for each in found
    ]


def _audience_sign(decision: Permission | Refusal) -> str:
    if isinstance(decision, Permission):
        return GIVEN
    not_asked = bool(decision.missing) and all(
        each.why is ConsentState.NOT_ASKED for each in decision.missing
    )
    return OPEN if not_asked else REFUSED


def _reason(decision: Permission | Refusal, today: dt.date) -> str:
    """Return what stands in the way, without what follows from it; "" when nothing does."""
    if isinstance(decision, Refusal) and decision.missing and not decision.deleted:
        return f"{missing_words(decision.missing, decision.purpose, today)}."
    return why_closed(decision, today)


def past_day_words(day: dt.date, deciders: Sequence[str], today: dt.date, key: KeyFor) -> str:
    """Return what is said before film is opened that was to be deleted by a day that is past."""
    ago, who = number_of_days((today - day).days), " or ".join(one_line(each) for each in deciders)
    return (
        f"This film was to be deleted by {show_long_day(day, today)}, {ago} ago. {who or 'The service'} "
        f"decides whether it is deleted ({key('caseload.register')}) or kept longer, with a reason "
        f"({key('family.film')} in the family, {key('family.edit')})."
    )


def named_by_others(families: Iterable[str]) -> str:
    """Return what is said of a film that recordings of these families (codes) name as well."""
    codes = and_list([one_line(each) for each in families])
    return f"A recording of {codes} names this film too: closed for both until one of the two is removed."


_SAID = {Decision.GIVEN: "agreed", Decision.REFUSED: "refused", Decision.WITHDRAWN: "withdrew"}
_MOST_NAMED = 12


def whether_in_films(who: Asked, said: Consent | None, films: Sequence[str], today: dt.date) -> str:
    """Ask whether somebody is in none of the films with these names, after what they `said` last."""
    label = one_line(who.label)
    first = f"{label} has not decided anything yet."
    if said is not None:
        first = f"{label} {_SAID[said.decision]} on {show_long_day(said.date, today)}."
    which = f"none of these {len(films)} films" if len(films) > 1 else "this film"
    named = f" ({and_list([one_line(each) for each in films])})" if len(films) <= _MOST_NAMED else ""
    not_in = "" if len(films) > 1 else "not "
    return f"{first} Are they {not_in}in {which}{named}? Your answer is kept with the film, with your name."


def absent_words(names: Names, recording: Recording) -> str:
    """Return "not in it: Mo (Ros Tiverton, 3 May)": who was said not to be in a film; "" for nobody."""
    said = [
        f"{one_line(each.who)} ({names.who(each.by, recording)}, {names.day(each.on)})"
        for each in recording.absent
    ]
    return f"not in it: {and_list(said)}" if said else ""


def without_refusals(missing: int) -> str:
    """Return what is said before an earlier version is put back in which so many refusals and withdrawals of
    now are missing; "" when none is."""
    if not missing:
        return ""
    are = (
        "1 refusal or withdrawal of now is"
        if missing == 1
        else f"{missing} refusals or withdrawals of now are"
    )
    return f"{are} not in it: film that is closed now may be shown again."


def taking_back(names: Names, refusals: Iterable[Consent], today: dt.date) -> str:
    """Ask whether these refusals and withdrawals are to be taken back."""
    said = and_list([f"{names.who(each.member, each)}: {_no(each, today)}" for each in refusals])
    return (
        f"This takes back what was decided about film ({said}). Film that was closed may be shown again. "
        "That it was taken back stays in the history."
    )


def _no(consent: Consent, today: dt.date) -> str:
    return f"{consent.purpose.label} {consent.decision.label} on {show_long_day(consent.date, today)}"


def _deleted(stub: Deletion | None, today: dt.date) -> str:
    if stub is None:
        return "This film was deleted. What was written about it stays."
    by = f" by {one_line(stub.by)}" if stub.by else ""
    why = f": {one_line(stub.why).rstrip('.')}" if stub.why else ""
    return (
        f"This film was deleted on {show_long_day(stub.date, today)}{by}{why}. "
        "What was written about it stays."
    )
