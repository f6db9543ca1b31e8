"""Saying that somebody is not in a film. It may open the film, so it is asked, and the answer is kept."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from vigtui.domain.consent.decisions import Asked, is_no
from vigtui.domain.consent.filmed import people_in
from vigtui.domain.records import Absence, Consent, Family, Recording
from vigtui.domain.vocabulary import Decision, RecordingState
from vigtui.values.text import folded


def last_said(who: Asked, consents: Iterable[Consent]) -> Consent | None:
    """Return the last refusal or withdrawal of somebody, or else their last decision; None where they never
    decided anything."""
    own = (each for each in consents if each.member == who.id or folded(each.member) == folded(who.label))
    decided = (each for each in own if not each.mistaken and each.decision is not Decision.NOT_ASKED)
    return max(decided, key=lambda each: (is_no(each), each.date, each.id), default=None)


def films_to_ask_about(
    who: Asked, family: Family, recordings: Iterable[Recording], consents: Iterable[Consent]
) -> Sequence[Recording]:
    """Return the family's films that exist, if somebody is in one of them or has ever decided; else none."""
    films = [each for each in recordings if each.state is not RecordingState.DELETED]
    if last_said(who, consents) or any(is_in(who, film, family) for film in films):
        return films
    return []


def is_in(who: Asked, recording: Recording, family: Family) -> bool:
    """Whether somebody is recorded as being in it, by id or by name."""
    return any(_is(who, each) for each in people_in(recording, family))


def taken_out(before: Recording, after: Recording, family: Family, asked: Iterable[Asked]) -> list[Asked]:
    """Return those of the people asked who were recorded as being in the film and no longer are."""
    return [each for each in asked if is_in(each, before, family) and not is_in(each, after, family)]


def without(recording: Recording, family: Family, who: Asked, by: str, on: dt.date) -> Recording:
    """Return the recording without somebody, and with who says so and when; `by` is an id or a name."""
    people = tuple(each for each in people_in(recording, family) if not _is(who, each))
    others = tuple(each for each in recording.absent if folded(each.who) != folded(who.label))
    return replace(recording, people=people, absent=(*others, Absence(who=who.label, by=by, on=on)))


def back_in(recording: Recording, family: Family, asked: Iterable[Asked]) -> Recording:
    """Return the recording without what was said of the absence of those who are in it again."""
    there = {folded(each.label) for each in asked if is_in(each, recording, family)}
    absent = tuple(each for each in recording.absent if folded(each.who) not in there)
    return replace(recording, absent=absent)


def _is(who: Asked, person: str) -> bool:
    return person == who.id or folded(person) == folded(who.label)
