"""A portfolio on paper: what is finished, chosen and done, what is missing; families by their codes alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.consent.access import Permission, Use, permit
from vigtui.domain.consent.showing import find_clip
from vigtui.domain.lookup import EveryVersion
from vigtui.domain.records import Clip, Cycle, Family, Person, Record, Reflection, TrainingDay
from vigtui.domain.training.progress import StageProgress
from vigtui.domain.vocabulary import Purpose
from vigtui.queries.training.portfolio import Chosen, Portfolio
from vigtui.queries.training.ways import Way
from vigtui.reports.formats.plain_text import plain_text
from vigtui.reports.paper import Paper, Table, plain
from vigtui.values.days import show_long_day, show_whole_day
from vigtui.values.text import one_line
from vigtui.values.timecode import format_length
from vigtui.wording.names import Names
from vigtui.wording.training.codes import Called, Codes, by_code
from vigtui.wording.training.way import (
    asks_words,
    assessor_name,
    counted_words,
    counts_words,
    done_words,
    next_words,
    stage_words,
    why_words,
)

_WIDEST = 1_000_000


class Line(Struct, frozen=True):
    """What was done, and when."""

    what: str
    done: str


class StagePart(Struct, frozen=True):
    """A stage: how far it has come, its gate, and what counts in it."""

    name: str
    reached: str
    gate: str
    counted: tuple[Line, ...]


class WayPart(Struct, frozen=True):
    """The way through one programme, and what is still missing."""

    programme: str
    since: str
    stages: tuple[StagePart, ...]
    not_counted: tuple[Line, ...]
    missing: str


class PiecePart(Struct, frozen=True):
    """A finished written piece, in paragraphs."""

    name: str
    finished: str
    about: str
    paragraphs: tuple[str, ...]


class ClipPart(Struct, frozen=True):
    """A chosen clip: its code, what it shows, why it was chosen, whether it may be shown at an assessment."""

    code: str
    length: str
    caption: str
    why: str
    shown: str


class Words(Protocol):
    """Takes names out of texts, as `Codes` does."""

    def words(self, text: str, family: Family | None = None) -> str: ...


def portfolio_paper(
    names: Names,
    records: EveryVersion,
    person: Person,
    found: Portfolio,
    words: Words | None = None,
    called: Called = by_code,
    *,
    only_agreed: bool = False,
) -> Paper:
    """Return the portfolio of a person. `words` takes names out of what people wrote; families are `called`
    by their codes, unless by something else. Where `only_agreed`, a clip that not everybody lets be shown for
    assessment is not described."""
    today = names.today
    codes = Codes(records.where(Family), called)
    writing = _Writing(names, codes, words or codes, called, only_agreed)
    ways = tuple(writing.way(each) for each in found.ways)
    missing = [f"{one_line(each.piece)} ({one_line(each.stage)})" for each in found.missing]
    values = {
        "name": one_line(person.name),
        "made": show_long_day(today, today.min),
        "ways": plain(ways),
        "pieces": plain([writing.piece(each) for each in found.reflections if each.finished]),
        "clips": plain([writing.clip(records, each) for each in found.chosen]),
        "missing": [codes.words(each) for each in missing],
    }
    rows = [
        (way.programme, stage.name, line.what, line.done)
        for way in ways
        for stage in way.stages
        for line in stage.counted
    ]
    table = Table(("Programme", "Stage", "What", "Done"), tuple(rows))
    return Paper(
        "portfolio", f"portfolio-{today.isoformat()}", values, tuple(families_of(names, found)), table=table
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """Words as they are on this paper: our own sentences by `codes`, what people wrote by `typed`."""

    names: Names
    codes: Codes
    typed: Words
    called: Called
    only_agreed: bool

    def family(self, family: Family | None) -> str:
        return one_line(self.called(family)) if family else "a family"

    def clip_code(self, clip: str) -> str:
        """ "F-017 SR2-1", by the id of a clip."""
        found = find_clip(self.names.find, clip)
        return one_line(f"{self.called(found[1].family)} {found[1].code(found[0])}") if found else ""

    def way(self, way: Way) -> WayPart:
        progress = way.progress
        stages = [
            self.stage(stage, here=place == progress.at_hand)
            for place, stage in enumerate(progress.stages)
            if not stage.stage.optional or stage.gate or place == progress.at_hand
        ]
        not_counted = tuple(
            Line(
                self.what(each.record) if each.record else each.stage,
                self.codes.words(why_words(self.names, each, way.programme)),
            )
            for each in progress.not_counted
        )
        return WayPart(
            programme=self.codes.words(one_line(way.programme.name)),
            since=show_whole_day(way.enrolment.started),
            stages=tuple(stages),
            not_counted=not_counted,
            missing=self.codes.words(next_words(progress, self.names.today)),
        )

    def stage(self, stage: StageProgress, *, here: bool) -> StagePart:
        gate = ""
        if stage.gate:
            who = assessor_name(self.names, stage.gate)
            gate = f"{one_line(stage.stage.gate)}: {show_whole_day(stage.gate.date)}, {who}"
        reached = (
            stage_words(stage) if here else counts_words(stage) if stage.gate else asks_words(stage.stage)
        )
        records = (*stage.cycles, *stage.sessions, *stage.days, *stage.reflections)
        name, reached, gate = map(self.codes.words, (one_line(stage.stage.name), reached, gate))
        return StagePart(name, reached, gate, tuple(map(self.line, records)))

    def line(self, record: Record) -> Line:
        return Line(self.what(record), done_words(self.names, record))

    def what(self, record: Record) -> str:
        match record:
            case TrainingDay():
                record = replace(record, what=self.typed.words(record.what))
            case Reflection():
                record = replace(record, piece=self.typed.words(record.piece))
        words = counted_words(self.names, record, self.family)
        if isinstance(record, Cycle):
            family = self.names.find(Family, record.family)
            activity = one_line(self.typed.words(record.activity, family))
            return f"{words}, {activity}" if activity else words
        return words if isinstance(record, Family) else self.codes.words(words)

    def piece(self, piece: Reflection) -> PiecePart:
        family = next((self.names.family(clip) for clip in self._clips(piece)), None)
        # Markdown can write a name so that only what is read is one.
        text = self.typed.words(plain_text(piece.body, _WIDEST), family)
        return PiecePart(
            name=one_line(self.typed.words(piece.piece, family)) or "A written piece",
            finished=show_whole_day(piece.finished) if piece.finished else "",
            about=", ".join(filter(None, map(self.clip_code, piece.clips))),
            paragraphs=tuple(_paragraphs(text)),
        )

    def clip(self, records: EveryVersion, chosen: Chosen) -> ClipPart:
        family, clip = chosen.showing.family, chosen.clip
        allowed = permit(records, clip.recording, Use.WATCH, Purpose.ASSESSMENT, self.names.today)
        shown = "Everybody filmed agrees to it being shown for assessment."
        told = isinstance(allowed, Permission) or not self.only_agreed
        if not isinstance(allowed, Permission):
            shown = "Not to be shown for assessment: not everybody filmed agrees to that."
        return ClipPart(
            code=self.clip_code(clip.id),
            length=format_length(clip.out_ms - clip.in_ms),
            caption=one_line(self.typed.words(clip.caption, family)) if told else "",
            why=one_line(self.typed.words(chosen.record.why, family)) if told else "",
            shown=shown,
        )

    def _clips(self, piece: Reflection) -> Iterator[Record]:
        found = (self.names.find(Clip, each) for each in piece.clips)
        yield from (each for each in found if each)


def _paragraphs(text: str) -> Iterator[str]:
    """The blocks of a plain text, one after the other; a heading without the line below it."""
    for block in text.split("\n\n"):
        lines = [line for line in block.strip().split("\n") if line.strip("-= ")]
        if lines:
            yield "\n".join(lines)


def families_of(names: Names, found: Portfolio) -> list[str]:
    """Return the ids of the families of whom the paper tells."""
    cycles = {cycle.family for way in found.ways for stage in way.progress.stages for cycle in stage.cycles}
    left = {
        family.id
        for way in found.ways
        for each in way.progress.not_counted
        if each.record and (family := names.family(each.record))
    }
    clips = {each.showing.family.id for each in found.chosen}
    written = {
        family.id
        for each in found.reflections
        if each.finished
        for clip in each.clips
        if (family := names.family(names.find(Clip, clip)))
    }
    return sorted(cycles | left | clips | written)
