"""What somebody in training has gathered: written pieces, chosen clips, days of training, gates."""

import datetime as dt

from msgspec import Struct

from vigtui.domain.consent.showing import Showing, find_clip, find_recording
from vigtui.domain.cycles import guider_then
from vigtui.domain.film.clips import in_order
from vigtui.domain.lookup import Find, Where
from vigtui.domain.records import ChosenClip, Clip, Cycle, Family, Recording, Reflection, TrainingDay
from vigtui.domain.vocabulary import RecordingKind
from vigtui.queries.training.ways import Way, ways_of
from vigtui.values.text import folded


class Chosen(Struct, frozen=True):
    """A chosen clip, and what it shows."""

    record: ChosenClip
    clip: Clip
    showing: Showing


class Missing(Struct, frozen=True):
    """A written piece, by its name, that a stage asks for and nobody has begun."""

    piece: str
    stage: str


class Portfolio(Struct, frozen=True):
    """Somebody's portfolio, each kind in the order of its days."""

    ways: tuple[Way, ...]
    reflections: tuple[Reflection, ...]
    missing: tuple[Missing, ...]
    chosen: tuple[Chosen, ...]
    days: tuple[TrainingDay, ...]


def portfolio(find: Find, where: Where, person: str, today: dt.date) -> Portfolio:
    """Return the portfolio of the person with this id."""
    ways = tuple(ways_of(where, person, today))
    reflections = tuple(where(Reflection, person=person))
    return Portfolio(
        ways=ways,
        reflections=tuple(
            sorted(reflections, key=lambda each: (each.finished or dt.date.max, each.piece, each.id))
        ),
        missing=tuple(_missing(ways, reflections)),
        chosen=tuple(_chosen(find, where, person)),
        days=tuple(sorted(where(TrainingDay, person=person), key=lambda each: (each.date, each.id))),
    )


def own_clips(find: Find, where: Where, person: str) -> list[tuple[Clip, Showing]]:
    """Return the clips from cycles that somebody guided: those of shared reviews first, the newest cycle
    first, since they show the guider at work."""
    families = {each.id: each for each in where(Family)}
    cycles = [each for each in where(Cycle) if guider_then(each, families.get(each.family)) == person]
    cycles.sort(key=lambda each: (each.filmed or dt.date.min, each.id), reverse=True)
    films = [film for cycle in cycles for film in where(Recording, cycle=cycle.id)]
    films.sort(key=lambda film: film.kind is not RecordingKind.SHARED_REVIEW)
    return [
        (clip, showing)
        for film in films
        if (showing := find_recording(find, film.id))
        for clip in in_order(where(Clip, recording=film.id))
    ]


def _chosen(find: Find, where: Where, person: str) -> list[Chosen]:
    found = [
        Chosen(each, *shown)
        for each in where(ChosenClip, person=person)
        if (shown := find_clip(find, each.clip))
    ]
    return sorted(
        found, key=lambda each: (each.showing.family.code, each.showing.cycle.number, each.record.id)
    )


def _missing(ways: tuple[Way, ...], reflections: tuple[Reflection, ...]) -> list[Missing]:
    """What the stage at hand and those after it ask for, and is not begun."""
    begun = {folded(each.piece.strip()) for each in reflections}
    return [
        Missing(name, stage.stage.name)
        for way in ways
        for stage in way.progress.stages
        if not stage.gate and not stage.stage.optional
        for name in stage.stage.written
        if folded(name.strip()) not in begun
    ]
