"""What a family still needs: short words for a list, sentences for the place where it is put right."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vigtui.domain.consent.copies import is_late
from vigtui.domain.consent.decisions import (
    Alternatives,
    Asked,
    ConsentState,
    MissingConsent,
    decide,
    possibly_latest,
)
from vigtui.domain.consent.retention import without_last_day
from vigtui.domain.records import Copy, Cycle, Family, HelpingQuestion, Rating, Recording
from vigtui.domain.vocabulary import FamilyState, Purpose, RecordingState
from vigtui.queries.ratings import live_questions
from vigtui.values.days import number_of_days, show_day, show_long_day
from vigtui.values.text import and_list, one_line

_MOST_DAYS = 4
SOON_DAYS = 30
"""How many days ahead film due for deletion, or a consent about to end, is named."""

WORK_PURPOSES = (Purpose.FILM, Purpose.SUPERVISION)
"""What every family's members are asked about before the first film."""


class Need(Struct, frozen=True):
    """`short` fits a column of 13 cells; `urgent` means that a day has passed or a consent was taken back."""

    short: str
    sentence: str
    urgent: bool = False


def needs(
    family: Family,
    *,
    asked: Iterable[Asked],
    consents: Iterable[Alternatives],
    questions: Iterable[HelpingQuestion],
    ratings: Iterable[Rating],
    cycles: Iterable[Cycle],
    recordings: Iterable[Recording],
    copies: Iterable[Copy],
    words_day: dt.date | None,
    today: dt.date,
) -> list[Need]:
    """Return what this family needs, from its own records, the most urgent first. `asked` are those who are
    asked about the work; `words_day` is the day on which what is written is looked through."""
    ended = family.state is FamilyState.ENDED
    found, cycles = film_needs(recordings, today, ended=ended), tuple(cycles)
    found += copy_needs(copies, today)
    found += words_needs(words_day, today)
    if family.state is FamilyState.REFERRED and not cycles:
        found.append(
            Need("first visit", "A first visit: explain VIG, ask consent, look for a helping question.")
        )
    elif not ended:
        found += consent_needs(tuple(asked), tuple(consents), today)
        found += question_needs(tuple(questions), tuple(ratings), cycles)
    return sorted(found, key=lambda need: not need.urgent)


def film_needs(recordings: Iterable[Recording], today: dt.date, *, ended: bool = False) -> list[Need]:
    """Return the film that is due or overdue for deletion, or held past its day, as one need each; and, once
    the work has `ended`, film with no day by which it is deleted, held or not."""
    recordings = [each for each in recordings if each.state is not RecordingState.DELETED]
    kept = [each for each in recordings if each.delete_by is not None]
    found = _no_day(without_last_day(recordings)) if ended else []
    due = [day for each in kept if (day := each.delete_by) and not each.hold_reason]
    if due:
        found += _deletion(min(due), today)
    for reason in dict.fromkeys(each.hold_reason for each in kept if each.hold_reason):
        found.append(Need("film held", f"Film is held past its day: {reason}"))
    return found


def _no_day(recordings: Sequence[Recording]) -> list[Need]:
    if not recordings:
        return []
    held = dict.fromkeys(one_line(each.hold_reason).rstrip(".") for each in recordings if each.hold_reason)
    why = f" It is held: {and_list(list(held))}." if held else ""
    return [Need("no delete day", f"The work has ended, and film has no day by which it is deleted.{why}")]


def copy_needs(copies: Iterable[Copy], today: dt.date) -> list[Need]:
    """Return the copies that are out past their day, as one need."""
    late = [each.until for each in copies if is_late(each, today) and each.until]
    if not late:
        return []
    number = "A copy is" if len(late) == 1 else f"{len(late)} copies are"
    return [
        Need(
            "copy late",
            f"{number} out past the day, {show_day(min(late), today)}. The register of film and copies "
            "says where.",
            urgent=True,
        )
    ]


def words_needs(day: dt.date | None, today: dt.date) -> list[Need]:
    """Return that what is written of a family is to be looked through, once that day is near."""
    if day is None or (left := (day - today).days) > SOON_DAYS:
        return []
    when = f"by {show_day(day, today)}"
    sentence = f"What is written is looked through {when}: to be printed, kept longer or erased."
    return [Need("words due" if left <= 0 else f"words {left}d", sentence, urgent=left < 0)]


def consent_needs(asked: Sequence[Asked], consents: Sequence[Alternatives], today: dt.date) -> list[Need]:
    """Return the consents for the work that are missing, or end soon, as one need."""
    if not asked:
        return [Need("members", "Record who is in the family and who is filmed.")]
    decisions = [decide(asked, consents, purpose, today) for purpose in WORK_PURPOSES]
    missing: list[MissingConsent] = [each for decision in decisions for each in decision.missing]
    if missing:
        refused = [(each.missing, each.purpose) for each in decisions if not each.allowed]
        return [
            Need(
                "consent",
                missing_for_each(refused, today),
                any(each.why in (ConsentState.WITHDRAWN, ConsentState.EXPIRED) for each in missing),
            )
        ]
    ends = [
        consent.until
        for person in asked
        for purpose in WORK_PURPOSES
        for consent in possibly_latest(consents, person.id, purpose, today)
        if consent and consent.until
    ]
    if ends and (min(ends) - today).days <= SOON_DAYS:
        return [
            Need(f"consent {(min(ends) - today).days}d", f"A consent ends on {show_day(min(ends), today)}.")
        ]
    return []


def missing_words(missing: Sequence[MissingConsent], purpose: Purpose, today: dt.date) -> str:
    """Return whose consent is missing and why, without a full stop."""
    parts = [*_unasked(missing, purpose), *(_reason(each, today) for each in missing if each.since)]
    undecided = [each.label for each in missing if each.undecided]
    if undecided:
        about = and_list(list(dict.fromkeys(one_line(each) for each in undecided)))
        parts.append(f"two versions of what {about} decided wait for a decision")
    return "; ".join(parts)


def missing_for_each(refused: Sequence[tuple[Sequence[MissingConsent], Purpose]], today: dt.date) -> str:
    """Return whose consents are missing for several purposes, in sentences: in one where the same people have
    been asked about none of them."""
    missing = [each for several, _ in refused for each in several]
    labels = {tuple(one_line(each.label) for each in several) for several, _ in refused}
    if len(labels) == 1 and all(each.since is None and not each.undecided for each in missing):
        return f"{_not_asked(labels.pop(), ', or about '.join(purpose.named for _, purpose in refused))}."
    return " ".join(f"{missing_words(several, purpose, today)}." for several, purpose in refused)


def days_words(days: Sequence[dt.date], today: dt.date) -> str:
    """Return "3 and 10 February": days of filming; of more than a few how many there are."""
    if len(days) > _MOST_DAYS:
        return f"{len(days)} days"
    return and_list([show_long_day(each, today) for each in sorted(days)])


def _unasked(missing: Iterable[MissingConsent], purpose: Purpose) -> list[str]:
    labels = [one_line(each.label) for each in missing if each.since is None]
    if not labels:
        return []
    return [_not_asked(labels, purpose.named)]


def _not_asked(labels: Sequence[str], about: str) -> str:
    verb = "has" if len(labels) == 1 else "have"
    return f"{and_list(labels)} {verb} not been asked about {about}"


def _reason(missing: MissingConsent, today: dt.date) -> str:
    label = one_line(missing.label)
    day = show_long_day(missing.since or today, today)
    consent = f"{label}'s consent for {missing.purpose.named}"
    if missing.why is ConsentState.OTHER_DAYS:
        return f"{consent} is for film of {days_words(missing.days, today)} alone"
    if missing.why is ConsentState.NO_COPIES:
        return f"{label} said on {day} that no copies of the film may be given out"
    if missing.why is ConsentState.REFUSED:
        return f"{label} said no to {missing.purpose.named} on {day}"
    if missing.why is ConsentState.EXPIRED:
        return f"{consent} ended on {day}"
    if missing.why is ConsentState.NOT_ASKED:
        return (
            f"{consent} is dated {day}, after today ({show_long_day(today, today)} by this machine's clock)"
        )
    return f"{consent} was withdrawn on {day}"


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
        sentence = f"Film was to be deleted by {show_day(day, today)}: {number_of_days(-left)} ago."
        return [Need("film late", sentence, urgent=True)]
    if left <= SOON_DAYS:
        sentence = f"Film is to be deleted by {show_day(day, today)}: {number_of_days(left)} left."
        return [Need(f"film {left}d", sentence)]
    return []
