"""The rules that records keep, with a sentence where one does not.

References that lead nowhere are the store's to find; a rule that needs a record it cannot find says nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, TypeVar

from vigtui.domain.belonging import family_of
from vigtui.domain.lookup import Find
from vigtui.domain.records import (
    Clip,
    Consent,
    Copy,
    Cycle,
    Enrolment,
    Family,
    HelpingQuestion,
    Instrument,
    Moment,
    Person,
    PlannedMoment,
    Programme,
    Rating,
    Record,
    Recording,
    Reflection,
    Session,
    Share,
    SkillRating,
    StatusSpan,
    Still,
    Tag,
)
from vigtui.domain.training.gates import assessor_problems
from vigtui.domain.training.stages import programme_problems
from vigtui.domain.vocabulary import Decision, RecordingKind, SessionState
from vigtui.values.timecode import format_timecode

R = TypeVar("R", bound=Record)


def _nothing(_kind: type[R], _id: str, /) -> R | None:
    return None


def problems(record: Record, find: Find = _nothing) -> list[str]:
    """Return a sentence for each rule that `record` breaks; an empty list when all is well.

    Without `find`, the rules between records are not looked at.
    """
    rules: Callable[[Any, Find], Iterator[str]] | None = _RULES.get(type(record))
    return list(rules(record, find)) if rules else []


def _in_order(*days: tuple[str, dt.date | None]) -> Iterator[str]:
    """Yield a sentence for each day that is before the known day named ahead of it."""
    known = [(name, day) for name, day in days if day is not None]
    for (name, day), (next_name, next_day) in pairwise(known):
        if next_day < day:
            yield f"“{next_name}” ({next_day}) is before “{name}” ({day})."


def _family(family: Family, _find: Find) -> Iterator[str]:
    if not family.code.strip():
        yield "The family has no code."
    labels = [member.label.strip().casefold() for member in family.members]
    if "" in labels:
        yield "A member of the family has no label."
    if len(set(labels)) < len(labels):
        yield "Two members of the family are called the same."


def _person(person: Person, _find: Find) -> Iterator[str]:
    if not person.name.strip():
        yield "The person has no name."
    if person.supervisor == person.id:
        yield f"{person.name} is recorded as their own supervisor."
    for time in person.availability:
        yield from _in_order(("from", time.start), ("to", time.end))
    for held in person.roles_held:
        yield from _in_order(("from", held.start), ("to", held.end))


def _span(span: StatusSpan, _find: Find) -> Iterator[str]:
    yield from _in_order(("start", span.start), ("end", span.end))


def _consent(consent: Consent, _find: Find) -> Iterator[str]:
    yield from _in_order(("date", consent.date), ("until", consent.until))


def _question(question: HelpingQuestion, find: Find) -> Iterator[str]:
    if not question.words.strip():
        yield "The helping question has no words."
    yield from _in_order(("agreed", question.agreed), ("ended", question.ended))
    newer = find(HelpingQuestion, question.superseded_by)
    if question.superseded_by == question.id or (newer and newer.superseded_by == question.id):
        yield "The helping question is recorded as its own newer wording."
    elif newer and newer.family != question.family:
        yield "The newer wording of the helping question belongs to another family."


def _rating(rating: Rating, _find: Find) -> Iterator[str]:
    if rating.value is not None and not 0 <= rating.value <= 10:
        yield f"A rating goes from 0 to 10, not {rating.value}."


def _cycle(cycle: Cycle, _find: Find) -> Iterator[str]:
    yield from _in_order(("filmed", cycle.filmed), ("edited", cycle.edited), ("reviewed", cycle.reviewed))
    if cycle.reviewed and not cycle.filmed:
        yield "The cycle is reviewed, but not filmed."


_LEADS_AWAY = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|://")
"""As `film.files.resolve` refuses it. A backslash by itself may be part of a name, or come from Windows."""


def _recording(recording: Recording, _find: Find) -> Iterator[str]:
    yield from _in_order(("filmed", recording.filmed), ("delete by", recording.delete_by))
    if _LEADS_AWAY.search(recording.path):
        yield f"The film's path “{recording.path}” leads out of the caseload's folder."


def _clip(clip: Clip, find: Find) -> Iterator[str]:
    recording = find(Recording, clip.recording)
    name = _named(clip, "The")
    if clip.in_ms >= clip.out_ms:
        yield f"{name} ends at {_time(clip.out_ms)}, not after its start at {_time(clip.in_ms)}."
    if recording and recording.duration_ms and clip.out_ms > recording.duration_ms:
        yield f"{name} ends at {_time(clip.out_ms)}, after its film ({_time(recording.duration_ms)})."
    companion = find(Clip, clip.companion)
    beside = find(Recording, companion.recording) if companion else None
    if companion and companion.id == clip.id:
        yield f"{name} is recorded as its own companion."
    elif beside and beside.kind is RecordingKind.SHARED_REVIEW:
        yield f"The companion of {_named(clip)} is not a client clip."


def _still(still: Still, find: Find) -> Iterator[str]:
    yield from _within("A still", still.at_ms, find(Clip, still.clip))


def _tag(tag: Tag, find: Find) -> Iterator[str]:
    yield from _within("A tag", tag.at_ms, find(Clip, tag.clip))


def _moment(moment: Moment, find: Find) -> Iterator[str]:
    recording = find(Recording, moment.recording)
    if recording and recording.cycle != moment.cycle:
        yield f"The moment at {_time(moment.at_ms)} is on the film of another cycle."
    if not moment.recording and moment.at is None:
        yield "The moment is on no film, and was not marked by the clock."


def _planned(planned: PlannedMoment, find: Find) -> Iterator[str]:
    clip, still = find(Clip, planned.clip), find(Still, planned.still)
    if still and still.clip != planned.clip:
        yield "The still in the plan of a shared review is of another clip."
    cycle, family = find(Cycle, planned.cycle), family_of(find, clip)
    if cycle and family and cycle.family != family.id:
        yield "The plan of a shared review has film of another family."


def _within(what: str, at_ms: int, clip: Clip | None) -> Iterator[str]:
    if clip and not clip.in_ms <= at_ms <= clip.out_ms:
        yield f"{what} at {_time(at_ms)} is outside {_named(clip)}."


def _session(session: Session, _find: Find) -> Iterator[str]:
    if session.supervisor and session.supervisor in session.trainees:
        yield "The supervisor of the session is also recorded as its trainee."
    if (session.state is SessionState.AGREED) != (session.agreed is not None):
        yield "An agreed session says who agreed it, and no other does."
    if session.amendments and session.agreed is None:
        yield "The session has amendments, but is not agreed."


def _programme(programme: Programme, _find: Find) -> Iterator[str]:
    yield from programme_problems(programme)


def _enrolment(enrolment: Enrolment, find: Find) -> Iterator[str]:
    programme = find(Programme, enrolment.programme)
    person = find(Person, enrolment.person)
    stages = {stage.name for stage in programme.stages} if programme else set()
    if stages and enrolment.stage and enrolment.stage not in stages:
        yield f"The programme has no stage “{enrolment.stage}”."
    known = {stage.gate for stage in programme.stages} if programme else set()
    for gate in enrolment.gates:
        yield from _in_order(("started", enrolment.started), (gate.name, gate.date))
        if known and gate.name not in known:
            yield f"The programme has no gate “{gate.name}”."
    if person:
        yield from assessor_problems(enrolment, person, programme)


def _reflection(reflection: Reflection, _find: Find) -> Iterator[str]:
    if reflection.finished and not reflection.body.strip():
        yield "The written reflection is finished, but has no words."


def _skill(rating: SkillRating, find: Find) -> Iterator[str]:
    instrument = find(Instrument, rating.instrument)
    if instrument is None:
        return
    if rating.item not in instrument.items:
        yield f"“{rating.item}” is not an item of {instrument.name}."
    lowest, highest = instrument.lowest, instrument.highest
    if rating.value is not None and not lowest <= rating.value <= highest:
        yield f"{instrument.name} goes from {lowest} to {highest}: {rating.value} is not on it."


def _share(share: Share, find: Find) -> Iterator[str]:
    yield from _in_order(("date", share.date), ("until", share.until))
    consent = find(Consent, share.consent)
    if consent is None:
        return
    if consent.purpose is not share.purpose or consent.decision is not Decision.GIVEN:
        yield f"The clip was shared for {share.purpose.named}, but the consent named does not give that."
    elif not consent.date <= share.date <= (consent.until or share.date):
        yield f"The clip was shared on {share.date}, when the consent named did not hold."


def _copy(copy: Copy, _find: Find) -> Iterator[str]:
    for name, day in (("until", copy.until), ("came back", copy.given_back), ("destroyed", copy.destroyed)):
        yield from _in_order(("date", copy.date), (name, day))


def _named(clip: Clip, article: str = "the") -> str:
    return f"{article} clip “{clip.title}”" if clip.title else f"{article} clip"


def _time(ms: int) -> str:
    return format_timecode(ms, 3).removesuffix(".000")


_RULES: dict[type[Record], Callable[[Any, Find], Iterator[str]]] = {
    Family: _family,
    Person: _person,
    StatusSpan: _span,
    Consent: _consent,
    HelpingQuestion: _question,
    Rating: _rating,
    Cycle: _cycle,
    Recording: _recording,
    Clip: _clip,
    Still: _still,
    Tag: _tag,
    Moment: _moment,
    PlannedMoment: _planned,
    Session: _session,
    Programme: _programme,
    Enrolment: _enrolment,
    Reflection: _reflection,
    SkillRating: _skill,
    Share: _share,
    Copy: _copy,
}
