"""What a family still needs: short words for a list, sentences for the place where it is put right."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.consent import MissingConsent, Standing, decide, latest
from vigtui.domain.records import Consent, Cycle, Family, HelpingQuestion, Rating, Recording
from vigtui.domain.vocabulary import FamilyState, Purpose, RecordingState
from vigtui.queries.ratings import live_questions
from vigtui.values.days import show_day

SOON_DAYS = 30
"""How many days ahead film due for deletion, or a consent about to end, is named."""

WORK_PURPOSES = (Purpose.FILM, Purpose.SUPERVISION)
"""What every family's members are asked about before the first film."""


class Need(Struct, frozen=True):
    """`short` fits a column of 10 cells; `urgent` means that a day has passed or a consent was taken back."""

    short: str
    sentence: str
    urgent: bool = False


def needs(
    family: Family,
    *,
    consents: Iterable[Consent],
    questions: Iterable[HelpingQuestion],
    ratings: Iterable[Rating],
    cycles: Iterable[Cycle],
    recordings: Iterable[Recording],
    today: dt.date,
) -> list[Need]:
    """Return what this family needs, from its own records, the most urgent first."""
    found, cycles = film_needs(recordings, today), tuple(cycles)
    if family.state is FamilyState.REFERRED and not any(cycle.filmed for cycle in cycles):
        found.append(
            Need("first visit", "A first visit: explain VIG, ask consent, look for a helping question.")
        )
    elif family.state is not FamilyState.ENDED:
        found += consent_needs(family, tuple(consents), today)
        found += question_needs(tuple(questions), tuple(ratings), cycles)
    return sorted(found, key=lambda need: not need.urgent)


def film_needs(recordings: Iterable[Recording], today: dt.date) -> list[Need]:
    """Return the film that is due or overdue for deletion, or held past its day, as one need each."""
    kept = [
        each for each in recordings if each.delete_by is not None and each.state is not RecordingState.DELETED
    ]
    found = []
    due = [day for each in kept if (day := each.delete_by) and not each.hold_reason]
    if due:
        found += _deletion(min(due), today)
    for reason in dict.fromkeys(each.hold_reason for each in kept if each.hold_reason):
        found.append(Need("film held", f"Film is held past its day: {reason}"))
    return found


def consent_needs(family: Family, consents: Sequence[Consent], today: dt.date) -> list[Need]:
    """Return the consents for the work that are missing, or end soon, as one need."""
    if not any(member.filmed for member in family.members):
        return [Need("members", "Record who is in the family and who is filmed.")]
    decisions = [decide(family.members, consents, purpose, today) for purpose in WORK_PURPOSES]
    missing: list[MissingConsent] = [each for decision in decisions for each in decision.missing]
    if missing:
        sentences = (decision.sentence() for decision in decisions if not decision.allowed)
        return [
            Need(
                "consent",
                " ".join(each.split(". The clip")[0] + "." for each in sentences),
                any(each.why in (Standing.WITHDRAWN, Standing.EXPIRED) for each in missing),
            )
        ]
    ends = [
        consent.until
        for member in family.members
        for purpose in WORK_PURPOSES
        if (consent := latest(consents, member.id, purpose, today)) and consent.until
    ]
    if ends and (min(ends) - today).days <= SOON_DAYS:
        return [
            Need(f"consent {(min(ends) - today).days}d", f"A consent ends on {show_day(min(ends), today)}.")
        ]
    return []


def question_needs(
    questions: Sequence[HelpingQuestion], ratings: Sequence[Rating], cycles: Sequence[Cycle]
) -> list[Need]:
    """Return whether a helping question is to be agreed, or rated again since the last shared review."""
    agreed = [question for question in live_questions(questions) if question.agreed]
    if not agreed:
        return [Need("question", "Agree a helping question.")]
    rated = {
        question.id: max((each.date for each in ratings if each.question == question.id), default=None)
        for question in agreed
    }
    never = sum(day is None for day in rated.values())
    if never:
        return [Need("rating", f"{_questions(never)} not been rated yet.")]
    reviewed = max((cycle.reviewed for cycle in cycles if cycle.reviewed), default=dt.date.min)
    older = sum(day is not None and day < reviewed for day in rated.values())
    if older:
        return [Need("rating", f"{_questions(older)} not been rated since the last shared review.")]
    return []


def _questions(number: int) -> str:
    return "One helping question has" if number == 1 else f"{number} helping questions have"


def _deletion(day: dt.date, today: dt.date) -> list[Need]:
    left = (day - today).days
    if left < 0:
        sentence = f"Film was to be deleted by {show_day(day, today)}: {_days(-left)} ago."
        return [Need("film late", sentence, urgent=True)]
    if left <= SOON_DAYS:
        return [
            Need(f"film {left}d", f"Film is to be deleted by {show_day(day, today)}: {_days(left)} left.")
        ]
    return []


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
