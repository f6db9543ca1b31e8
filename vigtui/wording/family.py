"""What is said of a family: its story in a line, its members, cycles, ratings and films."""

import datetime as dt
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from vigtui.domain.consent.filmed import people_in
from vigtui.domain.cycles import counts
from vigtui.domain.ratings import is_below, scale_words
from vigtui.domain.records import (
    Clip,
    Cycle,
    Family,
    HelpingQuestion,
    Member,
    Rating,
    Recording,
    Session,
    SessionItem,
    Voice,
)
from vigtui.domain.vocabulary import FamilyState, RecordingState, SessionState
from vigtui.queries.needs import film_needs
from vigtui.queries.ratings import Series, all_series
from vigtui.values.days import number_of_days, show_day, show_long_day
from vigtui.values.keys import KeyFor
from vigtui.values.text import and_list, one_line, shortened
from vigtui.values.timecode import format_length, format_timecode

if TYPE_CHECKING:
    from vigtui.queries.family import FamilyRecords
    from vigtui.wording.names import Names

_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def members_words(family: Family) -> str:
    """ "Dana, Jory (4)": an age comes after a child's name."""
    return ", ".join(_member(member) for member in family.members)


def _member(member: Member) -> str:
    parts = [one_line(part) for part in member.relation.split(",")]
    age = next((part for part in parts if any(character.isdigit() for character in part)), "")
    return f"{one_line(member.label)} ({age})" if age else one_line(member.label)


def cycle_name(cycle: Cycle) -> str:
    """ "cycle 2, making toast"."""
    activity = one_line(cycle.activity)
    return f"cycle {cycle.number}, {activity}" if activity else f"cycle {cycle.number}"


def quoted(words: str) -> str:
    """Somebody's own words, in quotation marks."""
    return f"“{one_line(words)}”"


def series_of(records: "FamilyRecords", question: HelpingQuestion) -> list[Series]:
    """A question's ratings, rater by rater."""
    return [series for series in all_series(records.ratings) if series.question == question.id]


def rating_value(rating: Rating) -> str:
    """ "5", or "not rated", which is not 0."""
    return "not rated" if rating.value is None else str(rating.value)


def rated_words(records: "FamilyRecords", rating: Rating) -> str:
    """ "Dana rated 5, 11 March, cycle 2, making toast"; or that somebody was asked and did not rate."""
    day = show_long_day(rating.date, records.today)
    who, cycle = records.name(rating.rater), records.cycle(rating.cycle)
    told = f"was asked on {day} and did not rate" if rating.value is None else f"rated {rating.value}, {day}"
    return f"{who} {told}{f', {cycle_name(cycle)}' if cycle else ''}"


def rating_sentences(records: "FamilyRecords", rating: Rating) -> list[str]:
    """A rating, what was said with it, and what became of it, a sentence each."""
    found = [rated_words(records, rating)]
    if rating.words:
        found.append(quoted(rating.words))
    if is_below(rating, records.lowest_rating):
        found.append(
            f"Given before ratings went from {scale_words(records.lowest_rating)}, and kept as given."
        )
    for each in reversed(rating.corrected):
        by = f" by {records.name(each.by)}" if each.by else ""
        was = "asked, not rated" if each.value is None else each.value
        found.append(f"Corrected on {show_long_day(each.until, records.today)}{by}: it was {was}.")
    return found


def length(recording: Recording) -> str:
    """How long a film is, "" while that is not known."""
    return format_length(recording.duration_ms) if recording.duration_ms else ""


def in_film(records: "FamilyRecords", recording: Recording) -> str:
    """Who is in a film: "Dana, Jory and Gran"."""
    labels = {each.id: each.label for each in records.asked}
    people = [
        one_line(labels.get(each) or records.name(each)) for each in people_in(recording, records.family)
    ]
    return one_line(and_list(people)) if people else "nobody is recorded as being in it"


def film_words(records: "FamilyRecords", recording: Recording) -> str:
    """What becomes of a film: deleted, missing, held, or the day by which it is to be deleted."""
    today = records.today
    if recording.state is RecordingState.DELETED:
        stub = next((each for each in records.deletions if each.recording == recording.id), None)
        if stub is None:
            return "film deleted"
        by = f" by {one_line(stub.by)}" if stub.by else ""
        why = f": {one_line(stub.why)}" if stub.why else ""
        return f"film deleted on {show_long_day(stub.date, today)}{by}{why}"
    words = [f"held: {shortened(recording.hold_reason)}"] if recording.hold_reason else []
    if recording.delete_by:
        left = (recording.delete_by - today).days
        late = f", {number_of_days(-left)} ago" if left < 0 else ""
        words.append(f"delete by {show_day(recording.delete_by, today)}{late}")
    if recording.state is RecordingState.MISSING:
        words.append("film missing")
    return "   ".join(words)


def summary(family: Family, cycles: Iterable[Cycle], recordings: Iterable[Recording], today: dt.date) -> str:
    """Return "Heron: Dana and Jory. Three cycles, ended. Film is to be deleted by 4 Dec: 12 days left."

    `cycles` and `recordings` are the family's own.
    """
    cycles, ended = tuple(cycles), family.state is FamilyState.ENDED
    done = sum(counts(cycle) for cycle in cycles)
    number = _NUMBERS[done] if done < len(_NUMBERS) else str(done)
    not_done = "First cycle begun" if any(cycle.filmed for cycle in cycles) else "No cycle yet"
    cycles_done = f"{number} {'cycle' if done == 1 else 'cycles'}" if done else not_done
    name = family.pseudonym or family.code
    members = and_list([member.label for member in family.members])
    parts = [
        f"{name}: {members}." if members else f"{name}.",
        f"{cycles_done}, {_state(family, today)}.",
        *(need.sentence for need in film_needs(recordings, today, ended=ended)),
    ]
    return " ".join(parts)


def last_working_point(
    clips: Container[str], items: Iterable[SessionItem], sessions: Iterable[Session]
) -> str:
    """Return the working point of the newest session about one of the clips with these ids, else "". What is
    written of one that is still planned is not agreed."""
    held = (each for each in sessions if each.state is not SessionState.PLANNED)
    dates = {session.id: session.date for session in held}
    points = [
        (dates[item.session], item.session, item.order, item.working_point)
        for item in items
        if item.working_point and item.session in dates and (item.clip in clips or item.companion in clips)
    ]
    return max(points)[-1] if points else ""


def _state(family: Family, today: dt.date) -> str:
    if family.state is FamilyState.REFERRED and family.referred:
        return f"referred on {show_long_day(family.referred, today)}"
    if family.state is FamilyState.ENDED and family.closure.reason:
        return f"ended: {family.closure.reason}"
    return family.state.label


def about_voice(names: "Names", voice: Voice, key: KeyFor) -> str:
    """Return somebody's words in full, then when and of what they were said, and who agreed to their being
    quoted."""
    clip = names.find(Clip, voice.clip)
    said = f"{names.who(voice.speaker, voice)}, {names.day(voice.date)}"
    if clip is not None:
        said += f", {names.name(clip)} at {format_timecode(voice.at_ms)}"
    return f"{quoted(voice.words)} {said}. {quoting_words(names, voice, key)}"


def quoting_words(names: "Names", voice: Voice, key: KeyFor) -> str:
    """Return "Dana agreed on 12 Mar that it may be quoted."."""
    if not voice.may_quote:
        return (
            f"Nobody has agreed that others read it: it is on no paper. {key('voices.quote')} says who "
            "agrees."
        )
    on = f" on {names.day(voice.agreed_on)}" if voice.agreed_on else ""
    if not voice.agreed_by:
        return "It may be quoted; who agreed to that is not written down."
    return f"{names.who(voice.agreed_by, voice)} agreed{on} that it may be quoted."
