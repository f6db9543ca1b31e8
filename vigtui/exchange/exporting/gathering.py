"""Gathers the clips, captions and tags that leave for other tools, and notes which stay behind and why.

Words about a film leave only if everybody in it agrees to the purpose, as for a pack. Notes never leave.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from vigtui.domain.consent.access import Refusal, Use, agreed, permit
from vigtui.domain.consent.showing import Showing, find_recording
from vigtui.domain.film.clips import film_code, in_order
from vigtui.domain.lookup import EveryVersion, Find
from vigtui.domain.principles import Principles
from vigtui.domain.records import Clip, Cycle, Family, Person, Recording, Tag
from vigtui.domain.vocabulary import Purpose
from vigtui.exchange.formats.coded import CLIP, GUIDER, CodedFilm, Mark, lanes
from vigtui.exchange.formats.coded import in_order as marks_in_order
from vigtui.exchange.left_out import LeftOut
from vigtui.store.errors import CaseloadError
from vigtui.values.identity import is_id
from vigtui.values.text import one_line
from vigtui.wording.access import why_closed

_COLLEAGUE = "colleague"

NOTES_STAY = LeftOut("Notes, stills, ratings and everything else", "Clips, captions and tags leave, no more.")


class ExportRefusedError(CaseloadError):
    """Nothing may leave, or nothing is there to leave. The text is a sentence."""


class Outgoing(Struct, frozen=True):
    """What leaves: each film with the family that it is of (its id), and what stays behind. `closed` says
    whether consent, or a rule, keeps any of it back."""

    films: tuple[tuple[str, CodedFilm], ...]
    left_out: tuple[LeftOut, ...]
    closed: bool
    purpose: Purpose

    @property
    def families(self) -> tuple[str, ...]:
        """The ids of the families of which something leaves."""
        return tuple(dict.fromkeys(family for family, _ in self.films))


def gather(
    records: EveryVersion,
    find: Find,
    principles: Principles,
    today: dt.date,
    purpose: Purpose = Purpose.SUPERVISION,
    family: str = "",
) -> Outgoing:
    """Return what may leave for a purpose, of the family with this id or of all. Raises ExportRefusedError
    where that is nothing."""
    films: list[tuple[str, CodedFilm]] = []
    left_out: list[LeftOut] = []
    closed = False
    several = not family and len(list(records.where(Family))) > 1
    for showing in _recordings(records, find, family):
        clips = in_order(
            each for each in records.where(Clip, recording=showing.recording.id) if each.in_ms < each.out_ms
        )
        if not clips:
            continue
        film = film_code(showing.recording, showing.cycle)
        name = one_line(f"{showing.family.code} {film}")
        if why := _why_closed(records, showing.recording, purpose, today):
            left_out.append(LeftOut(name, why))
            closed = True
            continue
        called = _unlike(name if several else film, films)
        films.append((showing.family.id, _film(records, find, principles, showing, clips, called)))
    if not films:
        raise ExportRefusedError(_nothing(left_out))
    return Outgoing(tuple(films), tuple(left_out), closed, purpose)


def _recordings(records: EveryVersion, find: Find, family: str) -> Iterable[Showing]:
    cycles = records.where(Cycle, family=family) if family else records.where(Cycle)
    found = [
        showing
        for cycle in cycles
        for recording in records.where(Recording, cycle=cycle.id)
        if (showing := find_recording(find, recording.id))
    ]
    return sorted(found, key=lambda each: (each.family.code, each.cycle.number, each.recording.kind.value))


def _why_closed(records: EveryVersion, recording: Recording, purpose: Purpose, today: dt.date) -> str:
    """Return why what is written about a film stays; "" where it may leave. That the film was deleted does
    not keep the words."""
    decision = permit(records, recording.id, Use.WATCH, purpose, today)
    if isinstance(decision, Refusal) and decision.deleted:
        return why_closed(agreed(records, recording.id, purpose, today), today)
    return why_closed(decision, today)


def _unlike(name: str, films: Sequence[tuple[str, CodedFilm]]) -> str:
    """Return the name, with a number where a film is called so already: a cycle may have two films."""
    taken = {film.name for _, film in films}
    names = [name, *(f"{name} ({number})" for number in range(2, len(taken) + 2))]
    return next(each for each in names if each not in taken)


def _film(
    records: EveryVersion,
    find: Find,
    principles: Principles,
    showing: Showing,
    clips: Sequence[Clip],
    name: str,
) -> CodedFilm:
    in_time = sorted(clips, key=lambda clip: (clip.in_ms, clip.out_ms))
    marks: list[Mark] = []
    for clip, lane in zip(in_time, lanes([(each.in_ms, each.out_ms) for each in in_time]), strict=True):
        code = showing.code(clip)
        marks.append(
            Mark(clip.in_ms, clip.out_ms, CLIP, title=clip.title, caption=clip.caption, lane=lane, name=code)
        )
        for tag in records.where(Tag, clip=clip.id):
            words = principles.words(tag.principle, tag.item)
            marks.append(Mark(tag.at_ms, tag.at_ms, words, _who(find, showing, tag.who), lane=lane))
    recording = showing.recording
    media = (PurePosixPath(recording.path).name,) if recording.path else ()
    return CodedFilm(name, media, marks_in_order(marks), recording.duration_ms)


def _who(find: Find, showing: Showing, who: str) -> str:
    """Return the label of a member, or the name of a visitor; whoever works here goes by what they are."""
    if find(Person, who) is not None:
        return GUIDER if who == showing.family.guider else _COLLEAGUE
    return one_line(dict(showing.people(find)).get(who, "" if is_id(who) else who))


def _nothing(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return "There is no clip yet, so there is nothing to export."
    return " ".join(["Nothing may leave.", *(str(each) for each in left_out[:3])])


def only_captions(outgoing: Outgoing) -> Outgoing:
    """Return what leaves where captions alone do: the clips that have one. Raises
    ExportRefusedError where none has."""
    films = [
        (family, replace(film, marks=kept))
        for family, film in outgoing.films
        if (kept := tuple(mark for mark in film.marks if mark.code == CLIP and mark.caption))
    ]
    if not films:
        raise ExportRefusedError("No clip has a caption, so there are no captions to export.")
    return replace(outgoing, films=tuple(films))
