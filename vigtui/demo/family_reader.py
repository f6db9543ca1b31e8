"""The records of one family of the demo, as its file tells them."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from vigtui.demo.entries import Entry
from vigtui.demo.films import FILMS, path_of
from vigtui.demo.scenes.script import Scene
from vigtui.domain.consent.filmed import proposed
from vigtui.domain.records import (
    Clip,
    Closure,
    Consent,
    Copy,
    Cycle,
    Deletion,
    Description,
    Family,
    Fit,
    HelpingQuestion,
    Member,
    Moment,
    Note,
    Participant,
    PlannedMoment,
    Rating,
    Record,
    Recording,
    Share,
    StatusSpan,
    Still,
    Tag,
    TrajectEntry,
    TrajectHeading,
    Viewing,
    Voice,
    WordsKept,
)
from vigtui.domain.vocabulary import Decision, Purpose, RecordingKind, RecordingState

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Record)

_RECORDING_CODE = re.compile(r"(C|SR)(\d{1,3})")
_CLIP_CODE = re.compile(r"((?:C|SR)\d{1,3})-(\d{1,3})")


@dataclass
class DemoFamily:
    """A family's records, and those among them that other entries name: cycles by number, questions by their
    place in the file, recordings, drawn scenes and clips by code ("C2", "SR2-1"), consents by whose and for
    what."""

    family: Family
    records: list[Record] = field(default_factory=list)
    consents: dict[tuple[str, Purpose], Consent] = field(default_factory=dict)
    cycles: dict[int, Cycle] = field(default_factory=dict)
    questions: dict[int, HelpingQuestion] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    scenes: dict[str, Scene] = field(default_factory=dict)
    clips: dict[str, Clip] = field(default_factory=dict)

    def add(self, record: R) -> R:
        self.records.append(record)
        return record

    def find(self, kind: type[K], record_id: str, /) -> K | None:
        """Return the family's record of this kind with this id."""
        found = self._by_id.get(record_id)
        return found if isinstance(found, kind) else None

    @cached_property
    def _by_id(self) -> dict[str, Record]:
        return {record.id: record for record in self.records}


def read_family(file: Entry) -> DemoFamily:
    """Return what the file of a family tells. Raises DemoDataError."""
    told_on = file.said.get("told_on")
    if told_on is not None and type(told_on) is not dt.date:
        raise file.wrong("“told_on” must be a date, as in 2025-05-27")
    file = replace(file, days=replace(file.days, told_on=told_on))
    family = _family(file)
    demo = DemoFamily(family, [family])
    file = replace(
        file,
        days=replace(file.days, referred=family.referred),
        people={**file.people, **{member.label: member.id for member in family.members}},
    )
    for key, (called, by, add) in _LISTS.items():
        for each in file.entries(key, called, by):
            add(demo, each)
    for record in demo.records:
        file.check_rules(record, demo.find)
    return demo


def _family(file: Entry) -> Family:
    listed = file.entries("members", "member", "label")
    members = [each.struct(Member, ("colleague",)) for each in listed]
    return file.struct(
        Family,
        ("told_on", "fit", "closure", "kept", "members", *_LISTS),
        fit=file.part("fit").struct(Fit),
        closure=file.part("closure").struct(Closure),
        kept=file.part("kept").struct(WordsKept),
        members=tuple(members),
        participants=tuple(
            Participant(member=member.id, colleague=each.person("colleague"))
            for each, member in zip(listed, members, strict=True)
            if "colleague" in each.said
        ),
    )


def _add_status(demo: DemoFamily, entry: Entry) -> None:
    demo.add(entry.struct(StatusSpan, family=demo.family.id))


def _add_consents(demo: DemoFamily, entry: Entry) -> None:
    """Add a decision for each purpose and each of the members: those named, or else all who are filmed."""
    members = {member.label: member for member in demo.family.members}
    wanted = [entry.look_up(label, members, "no member") for label in entry.values("members", str)]
    wanted = wanted or [member for member in members.values() if member.filmed]
    given_by = entry.text("given_by", next(iter(members), ""))
    for purpose in entry.values("purposes", Purpose):
        for member in sorted(wanted, key=demo.family.members.index):
            consent = entry.struct(
                Consent,
                ("purposes", "members", "decision", "given_by"),
                family=demo.family.id,
                member=member.id,
                purpose=purpose,
                decision=entry.word("decision", Decision, Decision.GIVEN),
                given_by=given_by,
            )
            demo.consents[member.label, purpose] = demo.add(consent)


def _add_cycle(demo: DemoFamily, entry: Entry) -> None:
    filmed, reviewed = entry.day("filmed"), entry.day("reviewed")
    halfway = filmed + (reviewed - filmed) // 2 if filmed and reviewed else None
    cycle = entry.struct(
        Cycle,
        ("planned", "edited"),
        family=demo.family.id,
        planned=entry.day("planned", filmed),
        edited=entry.day("edited", halfway),
    )
    demo.cycles[cycle.number] = demo.add(cycle)


def _add_question(demo: DemoFamily, entry: Entry) -> None:
    question = demo.questions[len(demo.questions) + 1] = demo.add(
        entry.struct(HelpingQuestion, ("ratings",), family=demo.family.id)
    )
    for each in entry.entries("ratings", "rating"):
        cycle = each.optional_choice("cycle", demo.cycles, "no cycle")
        demo.add(
            each.struct(
                Rating,
                ("cycle", "date", "value"),
                question=question.id,
                cycle=cycle.id if cycle else "",
                date=each.day("date", cycle.reviewed if cycle else question.agreed),
                value=each.rating("value"),
            )
        )


def _add_recording(demo: DemoFamily, entry: Entry) -> None:
    """Add film, missing until it is drawn, or film that was deleted, with the stub that stays."""
    code = entry.text("code")
    if not (parts := _RECORDING_CODE.fullmatch(code)):
        raise entry.wrong("“code” must be as in C2, or SR2 for a shared review")
    cycle = entry.look_up(int(parts[2]), demo.cycles, "no cycle")
    name = f"{demo.family.code}-{code}"
    deleted = entry.part("deleted") if "deleted" in entry.said else None
    if deleted is None:
        demo.scenes[code] = entry.look_up(name, FILMS, "no film that is drawn")()
    gone_on = deleted.day("date") if deleted else None
    kind = RecordingKind.SHARED_REVIEW if parts[1] == "SR" else RecordingKind.INTERACTION
    named = [entry.look_up(name, entry.people, "nobody here") for name in entry.values("people", str)]
    recording = entry.struct(
        Recording,
        ("code", "length", "people", "deleted", "filmed", "delete_by"),
        cycle=cycle.id,
        kind=kind,
        people=tuple(named) if "people" in entry.said else proposed(demo.family, kind),
        path=path_of(name),
        duration_ms=entry.milliseconds("length") if deleted else round(demo.scenes[code].seconds * 1000),
        filmed=entry.day("filmed", cycle.reviewed if parts[1] == "SR" else cycle.filmed),
        delete_by=entry.day("delete_by", gone_on),
        state=RecordingState.DELETED if deleted else RecordingState.MISSING,
    )
    demo.recordings[code] = demo.add(recording)
    if deleted:
        demo.add(deleted.struct(Deletion, ("by",), recording=recording.id, by=deleted.person("by")))


def _add_clip(demo: DemoFamily, entry: Entry) -> None:
    code = entry.text("code")
    if not (parts := _CLIP_CODE.fullmatch(code)):
        raise entry.wrong("“code” must be as in C2-1, or SR2-1 for a clip of a shared review")
    recording = entry.look_up(parts[1], demo.recordings, "no recording")
    scene = entry.look_up(parts[1], demo.scenes, "no film that is drawn")
    moments = ", ".join(scene.moments)
    start, end = entry.choice("moment", scene.moments, f"no moment of this film ({moments})")
    questions = [
        entry.look_up(number, demo.questions, "no question") for number in entry.values("questions", int)
    ]
    companion = entry.optional_choice("companion", demo.clips, "no clip before this")
    clip = entry.struct(
        Clip,
        ("code", "moment", "questions", "companion", "shown_in_review", "tags", "stills"),
        recording=recording.id,
        in_ms=round(start * 1000),
        out_ms=round(end * 1000),
        questions=tuple(question.id for question in questions),
        order=int(parts[2]),
        companion=companion.id if companion else "",
        shown_in_review=entry.said.get("shown_in_review", recording.kind is RecordingKind.INTERACTION),
    )
    demo.clips[code] = demo.add(clip)
    for each in entry.entries("tags", "tag"):
        demo.add(each.struct(Tag, ("at",), clip=clip.id, at_ms=each.milliseconds("at")))
    for each in entry.entries("stills", "still"):
        demo.add(each.struct(Still, ("at",), clip=clip.id, at_ms=each.milliseconds("at")))


def _add_moment(demo: DemoFamily, entry: Entry) -> None:
    recording = entry.choice("film", demo.recordings, "no recording")
    clip = entry.optional_choice("clip", demo.clips, "no clip")
    demo.add(
        entry.struct(
            Moment,
            ("film", "at", "clip"),
            cycle=recording.cycle,
            recording=recording.id,
            at=None,
            at_ms=entry.milliseconds("at"),
            clip=clip.id if clip else "",
        )
    )


def _add_planned(demo: DemoFamily, entry: Entry) -> None:
    clip = entry.choice("clip", demo.clips, "no clip before this")
    recording = next(each for each in demo.recordings.values() if each.id == clip.recording)
    own = [each for each in demo.records if isinstance(each, Still) and each.clip == clip.id]
    still = own[0].id if entry.said.get("still") and own else ""
    order = sum(isinstance(each, PlannedMoment) and each.cycle == recording.cycle for each in demo.records)
    demo.add(
        entry.struct(
            PlannedMoment,
            ("clip", "still"),
            cycle=recording.cycle,
            clip=clip.id,
            still=still,
            order=order + 1,
        )
    )


def _add_share(demo: DemoFamily, entry: Entry) -> None:
    purpose = entry.text("purpose")
    consents = {label: consent for (label, of), consent in demo.consents.items() if of == purpose}
    demo.add(
        entry.struct(
            Share,
            ("clip", "consent_of", "by"),
            clip=entry.choice("clip", demo.clips, "no clip").id,
            consent=entry.choice("consent_of", consents, "nobody with a consent for this purpose").id,
            by=entry.person("by"),
        )
    )


def _add_viewing(demo: DemoFamily, entry: Entry) -> None:
    recording = entry.choice("film", demo.recordings, "no recording")
    demo.add(entry.struct(Viewing, ("film", "who"), recording=recording.id, who=entry.person("who")))


def _add_copy(demo: DemoFamily, entry: Entry) -> None:
    holder = entry.text("holder", "")
    demo.add(
        entry.struct(
            Copy,
            ("holder", "by"),
            family=demo.family.id,
            holder=entry.people.get(holder, holder),
            by=entry.person("by"),
        )
    )


def _add_heading(demo: DemoFamily, entry: Entry) -> None:
    order = sum(isinstance(each, TrajectHeading) for each in demo.records)
    demo.add(entry.struct(TrajectHeading, family=demo.family.id, order=order))


def _add_traject(demo: DemoFamily, entry: Entry) -> None:
    demo.add(entry.struct(TrajectEntry, family=demo.family.id))


def _add_description(demo: DemoFamily, entry: Entry) -> None:
    demo.add(entry.struct(Description, family=demo.family.id))


def _add_voice(demo: DemoFamily, entry: Entry) -> None:
    demo.add(entry.struct(Voice, ("speaker",), family=demo.family.id, speaker=entry.text("speaker")))


def _add_note(demo: DemoFamily, entry: Entry) -> None:
    about = entry.optional_choice("clip", demo.clips, "no clip") or demo.family
    demo.add(entry.struct(Note, ("clip",), about=about.id))


_LISTS: dict[str, tuple[str, str, Callable[[DemoFamily, Entry], None]]] = {
    "statuses": ("status", "", _add_status),
    "consents": ("consents", "", _add_consents),
    "cycles": ("cycle", "number", _add_cycle),
    "questions": ("question", "", _add_question),
    "recordings": ("recording", "code", _add_recording),
    "clips": ("clip", "code", _add_clip),
    "moments": ("moment", "", _add_moment),
    "planned": ("planned moment", "", _add_planned),
    "shares": ("share", "", _add_share),
    "viewings": ("viewing", "", _add_viewing),
    "copies": ("copy", "", _add_copy),
    "headings": ("heading", "", _add_heading),
    "traject": ("traject", "", _add_traject),
    "descriptions": ("description", "", _add_description),
    "voices": ("voice", "", _add_voice),
    "notes": ("note", "", _add_note),
}
"""The lists of a family's file in the order in which they are read, since a question names cycles, a clip
questions and recordings, and so on; what an entry is called, and the key under which it has a name; and what
adds its records."""
